import { createRoute, z } from '@hono/zod-openapi';
import { EnquiryBody, EnquirySummary, SubmittedEnquiry } from '../../../schemas/api.ts';
import { viewerOf, visibleArgs, visibleSql } from '../cases/visible.ts';
import { intOf, textOf } from '../db/database.ts';
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
import { submitEnquiry } from './submit-enquiry.ts';

export const enquiryRoutes = createRouter()
  .openapi(
    createRoute({
      method: 'post',
      path: '/enquiries',
      summary: 'Submit an enquiry: one pack and one case, in one transaction (P13)',
      middleware: needs('work'),
      request: { headers: idempotencyHeader, body: jsonBody(EnquiryBody) },
      responses: {
        201: json(SubmittedEnquiry, 'The case is launched and durable.'),
        ...guarded,
        ...withBody,
        ...problems(409),
      },
    }),
    async (c) => {
      const { organisation, delivery } = c.get('service');
      const submitted = await submitEnquiry(organisation, c.req.valid('json'), {
        ...senderOf(c),
        channel: 'officer',
        onQueued: () => void delivery.runOnce().catch(() => 0),
      });
      return c.json(submitted, 201);
    },
  )
  .openapi(
    createRoute({
      method: 'get',
      path: '/enquiries',
      summary: 'Enquiries, newest first',
      middleware: needs('read'),
      request: {
        query: z.object({
          cursor: z.string().max(500).optional(),
          limit: z.coerce.number().int().min(1).max(200).default(50),
        }),
      },
      responses: {
        200: json(
          z.object({ enquiries: z.array(EnquirySummary), next: z.string().nullable() }),
          'A page of enquiries.',
        ),
        ...guarded,
      },
    }),
    async (c) => {
      const { cursor, limit } = c.req.valid('query');
      const [receivedAt, id] = cursor === undefined ? [null, null] : fromCursor(cursor, 2);
      const { organisation } = c.get('service');
      const viewer = await viewerOf(organisation, callerOf(c));
      const rows = await organisation.database.query(
        `SELECT e.* FROM enquiries e JOIN cases c ON c.id = e.case_id
           WHERE (?1 IS NULL OR e.received_at < ?1 OR (e.received_at = ?1 AND e.id > ?2)) AND ${visibleSql(4)}
           ORDER BY e.received_at DESC, e.id LIMIT ?3`,
        [receivedAt ?? null, id ?? null, limit + 1, ...visibleArgs(viewer)],
      );
      const enquiries = rows.slice(0, limit).map((row) => ({
        id: textOf(row, 'id'),
        reference: textOf(row, 'reference'),
        workflow: textOf(row, 'workflow'),
        receivedAt: intOf(row, 'received_at'),
        channel: textOf(row, 'channel'),
        caseId: textOf(row, 'case_id'),
        packId: textOf(row, 'pack_id'),
        isSample: intOf(row, 'sample') === 1,
      }));
      const last = enquiries.at(-1);
      return c.json(
        { enquiries, next: rows.length > limit && last ? toCursor([last.receivedAt, last.id]) : null },
        200,
      );
    },
  );
