import type { RouteConfig } from '@hono/zod-openapi';
import type { Context } from 'hono';
import type { ZodError, ZodType } from 'zod';
import type { Finding } from '../../../schemas/finding.ts';
import { toPointer } from '../../../schemas/shape.ts';
import { Problem } from '../problem.ts';
import type { ServiceEnv } from '../service.ts';

type Target = 'query' | 'param' | 'header' | 'json';

/** Reads one part of a request as its schema sees it. */
type Part = readonly [target: Target, schema: ZodType, read: (c: Context<ServiceEnv>) => unknown];

/** Validates what a route documents of its requests: `c.req.valid` gives it parsed. Throws 415, 400 and 422 with pointers. */
export function checkOf(request: RouteConfig['request']): (c: Context<ServiceEnv>) => void {
  const parts = partsOf(request ?? {});
  return (c) => {
    for (const [target, schema, read] of parts) {
      const result = schema.safeParse(read(c));
      if (!result.success) throw invalid(target, result.error);
      c.req.addValidatedData(target, result.data as object);
    }
  };
}

function partsOf({ query, params, headers, body }: NonNullable<RouteConfig['request']>): Part[] {
  const parts: Part[] = [];
  if (query) parts.push(['query', query as ZodType, readQuery]);
  if (params) parts.push(['param', params as ZodType, (c) => c.req.param()]);
  if (headers) {
    const names = Object.keys((headers as unknown as { shape: object }).shape);
    // Those asked for alone: taking all of them costs more than everything else that is validated.
    parts.push(['header', headers as ZodType, (c) => readHeaders(c, names)]);
  }
  const json = body?.content['application/json'];
  if (json && 'schema' in json) parts.push(['json', json.schema as ZodType, readJson]);
  return parts;
}

function readQuery(c: Context): Record<string, string | string[] | undefined> {
  return Object.fromEntries(
    Object.entries(c.req.queries()).map(([name, all]) => [name, all.length === 1 ? all[0] : all]),
  );
}

function readHeaders(c: Context, names: readonly string[]): Record<string, string> {
  const found: Record<string, string> = {};
  for (const name of names) {
    const value = c.req.header(name);
    if (value !== undefined) found[name] = value;
  }
  return found;
}

const jsonType = /^application\/([a-z-.]+\+)?json(;\s*[a-zA-Z0-9-]+=([^;]+))*$/i;

/** The body as it was read; a change without any is asked for everything that its schema wants. */
function readJson(c: Context<ServiceEnv>): unknown {
  const type = c.req.header('content-type');
  if (type === undefined) return {};
  if (!jsonType.test(type)) throw new Problem(415, 'JSON_NEEDED', 'Send the body as application/json.');
  const sent = c.get('sent');
  if (!sent || sent.text === '') throw new Problem(400, 'JSON_INVALID', 'The body cannot be read.');
  return sent.value;
}

function invalid(target: Target, error: ZodError): Problem {
  const findings: Finding[] = error.issues.slice(0, 50).map((issue) => {
    const path = issue.code === 'unrecognized_keys' ? [...issue.path, issue.keys[0] ?? ''] : issue.path;
    return {
      code: issue.code === 'unrecognized_keys' ? 'UNKNOWN_KEY' : 'SHAPE_INVALID',
      severity: 'error',
      document: target === 'json' ? 'body' : target,
      pointer: toPointer(path),
      values: {},
      message: `${toPointer(path) || '/'}: ${issue.message}`,
    };
  });
  const first = findings[0];
  return new Problem(
    422,
    'INVALID',
    first ? `${target === 'json' ? 'body' : target} at ${first.message}` : 'The request is not valid.',
    { findings, ...(first ? { pointer: first.pointer } : {}) },
  );
}
