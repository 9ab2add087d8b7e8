import { createRoute, z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { documentKinds } from '../../../schemas/configuration.ts';
import { Finding } from '../../../schemas/finding.ts';
import { Instant } from '../../../schemas/ids.ts';
import { parseDocument } from '../../../schemas/load-configuration.ts';
import { type DocumentDiff, findEmptyTeams, lawRegister, whereUsed } from '../../engine/index.ts';
import { onlyVisible } from '../cases/visible.ts';
import { needs, senderOf } from '../http/guards.ts';
import { createRouter, guarded, idempotencyHeader, json, jsonBody, problems, withBody } from '../http/openapi.ts';
import { dateIn } from '../local-date.ts';
import { Problem } from '../problem.ts';
import type { ServiceEnv } from '../service.ts';
import { checkDraft } from './check-draft.ts';
import { loadDraft, toKind } from './draft-store.ts';
import { calendarEffect, dryRun } from './effect.ts';
import { findHeldByCases } from './held-by-cases.ts';
import {
  approveProposal,
  listProposals,
  loadProposedChanges,
  needsTwoPeople,
  promoteOrPropose,
  restoreOrPropose,
  withdrawProposal,
} from './proposals.ts';
import { reviewedDigestOf } from './publish.ts';
import { toConfiguration } from './release-store.ts';
import { reviewDraft, zoneOf } from './review.ts';
import {
  Change,
  Conflict,
  Coverage,
  Effect,
  idPath,
  MovedDate,
  Published,
  Register,
  releasePath,
  TestOutcome,
  Use,
} from './review-shapes.ts';
import { runWithCoverage } from './test-draft.ts';

/** Review, test, publish, and what a release does to open cases (R4, R5). */
export const reviewRoutes = createRouter()
  .openapi(
    createRoute({
      method: 'get',
      path: '/drafts/main/review',
      summary: 'What publishing the draft would change, with findings and conflicts',
      middleware: needs('read'),
      request: {
        query: z.object({
          resolve: z
            .enum(['mine', 'theirs'])
            .optional()
            .describe('Whose value stands where a newer release changed the same place; absent the draft’s.'),
        }),
      },
      responses: {
        200: json(
          z.object({
            baseRelease: z.number().int().nullable(),
            newestRelease: z.number().int().nullable(),
            digest: z.string().describe('Of all that is shown here, calendars too; send it back when publishing.'),
            needsTwoPeople: z
              .boolean()
              .describe('Whether publishing only puts it forward for somebody else to approve.'),
            changes: z.array(Change),
            conflicts: z.array(Conflict),
            findings: z.array(Finding),
          }),
          'The review.',
        ),
        ...guarded,
      },
    }),
    async (c) => {
      const { organisation } = c.get('service');
      const { draft, newest, before, after, changes, conflicts } = await reviewDraft(
        organisation,
        c.req.valid('query').resolve,
      );
      const held = await findHeldByCases(organisation, before, after);
      const empty = findEmptyTeams(after, await organisation.directory());
      const body = {
        baseRelease: draft.baseRelease,
        newestRelease: newest,
        digest: reviewedDigestOf(after),
        needsTwoPeople: needsTwoPeople({ newest, before, after }),
        changes: changes.map(toChange),
        conflicts: [...conflicts],
        findings: [...checkDraft(organisation, after), ...held, ...empty],
      };
      return c.json(body, 200);
    },
  )
  .openapi(
    createRoute({
      method: 'post',
      path: '/drafts/main/tests',
      summary: 'Run the saved tests on the draft',
      middleware: needs('read'),
      responses: {
        200: json(
          z.object({
            passed: z.number().int(),
            failed: z.number().int(),
            results: z.array(TestOutcome),
            coverage: Coverage,
          }),
          'Outcome of every test, and what the tests touch.',
        ),
        ...guarded,
      },
    }),
    async (c) => {
      const { organisation } = c.get('service');
      const { configuration } = await loadDraft(organisation);
      const today = dateIn(zoneOf(configuration), organisation.clock.now());
      const { results, coverage } = runWithCoverage(configuration, today);
      const failed = results.filter((one) => !one.passed).length;
      return c.json({ passed: results.length - failed, failed, results, coverage }, 200);
    },
  )
  .openapi(
    createRoute({
      method: 'post',
      path: '/drafts/main/effect',
      summary: 'What moving the open cases to the draft would do: a dry run, nothing is stored',
      middleware: needs('publish'),
      responses: { 200: json(Effect, 'The effect.'), ...guarded },
    }),
    async (c) => {
      const { organisation } = c.get('service');
      const { after } = await reviewDraft(organisation);
      return c.json(await toBody(c, await dryRun(organisation, { configuration: after })), 200);
    },
  )
  .openapi(
    createRoute({
      method: 'post',
      path: '/drafts/main/calendar-effect',
      summary: 'Open cases whose dates would move if the calendars of the draft were published now',
      middleware: needs('publish'),
      responses: {
        200: json(
          z.object({
            openCases: z.number().int(),
            cases: z.array(
              z.object({ id: z.string(), reference: z.string(), workflow: z.string(), dates: z.array(MovedDate) }),
            ),
          }),
          'The cases.',
        ),
        ...guarded,
      },
    }),
    async (c) => {
      const { organisation } = c.get('service');
      const { configuration } = await loadDraft(organisation);
      const effect = await calendarEffect(organisation, configuration);
      return c.json({ ...effect, cases: await onlyVisible(c, effect.cases) }, 200);
    },
  )
  .openapi(
    createRoute({
      method: 'post',
      path: '/releases/{number}/effect',
      summary: 'What moving open cases to a release would do: a dry run, nothing is stored',
      middleware: needs('publish'),
      request: {
        params: releasePath,
        body: jsonBody(z.strictObject({ cases: z.array(z.string().max(64)).max(10_000).optional() })),
      },
      responses: { 200: json(Effect, 'The effect.'), ...guarded, ...withBody, ...problems(404) },
    }),
    async (c) => {
      const { organisation } = c.get('service');
      const target = await organisation.releases.load(c.req.valid('param').number);
      return c.json(await toBody(c, await dryRun(organisation, target, c.req.valid('json').cases)), 200);
    },
  )
  .openapi(
    createRoute({
      method: 'post',
      path: '/releases/{number}/rollback',
      summary: 'Make an older release the newest again, as a release of its own',
      middleware: needs('publish'),
      request: {
        params: releasePath,
        headers: idempotencyHeader,
        body: jsonBody(z.strictObject({ note: z.string().max(2000) })),
      },
      responses: {
        201: json(Published, 'Published.'),
        202: json(z.object({ proposal: z.string() }), 'Put forward: a second person is asked to approve it.'),
        ...guarded,
        ...withBody,
        ...problems(404, 409),
      },
    }),
    async (c) => {
      const { organisation } = c.get('service');
      const { number } = c.req.valid('param');
      const answer = await restoreOrPropose(organisation, number, c.req.valid('json').note, senderOf(c));
      if (answer.isProposal) return c.json(answer.response as { proposal: string }, 202);
      return c.json(answer.response as z.infer<typeof Published>, 201);
    },
  )
  .openapi(
    createRoute({
      method: 'post',
      path: '/releases/promote',
      summary: 'Publish a configuration from elsewhere by its digest; its tests must pass',
      middleware: needs('publish'),
      request: {
        headers: idempotencyHeader,
        body: jsonBody(
          z.strictObject({
            digest: z.string().max(128),
            note: z.string().max(2000).default(''),
            acceptWarnings: z.boolean().default(false),
            documents: z.array(z.record(z.string(), z.unknown())).min(1).max(20_000),
          }),
        ),
      },
      responses: {
        201: json(Published, 'Published.'),
        202: json(
          z.object({ proposal: z.string() }),
          'Put forward: a second person approves it by promoting the same digest.',
        ),
        ...guarded,
        ...withBody,
        ...problems(409),
      },
    }),
    async (c) => {
      const { documents, ...options } = c.req.valid('json');
      const answer = await promoteOrPropose(
        c.get('service').organisation,
        toConfiguration(documents.map(parsedOrThrow)),
        options,
        senderOf(c),
      );
      if (answer.isProposal) return c.json(answer.response as { proposal: string }, 202);
      return c.json(answer.response as z.infer<typeof Published>, 201);
    },
  )
  .openapi(
    createRoute({
      method: 'get',
      path: '/proposals',
      summary: 'Drafts and restores put forward for a second person',
      middleware: needs('read'),
      responses: {
        200: json(
          z.object({
            proposals: z.array(
              z.object({
                id: z.string(),
                state: z.string(),
                author: z.string(),
                note: z.string(),
                createdAt: Instant,
                startsAt: Instant.nullable(),
                decidedBy: z.string().nullable(),
                release: z.number().int().nullable(),
                restores: z
                  .number()
                  .int()
                  .nullable()
                  .describe('The release that is to be the newest again; null for the draft.'),
                digest: z.string().describe('Of what was put forward; the draft of another digest changed since.'),
                acceptWarnings: z.boolean(),
                isFromElsewhere: z
                  .boolean()
                  .describe('Promoted from another place: approved there, by promoting the same digest.'),
              }),
            ),
          }),
          'Proposals, newest first.',
        ),
        ...guarded,
      },
    }),
    async (c) => c.json({ proposals: await listProposals(c.get('service').organisation) }, 200),
  )
  .openapi(
    createRoute({
      method: 'get',
      path: '/proposals/{id}/changes',
      summary: 'What a configuration from elsewhere changes, as it was put forward',
      middleware: needs('read'),
      request: { params: idPath },
      responses: {
        200: json(z.object({ changes: z.array(Change) }), 'Empty for drafts and restores: those are reviewed here.'),
        ...guarded,
        ...problems(404),
      },
    }),
    async (c) => {
      const changes = await loadProposedChanges(c.get('service').organisation, c.req.valid('param').id);
      return c.json({ changes: changes.map(toChange) }, 200);
    },
  )
  .openapi(
    createRoute({
      method: 'post',
      path: '/proposals/{id}/approve',
      summary: 'Publish what another person put forward',
      middleware: needs('publish'),
      request: { params: idPath, headers: idempotencyHeader },
      responses: { 201: json(Published, 'Published.'), ...guarded, ...problems(404, 409) },
    }),
    async (c) => {
      const { id } = c.req.valid('param');
      const answer = await approveProposal(c.get('service').organisation, id, senderOf(c));
      return c.json(answer.response as z.infer<typeof Published>, 201);
    },
  )
  .openapi(
    createRoute({
      method: 'post',
      path: '/proposals/{id}/withdraw',
      summary: 'Take a proposal back, or turn it down',
      middleware: needs('publish'),
      request: { params: idPath, headers: idempotencyHeader },
      responses: { 200: json(z.object({ state: z.string() }), 'Withdrawn.'), ...guarded, ...problems(404, 409) },
    }),
    async (c) => {
      await withdrawProposal(c.get('service').organisation, c.req.valid('param').id, senderOf(c));
      return c.json({ state: 'withdrawn' }, 200);
    },
  )
  .openapi(
    createRoute({
      method: 'get',
      path: '/drafts/main/where-used/{kind}/{key}',
      summary: 'Every place that names a document of the draft',
      middleware: needs('read'),
      request: { params: z.object({ kind: z.enum(documentKinds as [string, ...string[]]), key: z.string().max(64) }) },
      responses: { 200: json(z.object({ uses: z.array(Use) }), 'Places.'), ...guarded, ...problems(404) },
    }),
    async (c) => {
      const { kind, key } = c.req.valid('param');
      const { configuration } = await loadDraft(c.get('service').organisation);
      return c.json({ uses: whereUsed(configuration, toKind(kind), key) }, 200);
    },
  )
  .openapi(
    createRoute({
      method: 'get',
      path: '/drafts/main/law-register',
      summary: 'The law the draft rests on: provisions, what cites them, and review-by dates',
      middleware: needs('read'),
      responses: {
        200: json(Register, 'The register.'),
        ...guarded,
      },
    }),
    async (c) => {
      const { organisation } = c.get('service');
      const { configuration } = await loadDraft(organisation);
      const register = lawRegister(configuration, dateIn(zoneOf(configuration), organisation.clock.now()));
      return c.json(structuredClone(register) as unknown as z.infer<typeof Register>, 200);
    },
  );

/** The effect for the caller's eyes: private cases are counted, not listed. */
async function toBody(c: Context<ServiceEnv>, effect: Awaited<ReturnType<typeof dryRun>>) {
  const cases = await onlyVisible(c, effect.cases);
  return structuredClone({ ...effect, cases }) as unknown as z.infer<typeof Effect>;
}

function toChange(one: DocumentDiff): z.infer<typeof Change> {
  return { ...one, sentences: [...one.sentences], parts: [...one.parts] };
}

function parsedOrThrow(value: Record<string, unknown>) {
  const parsed = parseDocument(value, `${String(value['kind'])}/${String(value['key'])}`);
  if ('document' in parsed) return { kind: parsed.document.kind, key: parsed.document.key, document: parsed.document };
  throw new Problem(422, 'DOCUMENT_INVALID', parsed.findings[0]?.message ?? 'A document is not valid.', {
    findings: parsed.findings,
  });
}
