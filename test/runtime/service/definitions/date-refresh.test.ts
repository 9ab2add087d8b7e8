import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { replayCase } from '../../../../runtime/service/audit/replay-case.ts';
import { loadDateRefresh, resumeDateRefreshes } from '../../../../runtime/service/definitions/date-refresh.ts';
import { answersFor, MONDAY, openTestService, type TestService } from '../support/service.ts';

const HOUR = 3600;
const DAY = 24 * HOUR;
/** Close of business, `days` after Monday 23 November 2026. */
const evening = (days: number) => MONDAY + days * DAY + 8 * HOUR;
const path = '/v1/drafts/main/documents/calendar/england-and-wales';

let test: TestService;
let caseId: string;

beforeAll(async () => {
  test = await openTestService();
  // HP01 within three working days: received on Monday it is due on Thursday.
  const { document, revision } = (await test.call('GET', '/v1/drafts/main/documents/task/HP01')).body;
  const sla = { ...document.sla, target: { value: 3, unit: 'workingDays' } };
  await test.call('PUT', '/v1/drafts/main/documents/task/HP01', { ...document, sla }, { 'if-match': `"${revision}"` });
  await publish();
  const answers = await answersFor(test.service, 'HP-01');
  const { body } = await test.call('POST', '/v1/enquiries', { workflow: 'HP', answers, customer: { name: 'Ada' } });
  caseId = body.caseId;
}, 60_000);
afterAll(() => test.close());

async function publish(): Promise<number> {
  const { status, body } = await test.call('POST', '/v1/releases', { note: 'Closed', acceptWarnings: true });
  expect(status, JSON.stringify(body)).toBe(201);
  return body.number;
}

async function save(...dates: string[]): Promise<void> {
  const { document, revision } = (await test.call('GET', path)).body;
  const closed = { ...document.closed, ...Object.fromEntries(dates.map((date) => [date, 'Closed'])) };
  const saved = await test.call('PUT', path, { ...document, closed }, { 'if-match': `"${revision}"` });
  expect(saved.status, JSON.stringify(saved.body)).toBe(200);
}

async function close(...dates: string[]): Promise<number> {
  await save(...dates);
  return publish();
}

async function untilDone(release: number): Promise<void> {
  await expect.poll(async () => (await test.call('GET', `/v1/releases/${release}/dates`)).body.state).toBe('done');
}

async function dueAt(): Promise<number> {
  const [row] = await test.service.organisation.database.query(
    "SELECT due_at FROM case_tasks WHERE case_id = ? AND id = 'HP01'",
    [caseId],
  );
  return Number(row?.['due_at']);
}

async function reckonings(): Promise<{ type: string; actor: string; payload: Record<string, unknown> }[]> {
  const { body } = await test.call('GET', `/v1/cases/${caseId}/events?limit=200`);
  return body.events.filter(({ type }: { type: string }) => type === 'datesReckoned');
}

describe('a closing day that is published while cases are open', () => {
  it('moves no date that hangs on the past (T3)', async () => {
    expect(await dueAt()).toBe(evening(3));
    test.service.clock.set(MONDAY + 2 * DAY);
    // Tuesday was counted as a working day, and stays counted; Friday comes after the date.
    await untilDone(await close('2026-11-24', '2026-11-27'));
    expect([await dueAt(), await reckonings()]).toEqual([evening(3), []]);
  });

  it('moves what lies ahead at once, with a line in the history by whoever published (T14)', async () => {
    // Thursday closes, Friday is closed already: Monday, from the publication on and not from the draft.
    await save('2026-11-26');
    test.service.clock.set(MONDAY + 2 * DAY + 30);
    await test.service.ticker.runOnce();
    expect([await dueAt(), await reckonings()]).toEqual([evening(3), []]);
    await untilDone(await publish());
    expect(await dueAt()).toBe(evening(7));
    const [told, ...more] = await reckonings();
    expect([told?.actor, more]).toEqual(['u-administrator', []]);
    expect(told?.payload['dates']).toContainEqual({ of: 'task:HP01', which: 'due', from: evening(3), to: evening(7) });
    const { body } = await test.call('GET', `/v1/cases/${caseId}/timeline`);
    const texts = body.entries.map(({ text }: { text: string }) => text).join('\n');
    expect(texts).toMatch(/calendar england-and-wales was published anew: .*is due Mon 30 Nov 2026, 17:00/);
    const { body: list } = await test.call('GET', '/v1/worklist?view=all');
    const item = list.items.find((one: { task: { id: string } }) => one.task.id === 'HP01');
    expect(item.task.dueAt).toBe(evening(7));
    expect((await replayCase(test.service.organisation.database, caseId))?.differs).toEqual([]);
  });

  it('is finished after a kill, once: a job that had begun goes on at the start', async () => {
    const { database } = test.service.organisation;
    const newest = (await test.service.organisation.releases.newestNumber()) ?? 0;
    const [calendar] = await database.query(
      "SELECT json FROM calendars WHERE key = 'england-and-wales' ORDER BY published_at DESC LIMIT 1",
    );
    const content = JSON.parse(String(calendar?.['json']));
    content.closed['2026-11-30'] = 'Closed';
    // As a publication leaves the database when the process is killed right after it.
    await database.batch([
      {
        sql: 'INSERT INTO calendars (key, published_at, json) VALUES (?, ?, ?)',
        args: ['england-and-wales', MONDAY + 2 * DAY + 60, JSON.stringify(content)],
      },
      {
        sql: "INSERT INTO date_refreshes VALUES (?, '[\"england-and-wales\"]', 'running', 'u-administrator', ?, NULL)",
        args: [newest + 1, MONDAY + 2 * DAY + 60],
      },
    ]);
    test.service.organisation.refresh();
    test.service.clock.set(MONDAY + 2 * DAY + 120);
    await Promise.all([resumeDateRefreshes(test.service.organisation), resumeDateRefreshes(test.service.organisation)]);
    expect((await loadDateRefresh(test.service.organisation, newest + 1))?.state).toBe('done');
    expect([await dueAt(), (await reckonings()).length]).toEqual([evening(8), 2]);
    await resumeDateRefreshes(test.service.organisation);
    expect(await reckonings()).toHaveLength(2);
    expect((await replayCase(database, caseId))?.differs).toEqual([]);
  });

  it('is no job where no calendar changed', async () => {
    expect((await test.call('GET', '/v1/releases/1/dates')).status).toBe(404);
  });
});
