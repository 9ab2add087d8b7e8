import { createRoute, z } from '@hono/zod-openapi';
import {
  AllocationSummary,
  InterestBody,
  InterestSummary,
  MatchSummary,
  OfferSummary,
  ResourceLife,
  ResourcePage,
  ResourceSummary,
  ServiceTypeSummary,
} from '../../../schemas/resource-api.ts';
import { ResourceBody, ResourceHandCommand } from '../../../schemas/resource-command.ts';
import { withoutHiddenCase } from '../cases/visible.ts';
import { needs, senderOf } from '../http/guards.ts';
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
import { Problem } from '../problem.ts';
import { commandResource } from './command-resource.ts';
import { createResource } from './create-resource.ts';
import { listAllocations, listInterests, listMatches, listOffers, listResources } from './list-resources.ts';
import { loadInterest } from './read-interest.ts';
import { loadResourceEvents, loadResourcePage, loadResourceTimeline } from './read-resource.ts';
import { registerInterest } from './register-interest.ts';
import type { ResourceAnswer } from './resource-change.ts';
import { listServiceTypes } from './service-types.ts';
import { withdrawInterest } from './withdraw-interest.ts';

const AnyJson = z.record(z.string(), z.unknown());
const path = z.object({ id: z.string().max(100) });
const missing = problems(404);
const page = {
  cursor: z.string().max(500).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
};
const owned = {
  resource: z.string().max(100).optional(),
  customer: z.string().max(100).optional(),
  ...page,
};
const next = z.string().nullable();
const Took = z.object({
  revision: z.number().int(),
  events: z.array(
    z.object({
      seq: z.number().int(),
      type: z.string(),
      id: z.string().optional().describe('The match, offer, allocation or interest it is about.'),
    }),
  ),
});

export const resourceRoutes = createRouter()
  .openapi(
    createRoute({
      method: 'get',
      path: '/service-types',
      summary: 'Service types of the newest release',
      middleware: needs('read'),
      responses: { 200: json(z.object({ types: z.array(ServiceTypeSummary) }), 'Service types.'), ...guarded },
    }),
    async (c) => c.json({ types: await listServiceTypes(c.get('service').organisation) }, 200),
  )
  .openapi(
    createRoute({
      method: 'get',
      path: '/resources',
      summary: 'Service resources, newest first',
      middleware: needs('read'),
      request: {
        query: z.object({ serviceType: z.string().max(64).optional(), life: ResourceLife.optional(), ...page }),
      },
      responses: {
        200: json(z.object({ resources: z.array(ResourceSummary), next }), 'A page of resources.'),
        ...guarded,
      },
    }),
    async (c) => c.json(await listResources(c.get('service').organisation, c.req.valid('query')), 200),
  )
  .openapi(
    createRoute({
      method: 'post',
      path: '/resources',
      summary: 'Make a service resource; its action plan is launched with it',
      middleware: needs('work'),
      request: { headers: idempotencyHeader, body: jsonBody(ResourceBody) },
      responses: {
        201: json(z.object({ resourceId: z.string(), reference: z.string(), planCase: z.string() }), 'It was made.'),
        ...guarded,
        ...withBody,
        ...problems(409),
      },
    }),
    async (c) => {
      const made = await createResource(c.get('service').organisation, c.req.valid('json'), senderOf(c));
      return c.json(made, 201);
    },
  )
  .openapi(
    createRoute({
      method: 'get',
      path: '/resources/{id}',
      summary: 'A service resource with its readiness, interests, matches, offers and allocations',
      middleware: needs('read'),
      request: { params: path },
      responses: { 200: json(ResourcePage, 'The resource.'), ...guarded, ...missing },
    }),
    async (c) => {
      const found = await loadResourcePage(c.get('service').organisation, c.req.valid('param').id);
      c.header('etag', `"${found.resource.revision}"`);
      return c.json({ ...found, interests: await withoutHiddenCase(c, found.interests) }, 200);
    },
  )
  .openapi(
    createRoute({
      method: 'post',
      path: '/resources/{id}/commands',
      summary: 'Send a command to a service resource',
      middleware: needs('work'),
      request: {
        params: path,
        headers: idempotencyHeader,
        body: jsonBody(z.strictObject({ command: ResourceHandCommand })),
      },
      responses: {
        200: json(Took, 'It took effect and is durable.'),
        ...guarded,
        ...withBody,
        ...problems(404, 409, 412),
      },
    }),
    async (c) => {
      const match = c.req.header('if-match');
      const sender = { ...senderOf(c), ...(match === undefined ? {} : { revision: parseRevision(match) }) };
      const { organisation } = c.get('service');
      const answer = await commandResource(organisation, c.req.valid('param').id, c.req.valid('json').command, sender);
      return c.json(answer.response as ResourceAnswer, 200);
    },
  )
  .openapi(
    createRoute({
      method: 'get',
      path: '/resources/{id}/events',
      summary: 'The events of a service resource',
      middleware: needs('read'),
      request: { params: path, query: z.object({ after: z.coerce.number().int().min(0).default(0) }) },
      responses: { 200: json(z.object({ events: z.array(AnyJson) }), 'Events in order.'), ...guarded, ...missing },
    }),
    async (c) => {
      const { id } = c.req.valid('param');
      return c.json(
        { events: await loadResourceEvents(c.get('service').organisation, id, c.req.valid('query').after) },
        200,
      );
    },
  )
  .openapi(
    createRoute({
      method: 'get',
      path: '/resources/{id}/timeline',
      summary: 'The history of a service resource in sentences',
      middleware: needs('read'),
      request: { params: path },
      responses: {
        200: json(z.object({ entries: z.array(AnyJson) }), 'Entries, oldest first.'),
        ...guarded,
        ...missing,
      },
    }),
    async (c) =>
      c.json({ entries: await loadResourceTimeline(c.get('service').organisation, c.req.valid('param').id) }, 200),
  )
  .openapi(
    createRoute({
      method: 'get',
      path: '/interests',
      summary: 'Interests in service resources, newest first',
      middleware: needs('read'),
      request: { query: z.object({ state: InterestSummary.shape.state.optional(), ...owned }) },
      responses: {
        200: json(z.object({ interests: z.array(InterestSummary), next }), 'A page of interests.'),
        ...guarded,
      },
    }),
    async (c) => {
      const page = await listInterests(c.get('service').organisation, c.req.valid('query'));
      return c.json({ ...page, interests: await withoutHiddenCase(c, page.interests) }, 200);
    },
  )
  .openapi(
    createRoute({
      method: 'post',
      path: '/interests',
      summary: 'Register an interest for a customer',
      middleware: needs('work'),
      request: { headers: idempotencyHeader, body: jsonBody(InterestBody) },
      responses: {
        201: json(
          z.object({
            interestId: z.string(),
            customer: z.string(),
            secret: z.string().describe('End of the secret link /interest/…'),
          }),
          'It is registered.',
        ),
        ...guarded,
        ...withBody,
        ...problems(404, 409),
      },
    }),
    async (c) => {
      const { organisation } = c.get('service');
      const { resource, serviceType, ...body } = c.req.valid('json');
      const type = serviceType ?? (resource && (await loadResourcePage(organisation, resource)).resource.serviceType);
      if (!type)
        throw new Problem(422, 'SERVICE_TYPE_NEEDED', 'Name the resource, or the service type of any.', {
          pointer: '/serviceType',
        });
      const registered = await registerInterest(
        organisation,
        {
          ...body,
          resource: resource ?? null,
          serviceType: type,
          source: body.case === undefined ? 'officer' : 'plan',
        },
        senderOf(c),
      );
      return c.json(registered, 201);
    },
  )
  .openapi(
    createRoute({
      method: 'get',
      path: '/interests/{id}',
      summary: 'An interest with its answers',
      middleware: needs('read'),
      request: { params: path },
      responses: {
        200: json(
          z.object({
            interest: InterestSummary,
            answers: AnyJson,
            inWords: z.array(z.object({ question: z.string(), answer: z.string() })),
            link: z.string().describe("Path of the customer's own page, where offers are answered."),
          }),
          'The interest.',
        ),
        ...guarded,
        ...missing,
      },
    }),
    async (c) => {
      const found = await loadInterest(c.get('service').organisation, c.req.valid('param').id);
      const [interest = found.interest] = await withoutHiddenCase(c, [found.interest]);
      return c.json({ ...found, interest }, 200);
    },
  )
  .openapi(
    createRoute({
      method: 'post',
      path: '/interests/{id}/withdrawal',
      summary: 'Withdraw an interest; its open offer or secured place goes with it',
      middleware: needs('work'),
      request: {
        params: path,
        headers: idempotencyHeader,
        body: jsonBody(z.strictObject({ reason: z.string().min(1).max(2000).optional() })),
      },
      responses: {
        200: json(Took, 'It took effect and is durable.'),
        ...guarded,
        ...withBody,
        ...problems(404, 409),
      },
    }),
    async (c) => {
      const { organisation } = c.get('service');
      const { reason } = c.req.valid('json');
      const answer = await withdrawInterest(organisation, c.req.valid('param').id, reason, senderOf(c));
      return c.json(answer.response as ResourceAnswer, 200);
    },
  )
  .openapi(
    createRoute({
      method: 'get',
      path: '/matches',
      summary: 'Matches, newest first',
      middleware: needs('read'),
      request: { query: z.object({ state: MatchSummary.shape.state.optional(), ...owned }) },
      responses: { 200: json(z.object({ matches: z.array(MatchSummary), next }), 'A page of matches.'), ...guarded },
    }),
    async (c) => c.json(await listMatches(c.get('service').organisation, c.req.valid('query')), 200),
  )
  .openapi(
    createRoute({
      method: 'get',
      path: '/offers',
      summary: 'Offers, newest first',
      middleware: needs('read'),
      request: { query: z.object({ state: OfferSummary.shape.state.optional(), ...owned }) },
      responses: { 200: json(z.object({ offers: z.array(OfferSummary), next }), 'A page of offers.'), ...guarded },
    }),
    async (c) => c.json(await listOffers(c.get('service').organisation, c.req.valid('query')), 200),
  )
  .openapi(
    createRoute({
      method: 'get',
      path: '/allocations',
      summary: 'Allocations with the dates of their charges, newest first',
      middleware: needs('read'),
      request: { query: z.object({ state: AllocationSummary.shape.state.optional(), ...owned }) },
      responses: {
        200: json(z.object({ allocations: z.array(AllocationSummary), next }), 'A page of allocations.'),
        ...guarded,
      },
    }),
    async (c) => c.json(await listAllocations(c.get('service').organisation, c.req.valid('query')), 200),
  );
