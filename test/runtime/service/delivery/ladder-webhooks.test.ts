import { createHmac } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Hono } from 'hono';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApp } from '../../../../runtime/service/app.ts';
import { deliveryConfigFrom } from '../../../../runtime/service/delivery/channels.ts';
import { openOrganisations } from '../../../../runtime/service/main.ts';
import type { ServiceEnv } from '../../../../runtime/service/service.ts';
import type { LoadedConfiguration } from '../../../../schemas/load-configuration.ts';
import { caseLifeConfiguration } from '../../../bench/support/case-life-configuration.ts';
import { type Received, startReceiver } from './stand-in.ts';

let folder: string;
let receiver: Awaited<ReturnType<typeof startReceiver>>;
let answer: (received: Received) => { status: number } = () => ({ status: 204 });
let house: Awaited<ReturnType<typeof openOrganisations>>;
let app: Hono<ServiceEnv>;
let key: string;
let caseId: string;

/** The overdue rung calls one address, and the amber one sends its message by the channel. */
function withWebhooks(url: string): LoadedConfiguration {
  const loaded = caseLifeConfiguration('ladders');
  const { ladder, template } = loaded.configuration;
  const rungs = ladder.L?.rungs ?? {};
  Object.assign(rungs.overdue ?? {}, { actions: [{ do: 'notify' }, { do: 'webhook', url: `${url}/overdue` }] });
  delete rungs.overdue?.repeat;
  Object.assign(rungs.amber ?? {}, { channels: ['webhook'] });
  Object.assign(template.plain?.channels ?? {}, { webhook: 'A task is due soon.' });
  return loaded;
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'lintel-ladder-calls-'));
  receiver = await startReceiver((received) => answer(received));
  house = await openOrganisations({
    data: folder,
    previewClock: true,
    studioFolder: null,
    configuration: () => withWebhooks(receiver.url),
    delivery: { ...deliveryConfigFrom({}), webhooksPrivate: true },
    onLost: fail,
    onError: fail,
  });
  house.organisations.ready = true;
  app = createApp(house.organisations);
  await house.organisations.use('main', async ({ identities, organisation }) => {
    await organisation.database.batch([
      `INSERT INTO directory_users (id, name, email, teams, skills, active, absences) VALUES ('ann', 'Ann', NULL, '["TEAM"]', '[]', 1, '[]')`,
    ]);
    organisation.refresh();
    const now = Math.floor(Date.now() / 1000);
    const identity = { id: 'i-a', organisation: 'main', user: 'u-a', login: 'a' };
    await identities.addIdentity({ ...identity, roles: ['administrator'] }, now);
    key = await identities.addKey('i-a', 'test', null, now);
  });
  // The real ticker and couriers, as `lintel serve` runs them.
  await house.organisations.start();
  const body = { workflow: 'LIFE', answers: { age: 40 }, customer: { name: 'Sam Taylor' } };
  caseId = String((await call('POST', '/enquiries', body)).caseId);
}, 60_000);
afterAll(async () => {
  await house.close();
  await receiver.close();
  rmSync(folder, { recursive: true, force: true });
});

function fail(error: unknown): never {
  throw error;
}

// biome-ignore lint/suspicious/noExplicitAny: a test reads what it expects
async function call(method: string, path: string, body?: unknown): Promise<any> {
  const response = await app.request(`/v1${path}`, {
    method,
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return response.json();
}

/** Waits for what the couriers do by themselves, once a second. */
async function eventually<T>(look: () => Promise<T | undefined> | T | undefined): Promise<T> {
  for (let attempt = 0; attempt < 150; attempt++) {
    const found = await look();
    if (found !== undefined) return found;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('it did not come');
}

const at = (path: string) => receiver.received.filter((one) => one.path === path);
const signed = (secret: string, { headers, body }: Received) =>
  `v1,${createHmac('sha256', Buffer.from(secret.slice('whsec_'.length), 'base64'))
    .update(`${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`)
    .digest('base64')}`;

describe('a webhook that a rung asks for', () => {
  it('is a dead letter with an incident while nobody is set up for its address, and goes out signed when it is replayed', {
    timeout: 60_000,
  }, async () => {
    await call('POST', '/admin/clock', { advanceSeconds: 40 * 86_400 });
    const dead = await eventually(
      async () => (await call('GET', '/admin/webhook-deliveries?state=failed')).deliveries[0],
    );
    expect(dead).toMatchObject({ type: 'ladder.webhook', failure: expect.stringContaining('no active subscriber') });
    const { incidents } = await call('GET', '/admin/incidents');
    expect(incidents).toContainEqual(expect.objectContaining({ kind: 'webhookFailed', subject: dead.id, caseId }));
    expect(at('/overdue')).toEqual([]);

    const subscriber = { url: `${receiver.url}/overdue`, types: ['ladder.webhook'] };
    const { secret, endpoint } = await call('POST', '/admin/webhooks', subscriber);
    // The first answer is a failure: it is tried again with the same id.
    let failures = 1;
    answer = () => ({ status: failures-- > 0 ? 500 : 204 });
    await call('POST', `/admin/webhook-deliveries/${dead.id}/replay`, {});
    await eventually(() => at('/overdue')[0]);
    await call('POST', '/admin/clock', { advanceSeconds: 10 });
    const second = await eventually(() => at('/overdue')[1]);
    expect(second.headers['webhook-id']).toBe(at('/overdue')[0]?.headers['webhook-id']);
    expect(second.headers['webhook-signature']).toBe(signed(secret, second));
    const told = JSON.parse(second.body);
    expect(told).toMatchObject({
      type: 'ladder.webhook',
      data: { stream: caseId, item: 'task:t01', workflow: 'LIFE' },
    });
    expect(told.data.firing).toContain('overdue');
    expect(second.body).not.toContain('Sam');

    // While secrets change, both sign.
    const rotated = await call('POST', `/admin/webhooks/${endpoint.id}/secret`);
    await call('POST', `/admin/webhook-deliveries/${dead.id}/replay`, {});
    const third = await eventually(() => at('/overdue')[2]);
    expect(third.headers['webhook-signature']).toBe(`${signed(rotated.secret, third)} ${signed(secret, third)}`);
    // One firing, one call, however often couriers look.
    const { deliveries } = await call('GET', '/admin/webhook-deliveries');
    expect(deliveries.filter(({ type }: { type: string }) => type === 'ladder.webhook')).toHaveLength(1);
  });
});

describe('a message of the channel webhook', () => {
  it('goes to the letter-box while nobody takes messages, then signed to whoever does', {
    timeout: 60_000,
  }, async () => {
    answer = () => ({ status: 204 });
    const letters = async () =>
      (await call('GET', '/letter-box')).letters.filter(({ channel }: { channel: string }) => channel === 'webhook');
    const before = await eventually(async () => ((await letters()).length > 0 ? (await letters()).length : undefined));
    const { secret } = await call('POST', '/admin/webhooks', { url: `${receiver.url}/messages`, types: ['message'] });
    const body = { workflow: 'LIFE', answers: { age: 41 }, customer: { name: 'Kim Taylor' } };
    await call('POST', '/enquiries', body);
    await call('POST', '/admin/clock', { advanceSeconds: 40 * 86_400 });
    const received = await eventually(() => at('/messages')[0]);
    expect(received.headers['webhook-signature']).toBe(signed(secret, received));
    expect(JSON.parse(received.body)).toMatchObject({ type: 'message', data: { id: received.headers['webhook-id'] } });
    expect(await letters()).toHaveLength(before);
  });
});
