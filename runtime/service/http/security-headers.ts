import type { ServerResponse } from 'node:http';
import type { Context } from 'hono';
import type { ServiceEnv } from '../service.ts';

/** Monaco needs inline styles; scripts come from this origin alone. A download has a stricter policy of its own. */
const POLICY =
  "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; worker-src 'self' blob:; connect-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

type Header = readonly [name: string, value: string];

const always: readonly Header[] = [
  ['x-content-type-options', 'nosniff'],
  ['referrer-policy', 'no-referrer'],
  ['cross-origin-opener-policy', 'same-origin'],
  ['cross-origin-resource-policy', 'same-origin'],
];
/** Nothing of another origin is ever loaded; saying so lets a page and its worker share memory. */
const ISOLATED: Header = ['cross-origin-embedder-policy', 'require-corp'];
const TRANSPORT: Header = ['strict-transport-security', 'max-age=63072000; includeSubDomains'];
const CONTENT: Header = ['content-security-policy', POLICY];
const UNCACHED: Header = ['cache-control', 'no-store'];

/** Puts the headers that every answer has, and those that it may have of its own, on what goes out while `answer` makes it. */
export async function withSecurityHeaders(c: Context<ServiceEnv>, answer: () => Promise<void>): Promise<void> {
  const outgoing = (c.env as { outgoing?: ServerResponse } | undefined)?.outgoing;
  if (outgoing) {
    // Straight to the connection: what the answer has of its own takes their place there, and its headers need not be taken apart.
    eachHeader(c, ([name, value]) => outgoing.setHeader(name, value));
    return answer();
  }
  await answer();
  const { headers } = c.res;
  eachHeader(c, ([name, value], mayBeOwn) => {
    if (!mayBeOwn || !headers.has(name)) headers.set(name, value);
  });
}

function eachHeader(c: Context<ServiceEnv>, put: (header: Header, mayBeOwn: boolean) => void): void {
  for (const header of always) put(header, false);
  put(['x-request-id', c.get('requestId')], false);
  if (isHttps(c)) put(TRANSPORT, false);
  put(CONTENT, true);
  if (c.req.path.startsWith('/v1/')) put(UNCACHED, true);
  else put(ISOLATED, false);
}

export function isHttps(c: Context): boolean {
  return c.req.url.startsWith('https:');
}
