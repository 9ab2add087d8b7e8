import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createWebhooks, type Webhooks } from '../../../../runtime/service/delivery/webhooks.ts';
import { answersFor, MONDAY, openTestService, type TestService } from '../support/service.ts';
import { type Received, startReceiver } from './stand-in.ts';

let opened: TestService;
let caseId: string;
let receiver: Awaited<ReturnType<typeof startReceiver>>;
let answer: (received: Received) => { status: number; headers?: Record<string, string> };
let webhooks: Webhooks;
let endpoint: string;
let secret: string;

const admin = (method: string, path: string, body?: unknown) => opened.call(method, `/v1/admin${path}`, body);
const note = (text: string) =>
  opened.call('POST', `/v1/cases/${caseId}/commands`, { command: { type: 'addNote', text } });
const pass = (seconds: number) => opened.service.clock.set(opened.service.clock.now() + seconds);

beforeAll(async () => {
  opened = await openTestService();
  Object.assign(opened.service.delivery, { allowsPrivate: true });
  const answers = await answersFor(opened.service, 'HP-01');
  const { body } = await opened.call('POST', '/v1/enquiries', {
    workflow: 'HP',
    answers,
    customer: { name: 'Sam Taylor' },
  });
  caseId = body.caseId;
  receiver = await startReceiver((received) => answer(received));
  webhooks = createWebhooks(opened.service.organisation, { allowPrivate: true, random: () => 0.5 }, (error) => {
    throw error;
  });
}, 60_000);
afterAll(async () => {
  await webhooks.stop();
  await receiver.close();
  await opened.close();
});
beforeEach(async () => {
  answer = () => ({ status: 204 });
  receiver.received.length = 0;
  for (const { id } of (await admin('GET', '/webhooks')).body.endpoints) await admin('DELETE', `/webhooks/${id}`);
  const { status, body } = await admin('POST', '/webhooks', { url: `${receiver.url}/hook`, types: ['noteAdded'] });
  expect(status).toBe(201);
  [endpoint, secret] = [body.endpoint.id, body.secret];
});

const signed = (key: string, { headers, body }: Received) =>
  `v1,${createHmac('sha256', Buffer.from(key.slice('whsec_'.length), 'base64'))
    .update(`${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`)
    .digest('base64')}`;

describe('a subscriber', () => {
  it('is told of each event once, signed by Standard Webhooks, without personal values', async () => {
    await note('Sam Taylor rang');
    expect(await webhooks.runOnce()).toBe(1);
    expect(await webhooks.runOnce()).toBe(0);
    const [received] = receiver.received;
    if (!received) throw new Error('nothing came');
    expect(received.headers['webhook-signature']).toBe(signed(secret, received));
    expect(JSON.parse(received.body)).toMatchObject({ type: 'case.noteAdded', data: { stream: caseId } });
    expect(received.body).not.toContain('Sam');
  });

  it('that fails is tried again after 5 s, 5 min, 30 min …, with the same id', async () => {
    answer = () => ({ status: 500 });
    await note('one');
    await webhooks.runOnce();
    for (const wait of [5, 300, 1800]) {
      pass(wait - 1);
      expect(await webhooks.runOnce()).toBe(0);
      pass(1);
      expect(await webhooks.runOnce()).toBe(1);
    }
    answer = () => ({ status: 200 });
    pass(7200);
    await webhooks.runOnce();
    expect(new Set(receiver.received.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
    expect((await admin('GET', '/webhook-deliveries')).body.deliveries).toMatchObject([
      { state: 'delivered', attempts: 5 },
    ]);
  });

  it('that asks for a pause gets it', async () => {
    answer = () => ({ status: 503, headers: { 'retry-after': '900' } });
    await note('one');
    await webhooks.runOnce();
    pass(899);
    expect(await webhooks.runOnce()).toBe(0);
    pass(1);
    expect(await webhooks.runOnce()).toBe(1);
  });

  it('that fails ten times is a dead letter with an incident, and can be sent again', async () => {
    answer = () => ({ status: 302, headers: { location: `${receiver.url}/elsewhere` } });
    await note('one');
    for (let n = 0; n < 10; n++) {
      await webhooks.runOnce();
      pass(90_000);
    }
    expect(receiver.received.every(({ path }) => path === '/hook')).toBe(true);
    expect(receiver.received).toHaveLength(10);
    const [dead] = (await admin('GET', '/webhook-deliveries?state=failed')).body.deliveries;
    expect(dead).toMatchObject({ attempts: 10, status: 302 });
    const { body } = await admin('GET', '/incidents');
    expect(body.incidents).toContainEqual(expect.objectContaining({ kind: 'webhookFailed', subject: dead.id, caseId }));
    answer = () => ({ status: 200 });
    expect((await admin('POST', `/webhook-deliveries/${dead.id}/replay`, {})).status).toBe(200);
    expect(await webhooks.runOnce()).toBe(1);
  });

  it('that says 410 is told no more', async () => {
    answer = () => ({ status: 410 });
    await note('one');
    await webhooks.runOnce();
    await note('two');
    expect(await webhooks.runOnce()).toBe(0);
    expect((await admin('GET', '/webhooks')).body.endpoints).toMatchObject([{ id: endpoint, state: 'disabled' }]);
  });

  it('may change its secret: for a day both sign', async () => {
    const { body } = await admin('POST', `/webhooks/${endpoint}/secret`);
    await note('one');
    await webhooks.runOnce();
    const [first] = receiver.received;
    if (!first) throw new Error('nothing came');
    expect(first.headers['webhook-signature']).toBe(`${signed(body.secret, first)} ${signed(secret, first)}`);
    pass(86_401);
    await note('two');
    await webhooks.runOnce();
    const second = receiver.received[1];
    if (!second) throw new Error('nothing came');
    expect(second.headers['webhook-signature']).toBe(signed(body.secret, second));
  });

  it('on this machine is refused where that is not allowed', async () => {
    const strict = createWebhooks(opened.service.organisation, { allowPrivate: false }, () => {});
    await note('one');
    await strict.runOnce();
    expect(receiver.received).toEqual([]);
    const [failed] = (await admin('GET', '/webhook-deliveries?state=failed')).body.deliveries;
    expect(failed.failure).toMatch(/https/);
  });
});

describe('receipts of the provider', () => {
  it('move a message to delivered or failed, once, and need the token', async () => {
    Object.assign(opened.service.delivery, { callbackToken: 'a long token' });
    const { database } = opened.service.organisation;
    for (const id of ['r1', 'r2'])
      await database.batch([
        {
          sql: `INSERT INTO outbox (id, case_id, recipient, channel, template, language, urgent, variables, idempotency_key, state, not_before, created_at, provider_reference)
            VALUES (?1, ?2, 'u', 'email', '', 'en', 0, '{}', ?1, 'sent', 1, 1, 'n-' || ?1)`,
          args: [id, caseId],
        },
      ]);
    const tell = (id: string, status: string, token = 'a long token') =>
      opened.app.request('/v1/receipts/notify', {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: JSON.stringify({ id: `n-${id}`, reference: id, status }),
      });
    expect((await tell('r1', 'delivered', 'wrong')).status).toBe(401);
    expect((await tell('r1', 'delivered')).status).toBe(200);
    expect((await tell('r1', 'delivered')).status).toBe(200);
    expect((await tell('r2', 'permanent-failure')).status).toBe(200);
    const rows = await database.query("SELECT state, provider_status FROM outbox WHERE id IN ('r1', 'r2') ORDER BY id");
    expect(rows.map(({ state, provider_status }) => [state, provider_status])).toEqual([
      ['delivered', 'delivered'],
      ['failed', 'permanent-failure'],
    ]);
    expect((await admin('GET', '/incidents')).body.incidents).toContainEqual(
      expect.objectContaining({ id: 'message:r2', kind: 'messageFailed' }),
    );
  });
});

describe('a poisoned row of the outbox', () => {
  it('becomes an incident and holds up nothing behind it', async () => {
    const { organisation, delivery } = opened.service;
    opened.service.clock.set(MONDAY + 3600 * 24 * 9);
    const now = organisation.clock.now();
    const insert = (id: string, variables: string) => ({
      sql: `INSERT INTO outbox (id, case_id, recipient, channel, template, language, urgent, variables, idempotency_key, state, not_before, created_at)
        VALUES (?1, ?2, 'u-administrator', 'inApp', '', 'en', 1, ?3, ?1, 'pending', ?4, ?4)`,
      args: [id, caseId, variables, now],
    });
    const good = {
      messageId: 'good',
      item: 'case:',
      firing: null,
      rung: null,
      to: 'u-administrator',
      channel: 'inApp',
      template: null,
      language: 'en',
      urgent: true,
      variables: {},
    };
    await organisation.database.batch([insert('bad', '{"channel":'), insert('good', JSON.stringify(good))]);
    for (let n = 0; n < 7; n++) {
      await delivery.runOnce().catch(() => 0);
      pass(3601);
    }
    const rows = await organisation.database.query(
      "SELECT id, state FROM outbox WHERE id IN ('bad', 'good') ORDER BY id",
    );
    expect(rows.map(({ id, state }) => [id, state])).toEqual([
      ['bad', 'failed'],
      ['good', 'delivered'],
    ]);
  });
});
