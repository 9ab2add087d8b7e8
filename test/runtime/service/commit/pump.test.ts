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
});
