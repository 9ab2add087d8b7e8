import { OpenAPIHono, type RouteConfig, z } from '@hono/zod-openapi';
import type { Context, Handler, MiddlewareHandler } from 'hono';
import { ProblemBody } from '../../../schemas/api.ts';
import { Problem, type ProblemStatus } from '../problem.ts';
import type { ServiceEnv } from '../service.ts';
import { checkOf } from './check-request.ts';

const reasons: Record<ProblemStatus, string> = {
  400: 'The request cannot be read.',
  401: 'No session or key.',
  403: 'Not permitted.',
  404: 'Not found.',
  405: 'Not offered; see Allow.',
  409: 'The present state refuses; the body says why and what is allowed.',
  412: 'Changed by somebody else.',
  413: 'Body too large.',
  415: 'The body is not JSON.',
  422: 'Not valid; pointers say where.',
  428: 'If-Match or If-None-Match is needed.',
  429: 'Too many requests; see Retry-After.',
  500: 'A mistake of the service.',
  503: 'Not available now; repeat with the same Idempotency-Key.',
};

/** Documented problems of a route, by status. */
export function problems<const S extends ProblemStatus>(...statuses: S[]) {
  const content = { 'application/problem+json': { schema: ProblemBody } };
  return Object.fromEntries(statuses.map((status) => [status, { description: reasons[status], content }])) as {
    [K in S]: { description: string; content: typeof content };
  };
}

/** Problems that every route behind a sign-in may answer. */
export const guarded = problems(400, 401, 403, 422, 429, 500, 503);
/** Problems of routes that take a body. */
export const withBody = problems(413, 415);

export function json<T>(schema: T, description: string) {
  return { description, content: { 'application/json': { schema } } };
}

export function jsonBody<T>(schema: T) {
  return { required: true, content: { 'application/json': { schema } } };
}

export const idempotencyHeader = z.object({
  'idempotency-key': z
    .string()
    .min(1)
    .max(200)
    .optional()
    .describe('The same key and body give the same answer; another body 422.'),
});

/**
 * A router whose failed validations are problems with pointers. A route is one handler: its permission, its validation and its
 * answer run without a layer, and a promise, for each.
 */
export function createRouter(): OpenAPIHono<ServiceEnv> {
  const router = new OpenAPIHono<ServiceEnv>();
  const openapi = ({ middleware, ...route }: GuardedRoute, answer: Handler<ServiceEnv>) => {
    router.openAPIRegistry.registerPath(route);
    const path = route.path.replaceAll(/\/\{(.+?)\}/g, '/:$1');
    router.on([route.method], [path], guardedBy([middleware ?? []].flat(), checked(checkOf(route.request), answer)));
    return router;
  };
  return Object.assign(router, { openapi }) as OpenAPIHono<ServiceEnv>;
}

interface GuardedRoute extends RouteConfig {
  middleware?: MiddlewareHandler<ServiceEnv> | MiddlewareHandler<ServiceEnv>[];
}

function checked(check: ReturnType<typeof checkOf>, answer: Handler<ServiceEnv>): Handler<ServiceEnv> {
  return (c, next) => {
    check(c);
    return answer(c, next);
  };
}

function guardedBy(guards: readonly MiddlewareHandler<ServiceEnv>[], answer: Handler<ServiceEnv>): Handler<ServiceEnv> {
  return guards.reduceRight<Handler<ServiceEnv>>(
    (inner, guard) => async (c, next) => {
      let answered: Response | undefined;
      await guard(c, async () => {
        answered = await inner(c, next);
      });
      return answered;
    },
    answer,
  );
}

/** Revision asked for by If-Match: `"3"` or `3`; throws 428 when absent, 422 when it is not one. */
export function ifMatch(c: Context): number {
  const header = c.req.header('if-match');
  if (header === undefined)
    throw new Problem(428, 'IF_MATCH_NEEDED', 'Send If-Match with the revision that you changed.');
  return parseRevision(header);
}

export function parseRevision(header: string): number {
  const match = /^(?:W\/)?"?(\d{1,12})"?$/.exec(header.trim());
  if (!match)
    throw new Problem(422, 'IF_MATCH_INVALID', `If-Match holds a revision such as "3", not ${header.slice(0, 40)}.`);
  return Number(match[1]);
}

/** A page's end as an opaque cursor. */
export function toCursor(values: readonly (string | number)[]): string {
  return Buffer.from(JSON.stringify(values)).toString('base64url');
}

/** Values of a cursor; throws 422 when it is not one of ours. */
export function fromCursor(cursor: string, length: number): (string | number)[] {
  try {
    const values: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    if (
      Array.isArray(values) &&
      values.length === length &&
      values.every((value) => typeof value === 'string' || typeof value === 'number')
    )
      return values;
  } catch {
    // Falls through to the same refusal.
  }
  throw new Problem(422, 'CURSOR_INVALID', 'This cursor is not one that the service gave: begin without it.', {
    pointer: '/cursor',
  });
}
