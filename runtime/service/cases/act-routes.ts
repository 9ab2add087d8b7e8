import { createRoute, z } from '@hono/zod-openapi';
import { BulkAnswer, BulkBody, CaseScheduleView, CommandPreview } from '../../../schemas/case-api.ts';
import { CaseCommand } from '../../../schemas/case-command.ts';
import { callerOf, needs, senderOf } from '../http/guards.ts';
import { createRouter, guarded, idempotencyHeader, json, jsonBody, problems, withBody } from '../http/openapi.ts';
import { commandCases } from './bulk.ts';
import { loadCaseSchedule } from './case-schedule.ts';
import { refuseNotByHand } from './not-by-hand.ts';
import { previewCommand } from './preview-command.ts';
import { onCase, viewerOf, visibleAmong } from './visible.ts';

const casePath = z.object({ id: z.string().max(100) });

/** Dry runs, commands to several cases at once, and the live schedule of a case. */
export const caseActRoutes = createRouter()
  .openapi(
    createRoute({
      method: 'post',
      path: '/cases/{id}/preview',
      summary: 'Say what a command would do, and store nothing',
      middleware: onCase('work'),
      request: { params: casePath, body: jsonBody(z.strictObject({ command: CaseCommand })) },
      responses: {
        200: json(CommandPreview, 'What would happen, or why it would be refused.'),
        ...guarded,
        ...withBody,
        ...problems(404, 409),
      },
    }),
    async (c) => {
      const { command } = c.req.valid('json');
      refuseNotByHand(command);
      const { organisation } = c.get('service');
      return c.json(await previewCommand(organisation, c.req.valid('param').id, command, callerOf(c).user), 200);
    },
  )
  .openapi(
    createRoute({
      method: 'post',
      path: '/cases/commands',
      summary: 'Send commands to several cases; each takes effect by itself (W4)',
      middleware: needs('work'),
      request: { headers: idempotencyHeader, body: jsonBody(BulkBody) },
      responses: { 200: json(BulkAnswer, 'How each went, in order.'), ...guarded, ...withBody, ...problems(409) },
    }),
    async (c) => {
      const { commands } = c.req.valid('json');
      for (const { command } of commands) refuseNotByHand(command);
      const { organisation, delivery } = c.get('service');
      const viewer = await viewerOf(organisation, callerOf(c));
      const seen = await visibleAmong(organisation, viewer, [...new Set(commands.map((one) => one.case))]);
      const answer = await commandCases(organisation, commands, senderOf(c), (id) => seen.has(id));
      void delivery.runOnce().catch(() => 0);
      return c.json(answer, 200);
    },
  )
  .openapi(
    createRoute({
      method: 'get',
      path: '/cases/{id}/schedule',
      summary: 'The live schedule of a case: projected dates, floats, what is critical, what ran out of sequence (S7)',
      middleware: onCase('read'),
      request: {
        params: casePath,
        query: z.object({
          mode: z
            .enum(['override', 'retained'])
            .default('override')
            .describe('retained: the what-if in which work begun out of sequence waits.'),
        }),
      },
      responses: { 200: json(CaseScheduleView, 'The schedule.'), ...guarded, ...problems(404) },
    }),
    async (c) => {
      const { organisation } = c.get('service');
      return c.json(await loadCaseSchedule(organisation, c.req.valid('param').id, c.req.valid('query').mode), 200);
    },
  );
