import { createRoute, z } from '@hono/zod-openapi';
import { Message, Person, Urgency, WorkingTerms, WorklistItem } from '../../../schemas/api.ts';
import { Key } from '../../../schemas/ids.ts';
import { toTaskRow } from '../cases/case-rows.ts';
import { coveredBy, viewerOf, visibleArgs, visibleSql } from '../cases/visible.ts';
import { intOf, intOrNull, type Row, textOf, textOrNull } from '../db/database.ts';
import { callerOf, needs, senderOf } from '../http/guards.ts';
import {
  createRouter,
  fromCursor,
  guarded,
  idempotencyHeader,
  json,
  jsonBody,
  problems,
  toCursor,
  withBody,
} from '../http/openapi.ts';
import { Problem } from '../problem.ts';
import { setPerson } from './people.ts';
import { setWorkingTerms } from './working-terms.ts';

const AnyJson = z.record(z.string(), z.unknown());
/** Tasks without a due date come after all others of their urgency. */
const NO_DUE = 9_000_000_000_000;

const urgencies = Urgency.options;

/** Leaves out the tasks of private cases that are not for the caller's eyes; few cases are private, so they are looked up once. */
function hiddenFrom(first: number): string {
  return `t.case_id NOT IN (SELECT c.id FROM cases c WHERE c.private = 1 AND NOT ${visibleSql(first)})`;
}

function toItem(row: Row): WorklistItem {
  return {
    caseId: textOf(row, 'case_id'),
    reference: textOf(row, 'reference'),
    workflow: textOf(row, 'workflow'),
    isSample: intOf(row, 'sample') === 1,
    urgency: urgencies[intOf(row, 'urgency')] ?? 'onTrack',
    task: toTaskRow(row),
  };
}

export const worklistRoutes = createRouter()
  .openapi(
    createRoute({
      method: 'get',
      path: '/worklist',
      summary: 'Open tasks by urgency: exceeded, amber, on track, paused last (W2)',
      middleware: needs('read'),
      request: {
        query: z.object({
          view: z.enum(['mine', 'covering', 'team', 'all']).default('mine'),
          state: Urgency.optional(),
          cursor: z.string().max(500).optional(),
          limit: z.coerce.number().int().min(1).max(200).default(50),
        }),
      },
      responses: {
        200: json(
          z.object({
            items: z.array(WorklistItem),
            next: z.string().nullable(),
            counts: z.record(z.string(), z.number().int()),
            now: z.number().int(),
          }),
          'A page of tasks.',
        ),
        ...guarded,
      },
    }),
    async (c) => {
      const { view, state, cursor, limit } = c.req.valid('query');
      const { organisation } = c.get('service');
      const { user } = callerOf(c);
      const directory = await organisation.directory();
      const whom =
        view === 'covering' ? coveredBy(directory, user, organisation.clock.now()) : directory.users[user]?.teams;
      const names = JSON.stringify(whom ?? []);
      const whose = {
        // By two indexes: with OR the planner would walk every open task in the order asked for.
        mine: 't.rowid IN (SELECT rowid FROM case_tasks WHERE owner = ?1 AND is_open = 1 UNION SELECT rowid FROM case_tasks WHERE delegate = ?1 AND is_open = 1)',
        // Of people who are away with the caller as their cover (L7).
        covering: 't.owner IN (SELECT value FROM json_each(?2))',
        team: '(t.owner_group IN (SELECT value FROM json_each(?2)) OR t.owner IN (SELECT id FROM directory_users u WHERE EXISTS (SELECT 1 FROM json_each(u.teams) m WHERE m.value IN (SELECT value FROM json_each(?2)))))',
        all: '1',
      }[view];
      // A plus keeps a column from choosing the index.
      const isOpen = view === 'mine' ? '+t.is_open = 1' : 't.is_open = 1';
      const seen = visibleArgs(await viewerOf(organisation, callerOf(c)));
      const [urgency, due, caseId, id] = cursor === undefined ? [null, null, null, null] : fromCursor(cursor, 4);
      const wanted = state === undefined ? null : urgencies.indexOf(state);
      const rows = await organisation.database.query(
        `SELECT t.*, c.reference, c.workflow, c.sample FROM case_tasks t JOIN cases c ON c.id = t.case_id
         WHERE ${isOpen} AND ?1 IS NOT NULL AND ?2 IS NOT NULL AND ${whose} AND ${hiddenFrom(9)} AND (?3 IS NULL OR t.urgency = ?3)
         AND (?4 IS NULL OR (t.urgency, COALESCE(t.due_at, ${NO_DUE}), t.case_id, t.id) > (?4, ?5, ?6, ?7))
         ORDER BY t.urgency, COALESCE(t.due_at, ${NO_DUE}), t.case_id, t.id LIMIT ?8`,
        [user, names, wanted, urgency ?? null, due ?? null, caseId ?? null, id ?? null, limit + 1, ...seen],
      );
      const counted = await organisation.database.query(
        `SELECT t.urgency, COUNT(*) AS n FROM case_tasks t WHERE ${isOpen} AND ?1 IS NOT NULL AND ?2 IS NOT NULL AND ${whose} AND ${hiddenFrom(3)} GROUP BY t.urgency`,
        [user, names, ...seen],
      );
      const counts = Object.fromEntries(
        counted.map((row) => [urgencies[intOf(row, 'urgency')] ?? 'onTrack', intOf(row, 'n')]),
      );
      const last = rows[limit - 1];
      const next =
        rows.length > limit && last
          ? toCursor([
              intOf(last, 'urgency'),
              intOrNull(last, 'due_at') ?? NO_DUE,
              textOf(last, 'case_id'),
              textOf(last, 'id'),
            ])
          : null;
      return c.json({ items: rows.slice(0, limit).map(toItem), next, counts, now: organisation.clock.now() }, 200);
    },
  )
  .openapi(
    createRoute({
      method: 'get',
      path: '/messages',
      summary: 'In-app messages of the caller, newest first',
      middleware: needs('read'),
      request: {
        query: z.object({
          cursor: z.string().max(500).optional(),
          limit: z.coerce.number().int().min(1).max(200).default(200),
        }),
      },
      responses: {
        200: json(
          z.object({
            messages: z.array(Message),
            next: z.string().nullable(),
            total: z.number().int(),
            unread: z.number().int(),
          }),
          'A page of messages; how many there are, and how many of them were not read.',
        ),
        ...guarded,
      },
    }),
    async (c) => {
      const { database } = c.get('service').organisation;
      const { user } = callerOf(c);
      const { cursor, limit } = c.req.valid('query');
      const [at, id] = cursor === undefined ? [null, null] : fromCursor(cursor, 2);
      const rows = await database.query(
        `SELECT * FROM messages WHERE user_id = ?1 AND (?2 IS NULL OR created_at < ?2 OR (created_at = ?2 AND id > ?3))
         ORDER BY created_at DESC, id LIMIT ?4`,
        [user, at ?? null, id ?? null, limit + 1],
      );
      const [count] = await database.query(
        'SELECT COUNT(*) AS n, COUNT(*) - COUNT(read_at) AS unread FROM messages WHERE user_id = ?',
        [user],
      );
      const last = rows[limit - 1];
      const next = rows.length > limit && last ? toCursor([intOf(last, 'created_at'), textOf(last, 'id')]) : null;
      const messages = rows.slice(0, limit).map((row) => ({
        id: textOf(row, 'id'),
        caseId: textOf(row, 'case_id'),
        task: textOrNull(row, 'task'),
        title: textOf(row, 'title'),
        body: textOf(row, 'body'),
        urgent: intOf(row, 'urgent') === 1,
        createdAt: intOf(row, 'created_at'),
        readAt: intOrNull(row, 'read_at'),
      }));
      const [total, unread] = count ? [intOf(count, 'n'), intOf(count, 'unread')] : [0, 0];
      return c.json({ messages, next, total, unread }, 200);
    },
  )
  .openapi(
    createRoute({
      method: 'post',
      path: '/messages/{id}/read',
      summary: 'Mark a message as read',
      middleware: needs('read'),
      request: { params: z.object({ id: z.string().max(100) }) },
      responses: { 200: json(z.object({ ok: z.literal(true) }), 'Read.'), ...guarded, ...problems(404) },
    }),
    async (c) => {
      const { database, clock } = c.get('service').organisation;
      const [result] = await database.batch([
        {
          sql: 'UPDATE messages SET read_at = COALESCE(read_at, ?) WHERE id = ? AND user_id = ?',
          args: [BigInt(clock.now()), c.req.valid('param').id, callerOf(c).user],
        },
      ]);
      if (!result?.rowsAffected) throw new Problem(404, 'NOT_FOUND', 'There is no such message.');
      return c.json({ ok: true as const }, 200);
    },
  )
  .openapi(
    createRoute({
      method: 'get',
      path: '/directory',
      summary: 'People and their teams',
      middleware: needs('read'),
      responses: { 200: json(z.object({ users: z.record(z.string(), AnyJson) }), 'Users by id.'), ...guarded },
    }),
    async (c) =>
      c.json(
        {
          users: (await c.get('service').organisation.directory()).users as unknown as Record<
            string,
            Record<string, unknown>
          >,
        },
        200,
      ),
  )
  .openapi(
    createRoute({
      method: 'put',
      path: '/directory/{user}',
      summary: 'Take somebody into the directory, or put down their name, teams, manager and skills',
      middleware: needs('administer'),
      request: {
        headers: idempotencyHeader,
        params: z.object({ user: Key }),
        body: jsonBody(Person),
      },
      responses: {
        200: json(z.object({ ok: z.literal(true) }), 'Put down.'),
        ...guarded,
        ...withBody,
        ...problems(409),
      },
    }),
    async (c) => {
      const { organisation } = c.get('service');
      await setPerson(organisation, c.req.valid('param').user, c.req.valid('json'), senderOf(c));
      return c.json({ ok: true as const }, 200);
    },
  )
  .openapi(
    createRoute({
      method: 'put',
      path: '/directory/{user}/working-terms',
      summary:
        'Put down when somebody is away and who covers, how much they carry, and the hours in which they are told',
      middleware: needs('administer'),
      request: {
        headers: idempotencyHeader,
        params: z.object({ user: z.string().max(200) }),
        body: jsonBody(WorkingTerms),
      },
      responses: {
        200: json(z.object({ ok: z.literal(true) }), 'Put down.'),
        ...guarded,
        ...withBody,
        ...problems(404, 409),
      },
    }),
    async (c) => {
      const { organisation } = c.get('service');
      await setWorkingTerms(organisation, c.req.valid('param').user, c.req.valid('json'), senderOf(c));
      return c.json({ ok: true as const }, 200);
    },
  );
