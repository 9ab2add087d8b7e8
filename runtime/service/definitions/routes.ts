import { createRoute, z } from '@hono/zod-openapi';
import { ReleaseSummary } from '../../../schemas/api.ts';
import { Finding } from '../../../schemas/finding.ts';
import { LayoutDocument } from '../../../schemas/settings.ts';
import { findEmptyTeams, shippedBankHolidays } from '../../engine/index.ts';
import { intOf, jsonOf, textOf, textOrNull } from '../db/database.ts';
import { needs, senderOf } from '../http/guards.ts';
import {
  createRouter,
  guarded,
  idempotencyHeader,
  ifMatch,
  json,
  jsonBody,
  problems,
  withBody,
} from '../http/openapi.ts';
import { Problem } from '../problem.ts';
import { checkDraft } from './check-draft.ts';
import {
  draftHead,
  listDocuments,
  loadDocument,
  loadDraft,
  loadLayout,
  removeDocument,
  saveDocument,
  saveLayout,
  toKind,
} from './draft-store.ts';
import { publishOrPropose } from './proposals.ts';

const documentPath = z.object({ kind: z.string().max(64), key: z.string().max(64) });
const AnyJson = z.record(z.string(), z.unknown()).describe('The document, by the schema of its kind.');
const Saved = z.object({ revision: z.number().int(), findings: z.array(Finding) }).openapi('Saved');
const preconditions = problems(404, 412, 428);

export const draftRoutes = createRouter()
  .openapi(
    createRoute({
      method: 'get',
      path: '/drafts/main/documents',
      summary: 'Documents of the draft; If-None-Match with its ETag answers 304 while nothing was saved or published',
      middleware: needs('read'),
      request: { query: z.object({ kind: z.string().max(64).optional() }) },
      responses: {
        200: json(
          z.object({
            documents: z.array(
              z.object({ kind: z.string(), key: z.string(), title: z.string(), revision: z.number().int() }),
            ),
            release: z.number().int().nullable().describe('The newest release; null before the first.'),
          }),
          'Documents.',
        ),
        304: { description: 'Nothing was saved or published since.' },
        ...guarded,
        ...problems(404),
      },
    }),
    async (c) => {
      const { kind } = c.req.valid('query');
      const { organisation } = c.get('service');
      const { revision, release } = await draftHead(organisation);
      const etag = `"${revision}-${release ?? 0}"`;
      c.header('etag', etag);
      if (c.req.header('if-none-match') === etag) return c.body(null, 304);
      const documents = await listDocuments(organisation, kind === undefined ? undefined : toKind(kind));
      return c.json({ documents, release }, 200);
    },
  )
  .openapi(
    createRoute({
      method: 'get',
      path: '/drafts/main/documents/{kind}/{key}',
      summary: 'One document of the draft',
      middleware: needs('read'),
      request: { params: documentPath },
      responses: {
        200: json(z.object({ document: AnyJson, revision: z.number().int() }), 'The document; ETag is its revision.'),
        ...guarded,
        ...problems(404),
      },
    }),
    async (c) => {
      const { kind, key } = c.req.valid('param');
      const { document, revision } = await loadDocument(c.get('service').organisation, toKind(kind), key);
      c.header('etag', `"${revision}"`);
      return c.json({ document: document as Record<string, unknown>, revision }, 200);
    },
  )
  .openapi(
    createRoute({
      method: 'put',
      path: '/drafts/main/documents/{kind}/{key}',
      summary: 'Store a document: If-Match with its revision, or If-None-Match: * for a new one',
      middleware: needs('design'),
      request: { params: documentPath, headers: idempotencyHeader, body: jsonBody(AnyJson) },
      responses: { 200: json(Saved, 'Stored.'), ...guarded, ...withBody, ...preconditions },
    }),
    async (c) => {
      const { kind, key } = c.req.valid('param');
      const { organisation } = c.get('service');
      const expected = c.req.header('if-none-match') === '*' ? ('absent' as const) : { revision: ifMatch(c) };
      const answer = await saveDocument(organisation, toKind(kind), key, c.req.valid('json'), expected, senderOf(c));
      const { revision } = answer.response as { revision: number };
      const { configuration } = await loadDraft(organisation);
      const findings = checkDraft(organisation, configuration, toKind(kind)).filter(
        (finding) => finding.document === `${kind}/${key}`,
      );
      c.header('etag', `"${revision}"`);
      return c.json({ revision, findings }, 200);
    },
  )
  .openapi(
    createRoute({
      method: 'delete',
      path: '/drafts/main/documents/{kind}/{key}',
      summary: 'Take a document out of the draft',
      middleware: needs('design'),
      request: { params: documentPath },
      responses: { 200: json(z.object({ revision: z.number().int() }), 'Removed.'), ...guarded, ...preconditions },
    }),
    async (c) => {
      const { kind, key } = c.req.valid('param');
      const answer = await removeDocument(c.get('service').organisation, toKind(kind), key, ifMatch(c), senderOf(c));
      return c.json(answer.response as { revision: number }, 200);
    },
  )
  .openapi(
    createRoute({
      method: 'get',
      path: '/drafts/main/configuration',
      summary: 'The whole draft',
      middleware: needs('read'),
      responses: {
        200: json(
          z.object({
            documents: z.record(
              z.string(),
              z.record(z.string(), z.object({ document: AnyJson, revision: z.number().int() })),
            ),
            baseRelease: z.number().int().nullable(),
          }),
          'All documents by kind and key.',
        ),
        ...guarded,
      },
    }),
    async (c) => {
      const draft = await loadDraft(c.get('service').organisation);
      const documents: Record<string, Record<string, { document: Record<string, unknown>; revision: number }>> = {};
      for (const { kind, key, document, revision } of draft.documents) {
        documents[kind] ??= {};
        const byKey = documents[kind];
        if (byKey) byKey[key] = { document: document as Record<string, unknown>, revision };
      }
      return c.json({ documents, baseRelease: draft.baseRelease }, 200);
    },
  )
  .openapi(
    createRoute({
      method: 'get',
      path: '/drafts/main/findings',
      summary: 'Findings of the draft',
      middleware: needs('read'),
      responses: { 200: json(z.object({ findings: z.array(Finding) }), 'Findings.'), ...guarded },
    }),
    async (c) => {
      const { organisation } = c.get('service');
      const { configuration } = await loadDraft(organisation);
      const empty = findEmptyTeams(configuration, await organisation.directory());
      return c.json({ findings: [...checkDraft(organisation, configuration), ...empty] }, 200);
    },
  )
  .openapi(
    createRoute({
      method: 'get',
      path: '/layouts/{workflow}',
      summary: 'Positions of a workflow’s drawing',
      middleware: needs('read'),
      request: { params: z.object({ workflow: z.string().max(64) }) },
      responses: {
        200: json(
          z.object({ layout: LayoutDocument.nullable(), revision: z.number().int() }),
          'Layout; revision 0 when there is none.',
        ),
        ...guarded,
      },
    }),
    async (c) => {
      const found = await loadLayout(c.get('service').organisation, c.req.valid('param').workflow);
      c.header('etag', `"${found.revision}"`);
      return c.json(found, 200);
    },
  )
  .openapi(
    createRoute({
      method: 'put',
      path: '/layouts/{workflow}',
      summary: 'Store positions; If-Match "0" for the first time',
      middleware: needs('design'),
      request: { params: z.object({ workflow: z.string().max(64) }), body: jsonBody(LayoutDocument) },
      responses: {
        200: json(z.object({ revision: z.number().int() }), 'Stored.'),
        ...guarded,
        ...withBody,
        ...preconditions,
      },
    }),
    async (c) => {
      const { workflow } = c.req.valid('param');
      const layout = c.req.valid('json');
      if (layout.key !== workflow)
        throw new Problem(422, 'KEY_CHANGED', `The address says ${workflow}, the layout ${layout.key}.`, {
          pointer: '/key',
        });
      const expected = c.req.header('if-none-match') === '*' ? 0 : ifMatch(c);
      const answer = await saveLayout(c.get('service').organisation, workflow, layout, expected, senderOf(c));
      return c.json(answer.response as { revision: number }, 200);
    },
  );

const releasePath = z.object({ number: z.coerce.number().int().min(1) });

function toRelease(row: Readonly<Record<string, unknown>>): ReleaseSummary {
  return {
    number: intOf(row, 'number'),
    digest: textOf(row, 'digest'),
    note: textOf(row, 'note'),
    author: textOf(row, 'author'),
    publishedAt: intOf(row, 'published_at'),
    changes: jsonOf(row, 'changes'),
    approver: textOrNull(row, 'approver'),
    startsAt: row['starts_at'] === null ? null : intOf(row, 'starts_at'),
    origin: textOf(row, 'origin'),
  };
}

export const releaseRoutes = createRouter()
  .openapi(
    createRoute({
      method: 'post',
      path: '/releases',
      summary: 'Publish the draft as the next release',
      middleware: needs('publish'),
      request: {
        headers: idempotencyHeader,
        body: jsonBody(
          z.strictObject({
            note: z.string().max(2000).default(''),
            acceptWarnings: z.boolean().default(false),
            startsAt: z.number().int().optional().describe('When it begins; absent at once.'),
            resolve: z
              .enum(['mine', 'theirs'])
              .optional()
              .describe('Whose value stands where a newer release changed the same place.'),
            digest: z
              .string()
              .max(128)
              .optional()
              .describe(
                'Of what was looked at; another draft is refused with 409, so that nothing unseen is published.',
              ),
          }),
        ),
      },
      responses: {
        201: json(z.object({ number: z.number().int(), digest: z.string() }), 'Published.'),
        202: json(z.object({ proposal: z.string() }), 'Put forward: a second person is asked to approve it.'),
        ...guarded,
        ...withBody,
        ...problems(409),
      },
    }),
    async (c) => {
      const answer = await publishOrPropose(c.get('service').organisation, c.req.valid('json'), senderOf(c));
      if (answer.isProposal) return c.json(answer.response as { proposal: string }, 202);
      return c.json(answer.response as { number: number; digest: string }, 201);
    },
  )
  .openapi(
    createRoute({
      method: 'get',
      path: '/releases',
      summary: 'Releases, newest first',
      middleware: needs('read'),
      responses: { 200: json(z.object({ releases: z.array(ReleaseSummary) }), 'Releases.'), ...guarded },
    }),
    async (c) => {
      const rows = await c
        .get('service')
        .organisation.database.query('SELECT * FROM releases ORDER BY number DESC LIMIT 200');
      return c.json({ releases: rows.map(toRelease) }, 200);
    },
  )
  .openapi(
    createRoute({
      method: 'get',
      path: '/releases/{number}',
      summary: 'One release',
      middleware: needs('read'),
      request: { params: releasePath },
      responses: { 200: json(ReleaseSummary, 'The release.'), ...guarded, ...problems(404) },
    }),
    async (c) => {
      const { number } = c.req.valid('param');
      const [row] = await c
        .get('service')
        .organisation.database.query('SELECT * FROM releases WHERE number = ?', [number]);
      if (!row) throw new Problem(404, 'NOT_FOUND', `There is no release ${number}.`);
      return c.json(toRelease(row), 200);
    },
  )
  .openapi(
    createRoute({
      method: 'get',
      path: '/releases/{number}/documents',
      summary: 'All documents of a release',
      middleware: needs('read'),
      request: { params: releasePath },
      responses: {
        200: json(
          z.object({ documents: z.record(z.string(), z.record(z.string(), AnyJson)) }),
          'Documents by kind and key.',
        ),
        ...guarded,
        ...problems(404),
      },
    }),
    async (c) => {
      const release = await c.get('service').organisation.releases.load(c.req.valid('param').number);
      return c.json(
        { documents: release.configuration as unknown as Record<string, Record<string, Record<string, unknown>>> },
        200,
      );
    },
  )
  .openapi(
    createRoute({
      method: 'get',
      path: '/bank-holidays',
      summary: 'Bank holidays the product ships',
      middleware: needs('read'),
      responses: { 200: json(z.record(z.string(), z.unknown()), 'By division.'), ...guarded },
    }),
    async (c) => c.json(shippedBankHolidays as unknown as Record<string, unknown>, 200),
  )
  .openapi(
    createRoute({
      method: 'get',
      path: '/calendars',
      summary: 'Published calendars with their timeline',
      middleware: needs('read'),
      responses: {
        200: json(
          z.object({
            calendars: z.array(z.object({ key: z.string(), publishedAt: z.number().int(), calendar: AnyJson })),
          }),
          'Calendars.',
        ),
        ...guarded,
      },
    }),
    async (c) => {
      const rows = await c
        .get('service')
        .organisation.database.query('SELECT * FROM calendars ORDER BY key, published_at');
      const calendars = rows.map((row) => ({
        key: textOf(row, 'key'),
        publishedAt: intOf(row, 'published_at'),
        calendar: jsonOf<Record<string, unknown>>(row, 'json'),
      }));
      return c.json({ calendars }, 200);
    },
  );
