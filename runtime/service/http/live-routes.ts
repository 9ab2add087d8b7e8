import { createRoute, z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { onCase } from '../cases/visible.ts';
import { Problem } from '../problem.ts';
import type { ServiceEnv } from '../service.ts';
import { needs } from './guards.ts';
import { createRouter, guarded, problems } from './openapi.ts';

const stream = {
  description: 'Server-sent events; Last-Event-ID takes up where it ended.',
  content: { 'text/event-stream': { schema: z.string() } },
};
const query = z.object({
  after: z.coerce.number().int().min(0).optional().describe('As Last-Event-ID, for the first connection.'),
});

export const liveRoutes = createRouter()
  .openapi(
    createRoute({
      method: 'get',
      path: '/cases/{id}/stream',
      summary: 'Events of a case as they happen',
      middleware: onCase('read'),
      request: { params: z.object({ id: z.string().max(100) }), query },
      responses: { 200: stream, ...guarded, ...problems(404) },
    }),
    async (c) => {
      const { operations } = c.get('service');
      const { id } = c.req.valid('param');
      return operations.live.ofCase(id, lastIdOf(c, c.req.valid('query').after)) as never;
    },
  )
  .openapi(
    createRoute({
      method: 'get',
      path: '/worklist/stream',
      summary: 'A word whenever worklists may have changed, at most once a second',
      middleware: needs('read'),
      request: { query },
      responses: { 200: stream, ...guarded },
    }),
    async (c) => c.get('service').operations.live.ofWork(lastIdOf(c, c.req.valid('query').after)) as never,
  );

function lastIdOf(c: Context<ServiceEnv>, after: number | undefined): number | null {
  const header = c.req.header('last-event-id');
  if (header === undefined || header === '') return after ?? null;
  if (!/^\d{1,15}$/.test(header))
    throw new Problem(422, 'LAST_EVENT_ID_INVALID', 'Last-Event-ID holds the id of an event.');
  return Number(header);
}
