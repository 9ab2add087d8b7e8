import { createRoute, z } from '@hono/zod-openapi';
import { Customer } from '../../../schemas/api.ts';
import { CustomerCorrection, CustomerPage, MergeAnswer, MergeBody, SearchAnswer } from '../../../schemas/case-api.ts';
import { onlyVisible, viewerOf } from '../cases/visible.ts';
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
import { correctCustomer, createCustomer, mergeCustomers } from './customer-commands.ts';
import { loadCustomer, search } from './find-customers.ts';

const customerPath = z.object({ id: z.string().max(100) });

/** Customers: create, find, correct, merge; and the search over customers and cases. */
export const customerRecordRoutes = createRouter()
  .openapi(
    createRoute({
      method: 'get',
      path: '/search',
      summary:
        'Find customers by the beginning of a name, e-mail address or number, and cases by reference or customer',
      middleware: needs('read'),
      request: { query: z.object({ q: z.string().trim().min(2).max(200) }) },
      responses: { 200: json(SearchAnswer, 'What was found, 50 of each at most.'), ...guarded },
    }),
    async (c) => {
      const { organisation } = c.get('service');
      const viewer = await viewerOf(organisation, callerOf(c));
      return c.json(await search(organisation, c.req.valid('query').q, viewer), 200);
    },
  )
  .openapi(
    createRoute({
      method: 'post',
      path: '/customers',
      summary: 'Make a customer',
      middleware: needs('work'),
      request: { headers: idempotencyHeader, body: jsonBody(Customer) },
      responses: { 201: json(z.object({ id: z.string() }), 'Made.'), ...guarded, ...withBody },
    }),
    async (c) => c.json(await createCustomer(c.get('service').organisation, c.req.valid('json'), senderOf(c)), 201),
  )
  .openapi(
    createRoute({
      method: 'get',
      path: '/customers/{id}',
      summary: 'A customer with their cases and possible duplicates',
      middleware: needs('read'),
      request: { params: customerPath },
      responses: { 200: json(CustomerPage, 'The customer.'), ...guarded, ...problems(404) },
    }),
    async (c) => {
      const { organisation } = c.get('service');
      const viewer = await viewerOf(organisation, callerOf(c));
      const page = await loadCustomer(organisation, c.req.valid('param').id, viewer);
      c.header('etag', `"${page.revision}"`);
      return c.json(page, 200);
    },
  )
  .openapi(
    createRoute({
      method: 'put',
      path: '/customers/{id}',
      summary: 'Correct the name and contact of a customer',
      middleware: needs('work'),
      request: { params: customerPath, headers: idempotencyHeader, body: jsonBody(CustomerCorrection) },
      responses: {
        200: json(z.object({ id: z.string(), revision: z.number().int() }), 'Corrected.'),
        ...guarded,
        ...withBody,
        ...problems(404, 409, 412),
      },
    }),
    async (c) => {
      const match = c.req.header('if-match');
      const sender = { ...senderOf(c), ...(match === undefined ? {} : { revision: parseRevision(match) }) };
      const { organisation } = c.get('service');
      return c.json(await correctCustomer(organisation, c.req.valid('param').id, c.req.valid('json'), sender), 200);
    },
  )
  .openapi(
    createRoute({
      method: 'post',
      path: '/customers/{id}/merge',
      summary:
        'Merge a duplicate into the customer that stays; refused while either has an open offer or both hold the same interest',
      middleware: needs('work'),
      request: { params: customerPath, headers: idempotencyHeader, body: jsonBody(MergeBody) },
      responses: { 200: json(MergeAnswer, 'What moved.'), ...guarded, ...withBody, ...problems(404, 409) },
    }),
    async (c) => {
      const { organisation } = c.get('service');
      const body = c.req.valid('json');
      const merged = await mergeCustomers(organisation, c.req.valid('param').id, body, senderOf(c));
      const cases = await onlyVisible(c, merged.cases);
      return c.json({ ...merged, cases: cases.map(({ reference }) => reference) }, 200);
    },
  );
