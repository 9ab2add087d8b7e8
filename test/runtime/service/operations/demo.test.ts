import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { replay, type TaskRow, toCaseRow, toTaskRows } from '../../../../runtime/engine/index.ts';
import { makeDemo } from '../../../../runtime/service/operations/demo.ts';
import type { CaseEvent } from '../../../../schemas/case-event.ts';
import { openTestService, type TestService } from '../support/service.ts';

interface CaseSummary extends Record<string, unknown> {
  id: string;
  isSample: boolean;
  workflow: string;
}

let test: TestService;
let cases: CaseSummary[];

beforeAll(async () => {
  test = await openTestService();
  await makeDemo(test.service, () => {});
  cases = (await test.call('GET', '/v1/cases?limit=200')).body.cases;
}, 120_000);

afterAll(async () => {
  await test?.close();
});

/** The state that the events served by the API make of a case. */
async function replayed(id: string) {
  const { body } = await test.call('GET', `/v1/cases/${id}/events`);
  const events = body.events as (CaseEvent & { hash: string })[];
  expect(events.map(({ seq }) => seq)).toEqual(events.map((_, at) => at + 1));
  return replay(events.map(({ hash: _, ...event }) => event as CaseEvent));
}

/** What both know, of the one as of the other. */
function common(served: Readonly<Record<string, unknown>>, row: object): [object, object] {
  const known = Object.keys(served).filter((name) => Object.hasOwn(row, name));
  const pick = (from: Readonly<Record<string, unknown>>) => Object.fromEntries(known.map((name) => [name, from[name]]));
  return [pick(served), pick(row as Record<string, unknown>)];
}

describe('the sample cases', () => {
  it('are several, of different workflows and ages, and every one says that it is a sample', () => {
    expect(cases.length).toBeGreaterThanOrEqual(10);
    expect(cases.every((row) => row.isSample)).toBe(true);
    expect(new Set(cases.map((row) => row.workflow)).size).toBeGreaterThan(4);
    expect(new Set(cases.map((row) => row['receivedAt'])).size).toBe(cases.length);
  });

  it('replayed from their events equal their rows, each and every one', async () => {
    for (const row of cases) {
      const [served, wanted] = common(row, toCaseRow(await replayed(row.id)));
      expect(Object.keys(served)).toEqual(expect.arrayContaining(['status', 'slaState', 'owner', 'dueAt', 'wakeAt']));
      expect({ id: row.id, ...served }).toEqual({ id: row.id, ...wanted });
    }
  });

  it('replayed from their events have the tasks that their pages and the worklist show', async () => {
    const { body } = await test.call('GET', '/v1/worklist?view=all&limit=200');
    const items = body.items as { caseId: string; task: Record<string, unknown> }[];
    let open = 0;
    for (const { id } of cases) {
      const tasks = toTaskRows(await replayed(id));
      const page = (await test.call('GET', `/v1/cases/${id}`)).body;
      expect(page.tasks).toEqual(JSON.parse(JSON.stringify(tasks)));
      const shown = items.filter((item) => item.caseId === id);
      open += shown.length;
      expect(shown.map(({ task }) => task['id']).sort()).toEqual(openTasks(tasks).sort());
      for (const { task } of shown) {
        const [served, wanted] = common(task, tasks.find((one) => one.id === task['id']) ?? {});
        expect({ id, ...served }).toEqual({ id, ...wanted });
      }
    }
    expect(open).toBe(items.length);
    expect(open).toBeGreaterThan(5);
  });
});

function openTasks(tasks: readonly TaskRow[]): string[] {
  return tasks.filter(({ state }) => ['ready', 'inProgress', 'onHold'].includes(state)).map(({ id }) => id);
}
