import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { serve } from '@hono/node-server';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestService, type TestService } from '../support/service.ts';

let test: TestService;

beforeAll(async () => {
  test = await openTestService();
});
afterAll(() => test.close());

describe('a bad body', () => {
  it.each([
    ['too large', `"${'x'.repeat(3 * 1024 * 1024)}"`, 413, 'BODY_TOO_LARGE'],
    ['not JSON', '{"a":', 400, 'JSON_INVALID'],
    ['nested too deeply', '['.repeat(5000) + ']'.repeat(5000), 422, 'NESTED_TOO_DEEP'],
    [
      'with __proto__',
      '{"workflow":"HP","answers":{"__proto__":{"x":1}},"customer":{"name":"a"}}',
      422,
      'FORBIDDEN_KEY',
    ],
    ['with constructor', '{"workflow":"HP","answers":{"constructor":1},"customer":{"name":"a"}}', 422, 'FORBIDDEN_KEY'],
    ['with an unknown key', '{"workflow":"HP","answers":{},"customer":{"name":"a"},"extra":1}', 422, 'INVALID'],
    ['with a missing field', '{"workflow":"HP","answers":{}}', 422, 'INVALID'],
  ])('%s is a problem with a stable code', async (_what, text, status, code) => {
    const reply = await test.call('POST', '/v1/enquiries', text);
    expect([reply.status, reply.body.code]).toEqual([status, code]);
    expect(reply.headers.get('content-type')).toBe('application/problem+json');
    expect(JSON.stringify(reply.body)).not.toMatch(/node_modules|at .*\.ts/);
  });

  it('that is no JSON type is refused', async () => {
    const reply = await test.call('POST', '/v1/enquiries', 'a=b', {
      'content-type': 'application/x-www-form-urlencoded',
    });
    expect([reply.status, reply.body.code]).toEqual([415, 'JSON_NEEDED']);
  });

  it('that is missing is refused by what it says it is', async () => {
    const plain = await test.call('POST', '/v1/enquiries', '', { 'content-type': 'text/plain' });
    expect([plain.status, plain.body.code]).toEqual([415, 'JSON_NEEDED']);
    const json = await test.call('POST', '/v1/enquiries', '', { 'content-type': 'application/json' });
    expect([json.status, json.body.code]).toEqual([400, 'JSON_INVALID']);
  });

  it('whose connection ends half-way is no outage of the database', async () => {
    const body = new ReadableStream({
      pull: (stream) => stream.error(Object.assign(new Error('aborted'), { code: 'ECONNRESET' })),
    });
    const headers = {
      authorization: `Bearer ${await test.keyFor('officer')}`,
      'content-type': 'application/json',
      'content-length': '10',
    };
    const request = { method: 'POST', headers, body, duplex: 'half' } as RequestInit;
    const reply = await test.app.request('/v1/enquiries', request);
    expect([reply.status, ((await reply.json()) as { code: string }).code]).toEqual([400, 'BODY_CUT_OFF']);
  });

  it('may begin with a byte order mark', async () => {
    const reply = await test.call('POST', '/v1/enquiries', '\ufeff{"workflow":"HP"}');
    expect([reply.status, reply.body.code]).toEqual([422, 'INVALID']);
  });

  it('names the pointer of what is wrong', async () => {
    const reply = await test.call('POST', '/v1/enquiries', {
      workflow: 'HP',
      answers: {},
      customer: { name: 'a', email: 'nowhere' },
    });
    expect([reply.status, reply.body.pointer]).toEqual([422, '/customer/email']);
  });
});

describe('an address', () => {
  it('that does not exist is 404, also for another kind of thing', async () => {
    expect((await test.call('GET', '/v1/nothing')).status).toBe(404);
    expect((await test.call('GET', '/v1/releases/99')).status).toBe(404);
    expect((await test.call('GET', '/v1/drafts/main/documents/spaceship')).status).toBe(404);
  });

  it('with the wrong method is 405 with Allow', async () => {
    const reply = await test.call('DELETE', '/v1/cases');
    expect([reply.status, reply.headers.get('allow')]).toEqual([405, 'GET, HEAD']);
  });

  it('answers with the security headers', async () => {
    const reply = await test.call('GET', '/start');
    expect(reply.headers.get('content-security-policy')).toContain("script-src 'self';");
    expect(reply.headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
    expect(reply.headers.get('x-content-type-options')).toBe('nosniff');
    expect(reply.headers.get('x-request-id')).toMatch(/^[\w-]+$/);
  });

  it('lets pages share memory with their workers, which nothing of another origin may touch', async () => {
    const page = await test.call('GET', '/start');
    expect(page.headers.get('cross-origin-opener-policy')).toBe('same-origin');
    expect(page.headers.get('cross-origin-embedder-policy')).toBe('require-corp');
  });

  it('answers with the same headers over a connection as without one, and leaves an answer its own', async () => {
    const server = serve({ fetch: test.app.fetch, port: 0, hostname: '127.0.0.1' });
    try {
      await once(server, 'listening');
      const { port } = server.address() as AddressInfo;
      const ofItsConnection = new Set(['connection', 'keep-alive', 'date', 'transfer-encoding', 'content-length']);
      const headersOf = ({ headers }: Response) =>
        [...headers].filter(([name]) => !ofItsConnection.has(name)).sort(([a], [b]) => (a < b ? -1 : 1));
      // A page with a cache of its own, a problem, a page of people, JSON.
      for (const path of ['/assets/customer.css', '/v1/nothing', '/v1/me', '/start', '/livez']) {
        const headers = { 'x-request-id': 'the-same' };
        const without = await test.app.request(path, { headers });
        const over = await fetch(`http://127.0.0.1:${port}${path}`, { headers });
        await over.text();
        expect(over.status, path).toBe(without.status);
        expect(headersOf(over), path).toEqual(headersOf(without));
        expect(over.headers.get('content-security-policy'), path).toContain("default-src 'self'");
      }
    } finally {
      server.close();
    }
  });
});

describe('who asks', () => {
  it('must be signed in for everything under /v1 but sign-in and documentation', async () => {
    const document = (await test.call('GET', '/v1/openapi.json')).body;
    const open: string[] = [];
    for (const [path, methods] of Object.entries<Record<string, unknown>>(document.paths)) {
      for (const method of Object.keys(methods)) {
        const address = `/v1${path.replaceAll(/\{\w+\}/g, '1')}`;
        const response = await test.app.request(address, {
          method: method.toUpperCase(),
          ...(method === 'post' || method === 'put'
            ? { headers: { 'content-type': 'application/json' }, body: '{}' }
            : {}),
        });
        if (response.status !== 401) open.push(`${method} ${path}`);
      }
    }
    expect(open.sort()).toEqual(['delete /session', 'post /session', 'post /setup']);
  });

  it('needs no sign-in for the receipts of the provider alone, which have a token of their own', async () => {
    const document = (await test.call('GET', '/v1/openapi.json')).body;
    const apart = Object.entries<Record<string, { security?: unknown }>>(document.paths).flatMap(([path, methods]) =>
      Object.entries(methods).flatMap(([method, { security }]) => (security ? [[`${method} ${path}`, security]] : [])),
    );
    expect(apart).toEqual([['post /receipts/notify', [{ receipts: [] }]]]);
    const send = (body: object, headers = {}) => test.call('POST', '/v1/receipts/notify', body, headers);
    const receipt = { id: 'n-1', status: 'delivered' };
    const refused = [401, 'TOKEN_WRONG'];
    const codeOf = ({ status, body }: { status: number; body: { code?: string } }) => [status, body.code];
    // While no token is set up, nobody is let in: not with an empty token, nor with a key that signs in elsewhere.
    expect(codeOf(await send(receipt, { authorization: 'Bearer ' }))).toEqual(refused);
    expect(codeOf(await send(receipt))).toEqual(refused);
    Object.assign(test.service.delivery, { callbackToken: 'a long token' });
    expect(codeOf(await send(receipt))).toEqual(refused);
    // Refused before the body is looked at: a stranger learns nothing of its shape.
    expect(codeOf(await send({}, { authorization: 'Bearer wrong' }))).toEqual(refused);
    expect((await send(receipt, { authorization: 'Bearer a long token' })).status).toBe(200);
    expect(codeOf(await send({}, { authorization: 'Bearer a long token' }))).toEqual([422, 'INVALID']);
    Object.assign(test.service.delivery, { callbackToken: null });
  });

  it('may only do what the role permits', async () => {
    const reader = await test.keyFor('reader');
    const officer = await test.keyFor('officer');
    const as = (key: string) => ({ authorization: `Bearer ${key}` });
    expect((await test.call('GET', '/v1/cases', undefined, as(reader))).status).toBe(200);
    expect(
      (await test.call('POST', '/v1/enquiries', { workflow: 'HP', answers: {}, customer: { name: 'a' } }, as(reader)))
        .status,
    ).toBe(403);
    expect((await test.call('POST', '/v1/releases', {}, as(officer))).status).toBe(403);
    expect((await test.call('GET', '/v1/letter-box', undefined, as(officer))).status).toBe(403);
  });

  it('signs in once with a one-time token and works with a cookie', async () => {
    const token = await test.service.identities.issueToken(
      'signIn',
      'i-administrator',
      60,
      Math.floor(Date.now() / 1000),
    );
    const signIn = () =>
      test.app.request('/v1/session', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ token }),
      });
    const first = await signIn();
    expect(first.status).toBe(200);
    const set = first.headers.get('set-cookie') ?? '';
    expect(set).toMatch(/HttpOnly/);
    expect(set).toMatch(/SameSite=Lax/);
    const cookie = set.split(';')[0] ?? '';
    expect((await test.app.request('/v1/me', { headers: { cookie } })).status).toBe(200);
    const value = cookie.slice('lintel_session='.length);
    for (const [among, status] of [
      [`theme=dark; ${cookie}; x=1`, 200],
      [`a=1;lintel_session = "${value}"`, 200],
      [`my_lintel_session=${value}`, 401],
      [`lintel_session=other; ${cookie}`, 401],
      [`x=${cookie}`, 401],
    ] as const)
      expect([among, (await test.app.request('/v1/me', { headers: { cookie: among } })).status]).toEqual([
        among,
        status,
      ]);
    expect((await signIn()).status).toBe(401);
    const post = (headers: Record<string, string>) =>
      test.app.request('http://localhost/v1/session', {
        method: 'DELETE',
        headers: { cookie, host: 'localhost', ...headers },
      });
    expect((await post({ 'sec-fetch-site': 'cross-site' })).status).toBe(403);
    expect((await post({ origin: 'https://evil.example' })).status).toBe(403);
    expect((await post({})).status).toBe(403);
    expect((await post({ 'sec-fetch-site': 'same-origin', origin: 'http://localhost' })).status).toBe(200);
    expect((await test.app.request('/v1/me', { headers: { cookie } })).status).toBe(401);
  });

  it('is nobody for what a page still does for a person who was signed in before', async () => {
    const cookie = await signedIn('i-administrator');
    const send = async (method: string, path: string, person: string | undefined, body?: object, more = {}) => {
      const response = await test.app.request(`http://localhost/v1${path}`, {
        method,
        headers: {
          cookie,
          host: 'localhost',
          'sec-fetch-site': 'same-origin',
          ...(person === undefined ? {} : { 'lintel-person': person }),
          ...(body ? { 'content-type': 'application/json' } : {}),
          ...more,
        },
        ...(body ? { body: JSON.stringify(body) } : {}),
      });
      return [response.status, ((await response.json()) as { code?: string }).code];
    };
    const refused = [401, 'SIGNED_IN_AS_OTHER'];
    const team = { kind: 'team', format: 1, key: 'WRITTEN_FOR', title: 'x', type: 'group' };
    const save = (person: string) =>
      send('PUT', '/drafts/main/documents/team/WRITTEN_FOR', person, team, { 'if-none-match': '*' });
    for (const other of ['main/u-officer', 'elsewhere/u-administrator', '']) expect(await save(other)).toEqual(refused);
    // Whatever it is that the page still does, and before anything else is looked at.
    const { paths } = (await test.call('GET', '/v1/openapi.json')).body;
    for (const [path, methods] of Object.entries<Record<string, { parameters: { $ref?: string }[] }>>(paths)) {
      for (const [method, { parameters }] of Object.entries(methods)) {
        const address = path.replaceAll(/\{\w+\}/g, '1');
        const body = method === 'post' || method === 'put' ? {} : undefined;
        expect([path, method, await send(method.toUpperCase(), address, 'main/u-officer', body)]).toEqual([
          path,
          method,
          refused,
        ]);
        expect(parameters).toContainEqual({ $ref: '#/components/parameters/person' });
      }
    }
    expect(await send('GET', '/drafts/main/documents/team/WRITTEN_FOR', undefined)).toEqual([404, 'NOT_FOUND']);
    expect(await send('GET', '/me', 'main/u-administrator')).toEqual([200, undefined]);
    expect(await save('main/u-administrator')).toEqual([200, undefined]);
  });

  it('sets up the first administrator once', async () => {
    const token = await test.service.identities.issueToken('setup', null, 60, Math.floor(Date.now() / 1000));
    const setUp = (name: string) =>
      test.app.request('/v1/setup', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ token, name, password: 'correct horse battery' }),
      });
    expect((await setUp('first')).status).toBe(201);
    expect((await setUp('second')).status).toBe(401);
    const signIn = (password: string) =>
      test.app.request('/v1/session', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ name: 'first', password }),
      });
    expect((await signIn('wrong password!')).status).toBe(401);
    expect((await signIn('correct horse battery')).status).toBe(200);
  });

  it('is locked out after five wrong passwords', async () => {
    const now = Math.floor(Date.now() / 1000);
    await test.service.identities.addIdentity(
      {
        id: 'i-lock',
        organisation: 'main',
        user: 'u-lock',
        login: 'lock',
        roles: ['reader'],
        password: 'a right password',
      },
      now,
    );
    for (let n = 0; n < 5; n++)
      await expect(test.service.identities.signIn('lock', 'wrong', now)).rejects.toThrow(/match/);
    await expect(test.service.identities.signIn('lock', 'a right password', now)).rejects.toThrow(/locked/);
    await expect(test.service.identities.signIn('lock', 'a right password', now + 16 * 60)).resolves.toBeTypeOf(
      'string',
    );
  });
});

/** The cookie of a session of its own. */
async function signedIn(identity: string): Promise<string> {
  const token = await test.service.identities.issueToken('signIn', identity, 60, Math.floor(Date.now() / 1000));
  const answer = await test.app.request('/v1/session', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ token }),
  });
  return (answer.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
}
