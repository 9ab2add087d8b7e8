import type { Context, MiddlewareHandler } from 'hono';
import { Problem } from '../problem.ts';
import type { ServiceEnv } from '../service.ts';

interface Bucket {
  left: number;
  at: number;
}

/** Lets through `perMinute` changes a minute and address; 429 with Retry-After beyond. For the pages that need no account. */
export function limitChanges(
  perMinute: number,
  readMilliseconds: () => number = Date.now,
): MiddlewareHandler<ServiceEnv> {
  const buckets = new Map<string, Bucket>();
  return async (c, next) => {
    if (c.req.method === 'POST' || c.req.method === 'PUT') {
      const now = readMilliseconds();
      const address = addressOf(c);
      const before = buckets.get(address) ?? { left: perMinute, at: now };
      const left = Math.min(perMinute, before.left + ((now - before.at) / 60_000) * perMinute) - 1;
      if (left < 0)
        throw new Problem(429, 'TOO_MANY_REQUESTS', 'Too many requests from this address: wait a minute.', {
          headers: { 'retry-after': '60' },
        });
      if (buckets.size > 10_000) buckets.clear();
      buckets.set(address, { left, at: now });
    }
    await next();
  };
}

/** Lets through so many requests a minute of one key or session; 429 with the seconds to wait beyond. Live streams count once. */
export function limitCalls(readMilliseconds: () => number = Date.now): (c: Context<ServiceEnv>) => void {
  const buckets = new Map<string, Bucket>();
  return (c) => {
    const caller = c.get('caller');
    if (caller) {
      const perMinute = c.get('service').operations.config.requestsPerMinute;
      const now = readMilliseconds();
      const before = buckets.get(caller.identity) ?? { left: perMinute, at: now };
      const left = Math.min(perMinute, before.left + ((now - before.at) / 60_000) * perMinute) - 1;
      if (left < 0) {
        const wait = Math.ceil((-left / perMinute) * 60);
        throw new Problem(
          429,
          'TOO_MANY_REQUESTS',
          `This key may send ${perMinute} requests a minute: wait ${wait} s.`,
          {
            headers: { 'retry-after': String(wait) },
          },
        );
      }
      if (buckets.size > 10_000) buckets.clear();
      buckets.set(caller.identity, { left, at: now });
    }
  };
}

function addressOf(c: Context<ServiceEnv>): string {
  const env = c.env as { incoming?: { socket?: { remoteAddress?: string } } } | undefined;
  return env?.incoming?.socket?.remoteAddress ?? 'local';
}
