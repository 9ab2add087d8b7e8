import { createRoute, z } from '@hono/zod-openapi';
import { CaseCommand } from '../../../schemas/case-command.ts';
import { replayCase } from '../audit/replay-case.ts';
import { callerOf, needs } from '../http/guards.ts';
import { createRouter, guarded, idempotencyHeader, json, jsonBody, problems, withBody } from '../http/openapi.ts';
import { Problem } from '../problem.ts';
import { actOnIncident, listIncidents } from './incidents.ts';

const Incident = z
  .object({
    id: z.string(),
    kind: z.string(),
    caseId: z.string().nullable(),
    subject: z.string().nullable().describe('Message or subscriber it is about.'),
    detail: z.string(),
    seen: z.number().int(),
    state: z.enum(['open', 'paused', 'closed']),
    createdAt: z.number().int(),
    closedAt: z.number().int().nullable(),
    closedBy: z.string().nullable(),
    resolution: z.string().nullable(),
    reason: z.string().nullable(),
  })
  .meta({ id: 'Incident', description: 'Something that waits for an operator.' });

const reason = z.string().min(3).max(500).describe('Why; kept in the audit chain.');
const IncidentActBody = z.discriminatedUnion('act', [
  z.strictObject({ act: z.literal('retry'), reason }),
  z.strictObject({
    act: z.literal('editAndRetry'),
    reason,
    address: z.string().min(1).max(500).describe('Where to send it instead.'),
  }),
  z.strictObject({ act: z.literal('skip'), reason }),
  z.strictObject({
    act: z.literal('force'),
    reason,
    command: CaseCommand.optional().describe('For a case: the command that moves it on.'),
  }),
  z.strictObject({ act: z.literal('pause'), reason }),
]);
const HealthProblem = z.object({ code: z.string(), count: z.number().int(), message: z.string() });
const named = z.object({ id: z.string().max(300) });

export const operatorRoutes = createRouter()
  .openapi(
    createRoute({
      method: 'get',
      path: '/admin/incidents',
      summary: 'Incidents: what waits for an operator',
      middleware: needs('administer'),
      request: {
        query: z.object({
          state: z.enum(['open', 'paused', 'closed']).optional(),
          limit: z.coerce.number().int().min(1).max(200).default(100),
        }),
      },
      responses: { 200: json(z.object({ incidents: z.array(Incident) }), 'Incidents, newest first.'), ...guarded },
    }),
    async (c) => {
      const { state, limit } = c.req.valid('query');
      return c.json({ incidents: await listIncidents(c.get('service').organisation.database, state, limit) }, 200);
    },
  )
  .openapi(
    createRoute({
      method: 'post',
      path: '/admin/incidents/{id}/acts',
      summary: 'Retry, edit and retry, skip, force or pause; audited with its reason',
      middleware: needs('administer'),
      request: { params: named, headers: idempotencyHeader, body: jsonBody(IncidentActBody) },
      responses: { 200: json(Incident, 'The incident afterwards.'), ...guarded, ...withBody, ...problems(404, 409) },
    }),
    async (c) => {
      const { organisation, delivery } = c.get('service');
      const { reason: why, ...act } = c.req.valid('json');
      const done = await actOnIncident(organisation, c.req.valid('param').id, act, {
        actor: callerOf(c).user,
        reason: why,
      });
      void delivery.runOnce().catch(() => 0);
      return c.json(done, 200);
    },
  )
  .openapi(
    createRoute({
      method: 'get',
      path: '/admin/health',
      summary: 'What the auditor job finds now (D6)',
      middleware: needs('administer'),
      responses: { 200: json(z.object({ problems: z.array(HealthProblem) }), 'Nothing when all is well.'), ...guarded },
    }),
    async (c) => c.json({ problems: [...(await c.get('service').operations.look())] }, 200),
  )
  .openapi(
    createRoute({
      method: 'post',
      path: '/admin/backups',
      summary: 'Back up now',
      middleware: needs('administer'),
      responses: {
        200: json(
          z.object({ folder: z.string(), removed: z.array(z.string()) }),
          'Made; older ones beyond the limit are gone.',
        ),
        ...guarded,
      },
    }),
    async (c) => c.json(await c.get('service').operations.backup(callerOf(c).user), 200),
  )
  .openapi(
    createRoute({
      method: 'post',
      path: '/admin/audit/verify',
      summary: 'Check the whole audit chain',
      middleware: needs('administer'),
      responses: {
        200: json(
          z.object({
            events: z.number().int(),
            streams: z.number().int(),
            checkpoints: z.number().int(),
            digest: z.string(),
            faults: z.array(
              z.object({
                code: z.string(),
                stream: z.string().nullable(),
                seq: z.number().int().nullable(),
                message: z.string(),
              }),
            ),
          }),
          'No faults when the chain is whole.',
        ),
        ...guarded,
      },
    }),
    async (c) => c.json(await c.get('service').operations.verify(), 200),
  )
  .openapi(
    createRoute({
      method: 'post',
      path: '/admin/audit/checkpoints',
      summary: 'Sign the chain as it stands',
      middleware: needs('administer'),
      responses: {
        200: json(
          z.object({
            checkpoint: z
              .object({
                number: z.number().int(),
                position: z.number().int(),
                events: z.number().int(),
                digest: z.string(),
                createdAt: z.number().int(),
                signature: z.string(),
              })
              .nullable(),
          }),
          'The checkpoint to keep elsewhere; null when nothing is new.',
        ),
        ...guarded,
      },
    }),
    async (c) => c.json({ checkpoint: await c.get('service').operations.checkpoint() }, 200),
  )
  .openapi(
    createRoute({
      method: 'post',
      path: '/admin/cases/{id}/replay',
      summary: 'Live a case again from its events and compare',
      middleware: needs('administer'),
      request: { params: named },
      responses: {
        200: json(
          z.object({ caseId: z.string(), revision: z.number().int(), differs: z.array(z.string()) }),
          'Nothing differs when the row is a true cache.',
        ),
        ...guarded,
        ...problems(404),
      },
    }),
    async (c) => {
      const report = await replayCase(c.get('service').organisation.database, c.req.valid('param').id);
      if (!report) throw new Problem(404, 'NOT_FOUND', 'There is no such case.');
      return c.json(report, 200);
    },
  );
