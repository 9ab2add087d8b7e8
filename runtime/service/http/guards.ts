import type { Context, MiddlewareHandler } from 'hono';
import { getCookie } from 'hono/cookie';
import { isPermitted, type Permission } from '../identity/permissions.ts';
import { keyedHash } from '../identity/secrets.ts';
import type { Caller, IdentityStore } from '../identity/store.ts';
import { Problem } from '../problem.ts';
import type { ServiceEnv } from '../service.ts';
import { limitCalls } from './rate-limit.ts';
import { readBody } from './read-body.ts';

export const SESSION_COOKIE = 'lintel_session';
const unsafeMethods = new Set(['POST', 'PUT', 'PATCH', 'DELETE']);

/** Finds out who asks. The organisation comes from the session or key, never from a header. */
export const authenticate: MiddlewareHandler<ServiceEnv> = (c, next) => asCaller(c, sessionOf(c), next);

async function asCaller(c: Context<ServiceEnv>, session: string | undefined, next: () => Promise<void>): Promise<void> {
  const organisations = c.get('organisations');
  const caller = findCaller(c, session, organisations.identities);
  // Mostly it is known, and nothing need be waited for.
  const found = caller instanceof Promise ? await caller : caller;
  c.set('caller', found);
  if (!found) return next();
  return organisations.use(found.organisation, (service) => {
    c.set('service', service);
    return next();
  });
}

/** Everything that is asked of a call before any route: who it is of, how many there were, where it came from, whether its body is sound. */
export function guardCalls(): MiddlewareHandler<ServiceEnv> {
  const limit = limitCalls();
  return (c, next) => {
    const session = sessionOf(c);
    return asCaller(c, session, async () => {
      limit(c);
      const isUnsafe = unsafeMethods.has(c.req.method);
      if (session !== undefined) {
        if (isUnsafe) refuseForeign(c);
        refuseOther(c);
      }
      if (isUnsafe) await readBody(c);
      await next();
    });
  };
}

const sessionPair = new RegExp(`(?:^|;)[ \\t]*${SESSION_COOKIE}[ \\t]*=([^;]*)`);

/** The session's secret in the cookies. One of our own making is cut out as it is; anything else is read by the rules of cookies. */
export function sessionOf(c: Context): string | undefined {
  const value = sessionPair.exec(c.req.header('cookie') ?? '')?.[1];
  return value === undefined || /^[\w-]+$/.test(value) ? value : getCookie(c, SESSION_COOKIE);
}

function findCaller(
  c: Context<ServiceEnv>,
  session: string | undefined,
  identities: IdentityStore,
): Caller | undefined | Promise<Caller | undefined> {
  // Sessions live in real time: moving the preview's clock must not sign anybody out.
  const now = Math.floor(Date.now() / 1000);
  const bearer = /^Bearer (\S{1,200})$/i.exec(c.req.header('authorization') ?? '')?.[1];
  if (bearer) return identities.findKey(bearer, now);
  return session ? identities.findSession(session, now) : undefined;
}

/** Refuses changes that another site's page sends with this browser's cookie; the stock middleware lets cross-site JSON through. */
function refuseForeign(c: Context<ServiceEnv>): void {
  if (c.req.header('authorization')) return;
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

/**
 * Refuses what a page does for a person (`lintel-person: ORGANISATION/USER`) who is no longer the one signed in: all tabs of
 * a browser share one cookie, and what one person does or typed must never be done as another, nor what one sees be mixed
 * with what another may.
 */
function refuseOther(c: Context<ServiceEnv>): void {
  const person = c.req.header('lintel-person');
  const caller = c.get('caller');
  if (person === undefined || !caller) return;
  if (person !== `${encodeURIComponent(caller.organisation)}/${encodeURIComponent(caller.user)}`)
    throw new Problem(
      401,
      'SIGNED_IN_AS_OTHER',
      'Somebody else is signed in in this browser now, so nothing was done. Sign in again as yourself in another tab, then repeat it.',
    );
}

function hostOf(origin: string): string | null {
  try {
    return new URL(origin).host;
  } catch {
    return null;
  }
}

/** Lets through who is signed in and permitted; 401 and 403 otherwise. */
export function needs(permission: Permission): MiddlewareHandler<ServiceEnv> {
  return (c, next) => {
    if (!isPermitted(callerOf(c).roles, permission))
      throw new Problem(403, 'FORBIDDEN', `This needs the permission "${permission}".`);
    return next();
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
export function senderOf(c: Context<ServiceEnv>): { actor: string; key?: string; requestHash: string } {
  const caller = callerOf(c);
  const header = c.req.header('idempotency-key');
  if (header === undefined) return { actor: caller.user, requestHash: '' };
  const { secret } = c.get('service').organisation;
  const text = `${c.req.method} ${c.req.path}\n${c.req.header('if-match') ?? ''}\n${c.get('sent')?.text ?? ''}`;
  // Keyed: the hash of a short answer could otherwise be guessed.
  return { actor: caller.user, requestHash: keyedHash(secret, text), key: `${caller.identity}:${header}` };
}
