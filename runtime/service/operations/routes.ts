import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createRoute, z } from '@hono/zod-openapi';
import { ClockReading } from '../../../schemas/api.ts';
import { needs } from '../http/guards.ts';
import { createRouter, guarded, json, jsonBody, problems, withBody } from '../http/openapi.ts';
import { Problem } from '../problem.ts';
import { setClock } from './preview-clock.ts';

const MAX_LETTERS = 500;

export const operationRoutes = createRouter()
  .openapi(
    createRoute({
      method: 'get',
      path: '/admin/clock',
      summary: 'The service’s clock',
      middleware: needs('read'),
      responses: { 200: json(ClockReading, 'The clock.'), ...guarded },
    }),
    async (c) => {
      const { clock, previewClock } = c.get('service');
      return c.json({ now: clock.now(), offset: clock.offset(), preview: previewClock }, 200);
    },
  )
  .openapi(
    createRoute({
      method: 'post',
      path: '/admin/clock',
      summary: 'Move the clock on; in preview mode only (D2)',
      middleware: needs('administer'),
      request: {
        body: jsonBody(
          z.union([
            z.strictObject({ now: z.number().int().max(32_503_680_000) }),
            z.strictObject({ advanceSeconds: z.number().int().min(0).max(3_200_000_000) }),
          ]),
        ),
      },
      responses: {
        200: json(ClockReading, 'Moved; everything that became due has happened.'),
        ...guarded,
        ...withBody,
        ...problems(409),
      },
    }),
    async (c) => {
      const service = c.get('service');
      if (!service.previewClock)
        throw new Problem(
          409,
          'CLOCK_IS_REAL',
          'This service lives in real time: start it with --preview-clock to move the clock.',
        );
      const body = c.req.valid('json');
      const target = 'now' in body ? body.now : service.clock.now() + body.advanceSeconds;
      await setClock(service, target);
      return c.json({ now: service.clock.now(), offset: service.clock.offset(), preview: true }, 200);
    },
  )
  .openapi(
    createRoute({
      method: 'get',
      path: '/letter-box',
      summary: 'What was sent by e-mail, text message, letter or webhook',
      middleware: needs('administer'),
      responses: {
        200: json(z.object({ letters: z.array(z.record(z.string(), z.unknown())) }), 'Letters, newest first.'),
        ...guarded,
      },
    }),
    async (c) => {
      const folder = c.get('service').letterBox;
      const letters = readdirSync(folder)
        .filter((name) => name.endsWith('.json'))
        .map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as Record<string, unknown>)
        .sort((a, b) => Number(b.createdAt) - Number(a.createdAt) || (String(a.id) < String(b.id) ? -1 : 1));
      return c.json({ letters: letters.slice(0, MAX_LETTERS) }, 200);
    },
  );
