import { createRoute, z } from '@hono/zod-openapi';
import { CaseSummary } from '../../../schemas/api.ts';
import { CaseDetails } from '../../../schemas/case-api.ts';
import { CaseCommand } from '../../../schemas/case-command.ts';
import { caseTimeline } from '../../engine/index.ts';
import { loadLayout } from '../definitions/draft-store.ts';
import { packPdf } from '../enquiries/pack-file.ts';
import { loadCasePack } from '../enquiries/pack-store.ts';
import { callerOf, needs, senderOf } from '../http/guards.ts';
import {
  createRouter,
  guarded,
  idempotencyHeader,
  json,
  jsonBody,
  parseRevision,
  problems,
  withBody,
} from '../http/openapi.ts';
import type { CommandAnswer } from './case-change.ts';
import { commandCase } from './command-case.ts';
import { refuseNotByHand } from './not-by-hand.ts';
import { prepareCase } from './prepare.ts';
import { asCaseEvent, listCases, loadCasePage, loadEvents } from './read-case.ts';
import { onCase, viewerOf } from './visible.ts';

const AnyJson = z.record(z.string(), z.unknown());
const casePath = z.object({ id: z.string().max(100) });
const missing = problems(404);

export const caseRoutes = createRouter()
  .openapi(
    createRoute({
      method: 'get',
      path: '/cases',
      summary: 'Cases, newest first',
      middleware: needs('read'),
      request: {
        query: z.object({
          state: z.enum(['open', 'onHold', 'closed', 'cancelled']).optional(),
          workflow: z.string().max(64).optional(),
          cursor: z.string().max(500).optional(),
          limit: z.coerce.number().int().min(1).max(200).default(50),
        }),
      },
      responses: {
        200: json(z.object({ cases: z.array(CaseSummary), next: z.string().nullable() }), 'A page of cases.'),
        ...guarded,
      },
    }),
    async (c) => {
      const { organisation } = c.get('service');
      return c.json(
        await listCases(organisation, c.req.valid('query'), await viewerOf(organisation, callerOf(c))),
        200,
      );
    },
  )
  .openapi(
    createRoute({
      method: 'get',
      path: '/cases/{id}',
      summary: 'A case with its tasks, clocks and what is allowed now',
      middleware: onCase('read'),
      request: { params: casePath },
      responses: { 200: json(CaseDetails, 'The case.'), ...guarded, ...missing },
    }),
    async (c) => {
      const { organisation } = c.get('service');
      const viewer = await viewerOf(organisation, callerOf(c));
      const page = await loadCasePage(organisation, c.req.valid('param').id, viewer);
      c.header('etag', `"${page.case.revision}"`);
      return c.json(page as unknown as CaseDetails, 200);
    },
  )
  .openapi(
    createRoute({
      method: 'post',
      path: '/cases/{id}/commands',
      summary: 'Send a command to a case',
      middleware: onCase('work'),
      request: {
        params: casePath,
        headers: idempotencyHeader,
        body: jsonBody(z.strictObject({ command: CaseCommand })),
      },
      responses: {
        200: json(
          z.object({
            revision: z.number().int(),
            events: z.array(z.object({ seq: z.number().int(), type: z.string() })),
          }),
          'It took effect and is durable.',
        ),
        ...guarded,
        ...withBody,
        ...problems(404, 409, 412),
      },
    }),
    async (c) => {
      const { command } = c.req.valid('json');
      refuseNotByHand(command);
      const { organisation, delivery } = c.get('service');
      const match = c.req.header('if-match');
      const sender = { ...senderOf(c), ...(match === undefined ? {} : { revision: parseRevision(match) }) };
      const answer = await commandCase(organisation, c.req.valid('param').id, command, sender);
      const told = answer.response as CommandAnswer;
      if (told.events.some(({ type }) => type === 'messageQueued')) void delivery.runOnce().catch(() => 0);
      return c.json(told, 200);
    },
  )
  .openapi(
    createRoute({
      method: 'get',
      path: '/cases/{id}/events',
      summary: 'The events of a case',
      middleware: onCase('read'),
      request: { params: casePath, query: z.object({ after: z.coerce.number().int().min(0).default(0) }) },
      responses: {
        200: json(
          z.object({ events: z.array(AnyJson), personal: AnyJson }),
          'Events in order, and the personal values they refer to.',
        ),
        ...guarded,
        ...missing,
      },
    }),
    async (c) =>
      c.json(await loadEvents(c.get('service').organisation, c.req.valid('param').id, c.req.valid('query').after), 200),
  )
  .openapi(
    createRoute({
      method: 'get',
      path: '/cases/{id}/timeline',
      summary: 'The history of a case in sentences',
      middleware: onCase('read'),
      request: { params: casePath },
      responses: {
        200: json(z.object({ entries: z.array(AnyJson), personal: AnyJson }), 'Entries, oldest first.'),
        ...guarded,
        ...missing,
      },
    }),
    async (c) => {
      const { organisation } = c.get('service');
      const { id } = c.req.valid('param');
      const { bundle } = await prepareCase(organisation, id);
      const { events, personal } = await loadEvents(organisation, id);
      const entries = caseTimeline(bundle, events.map(asCaseEvent)) as unknown as Record<string, unknown>[];
      return c.json({ entries, personal }, 200);
    },
  )
  .openapi(
    createRoute({
      method: 'get',
      path: '/cases/{id}/pack',
      summary: 'The customer information pack of a case',
      middleware: onCase('read'),
      request: { params: casePath },
      responses: { 200: json(AnyJson, 'The pack.'), ...guarded, ...missing },
    }),
    async (c) =>
      c.json(
        (await loadCasePack(c.get('service').organisation, c.req.valid('param').id)) as unknown as Record<
          string,
          unknown
        >,
        200,
      ),
  )
  .openapi(
    createRoute({
      method: 'get',
      path: '/cases/{id}/pack.pdf',
      summary: 'The customer information pack of a case as a tagged PDF',
      middleware: onCase('read'),
      request: { params: casePath },
      responses: {
        200: {
          description: 'The pack; the same bytes each time.',
          content: { 'application/pdf': { schema: z.string().openapi({ format: 'binary' }) } },
        },
        ...guarded,
        ...missing,
      },
    }),
    async (c) => packPdf(c, await loadCasePack(c.get('service').organisation, c.req.valid('param').id)),
  )
  .openapi(
    createRoute({
      method: 'get',
      path: '/cases/{id}/drawing',
      summary: 'Workflow and layout of a case’s release',
      middleware: onCase('read'),
      request: { params: casePath },
      responses: {
        200: json(z.object({ workflow: AnyJson, layout: AnyJson.nullable() }), 'The drawing.'),
        ...guarded,
        ...missing,
      },
    }),
    async (c) => {
      const { organisation } = c.get('service');
      const { bundle } = await prepareCase(organisation, c.req.valid('param').id);
      const { layout } = await loadLayout(organisation, bundle.key);
      return c.json(
        {
          workflow: bundle.workflow as unknown as Record<string, unknown>,
          layout: layout as Record<string, unknown> | null,
        },
        200,
      );
    },
  );
