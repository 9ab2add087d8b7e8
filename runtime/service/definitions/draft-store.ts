import { randomUUID } from 'node:crypto';
import {
  type AnyDocument,
  type Configuration,
  type DocumentKind,
  documentKinds,
} from '../../../schemas/configuration.ts';
import { parseDocument } from '../../../schemas/load-configuration.ts';
import type { LayoutDocument } from '../../../schemas/settings.ts';
import type { Answer } from '../commit/decide-group.ts';
import { intOf, jsonOf, type Row, textOf, textOrNull } from '../db/database.ts';
import type { Organisation } from '../organisation.ts';
import { Problem } from '../problem.ts';
import { toConfiguration } from './release-store.ts';

export const DRAFT = 'main';
export const DRAFT_STREAM = `draft:${DRAFT}`;
export const documentStream = (kind: string, key: string) => `${DRAFT_STREAM}/${kind}/${key}`;

export interface DraftDocument {
  kind: DocumentKind;
  key: string;
  revision: number;
  document: AnyDocument;
}

export interface DraftContent {
  documents: DraftDocument[];
  configuration: Configuration;
  baseRelease: number | null;
  /** Revision of the whole draft: moves with every document. */
  revision: number;
}

/** What the caller believes the stored document to be: its revision, or that there is none. */
export type Expected = { revision: number } | 'absent';

/** Who sends a command, and under which key a repeat is known. */
export interface Sender {
  actor: string;
  key?: string;
  requestHash?: string;
}

/** The kind as one of ours; throws 404. */
export function toKind(kind: string): DocumentKind {
  if (!(documentKinds as string[]).includes(kind))
    throw new Problem(404, 'NOT_FOUND', `There is no kind of document "${kind}".`);
  return kind as DocumentKind;
}

export async function listDocuments({ database }: Organisation, kind?: DocumentKind) {
  const rows = await database.query(
    `SELECT kind, key, title, revision FROM draft_documents WHERE draft = ? AND json IS NOT NULL AND (? IS NULL OR kind = ?) ORDER BY kind, key`,
    [DRAFT, kind ?? null, kind ?? null],
  );
  return rows.map((row) => ({
    kind: textOf(row, 'kind'),
    key: textOf(row, 'key'),
    title: textOf(row, 'title'),
    revision: intOf(row, 'revision'),
  }));
}

/** How far the draft is, and the newest release: both cheap to ask for, again and again. */
export async function draftHead({ database }: Organisation): Promise<{ revision: number; release: number | null }> {
  const [row] = await database.query(
    'SELECT (SELECT revision FROM streams WHERE id = ?) AS revision, (SELECT max(number) FROM releases) AS release',
    [DRAFT_STREAM],
  );
  if (!row) return { revision: 0, release: null };
  const { revision, release } = row;
  return {
    revision: revision === null ? 0 : intOf(row, 'revision'),
    release: release === null ? null : intOf(row, 'release'),
  };
}

/** One document of the draft; throws 404. */
export async function loadDocument(
  { database }: Organisation,
  kind: DocumentKind,
  key: string,
): Promise<DraftDocument> {
  const [row] = await database.query(
    'SELECT revision, json FROM draft_documents WHERE draft = ? AND kind = ? AND key = ? AND json IS NOT NULL',
    [DRAFT, kind, key],
  );
  if (!row) throw new Problem(404, 'NOT_FOUND', `The draft has no ${kind} "${key}".`);
  return { kind, key, revision: intOf(row, 'revision'), document: jsonOf(row, 'json') };
}

// A document of one revision is one value: the checks look again only at what is no longer the very same.
const known = new WeakMap<Organisation, Map<string, DraftDocument>>();

function readOnce(organisation: Organisation, row: Row): DraftDocument {
  const memory = known.get(organisation) ?? new Map<string, DraftDocument>();
  known.set(organisation, memory);
  const [kind, key, revision] = [textOf(row, 'kind') as DocumentKind, textOf(row, 'key'), intOf(row, 'revision')];
  const before = memory.get(`${kind}/${key}`);
  if (before?.revision === revision) return before;
  const read = { kind, key, revision, document: jsonOf<AnyDocument>(row, 'json') };
  memory.set(`${kind}/${key}`, read);
  return read;
}

/** The whole draft at one moment; a document that did not change is the very value it was before. */
export async function loadDraft(organisation: Organisation): Promise<DraftContent> {
  const { database } = organisation;
  const [stream] = await database.query('SELECT revision FROM streams WHERE id = ?', [DRAFT_STREAM]);
  const rows = await database.query(
    'SELECT kind, key, revision, json FROM draft_documents WHERE draft = ? AND json IS NOT NULL ORDER BY kind, key',
    [DRAFT],
  );
  const [head] = await database.query('SELECT base_release FROM drafts WHERE id = ?', [DRAFT]);
  const documents = rows.map((row) => readOnce(organisation, row));
  return {
    documents,
    configuration: toConfiguration(documents),
    baseRelease: head && head.base_release !== null ? intOf(head, 'base_release') : null,
    revision: stream ? intOf(stream, 'revision') : 0,
  };
}

/** Stores a document of the draft. Throws 422 with findings, 412 when it is not what the caller believes. */
export async function saveDocument(
  organisation: Organisation,
  kind: DocumentKind,
  key: string,
  body: unknown,
  expected: Expected,
  sender: Sender,
): Promise<Answer> {
  const parsed = parseDocument(body, `${kind}/${key}`);
  if ('findings' in parsed) {
    const [first] = parsed.findings;
    throw new Problem(422, 'DOCUMENT_INVALID', first?.message ?? 'The document is not valid.', {
      findings: parsed.findings,
      pointer: first?.pointer ?? '',
    });
  }
  const { document } = parsed;
  if (document.kind !== kind || document.key !== key) {
    throw new Problem(
      422,
      'KEY_CHANGED',
      `The address says ${kind}/${key}, the document ${document.kind}/${document.key}: a key never changes.`,
      { pointer: document.kind === kind ? '/key' : '/kind' },
    );
  }
  await refuseTwin(organisation, kind, key);
  return changeDocument(
    organisation,
    kind,
    key,
    { title: document.title, json: JSON.stringify(document) },
    expected,
    sender,
  );
}

/** Takes a document out of the draft. */
export async function removeDocument(
  organisation: Organisation,
  kind: DocumentKind,
  key: string,
  revision: number,
  sender: Sender,
): Promise<Answer> {
  await loadDocument(organisation, kind, key);
  return changeDocument(organisation, kind, key, { title: key, json: null }, { revision }, sender);
}

async function refuseTwin({ database }: Organisation, kind: string, key: string): Promise<void> {
  const [twin] = await database.query(
    'SELECT key FROM draft_documents WHERE draft = ? AND kind = ? AND lower(key) = lower(?) AND key <> ? AND json IS NOT NULL',
    [DRAFT, kind, key, key],
  );
  if (twin)
    throw new Problem(
      422,
      'KEY_TWICE',
      `There is a ${kind} "${textOf(twin, 'key')}" already: keys differ by more than case.`,
      { pointer: '/key' },
    );
}

async function changeDocument(
  organisation: Organisation,
  kind: DocumentKind,
  key: string,
  content: { title: string; json: string | null },
  expected: Expected,
  sender: Sender,
): Promise<Answer> {
  const stream = documentStream(kind, key);
  const [stored] = await organisation.database.query(
    'SELECT revision, json FROM draft_documents WHERE draft = ? AND kind = ? AND key = ?',
    [DRAFT, kind, key],
  );
  const removedAt = stored && textOrNull(stored, 'json') === null ? intOf(stored, 'revision') : 0;
  return organisation.pump.submit({
    ...commandOf(sender, organisation, content.json === null ? 'removeDocument' : 'saveDocument'),
    streams: [stream, DRAFT_STREAM],
    decide(view) {
      const at = view.revision(stream);
      const isAbsent = at === 0 || at === removedAt;
      if (expected === 'absent' ? !isAbsent : expected.revision !== at || isAbsent) {
        throw new Problem(
          412,
          'STALE',
          isAbsent
            ? `The draft has no ${kind} "${key}" any more.`
            : `${kind} "${key}" is at revision ${at} by now: load it again, or merge.`,
          {
            allowed: { revision: at },
          },
        );
      }
      const revision = at + 1;
      return {
        moves: [
          { stream, kind: 'draftDocument', by: 1 },
          { stream: DRAFT_STREAM, kind: 'draft', by: 1 },
        ],
        events: [],
        rows: [{ table: 'draft_documents', values: { draft: DRAFT, kind, key, revision, ...content } }],
        response: { revision },
      };
    },
  });
}

/** The fields of a queued command that its sender decides. */
export function commandOf(sender: Sender, organisation: Organisation, type: string) {
  const id = randomUUID();
  return {
    id,
    key: sender.key ?? id,
    actor: sender.actor,
    type,
    requestHash: sender.requestHash ?? '',
    recordedAt: organisation.clock.now(),
  };
}

/** Positions of a workflow's drawing; revision 0 and none when it was never laid out. */
export async function loadLayout(
  { database }: Organisation,
  workflow: string,
): Promise<{ layout: LayoutDocument | null; revision: number }> {
  const [row] = await database.query('SELECT revision, json FROM layouts WHERE workflow = ?', [workflow]);
  return row
    ? { layout: jsonOf<LayoutDocument>(row, 'json'), revision: intOf(row, 'revision') }
    : { layout: null, revision: 0 };
}

export function saveLayout(
  organisation: Organisation,
  workflow: string,
  layout: LayoutDocument,
  expected: number,
  sender: Sender,
): Promise<Answer> {
  const stream = `layout:${workflow}`;
  return organisation.pump.submit({
    ...commandOf(sender, organisation, 'saveLayout'),
    streams: [stream],
    decide(view) {
      const at = view.revision(stream);
      if (at !== expected)
        throw new Problem(412, 'STALE', `The layout is at revision ${at} by now.`, { allowed: { revision: at } });
      const values = { workflow, revision: at + 1, json: JSON.stringify(layout) };
      return {
        moves: [{ stream, kind: 'layout', by: 1 }],
        events: [],
        rows: [{ table: 'layouts', values }],
        response: { revision: at + 1 },
      };
    },
  });
}
