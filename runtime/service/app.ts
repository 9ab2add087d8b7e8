import { randomUUID } from 'node:crypto';
import { type Context, Hono, type MiddlewareHandler } from 'hono';
import { html } from 'hono/html';
import { attachmentRoutes } from './attachments/routes.ts';
import { caseActRoutes } from './cases/act-routes.ts';
import { caseRoutes } from './cases/routes.ts';
import { unavailable } from './commit/send-group.ts';
import { renderPage } from './customer/layout.ts';
import { customerRoutes } from './customer/routes.ts';
import { serviceRoutes } from './customer/service-routes.ts';
import { customerRecordRoutes } from './customers/routes.ts';
import { isAway } from './db/database.ts';
import { moveRoutes } from './definitions/move-routes.ts';
import { reviewRoutes } from './definitions/review-routes.ts';
import { draftRoutes, releaseRoutes } from './definitions/routes.ts';
import { deliveryRoutes } from './delivery/routes.ts';
import { enquiryRoutes } from './enquiries/routes.ts';
import { customerCss, docsPage, docsScript, govukCss, studioResponse, swaggerResponse } from './http/assets.ts';
import { authenticate, guardCalls, needs } from './http/guards.ts';
import { liveRoutes } from './http/live-routes.ts';
import { createRouter } from './http/openapi.ts';
import { limitChanges } from './http/rate-limit.ts';
import { withSecurityHeaders } from './http/security-headers.ts';
import { identityRoutes } from './identity/routes.ts';
import { operatorRoutes } from './operations/operator-routes.ts';
import { operationRoutes } from './operations/routes.ts';
import { FIRST_ORGANISATION } from './organisations/organisation-rows.ts';
import type { Organisations } from './organisations/organisations.ts';
import { organisationRoutes } from './organisations/routes.ts';
import { Problem, toProblemResponse } from './problem.ts';
import { reportRoutes } from './reports/routes.ts';
import { resourceRoutes } from './resources/routes.ts';
import type { ServiceEnv } from './service.ts';
import { worklistRoutes } from './worklists/routes.ts';

const PUBLIC_CHANGES_PER_MINUTE = 300;
const SIGN_INS_PER_MINUTE = 60;

/** All of /v1: one router, so that the OpenAPI document holds every route. */
const api = createRouter()
  .route('/', identityRoutes)
  .route('/', draftRoutes)
  .route('/', releaseRoutes)
  .route('/', reviewRoutes)
  .route('/', moveRoutes)
  .route('/', enquiryRoutes)
  .route('/', caseRoutes)
  .route('/', caseActRoutes)
  .route('/', attachmentRoutes)
  .route('/', customerRecordRoutes)
  .route('/', worklistRoutes)
  .route('/', reportRoutes)
  .route('/', resourceRoutes)
  .route('/', liveRoutes)
  .route('/', operationRoutes)
  .route('/', operatorRoutes)
  .route('/', deliveryRoutes)
  .route('/', organisationRoutes);

/**
 * The type behind a typed client.
 * @public
 */
export type ApiType = typeof api;

/** Pages of the first organisation lie at the root, those of any other below `/o/KEY`: never by a header (decision 0022). */
const customerPaths = ['/start', '/enquiry/*', '/services/*', '/interest/*', '/pack/*'];

/** The whole application over all organisations of the process. */
export function createApp(organisations: Organisations): Hono<ServiceEnv> {
  const app = new Hono<ServiceEnv>();
  app.use('*', async (c, next) => {
    const from = performance.now();
    const given = c.req.header('x-request-id');
    c.set('organisations', organisations);
    c.set('requestId', given && /^[\w-]{1,100}$/.test(given) ? given : randomUUID());
    await withSecurityHeaders(c, next);
    (c.get('service')?.operations.metrics ?? organisations.metrics).count(c, performance.now() - from);
  });
  const guard = guardCalls();
  app.use('/v1/*', (c, next) => whileReady(c, () => guard(c, next) as Promise<void>));
  app.use('/v1/session', limitChanges(SIGN_INS_PER_MINUTE));
  app.use('/v1/setup', limitChanges(SIGN_INS_PER_MINUTE));
  const limitPublic = limitChanges(PUBLIC_CHANGES_PER_MINUTE);
  for (const path of customerPaths) app.use(path, whileReady, limitPublic, inOrganisation());
  app.use('/o/:organisation/*', whileReady, limitPublic, inOrganisation());

  addOperations(app);
  app.get('/v1/openapi.json', (c) => c.json(openApiDocument()));
  app.get('/v1/docs', (c) => c.html(docsPage));
  app.get('/v1/docs/start.js', (c) => c.body(docsScript, 200, { 'content-type': 'text/javascript; charset=utf-8' }));
  app.get('/v1/docs/:file{swagger-ui[\\w.-]*\\.(?:css|js)}', (c) => swaggerResponse(c.req.param('file')) ?? notFound());
  app.route('/v1', api);
  app.get('/assets/govuk-frontend.css', (c) => c.body(govukCss(), 200, { 'content-type': 'text/css; charset=utf-8' }));
  app.get('/assets/customer.css', (c) => c.body(customerCss, 200, { 'content-type': 'text/css; charset=utf-8' }));
  app.get('/studio', (c) => c.redirect('/studio/', 302));
  app.get('/studio/*', studioResponse);
  for (const base of ['/', '/o/:organisation']) app.route(base, customerRoutes).route(base, serviceRoutes);

  app.notFound((c) => {
    const allow = allowedMethods(app, c.req.path);
    const problem =
      allow.length > 0 && !allow.includes(c.req.method)
        ? new Problem(405, 'METHOD_NOT_ALLOWED', `${c.req.method} is not offered here.`, {
            headers: { allow: allow.join(', ') },
          })
        : new Problem(404, 'NOT_FOUND', 'There is nothing at this address.');
    return answer(c, problem);
  });
  app.onError((error, c) => {
    const problem = toProblem(error);
    if (problem.code === 'DATABASE_UNAVAILABLE' && !(error instanceof Problem)) noteOutage(c, error);
    if (problem.status >= 500)
      process.stderr.write(`${c.get('requestId')} ${c.req.method} ${c.req.path} ${problem.code}: ${describe(error)}\n`);
    return answer(c, problem);
  });
  return app;
}

function answer(c: Context<ServiceEnv>, problem: Problem): Response | Promise<Response> {
  const page = /^(\/o\/[\w-]+)?\/(?:start|enquiry|pack|services|interest)(?:\/|$)/.exec(c.req.path);
  return page ? problemPage(problem, page[1] ?? '') : toProblemResponse(problem, c.get('requestId'));
}

/** The organisation of a customer's page: by its path. */
function inOrganisation(): MiddlewareHandler<ServiceEnv> {
  return async (c, next) => {
    await c.get('organisations').use(c.req.param('organisation') ?? FIRST_ORGANISATION, (service) => {
      c.set('service', service);
      return next();
    });
  };
}

/** A read that found the database away: what the pump did not meet itself. */
function noteOutage(c: Context<ServiceEnv>, error: unknown): void {
  // Absent where the control database did not answer.
  const organisation = c.get('service')?.organisation;
  organisation?.pump.outages.refused(organisation.clock.now(), 1, error);
}

function notFound(): Response {
  return toProblemResponse(new Problem(404, 'NOT_FOUND', 'There is no such file.'));
}

function whileReady(c: Context<ServiceEnv>, next: () => Promise<void>): Promise<void> {
  if (!c.get('organisations').ready)
    throw new Problem(503, 'NOT_READY', 'The service is starting or stopping; try again in a moment.', {
      headers: { 'retry-after': '2' },
    });
  return next();
}

function addOperations(app: Hono<ServiceEnv>): void {
  app.get('/livez', (c) => c.json({ status: 'alive' }));
  app.get('/readyz', (c) => {
    const organisations = c.get('organisations');
    if (!organisations.ready) return c.json({ status: 'not ready' }, 503);
    const problems = organisations.problems().map(({ code, count }) => ({ code, count }));
    // Still 200: a degraded node serves people better than none.
    return c.json(problems.length > 0 ? { status: 'degraded', problems } : { status: 'ready' });
  });
  app.get('/metrics', authenticate, needs('read'), async (c) => {
    const { organisation, operations } = c.get('service');
    const text = await operations.metrics.text(organisation, {
      lintel_live_streams: operations.live.count(),
      lintel_auditor_problems: operations.problems().length,
    });
    return c.body(text, 200, { 'content-type': 'text/plain; version=0.0.4; charset=utf-8' });
  });
}

interface Operation {
  parameters?: readonly unknown[];
}

function withPerson(operation: Operation): Operation {
  return { ...operation, parameters: [...(operation.parameters ?? []), { $ref: '#/components/parameters/person' }] };
}

function mapValues<V, W>(record: Readonly<Record<string, V>>, change: (value: V) => W): Record<string, W> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value)]));
}

/** Read where a session is looked for, so every call may send it. */
const personParameter = {
  name: 'lintel-person',
  in: 'header',
  required: false,
  schema: { type: 'string' },
  description:
    'Whom a page works for, as ORGANISATION/USER, each percent-encoded. Where the session is of somebody else, the call is refused with 401 SIGNED_IN_AS_OTHER and nothing is done.',
};

export function openApiDocument() {
  const document = api.getOpenAPI31Document({
    openapi: '3.1.0',
    info: { title: 'Lintel', version: '1', description: 'Configuration studio and runtime for housing casework.' },
    servers: [{ url: '/v1' }],
    security: [{ session: [] }, { key: [] }],
  });
  return {
    ...document,
    paths: mapValues(document.paths ?? {}, (methods) => mapValues(methods as Record<string, Operation>, withPerson)),
    components: {
      ...document.components,
      parameters: { ...document.components?.parameters, person: personParameter },
      securitySchemes: {
        session: { type: 'apiKey', in: 'cookie', name: 'lintel_session' },
        key: { type: 'http', scheme: 'bearer' },
        receipts: { type: 'http', scheme: 'bearer', description: 'Token set up for the receipts of GOV.UK Notify.' },
      },
    },
  };
}

/** Methods that routes offer at a path. */
function allowedMethods(app: Hono<ServiceEnv>, path: string): string[] {
  const methods = new Set<string>();
  for (const route of app.routes) {
    if (route.method !== 'ALL' && toPattern(route.path).test(path)) methods.add(route.method);
  }
  if (methods.has('GET')) methods.add('HEAD');
  return [...methods].sort();
}

function toPattern(path: string): RegExp {
  const parts = path.split('/').map((part) => {
    if (part === '*') return '.*';
    if (part.startsWith(':')) return '[^/]+';
    return part.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
  });
  return new RegExp(`^${parts.join('/')}$`);
}

function toProblem(error: unknown): Problem {
  if (error instanceof Problem) return error;
  const status = (error as { status?: unknown }).status;
  if (isAway(error)) return unavailable(error);
  if (status === 400) return new Problem(400, 'JSON_INVALID', 'The body cannot be read.');
  return new Problem(500, 'INTERNAL', 'The service made a mistake; it is noted under the request id.', {
    cause: error,
  });
}

function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause ? `${error.stack}\ncaused by ${describe(error.cause)}` : (error.stack ?? error.message);
}

/** A problem on a customer's page: words, no codes. */
async function problemPage(problem: Problem, base: string): Promise<Response> {
  const missing = problem.status === 404;
  const title = missing ? 'Page not found' : problem.status === 429 ? 'Too many tries' : 'Sorry, there is a problem';
  const text = missing
    ? 'Check the address, or begin again.'
    : problem.status < 500
      ? problem.message
      : 'Try again in a few minutes. What you filled in before is kept.';
  const body = html`<h1 class="govuk-heading-l">${title}</h1><p class="govuk-body">${text}</p><p class="govuk-body"><a class="govuk-link" href="${base}/start">Start page</a></p>`;
  const page = await renderPage({ title, organisation: 'Housing', base, body });
  return new Response(String(page), {
    status: problem.status,
    headers: { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store', ...problem.details.headers },
  });
}
