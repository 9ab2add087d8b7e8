import { createHmac } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import type { Context, MiddlewareHandler } from 'hono';
import { getCookie } from 'hono/cookie';
import { toPointer, unsafeJson } from '../../../schemas/shape.ts';
import { isPermitted, type Permission } from '../identity/permissions.ts';
import type { Caller, IdentityStore } from '../identity/store.ts';
import { Problem } from '../problem.ts';
import type { ServiceEnv } from '../service.ts';
import { limitCalls } from './rate-limit.ts';

export const SESSION_COOKIE = 'lintel_session';
export const MAX_BODY_BYTES = 2 * 1024 * 1024;
const unsafeMethods = new Set(['POST', 'PUT', 'PATCH', 'DELETE']);

/** Monaco needs inline styles; scripts come from this origin alone. A download has a stricter policy of its own. */
const POLICY =
  "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; worker-src 'self' blob:; connect-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

/** Headers that every answer has, and those that an answer may have of its own. */
function headersOf(c: Context<ServiceEnv>): { always: [string, string][]; unlessOwn: [string, string][] } {
  const always: [string, string][] = [
    ['x-content-type-options', 'nosniff'],
    ['referrer-policy', 'no-referrer'],
    ['cross-origin-opener-policy', 'same-origin'],
    ['cross-origin-resource-policy', 'same-origin'],
    ['x-request-id', c.get('requestId')],
  ];
  if (isHttps(c)) always.push(['strict-transport-security', 'max-age=63072000; includeSubDomains']);
  const unlessOwn: [string, string][] = [['content-security-policy', POLICY]];
  if (c.req.path.startsWith('/v1/')) unlessOwn.push(['cache-control', 'no-store']);
  return { always, unlessOwn };
}

export const securityHeaders: MiddlewareHandler<ServiceEnv> = async (c, next) => {
  const { always, unlessOwn } = headersOf(c);
  const outgoing = (c.env as { outgoing?: ServerResponse } | undefined)?.outgoing;
  if (outgoing) {
    // Straight to the connection: what the answer has of its own takes their place there, and its headers need not be taken apart.
    for (const [name, value] of [...always, ...unlessOwn]) outgoing.setHeader(name, value);
    return next();
  }
  await next();
  const { headers } = c.res;
  for (const [name, value] of always) headers.set(name, value);
  for (const [name, value] of unlessOwn) if (!headers.has(name)) headers.set(name, value);
};

export function isHttps(c: Context): boolean {
  return c.req.url.startsWith('https:');
}

/** Finds out who asks. The organisation comes from the session or key, never from a header. */
export const authenticate: MiddlewareHandler<ServiceEnv> = async (c, next) => {
  const organisations = c.get('organisations');
  const caller = await findCaller(c, organisations.identities);
  c.set('caller', caller);
  if (!caller) return next();
  await organisations.use(caller.organisation, (service) => {
    c.set('service', service);
    return next();
  });
};

/** Everything that is asked of a call before any route: who it is of, how many there were, where it came from, whether its body is sound. */
export function guardCalls(): MiddlewareHandler<ServiceEnv> {
  const limit = limitCalls();
  return (c, next) =>
    authenticate(c, async () => {
      limit(c);
      refuseForeign(c);
      await refuseUnsound(c);
      await next();
    }) as Promise<void>;
}

async function findCaller(c: Context<ServiceEnv>, identities: IdentityStore): Promise<Caller | undefined> {
  // Sessions live in real time: moving the preview's clock must not sign anybody out.
  const now = Math.floor(Date.now() / 1000);
  const bearer = /^Bearer (\S{1,200})$/i.exec(c.req.header('authorization') ?? '')?.[1];
  if (bearer) return identities.findKey(bearer, now);
  const cookie = getCookie(c, SESSION_COOKIE);
  return cookie ? identities.findSession(cookie, now) : undefined;
}

/** Refuses changes that another site's page sends with this browser's cookie; the stock middleware lets cross-site JSON through. */
function refuseForeign(c: Context<ServiceEnv>): void {
  if (unsafeMethods.has(c.req.method) && getCookie(c, SESSION_COOKIE) !== undefined && !c.req.header('authorization')) {
    const site = c.req.header('sec-fetch-site');
    const origin = c.req.header('origin');
    const host = c.req.header('host') ?? new URL(c.req.url).host;
    const isForeign =
      (site !== undefined && site !== 'same-origin' && site !== 'none') ||
      (origin !== undefined && origin !== `http://${host}` && origin !== `https://${host}` && hostOf(origin) !== host);
    // A browser always sends one of the two with such a request; without both there is no proof of where it came from.
    if (isForeign || (site === undefined && origin === undefined)) {
      throw new Problem(403, 'CROSS_SITE', 'This request came from another site.');
    }
  }
}

function hostOf(origin: string): string | null {
  try {
    return new URL(origin).host;
  } catch {
    return null;
  }
}

/** Uploads are documents, not JSON; they have a limit of their own. */
const uploads = /^\/v1\/cases\/[^/]+\/attachments$/;

/** Refuses bodies that are too large, not JSON, too deep, or use names of Object's own, before anything parses them further. */
async function refuseUnsound(c: Context<ServiceEnv>): Promise<void> {
  if (unsafeMethods.has(c.req.method) && !uploads.test(c.req.path)) {
    if (Number(c.req.header('content-length') ?? 0) > MAX_BODY_BYTES) throw tooLarge();
    const text = await readText(c);
    if (text.length > 0) {
      if (!/^application\/(?:[\w.+-]+\+)?json\b/i.test(c.req.header('content-type') ?? '')) {
        throw new Problem(415, 'JSON_NEEDED', 'Send the body as application/json.');
      }
      const value = refuseUnsafe(text);
      // Parsed once: what reads the body later finds the value here.
      Object.assign(c.req, { json: () => Promise.resolve(value) });
    }
  }
}

const decoder = new TextDecoder('utf-8', { fatal: true });

async function readText(c: Context): Promise<string> {
  const bytes = await readBytes(c);
  if (bytes.byteLength === 0) return '';
  let text: string;
  try {
    text = decoder.decode(bytes);
  } catch {
    throw new Problem(400, 'NOT_UTF8', 'The body is not UTF-8 text.');
  }
  // The stream is used up: what reads the body later finds it here.
  Object.assign(c.req.bodyCache, { text: Promise.resolve(text) });
  return text;
}

/** A body whose length was announced is read in one piece: the parser lets no more through. Any other is counted as it comes. */
async function readBytes(c: Context): Promise<ArrayBuffer | Uint8Array> {
  const { raw } = c.req;
  if (/^\d+$/.test(c.req.header('content-length') ?? '')) return raw.arrayBuffer();
  if (!raw.body) return new Uint8Array();
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of raw.body as unknown as AsyncIterable<Uint8Array>) {
    size += chunk.byteLength;
    if (size > MAX_BODY_BYTES) throw tooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function tooLarge(): Problem {
  return new Problem(413, 'BODY_TOO_LARGE', `The body is larger than ${MAX_BODY_BYTES} bytes.`);
}

/** The parsed body, so that it is parsed once. */
function refuseUnsafe(text: string): unknown {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new Problem(400, 'JSON_INVALID', 'The body is not JSON: check quotes, commas and brackets.');
  }
  const unsafe = unsafeJson(value);
  if (!unsafe) return value;
  const pointer = toPointer(unsafe.path);
  throw new Problem(
    422,
    unsafe.code,
    unsafe.code === 'NESTED_TOO_DEEP' ? 'The body is nested too deeply.' : `The name "${unsafe.came}" is not allowed.`,
    { pointer },
  );
}

/** Lets through who is signed in and permitted; 401 and 403 otherwise. */
export function needs(permission: Permission): MiddlewareHandler<ServiceEnv> {
  return async (c, next) => {
    if (!isPermitted(callerOf(c).roles, permission))
      throw new Problem(403, 'FORBIDDEN', `This needs the permission "${permission}".`);
    await next();
  };
}

/** Who asks; throws 401 when nobody is signed in. */
export function callerOf(c: Context<ServiceEnv>): Caller {
  const caller = c.get('caller');
  if (!caller)
    throw new Problem(401, 'SIGN_IN_NEEDED', 'Sign in, or send a key as "Authorization: Bearer KEY".', {
      headers: { 'www-authenticate': 'Bearer' },
    });
  return caller;
}

/** Key and hash under which a repeat of this request is known. */
export async function senderOf(c: Context<ServiceEnv>): Promise<{ actor: string; key?: string; requestHash: string }> {
  const caller = callerOf(c);
  const header = c.req.header('idempotency-key');
  if (header === undefined) return { actor: caller.user, requestHash: '' };
  const { secret } = c.get('service').organisation;
  // Keyed: the hash of a short answer could otherwise be guessed.
  const text = `${c.req.method} ${c.req.path}\n${c.req.header('if-match') ?? ''}\n${await c.req.text()}`;
  const requestHash = createHmac('sha256', secret).update(text).digest('base64url');
  return { actor: caller.user, requestHash, key: `${caller.identity}:${header}` };
}
