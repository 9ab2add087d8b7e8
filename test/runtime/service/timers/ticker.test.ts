import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readEvents } from '../../../../runtime/service/cases/read-case.ts';
import { startPump } from '../../../../runtime/service/commit/pump.ts';
import type { Database } from '../../../../runtime/service/db/database.ts';
import { createTicker, nextWake } from '../../../../runtime/service/timers/ticker.ts';
import type { CaseEvent } from '../../../../schemas/case-event.ts';
import { answersFor, MONDAY, openTestService, type TestService } from '../support/service.ts';

const DAY = 86_400;
let test: TestService;
let caseId: string;

beforeAll(async () => {
  test = await openTestService();
  caseId = await launch();
}, 60_000);
afterAll(() => test.close());

async function launch(): Promise<string> {
  const answers = await answersFor(test.service, 'HP-01');
  const { body } = await test.call('POST', '/v1/enquiries', { workflow: 'HP', answers, customer: { name: 'Ada' } });
  return body.caseId;
}

async function eventsOf<T extends CaseEvent['type']>(type: T) {
  const events = (await readEvents(test.service.organisation, caseId)) as unknown as CaseEvent[];
  return events.filter((event): event is Extract<CaseEvent, { type: T }> => event.type === type);
}

describe('the ticker after a downtime of three weeks', () => {
  beforeAll(async () => {
    test.service.clock.set(MONDAY + 21 * DAY);
    await test.service.ticker.runOnce();
  }, 60_000);

  it('records facts with their true times, in order, and says when they were recorded (C4, D4)', async () => {
    const facts = [...(await eventsOf('slaAmber')), ...(await eventsOf('slaBreached'))].sort((a, b) => a.seq - b.seq);
    expect(facts.length).toBeGreaterThan(1);
    for (const fact of facts) {
      expect(fact.effectiveAt).toBeLessThan(MONDAY + 21 * DAY);
      expect(fact.recordedAt).toBe(MONDAY + 21 * DAY);
    }
    const times = facts.map(({ effectiveAt }) => effectiveAt);
    expect(times).toEqual([...times].sort((a, b) => a - b));
  });

  it('sends one message a person, item and channel: the highest rung, which lists the earlier ones (D4)', async () => {
    const messages = (await eventsOf('messageQueued')).map(({ payload }) => payload);
    const keys = messages.filter(({ firing }) => firing).map(({ to, item, channel }) => `${to} ${item} ${channel}`);
    expect(keys.length).toBeGreaterThan(0);
    expect(keys).toEqual([...new Set(keys)]);
    const lists = messages.map(({ variables }) => (variables['earlier'] as unknown[]).length);
    expect(Math.max(...lists)).toBeGreaterThan(0);
  });

  it('adds nothing in a second run, and wakes next for something that lies ahead (D1, D4)', async () => {
    const before = await readEvents(test.service.organisation, caseId);
    await test.service.ticker.runOnce();
    expect(await readEvents(test.service.organisation, caseId)).toEqual(before);
    expect(await nextWake(test.service.organisation)).toBeGreaterThan(MONDAY + 21 * DAY);
  });
});

describe('two tickers', () => {
  it('that wake the same case record every fact once (D5)', async () => {
    const { organisation } = test.service;
    caseId = await launch();
    test.service.clock.set(MONDAY + 42 * DAY);
    const other = createTicker(organisation, (error) => {
      throw error;
    });
    await Promise.all([test.service.ticker.runOnce(), other.runOnce()]);
    const fired = (await eventsOf('rungFired')).map(({ payload }) => payload.firing);
    expect(fired.length).toBeGreaterThan(1);
    expect(fired).toEqual([...new Set(fired)]);
    const breached = (await eventsOf('slaBreached')).map(({ payload }) => `${payload.item} ${payload.clock}`);
    expect(breached).toEqual([...new Set(breached)]);
  });
});

describe('two workers that do not know of each other', () => {
  it('give one firing and one set of messages: the insert decides who fires (E15)', async () => {
    const { organisation } = test.service;
    caseId = await launch();
    test.service.clock.set(organisation.clock.now() + 42 * DAY);
    let decide = (): void => undefined;
    let write = (): void => undefined;
    const decided = new Promise<void>((resolve) => {
      decide = resolve;
    });
    const written = new Promise<void>((resolve) => {
      write = resolve;
    });
    // The stranger decides first and writes last.
    const late: Database = {
      ...organisation.database,
      async batch(...given) {
        decide();
        await written;
        return organisation.database.batch(...given);
      },
    };
    const stranger = { ...organisation, pump: startPump(late) };
    const other = createTicker(stranger, (error) => {
      throw error;
    });
    const theirs = other.runOnce();
    await decided;
    await test.service.ticker.runOnce();
    write();
    await theirs;
    // They met: what the stranger had decided was dropped and looked at again.
    expect(stranger.pump.counts.conflicts).toBeGreaterThan(0);
    const fired = (await eventsOf('rungFired')).map(({ payload }) => payload.firing);
    expect(fired.length).toBeGreaterThan(1);
    expect(fired).toEqual([...new Set(fired)]);
    const rows = await organisation.database.query(
      'SELECT recipient, channel, idempotency_key FROM outbox WHERE case_id = ?',
      [caseId],
    );
    const queued = (await eventsOf('messageQueued')).length;
    expect([queued, new Set(rows.map((row) => row['idempotency_key'])).size]).toEqual([rows.length, rows.length]);
    await stranger.pump.close();
  });
});

describe('a ticker told to stop', () => {
  it('leaves what is still due to the next start', async () => {
    const { organisation } = test.service;
    let asked = 0;
    // Cases fall due faster than they are woken.
    const database: Database = {
      ...organisation.database,
      async query(sql, args) {
        if (!sql.startsWith('SELECT id FROM cases WHERE wake_at')) return organisation.database.query(sql, args);
        await new Promise((resolve) => setImmediate(resolve));
        return [{ id: `due-${asked++}` }];
      },
    };
    const ticker = createTicker({ ...organisation, database }, () => {});
    const turn = ticker.runOnce();
    while (asked < 3) await new Promise((resolve) => setImmediate(resolve));
    await ticker.stop();
    await turn;
    expect(asked).toBeLessThanOrEqual(5);
  });
});
