import { createRoute, z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { callerOf, needs } from '../http/guards.ts';
import { createRouter, guarded, json, jsonBody, problems, withBody } from '../http/openapi.ts';
import { recordOperation } from '../operations/incidents.ts';
import { Problem } from '../problem.ts';
import type { ServiceEnv } from '../service.ts';
import { FIRST_ORGANISATION } from './organisation-rows.ts';

const Organisation = z
  .object({
    key: z.string(),
    name: z.string(),
    open: z.boolean().describe('Whether its database is open in this process now.'),
    nextWork: z.number().int().nullable().describe('While closed: when it has something to do; null for nothing.'),
  })
  .meta({ id: 'Organisation', description: 'An organisation with a database of its own.' });

/** The first organisation's administrators look after the house: they may add others, and see nothing of what is in them. */
async function ofFirst(c: Context<ServiceEnv>, next: () => Promise<void>): Promise<void> {
  if (callerOf(c).organisation !== FIRST_ORGANISATION)
    throw new Problem(403, 'FORBIDDEN', 'Organisations are looked after by the first one.');
  await next();
}

export const organisationRoutes = createRouter()
  .openapi(
    createRoute({
      method: 'get',
      path: '/admin/organisations',
      summary: 'Organisations that this service serves',
      middleware: [needs('administer'), ofFirst] as const,
      responses: { 200: json(z.object({ organisations: z.array(Organisation) }), 'Organisations.'), ...guarded },
    }),
    async (c) => {
      const all = await c.get('organisations').list();
      const organisations = all.map(({ id, name, isOpen, nextWake }) => ({
        key: id,
        name,
        open: isOpen,
        nextWork: isOpen ? null : nextWake,
      }));
      return c.json({ organisations }, 200);
    },
  )
  .openapi(
    createRoute({
      method: 'post',
      path: '/admin/organisations',
      summary: 'Add an organisation with a database of its own and the shipped configuration',
      middleware: [needs('administer'), ofFirst] as const,
      request: {
        body: jsonBody(
          z.strictObject({
            key: z.string().max(40).describe('Part of its addresses: small letters, digits, hyphens.'),
            name: z.string().min(1).max(200),
            database: z
              .url({ protocol: /^(?:https?|wss?|libsql)$/ })
              .optional()
              .describe('Of a libSQL server; by default a file of its own.'),
          }),
        ),
      },
      responses: {
        201: json(
          z.object({ key: z.string(), setup: z.string(), customers: z.string() }),
          'Added; `setup` makes its first administrator, once, within a week.',
        ),
        ...guarded,
        ...withBody,
        ...problems(409),
      },
    }),
    async (c) => {
      const { key, name, database } = c.req.valid('json');
      const { setupToken } = await c.get('organisations').add({ id: key, name, place: database });
      const payload = { organisation: key, name };
      await recordOperation(c.get('service').organisation, {
        type: 'organisationAdded',
        actor: callerOf(c).user,
        payload,
      });
      return c.json({ key, setup: `/studio/#setup=${setupToken}`, customers: `/o/${key}/start` }, 201);
    },
  );
