import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { caseSnapshots } from '../../../../runtime/service/cases/case-snapshots.ts';
import { answersFor, MONDAY, openTestService, type TestService } from '../support/service.ts';

const HOUR = 3600;
const DAY = 24 * HOUR;
let test: TestService;
let met: string;
let missed: string;

// HP01 has one working day: what begins on Monday at 9:00 is due on Tuesday at 17:00.
beforeAll(async () => {
  test = await openTestService();
  const waits = await launch();
  const endsPaused = await launch();
  met = await launch();
  missed = await launch();
  await at(MONDAY + HOUR, () => finish(met));
  await at(MONDAY + 2 * HOUR, async () => {
    const hold = { reason: 'awaiting-applicant', reviewOn: '2026-11-27' };
    await send(waits, { type: 'holdTask', task: 'HP01', ...hold });
    await send(endsPaused, { type: 'holdCase', ...hold });
  });
  await at(MONDAY + DAY + 2 * HOUR, async () => {
    await send(waits, { type: 'resumeTask', task: 'HP01' });
    await finish(waits);
  });
  await at(MONDAY + 2 * DAY, () => finish(endsPaused));
  await at(MONDAY + 3 * DAY, () => test.service.ticker.runOnce());
}, 60_000);
afterAll(() => test.close());

async function launch(): Promise<string> {
  const answers = await answersFor(test.service, 'HP-01');
  const body = { workflow: 'HP', answers, customer: { name: 'Ada Sample' } };
  return (await test.call('POST', '/v1/enquiries', body)).body.caseId;
}

async function at(instant: number, act: () => Promise<unknown>): Promise<void> {
  test.service.clock.set(instant);
  await act();
}

async function send(id: string, command: { type: string } & Record<string, unknown>) {
  const reply = await test.call('POST', `/v1/cases/${id}/commands`, { command });
  expect(reply.status, JSON.stringify(reply.body).slice(0, 400)).toBe(200);
}

async function finish(id: string): Promise<void> {
  await send(id, { type: 'completeTask', task: 'HP01' });
}

const report = async (query: string) => {
  const reply = await test.call('GET', `/v1/reports/${query}`);
  expect(reply.status, JSON.stringify(reply.body).slice(0, 300)).toBe(200);
  return reply.body;
};

describe('the report of SLA compliance (W9)', () => {
  it('counts what was met and exceeded, paused time by reason, and work completed while paused', async () => {
    const { groups } = await report('sla?by=task');
    const first = groups.find(({ key }: { key: string }) => key === 'HP/HP01');
    // The task was held for a day; the case of another for two days less two hours until the work was done all the same.
    expect(first).toEqual({
      key: 'HP/HP01',
      title: expect.stringMatching(/\w/),
      met: 3,
      exceeded: 1,
      amber: 0,
      onTrack: 0,
      completedWhilePaused: 1,
      paused: { 'awaiting-applicant': 24 * HOUR, 'case-hold': 46 * HOUR },
    });
  });

  it('counts a target on the day it was settled: its end in time, or the deadline that passed', async () => {
    const on = async (day: string) => {
      const { items } = await report(`sla/items?by=task&group=HP/HP01&from=${day}&to=${day}`);
      return items.map((one: { standing: string; on: string }) => `${one.on} ${one.standing}`).sort();
    };
    expect(await on('2026-11-23')).toEqual(['2026-11-23 met']);
    expect(await on('2026-11-24')).toEqual(['2026-11-24 exceeded', '2026-11-24 met']);
    expect(await on('2026-11-25')).toEqual(['2026-11-25 met']);
    expect(await on('2026-11-26')).toEqual([]);
  });

  it('leads from a number to its cases, and to those only that the caller may see', async () => {
    const found = await report('sla/items?by=task&group=HP/HP01&standing=exceeded');
    expect(found.items.map((one: { id: string; item: string }) => [one.id, one.item])).toEqual([[missed, 'task:HP01']]);
    await test.service.organisation.database.batch([
      { sql: 'UPDATE cases SET private = 1, owner = NULL, owner_group = NULL WHERE id = ?', args: [missed] },
    ]);
    test.service.organisation.pump.forget(caseSnapshots, missed);
    const reader = { authorization: `Bearer ${await test.keyFor('reader')}` };
    const path = '/v1/reports/sla/items?by=task&group=HP/HP01&standing=exceeded';
    const seen = (await test.call('GET', path, undefined, reader)).body;
    expect([seen.total, seen.items]).toEqual([1, []]);
  });

  it('filters by workflow and team, and tells cases from tasks', async () => {
    expect((await report('sla?workflow=HR')).groups).toEqual([]);
    expect((await report('sla?team=nobody')).groups).toEqual([]);
    // Four cases of twelve weeks, three days old.
    const { total } = await report('sla?of=case');
    expect([total.met, total.exceeded, total.amber, total.onTrack]).toEqual([0, 0, 0, 4]);
    const { total: all, months } = await report('sla?by=task');
    expect(months.map(({ key }: { key: string }) => key)).toEqual(['2026-11']);
    expect(months[0]).toEqual({ key: '2026-11', ...all });
  });

  it('writes the table with its filter and the time in the file (W8)', async () => {
    const text: string = await report('sla.csv?by=task&workflow=HP&from=2026-11-23&to=2026-11-25');
    const lines = text.split('\r\n');
    expect(lines[0]).toBe('SLA compliance,targets of tasks by task; workflow HP; from 2026-11-23; to 2026-11-25');
    expect(lines[1]).toBe('Written at,2026-11-26T09:00:00.000Z');
    expect(lines[4]).toMatch(/^HP\/HP01,.*,3,1,0,0,1,75\.0,24\.0,46\.0$/);
  });

  it('refuses a date that is none', async () => {
    expect((await test.call('GET', '/v1/reports/sla?from=yesterday')).status).toBe(422);
  });
});
