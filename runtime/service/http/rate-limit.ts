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

function addressOf(c: Context<ServiceEnv>): string {
  const env = c.env as { incoming?: { socket?: { remoteAddress?: string } } } | undefined;
  return env?.incoming?.socket?.remoteAddress ?? 'local';
}
