import { createRoute, z } from '@hono/zod-openapi';
import { Instant } from '../../../schemas/ids.ts';
import { onlyVisible } from '../cases/visible.ts';
import { needs, senderOf } from '../http/guards.ts';
import { createRouter, guarded, idempotencyHeader, json, jsonBody, problems, withBody } from '../http/openapi.ts';
import { Problem } from '../problem.ts';
import { loadDateRefresh } from './date-refresh.ts';
import { runMove, startMove } from './moves.ts';
import { pinCases } from './pin-cases.ts';
import { listMoves, loadMove, movedCases } from './read-moves.ts';
import { undoMove } from './undo-move.ts';

const Reason = z.object({ code: z.string(), what: z.string(), reason: z.string() });
const idPath = z.object({ id: z.string().max(64) });
const Move = z.object({
  id: z.string(),
  to: z.number().int(),
  state: z.enum(['running', 'done']),
  note: z.string(),
  startedBy: z.string(),
  startedAt: Instant,
  finishedAt: Instant.nullable(),
  startsAt: Instant.nullable().describe('When the release goes live that it waits for; null where it waits no longer.'),
  cases: z.array(
    z.object({
      id: z.string(),
      reference: z.string(),
      fromRelease: z.number().int(),
      state: z.string(),
      reasons: z.array(Reason),
    }),
  ),
});

const MoveSummary = Move.omit({ cases: true }).extend({
  moved: z.number().int(),
  refused: z.number().int(),
  undone: z.number().int(),
  left: z.number().int().describe('Open cases it has yet to look at.'),
});

/** Moving open cases between releases (R5). */
export const moveRoutes = createRouter()
  .openapi(
    createRoute({
      method: 'post',
      path: '/moves',
      summary: 'Move open cases to a release, once it is live: all that are not pinned, or those chosen',
      middleware: needs('publish'),
      request: {
        headers: idempotencyHeader,
        body: jsonBody(
          z.strictObject({
            to: z.number().int().min(1),
            cases: z.array(z.string().max(64)).min(1).max(10_000).optional(),
            note: z.string().max(2000).default(''),
          }),
        ),
      },
      responses: { 201: json(z.object({ id: z.string() }), 'Begun.'), ...guarded, ...withBody, ...problems(404, 409) },
    }),
    async (c) => {
      const { organisation } = c.get('service');
      const id = await startMove(organisation, c.req.valid('json'), senderOf(c));
      // The cases go one by one; GET /moves/{id} tells how far it is, and a restart goes on with it.
      void runMove(organisation, id).catch(() => undefined);
      return c.json({ id }, 201);
    },
  )
  .openapi(
    createRoute({
      method: 'get',
      path: '/moves',
      summary: 'Moves of open cases with how far each is, newest first',
      middleware: needs('read'),
      responses: { 200: json(z.object({ moves: z.array(MoveSummary) }), 'The newest 100.'), ...guarded },
    }),
    async (c) => c.json({ moves: await listMoves(c.get('service').organisation) }, 200),
  )
  .openapi(
    createRoute({
      method: 'get',
      path: '/moves/{id}',
      summary: 'How far a move is, and what became of each case',
      middleware: needs('read'),
      request: { params: idPath },
      responses: { 200: json(Move, 'The move.'), ...guarded, ...problems(404) },
    }),
    async (c) => {
      const { organisation } = c.get('service');
      const { id } = c.req.valid('param');
      const { target, selection: _selection, ...move } = await loadMove(organisation, id);
      return c.json({ ...move, to: target, cases: await onlyVisible(c, await movedCases(organisation, id)) }, 200);
    },
  )
  .openapi(
    createRoute({
      method: 'post',
      path: '/moves/{id}/resume',
      summary: 'Go on with a move that was cut off',
      middleware: needs('publish'),
      request: { params: idPath },
      responses: {
        200: json(z.object({ state: z.enum(['running', 'done']) }), 'Done, or waiting for its release.'),
        ...guarded,
        ...problems(404, 409),
      },
    }),
    async (c) => {
      const { organisation } = c.get('service');
      const { id } = c.req.valid('param');
      await runMove(organisation, id);
      return c.json({ state: (await loadMove(organisation, id)).state }, 200);
    },
  )
  .openapi(
    createRoute({
      method: 'post',
      path: '/moves/{id}/undo',
      summary: 'Take a move back for every case nobody has worked on since',
      middleware: needs('publish'),
      request: { params: idPath },
      responses: {
        200: json(
          z.object({
            undone: z.number().int(),
            kept: z.array(z.object({ id: z.string(), reason: z.string() })),
          }),
          'Taken back.',
        ),
        ...guarded,
        ...problems(404, 409),
      },
    }),
    async (c) => {
      const result = await undoMove(c.get('service').organisation, c.req.valid('param').id, senderOf(c));
      return c.json({ ...result, kept: await onlyVisible(c, result.kept) }, 200);
    },
  )
  .openapi(
    createRoute({
      method: 'put',
      path: '/moves/pins',
      summary: 'Keep cases under their release when all are moved, or let them go again',
      middleware: needs('publish'),
      request: {
        body: jsonBody(
          z.strictObject({
            cases: z.array(z.string().max(64)).min(1).max(10_000),
            pinned: z.boolean(),
            reason: z.string().max(2000).default(''),
          }),
        ),
      },
      responses: { 200: json(z.object({ pinned: z.boolean() }), 'Stored.'), ...guarded, ...withBody },
    }),
    async (c) => {
      const options = c.req.valid('json');
      await pinCases(c.get('service').organisation, options, senderOf(c));
      return c.json({ pinned: options.pinned }, 200);
    },
  )
  .openapi(
    createRoute({
      method: 'get',
      path: '/releases/{number}/dates',
      summary: 'How far the dates of open cases follow the calendars that a release published anew (T14)',
      middleware: needs('read'),
      request: { params: z.object({ number: z.coerce.number().int().min(1) }) },
      responses: {
        200: json(
          z.object({
            calendars: z.array(z.string()),
            state: z.enum(['running', 'done']),
            startedBy: z.string(),
            startedAt: Instant,
            finishedAt: Instant.nullable(),
          }),
          'The job; `running` goes on by itself, also after a restart.',
        ),
        ...guarded,
        ...problems(404),
      },
    }),
    async (c) => {
      const found = await loadDateRefresh(c.get('service').organisation, c.req.valid('param').number);
      if (!found) throw new Problem(404, 'NOT_FOUND', 'That release published no calendar anew.');
      const { release: _release, calendars, ...refresh } = found;
      return c.json({ ...refresh, calendars: [...calendars] }, 200);
    },
  );
