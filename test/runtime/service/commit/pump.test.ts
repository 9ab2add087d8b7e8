import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Pump, startPump, type Work } from '../../../../runtime/service/commit/pump.ts';
import type { Database } from '../../../../runtime/service/db/database.ts';
import { openTestDatabase } from '../support/database.ts';

let database: Database;
let pump: Pump;
let remove: () => Promise<void>;

beforeEach(async () => {
  ({ database, remove } = await openTestDatabase());
  pump = startPump(database);
});
afterEach(async () => {
  await pump.close();
  await remove();
});

function work(id: string, order: string[], isPatient = false): Work {
  return {
    id,
    key: id,
    actor: 'a',
    type: 't',
    requestHash: '',
    streams: [id],
    isPatient,
    recordedAt: 1,
    decide() {
      order.push(id);
      return { moves: [{ stream: id, kind: 'case', by: 1 }], events: [], rows: [], response: id };
    },
  };
}

describe('the pump', () => {
  it('lets people go before what only time asked for, and forgets nothing of it', async () => {
    const order: string[] = [];
    const patient = Array.from({ length: 600 }, (_, n) => pump.submit(work(`late-${n}`, order, true)));
    // The first group is on its way when somebody asks.
    await new Promise((resolve) => setTimeout(resolve, 5));
    const asked = await pump.submit(work('asked', order));
    expect(asked.response).toBe('asked');
    expect(order.indexOf('asked')).toBeLessThan(300);
    const answers = await Promise.all(patient);
    expect(answers.map(({ response }) => response)).toEqual(patient.map((_, n) => `late-${n}`));
    expect(order.filter((id) => id !== 'asked')).toEqual(patient.map((_, n) => `late-${n}`));
    expect(new Set(order).size).toBe(601);
  });

  it('lets the first who come after a large group wait a moment for the others who were just answered', async () => {
    const order: string[] = [];
    const all = (name: string, count: number) =>
      Promise.all(Array.from({ length: count }, (_, n) => pump.submit(work(`${name}-${n}`, order))));
    await all('first', 40);
    expect(pump.counts.groups).toBe(1);
    const back = [all('early', 1)];
    for (let turn = 0; turn < 3; turn++) await new Promise((resolve) => setImmediate(resolve));
    back.push(all('late', 20));
    await Promise.all(back);
    expect(pump.counts.groups).toBe(2);
    // Nobody else comes: one alone is not kept waiting for good.
    await all('alone', 1);
    expect(pump.counts.groups).toBe(3);
  });

  it('decides a full group while the one before is written, and nothing that depends on that one', async () => {
    const order: string[] = [];
    let release = () => {};
    const gate = new Promise<void>((resolve) => {
      release = resolve;
    });
    let batches = 0;
    const slow: Database = {
      ...database,
      async batch(statements) {
        batches++;
        await gate;
        return database.batch(statements);
      },
    };
    const own = startPump(slow);
    const streams = Array.from({ length: 700 }, (_, n) => `s-${n}`);
    const [first, ...others] = streams.map((id) => own.submit(work(id, order)));
    // Of the stream of the first, which is on its way, and of one that comes after this in its own group.
    const again = own.submit({ ...work('s-0', order), id: 'again', key: 'again', streams: ['s-0', 's-699'] });
    while (batches < 2) await new Promise((resolve) => setTimeout(resolve, 5));
    expect(batches).toBe(2);
    const decided = order.length;
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(order.length, 'a third group waits').toBe(decided);
    release();
    expect((await first)?.response).toBe('s-0');
    await Promise.all(others);
    expect((await again).response).toBe('s-0');
    expect(order).toEqual([...streams, 's-0']);
    const rows = await database.query("SELECT revision FROM streams WHERE id = 's-0'");
    expect(Number(rows[0]?.revision)).toBe(2);
    await own.close();
  });

  it('keeps the order of one stream when a part of it is on its way', async () => {
    const order: string[] = [];
    const steps = Array.from({ length: 900 }, (_, n) =>
      pump.submit({
        ...work(`c-${n % 3}`, order),
        id: `step-${n}`,
        key: `step-${n}`,
        decide(view) {
          order.push(`${n % 3}:${view.revision(`c-${n % 3}`)}`);
          return { moves: [{ stream: `c-${n % 3}`, kind: 'case', by: 1 }], events: [], rows: [], response: n };
        },
      }),
    );
    const answers = await Promise.all(steps);
    expect(answers.map(({ response }) => response)).toEqual(steps.map((_, n) => n));
    expect(order).toEqual(steps.map((_, n) => `${n % 3}:${Math.floor(n / 3)}`));
  });
});
