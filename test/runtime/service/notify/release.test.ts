import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { deliveryConfigFrom } from '../../../../runtime/service/delivery/channels.ts';
import { createDelivery } from '../../../../runtime/service/notify/deliver.ts';
import { toOutboxRow } from '../../../../runtime/service/notify/outbox.ts';
import type { CaseEventPayloads } from '../../../../schemas/case-event.ts';
import { answersFor, MONDAY, openTestService, type TestService } from '../support/service.ts';

const HOUR = 3600;
let monday = MONDAY - 21 * 24 * HOUR;
/** Monday at 20:00: the office of the notify calendar opens again on Tuesday at 08:00. */
const night = () => monday + 11 * HOUR;
const tuesday = () => monday + 23 * HOUR;

let test: TestService;
let caseId: string;

beforeAll(async () => {
  test = await openTestService();
}, 60_000);
afterAll(() => test.close());

/** Each on a case of its own, a week after the one before, so that no storm reaches the next. */
beforeEach(async () => {
  monday += 7 * 24 * HOUR;
  test.service.clock.set(monday);
  const answers = await answersFor(test.service, 'HP-01');
  const { body } = await test.call('POST', '/v1/enquiries', { workflow: 'HP', answers, customer: { name: 'Ada' } });
  caseId = body.caseId;
  await test.service.delivery.runOnce();
}, 60_000);

type Queued = CaseEventPayloads['messageQueued'];
let made = 0;

async function queue(change: Partial<Queued> = {}): Promise<string> {
  const messageId = `m${++made}`;
  const message: Queued = {
    messageId,
    item: 'task:HP01',
    firing: messageId,
    rung: 'amber',
    to: 'u-HOO',
    channel: 'email',
    template: null,
    language: 'en',
    urgent: false,
    variables: { task: { title: `Task ${made}` } },
    ...change,
  };
  const { values } = toOutboxRow(caseId, message, test.service.clock.now());
  const columns = Object.keys(values);
  await test.service.organisation.database.batch([
    {
      sql: `INSERT INTO outbox (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`,
      args: Object.values(values),
    },
  ]);
  return messageId;
}

async function stateOf(id: string) {
  const [row] = await test.service.organisation.database.query('SELECT state, not_before FROM outbox WHERE id = ?', [
    id,
  ]);
  return { state: String(row?.state), at: Number(row?.not_before) };
}

async function runAt(at: number): Promise<void> {
  test.service.clock.set(at);
  await test.service.delivery.runOnce();
}

/** Somebody of the team in whose queue the first task waits: its owners, as a rung sees them. */
async function ownerOf(task: string): Promise<string> {
  const { body } = await test.call('GET', `/v1/cases/${caseId}`);
  const { owner, group } = body.tasks.find((one: { id: string }) => one.id === task);
  return owner ?? `u-${group}`;
}

const command = (body: object) => test.call('POST', `/v1/cases/${caseId}/commands`, { command: body });
const letters = () =>
  readdirSync(join(test.folder, 'letter-box'))
    .filter((name) => name.endsWith('.json'))
    .map((name) => JSON.parse(readFileSync(join(test.folder, 'letter-box', name), 'utf8')));

describe('quiet hours', () => {
  it('hold what is not urgent until the office opens, and let urgent and in-app messages go (N11)', async () => {
    test.service.clock.set(night());
    const to = await ownerOf('HP01');
    const calm = await queue({ to });
    const urgent = await queue({ to, urgent: true });
    const inbox = await queue({ to, channel: 'inApp' });
    await runAt(night());
    expect(await stateOf(calm)).toEqual({ state: 'pending', at: tuesday() });
    expect([(await stateOf(urgent)).state, (await stateOf(inbox)).state]).toEqual(['sent', 'delivered']);
    await runAt(tuesday());
    expect((await stateOf(calm)).state).toBe('sent');
  });

  it('are those of the person where they have hours of their own, and the office’s for everybody else (N11)', async () => {
    const terms = { absences: [], capacity: null };
    const put = (user: string, calendar: string | null) =>
      test.call('PUT', `/v1/directory/${user}/working-terms`, { ...terms, calendar });
    expect((await put('u-TL', '24x7')).status).toBe(200);
    test.service.clock.set(night());
    const [own, common] = [await queue({ to: 'u-TL', rung: null }), await queue({ to: 'u-SM', rung: null })];
    await runAt(night());
    expect([(await stateOf(own)).state, await stateOf(common)]).toEqual(['sent', { state: 'pending', at: tuesday() }]);
    await put('u-TL', null);
    const again = await queue({ to: 'u-TL', rung: null });
    await runAt(night());
    expect(await stateOf(again)).toEqual({ state: 'pending', at: tuesday() });
    await runAt(tuesday());
  });

  it('end with the work: what was held is dropped with the reason (E8)', async () => {
    test.service.clock.set(night());
    const held = await queue({ to: await ownerOf('HP01') });
    await runAt(night());
    await command({ type: 'completeTask', task: 'HP01' });
    await runAt(tuesday());
    expect((await stateOf(held)).state).toBe('dropped:closed');
  });

  it('do not bring a message to somebody whose work it is no more (E10)', async () => {
    test.service.clock.set(night());
    const held = await queue({ to: await ownerOf('HP01') });
    await runAt(night());
    await command({ type: 'reassignTask', task: 'HP01', to: 'u-SM', reason: 'Leave' });
    await runAt(tuesday());
    expect((await stateOf(held)).state).toBe('dropped:recipientChanged');
  });
});

describe('a storm', () => {
  it('of three messages stays three, of four becomes one that lists them (D7)', async () => {
    const three = await Promise.all([1, 2, 3].map(() => queue({ to: 'u-TL', rung: null })));
    await runAt(monday);
    expect(await Promise.all(three.map(async (id) => (await stateOf(id)).state))).toEqual(['sent', 'sent', 'sent']);
    const four = await Promise.all([1, 2, 3, 4].map(() => queue({ to: 'u-SM', rung: null })));
    const before = letters().length;
    await runAt(monday);
    expect(await Promise.all(four.map(async (id) => (await stateOf(id)).state))).toEqual(
      four.map(() => 'dropped:bundled'),
    );
    const [digest, ...others] = letters().filter(({ to, createdAt }) => to === 'u-SM' && createdAt >= monday);
    expect([letters().length - before, others]).toEqual([1, []]);
    expect(digest.title).toBe('4 messages about your work');
    expect(digest.text.split('\n')).toHaveLength(4);
    expect(digest.text).toContain('Task ');
  });

  it('that goes on is gathered until five minutes after its first message (D7)', async () => {
    await Promise.all([1, 2, 3].map(() => queue({ to: 'u-TL', rung: null })));
    await runAt(monday);
    test.service.clock.set(monday + 60);
    const more = [await queue({ to: 'u-TL', rung: null }), await queue({ to: 'u-TL', rung: null })];
    const urgent = await queue({ to: 'u-TL', rung: null, urgent: true });
    await runAt(monday + 60);
    expect(await Promise.all(more.map(stateOf))).toEqual(more.map(() => ({ state: 'pending', at: monday + 300 })));
    expect((await stateOf(urgent)).state).toBe('sent');
    await runAt(monday + 300);
    expect((await stateOf(more[0] ?? '')).state).toBe('dropped:bundled');
    expect(letters().filter(({ title }) => title === '2 messages about your work')).toHaveLength(1);
  });

  it('never bundles what goes to the customer (N13)', async () => {
    const letter = { to: 'customer', channel: 'letter', rung: null } as const;
    const five = await Promise.all([1, 2, 3, 4, 5].map(() => queue(letter)));
    await runAt(monday);
    expect(await Promise.all(five.map(async (id) => (await stateOf(id)).state))).toEqual(five.map(() => 'sent'));
  });
});

describe('a message that could not be sent at first', () => {
  it('is not tried again once the work is done (E8)', async () => {
    const to = await ownerOf('HP01');
    const [late, other] = [
      await queue({ to, urgent: true }),
      await queue({ to, urgent: true, item: 'case:', rung: null }),
    ];
    const again = test.service.clock.now() + 5;
    await test.service.organisation.database.batch([
      { sql: 'UPDATE outbox SET attempts = 1, not_before = ? WHERE id IN (?, ?)', args: [again, late, other] },
    ]);
    const { status, body } = await command({ type: 'completeTask', task: 'HP01' });
    expect(status, JSON.stringify(body)).toBe(200);
    await runAt(again);
    expect([(await stateOf(late)).state, (await stateOf(other)).state]).toEqual(['dropped:closed', 'sent']);
  });
});

describe('an inbox', () => {
  it('keeps its lines for ninety days (N10)', async () => {
    const id = await queue({ to: 'u-TL', channel: 'inApp', rung: null });
    const day = 24 * HOUR;
    const start = test.service.clock.now();
    const isThere = async () =>
      (await test.service.organisation.database.query('SELECT 1 FROM messages WHERE id = ?', [id])).length === 1;
    await runAt(start);
    await runAt(start + 90 * day);
    expect(await isThere()).toBe(true);
    await runAt(start + 90 * day + HOUR);
    expect(await isThere()).toBe(false);
  });
});

describe('a delivery told to stop', () => {
  it('ends with the message it is at; the others are sent by the next, each once', async () => {
    const { organisation, letterBox } = test.service;
    const ids = await Promise.all([1, 2, 3].map(() => queue({ to: 'u-TL', rung: null })));
    const states = async () => {
      const sql = `SELECT state, attempts, claimed_by FROM outbox WHERE id IN (${ids.map(() => '?').join(', ')}) ORDER BY state`;
      return (await organisation.database.query(sql, ids)).map((row) => Object.values(row));
    };
    const fail = (error: unknown) => {
      throw error;
    };
    const open = () => createDelivery(organisation, letterBox, deliveryConfigFrom({}), fail);
    const first = open();
    const { of } = first.channels;
    let stopped: Promise<void> | undefined;
    let sent = 0;
    first.channels.of = (channel) => ({
      ...of(channel),
      async send(one) {
        sent++;
        stopped = first.stop();
        return of(channel).send(one);
      },
    });
    await first.runOnce();
    await stopped;
    expect(sent).toBe(1);
    expect(await states()).toEqual([
      ['pending', 0, null],
      ['pending', 0, null],
      ['sent', 1, null],
    ]);
    expect(await open().runOnce()).toBe(2);
    expect(await states()).toEqual([1, 2, 3].map(() => ['sent', 1, null]));
  });
});
