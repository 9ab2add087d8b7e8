import { createHash } from 'node:crypto';
import type { DocumentChange } from '../../../schemas/api.ts';
import type { AnyDocument, Configuration } from '../../../schemas/configuration.ts';
import type { Finding } from '../../../schemas/finding.ts';
import { compileWorkflow } from '../../engine/index.ts';
import type { Answer } from '../commit/decide-group.ts';
import type { RowChange } from '../commit/tables.ts';
import type { Organisation } from '../organisation.ts';
import { Problem } from '../problem.ts';
import { checkDraft } from './check-draft.ts';
import { commandOf, DRAFT, DRAFT_STREAM, type DraftContent, loadDraft } from './draft-store.ts';

/** Freezes the draft as the next release (R4). Throws 422 with findings: errors block, warnings need a tick. */
export async function publishDraft(
  organisation: Organisation,
  options: { note: string; acceptWarnings: boolean },
  sender: { actor: string; key?: string; requestHash?: string },
): Promise<Answer> {
  const draft = await loadDraft(organisation);
  refuseFindings(checkDraft(draft.configuration, organisation.clock.now()), options.acceptWarnings);
  const before =
    draft.baseRelease === null ? undefined : (await organisation.releases.load(draft.baseRelease)).configuration;
  const digest = digestOf(draft.configuration);
  const changes = changesBetween(before, draft.configuration);
  const bundles = (number: number) => compileAll(draft.configuration, number, digest);
  const answer = await organisation.pump.submit({
    ...commandOf(sender, organisation, 'publish'),
    streams: [DRAFT_STREAM, 'releases'],
    decide(view) {
      if (view.revision(DRAFT_STREAM) !== draft.revision) {
        throw new Problem(
          409,
          'DRAFT_CHANGED',
          'The draft changed while it was being checked: look at it and publish again.',
        );
      }
      const number = view.revision('releases') + 1;
      const now = organisation.clock.now();
      return {
        moves: [
          { stream: DRAFT_STREAM, kind: 'draft', by: 0 },
          { stream: 'releases', kind: 'releases', by: 1 },
        ],
        events: [],
        rows: [
          {
            table: 'releases',
            values: {
              number,
              digest,
              note: options.note,
              author: sender.actor,
              published_at: now,
              changes: JSON.stringify(changes),
            },
          },
          { table: 'drafts', values: { id: DRAFT, base_release: number } },
          ...documentRows(draft, number),
          ...bundles(number),
          ...calendarRows(draft.configuration, before, now),
        ],
        response: { number, digest },
      };
    },
  });
  organisation.refresh();
  return answer;
}

function refuseFindings(findings: readonly Finding[], acceptWarnings: boolean): void {
  const errors = findings.filter((finding) => finding.severity === 'error');
  if (errors.length > 0) {
    throw new Problem(
      422,
      'FINDINGS_BLOCK',
      `${errors.length} finding${errors.length === 1 ? '' : 's'} must be put right first: ${errors[0]?.message}`,
      { findings },
    );
  }
  const warnings = findings.filter((finding) => finding.severity === 'warning');
  if (warnings.length > 0 && !acceptWarnings) {
    throw new Problem(
      422,
      'WARNINGS_NEED_A_TICK',
      `There are ${warnings.length} warnings: accept them, or put them right.`,
      { findings },
    );
  }
}

function compileAll(configuration: Configuration, number: number, digest: string): RowChange[] {
  return Object.keys(configuration.workflow).map((workflow) => {
    const bundle = compileWorkflow({ configuration, number, digest }, workflow);
    return {
      table: 'compiled_bundles',
      values: { release: number, workflow, digest: bundle.digest, json: JSON.stringify(bundle) },
    };
  });
}

function documentRows(draft: DraftContent, release: number): RowChange[] {
  return draft.documents.map(({ kind, key, document }) => ({
    table: 'release_documents',
    values: { release, kind, key, json: JSON.stringify(document) },
  }));
}

/** A calendar's new content begins its own version; the first is in force since ever (T3, T14). */
function calendarRows(configuration: Configuration, before: Configuration | undefined, now: number): RowChange[] {
  return Object.values(configuration.calendar).flatMap((calendar) => {
    const known = before?.calendar[calendar.key];
    if (known && canonicalJson(known) === canonicalJson(calendar)) return [];
    return [
      {
        table: 'calendars' as const,
        values: { key: calendar.key, published_at: known ? now : 0, json: JSON.stringify(calendar) },
      },
    ];
  });
}

/** Digest of a release's content; calendars have their own timeline and are left out (T14). */
export function digestOf(configuration: Configuration): string {
  const { calendar: _calendars, ...content } = configuration;
  return createHash('sha256').update(canonicalJson(content)).digest('hex');
}

/** What differs, document by document. */
export function changesBetween(before: Configuration | undefined, after: Configuration): DocumentChange[] {
  const [old, now] = [documentsOf(before), documentsOf(after)];
  const changes: DocumentChange[] = [];
  for (const [document, { title, json }] of now) {
    const known = old.get(document);
    if (!known) changes.push({ document, title, change: 'added' });
    else if (known.json !== json) changes.push({ document, title, change: 'changed' });
  }
  for (const [document, { title }] of old) if (!now.has(document)) changes.push({ document, title, change: 'removed' });
  return changes;
}

function documentsOf(configuration: Configuration | undefined): Map<string, { title: string; json: string }> {
  const all = configuration
    ? Object.values(configuration).flatMap((byKey) => Object.values(byKey) as AnyDocument[])
    : [];
  return new Map(
    all.map((document) => [
      `${document.kind}/${document.key}`,
      { title: document.title, json: canonicalJson(document) },
    ]),
  );
}

/** JSON with sorted keys. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, child: unknown) =>
    typeof child === 'object' && child !== null && !Array.isArray(child)
      ? Object.fromEntries(Object.entries(child).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)))
      : child,
  );
}
