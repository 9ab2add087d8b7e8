import { timingSafeEqual } from 'node:crypto';
import { createRoute, z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { callerOf, needs } from '../http/guards.ts';
import { createRouter, guarded, json, jsonBody, problems, withBody } from '../http/openapi.ts';
import { recordOperation } from '../operations/incidents.ts';
import { Problem } from '../problem.ts';
import type { ServiceEnv } from '../service.ts';
import { takeReceipt } from './receipts.ts';
import {
  addEndpoint,
  listDeliveries,
  listEndpoints,
  removeEndpoint,
  replayDelivery,
  rotateSecret,
  setEndpointState,
} from './webhook-store.ts';

const Endpoint = z
  .object({
    id: z.string(),
    url: z.string(),
    types: z.array(z.string()),
    state: z.enum(['active', 'disabled']),
    note: z.string(),
    position: z.number().int().describe('The last event it was told of.'),
    createdAt: z.number().int(),
  })
  .meta({ id: 'WebhookEndpoint', description: 'A subscriber of events.' });
const Delivery = z
  .object({
    id: z.string(),
    endpoint: z.string(),
    type: z.string(),
    state: z.string(),
    attempts: z.number().int(),
    notBefore: z.number().int(),
    status: z.number().int().nullable(),
    failure: z.string().nullable(),
    createdAt: z.number().int(),
    deliveredAt: z.number().int().nullable(),
  })
  .meta({ id: 'WebhookDelivery', description: 'One event on its way to one subscriber.' });
const Done = z.object({ ok: z.literal(true) });
const secret = z.string().describe('Shown this once.');
const named = z.object({ id: z.string().max(200) });

export const deliveryRoutes = createRouter()
  .openapi(
    createRoute({
      method: 'get',
      path: '/admin/webhooks',
      summary: 'Subscribers of events',
      middleware: needs('administer'),
      responses: { 200: json(z.object({ endpoints: z.array(Endpoint) }), 'Subscribers.'), ...guarded },
    }),
    async (c) => c.json({ endpoints: await listEndpoints(c.get('service').organisation) }, 200),
  )
  .openapi(
    createRoute({
      method: 'post',
      path: '/admin/webhooks',
      summary: 'Add a subscriber; it hears of every event from now on (Standard Webhooks)',
      middleware: needs('administer'),
      request: {
        body: jsonBody(
          z.strictObject({
            url: z.url().max(2000),
            types: z
              .array(z.string().max(100))
              .max(100)
              .default([])
              .describe(
                'Event types; none means all. "message" takes the messages of the channel webhook, "ladder.webhook" nothing but what rungs of ladders call its address for.',
              ),
            note: z.string().max(500).default(''),
          }),
        ),
      },
      responses: { 201: json(z.object({ endpoint: Endpoint, secret }), 'Added.'), ...guarded, ...withBody },
    }),
    async (c) => {
      const { organisation, delivery } = c.get('service');
      const body = c.req.valid('json');
      const { protocol, username } = new URL(body.url);
      if ((protocol !== 'https:' && !(delivery.allowsPrivate && protocol === 'http:')) || username !== '')
        throw new Problem(422, 'WEBHOOK_URL_INVALID', 'A subscriber has an https address without a name in it.', {
          pointer: '/url',
        });
      const made = await addEndpoint(organisation, body, callerOf(c).user);
      const { id, url } = made.endpoint;
      await recordOperation(organisation, { type: 'webhookAdded', actor: callerOf(c).user, payload: { id, url } });
      return c.json(made, 201);
    },
  )
  .openapi(
    createRoute({
      method: 'post',
      path: '/admin/webhooks/{id}/secret',
      summary: 'Change the secret; the old one stays good for a day',
      middleware: needs('administer'),
      request: { params: named },
      responses: { 200: json(z.object({ secret }), 'Changed.'), ...guarded, ...problems(404) },
    }),
    async (c) => c.json({ secret: await rotateSecret(c.get('service').organisation, c.req.valid('param').id) }, 200),
  )
  .openapi(
    createRoute({
      method: 'post',
      path: '/admin/webhooks/{id}/state',
      summary: 'Enable or disable a subscriber',
      middleware: needs('administer'),
      request: { params: named, body: jsonBody(z.strictObject({ state: z.enum(['active', 'disabled']) })) },
      responses: { 200: json(Endpoint, 'As it stands.'), ...guarded, ...withBody, ...problems(404) },
    }),
    async (c) => {
      const { id } = c.req.valid('param');
      return c.json(await setEndpointState(c.get('service').organisation, id, c.req.valid('json').state), 200);
    },
  )
  .openapi(
    createRoute({
      method: 'delete',
      path: '/admin/webhooks/{id}',
      summary: 'Remove a subscriber with what waits for it',
      middleware: needs('administer'),
      request: { params: named },
      responses: { 200: json(Done, 'Removed.'), ...guarded, ...problems(404) },
    }),
    async (c) => {
      const { organisation } = c.get('service');
      const { id } = c.req.valid('param');
      await removeEndpoint(organisation, id);
      await recordOperation(organisation, { type: 'webhookRemoved', actor: callerOf(c).user, payload: { id } });
      return c.json({ ok: true as const }, 200);
    },
  )
  .openapi(
    createRoute({
      method: 'get',
      path: '/admin/webhook-deliveries',
      summary: 'Deliveries to subscribers; state=failed lists the dead letters',
      middleware: needs('administer'),
      request: {
        query: z.object({
          state: z.enum(['pending', 'sending', 'delivered', 'failed']).optional(),
          limit: z.coerce.number().int().min(1).max(200).default(50),
        }),
      },
      responses: { 200: json(z.object({ deliveries: z.array(Delivery) }), 'Deliveries, newest first.'), ...guarded },
    }),
    async (c) => {
      const { state, limit } = c.req.valid('query');
      return c.json({ deliveries: await listDeliveries(c.get('service').organisation.database, state, limit) }, 200);
    },
  )
  .openapi(
    createRoute({
      method: 'post',
      path: '/admin/webhook-deliveries/{id}/replay',
      summary: 'Send a settled delivery again from its first attempt on',
      middleware: needs('administer'),
      request: { params: named },
      responses: { 200: json(Done, 'On its way again.'), ...guarded, ...problems(404) },
    }),
    async (c) => {
      await replayDelivery(c.get('service').organisation, c.req.valid('param').id);
      return c.json({ ok: true as const }, 200);
    },
  )
  .openapi(
    createRoute({
      method: 'post',
      path: '/receipts/notify',
      summary: 'Delivery receipts of GOV.UK Notify, with the bearer token set up for it',
      security: [{ receipts: [] }],
      middleware: withReceiptToken,
      request: {
        body: jsonBody(
          z.object({ id: z.string().max(100), reference: z.string().max(200).nullish(), status: z.string().max(60) }),
        ),
      },
      responses: { 200: json(Done, 'Noted.'), ...withBody, ...problems(400, 401, 422, 500, 503) },
    }),
    async (c) => {
      const { organisation } = c.get('service');
      const { id, reference, status } = c.req.valid('json');
      await takeReceipt(organisation, { id, reference: reference ?? null, status });
      return c.json({ ok: true as const }, 200);
    },
  );

/** The provider has no sign-in: a bearer token of its own is asked for before anything is read. */
async function withReceiptToken(c: Context<ServiceEnv>, next: () => Promise<void>): Promise<void> {
  const organisations = c.get('organisations');
  const header = c.req.header('authorization');
  const id = await organisations.findByReceipts((token) => isToken(header, token));
  if (id === undefined) throw new Problem(401, 'TOKEN_WRONG', 'The bearer token is not the one set up for receipts.');
  await organisations.use(id, (service) => {
    c.set('service', service);
    return next();
  });
}

function isToken(header: string | undefined, wanted: string | null): boolean {
  const given = Buffer.from(/^Bearer (.+)$/.exec(header ?? '')?.[1] ?? '');
  const right = Buffer.from(wanted ?? '');
  return wanted !== null && wanted !== '' && given.length === right.length && timingSafeEqual(given, right);
}
