import { createRoute, z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { deleteCookie, setCookie } from 'hono/cookie';
import { Me } from '../../../schemas/api.ts';
import { callerOf, needs, SESSION_COOKIE, sessionOf } from '../http/guards.ts';
import { createRouter, guarded, json, jsonBody, problems, withBody } from '../http/openapi.ts';
import { isHttps } from '../http/security-headers.ts';
import type { ServiceEnv } from '../service.ts';
import { SESSION_SECONDS } from './store.ts';

const Done = z.object({ ok: z.literal(true) });
const password = z.string().min(12).max(200).describe('At least 12 characters.');

/** Sets the session's cookie; its life ends with the session. */
function startSession(c: Context<ServiceEnv>, secret: string): void {
  setCookie(c, SESSION_COOKIE, secret, {
    httpOnly: true,
    sameSite: 'Lax',
    path: '/',
    maxAge: SESSION_SECONDS,
    secure: isHttps(c),
  });
}

const realNow = () => Math.floor(Date.now() / 1000);

export const identityRoutes = createRouter()
  .openapi(
    createRoute({
      method: 'post',
      path: '/setup',
      summary: 'Create the first administrator with the one-time set-up link',
      request: {
        body: jsonBody(z.strictObject({ token: z.string().max(200), name: z.string().min(1).max(100), password })),
      },
      responses: { 201: json(Done, 'Created and signed in.'), ...withBody, ...problems(400, 401, 409, 422, 500, 503) },
    }),
    async (c) => {
      const { token, name, password: chosen } = c.req.valid('json');
      const { identities } = c.get('organisations');
      startSession(c, await identities.setUp(token, name, chosen, realNow()));
      return c.json({ ok: true as const }, 201);
    },
  )
  .openapi(
    createRoute({
      method: 'post',
      path: '/session',
      summary: 'Sign in with name and password, or with a one-time token',
      request: {
        body: jsonBody(
          z.union([
            z.strictObject({ token: z.string().max(200) }),
            z.strictObject({ name: z.string().max(100), password: z.string().max(200) }),
          ]),
        ),
      },
      responses: {
        200: json(Done, 'Signed in; the session is in a cookie.'),
        ...withBody,
        ...problems(400, 401, 422, 500, 503),
      },
    }),
    async (c) => {
      const body = c.req.valid('json');
      const { identities } = c.get('organisations');
      const secret =
        'token' in body
          ? await identities.redeemSignInToken(body.token, realNow())
          : await identities.signIn(body.name, body.password, realNow());
      startSession(c, secret);
      return c.json({ ok: true as const }, 200);
    },
  )
  .openapi(
    createRoute({
      method: 'delete',
      path: '/session',
      summary: 'Sign out',
      responses: { 200: json(Done, 'Signed out.'), ...problems(403, 500, 503) },
    }),
    async (c) => {
      const cookie = sessionOf(c);
      if (cookie) await c.get('organisations').identities.endSession(cookie);
      deleteCookie(c, SESSION_COOKIE, { path: '/' });
      return c.json({ ok: true as const }, 200);
    },
  )
  .openapi(
    createRoute({
      method: 'get',
      path: '/me',
      summary: 'Who is signed in',
      middleware: needs('read'),
      responses: { 200: json(Me, 'The caller.'), ...guarded },
    }),
    async (c) => {
      const caller = callerOf(c);
      const { organisation, previewClock } = c.get('service');
      const user = (await organisation.directory()).users[caller.user];
      const number = await organisation.releases.newestNumber();
      const settings =
        number === null
          ? undefined
          : Object.values((await organisation.releases.load(number)).configuration.settings)[0];
      return c.json(
        {
          user: {
            id: caller.user,
            name: user?.name ?? caller.login,
            login: caller.login,
            teams: [...(user?.teams ?? [])],
          },
          roles: [...caller.roles],
          organisation: { id: organisation.id, name: settings?.organisation ?? organisation.id },
          previewClock,
          now: organisation.clock.now(),
        },
        200,
      );
    },
  )
  .openapi(
    createRoute({
      method: 'post',
      path: '/keys',
      summary: 'Make an API key of one’s own',
      middleware: needs('administer'),
      request: {
        body: jsonBody(z.strictObject({ name: z.string().min(1).max(100), expiresAt: z.number().int().optional() })),
      },
      responses: {
        201: json(z.object({ key: z.string() }), 'The key; it is shown this once.'),
        ...guarded,
        ...withBody,
      },
    }),
    async (c) => {
      const { name, expiresAt } = c.req.valid('json');
      const key = await c.get('service').identities.addKey(callerOf(c).identity, name, expiresAt ?? null, realNow());
      return c.json({ key }, 201);
    },
  );
