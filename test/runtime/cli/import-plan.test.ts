import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readConfigurationFolder } from '../../../runtime/cli/configuration-folder.ts';
import { run } from '../../../runtime/cli/import.ts';
import { type Io, processIo } from '../../../runtime/cli/io.ts';
import {
  checkConfiguration,
  compileCalendars,
  planWorkflow,
  shippedBankHolidays,
} from '../../../runtime/engine/index.ts';

let folder = '';
const quiet: Io = { ...processIo, print: () => {}, say: () => {} };

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lintel-import-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function importText(
  name: string,
  format: string,
  text: string,
): Promise<ReturnType<typeof readConfigurationFolder>> {
  writeFileSync(join(folder, name), text);
  expect(await run([join(folder, 'out'), '--from', format, join(folder, name)], quiet)).toBe(0);
  return readConfigurationFolder(join(folder, 'out'));
}

const table = ['ID,Name,Duration,Predecessors', '1,Survey,3d,', '2,Order parts,5d,1FS+2d', '3,Fit,1d,2'].join('\n');

describe('importing a planner’s table', () => {
  it('makes a workflow that checks without errors and plans to the dates counted by hand', async () => {
    const { configuration, findings } = await importText('kitchen.csv', 'csv', table);
    expect(findings).toEqual([]);
    expect(
      checkConfiguration(configuration, { from: '2026-11-21' }).filter(({ severity }) => severity === 'error'),
    ).toEqual([]);
    // From Mon 30 Nov 2026: survey to Thu 3 Dec, two days' lag to Mon 7 Dec, parts to Mon 14 Dec, fitted Tue 15 Dec.
    const planned = planWorkflow(
      configuration,
      'kitchen',
      '2026-11-30',
      compileCalendars(configuration, shippedBankHolidays),
    );
    expect(planned).toMatchObject({
      ok: true,
      plan: { finish: '2026-12-15', criticalPath: ['kitchen-01', 'kitchen-02', 'kitchen-03'] },
    });
  });

  it('keeps the names of the tasks', async () => {
    const { configuration } = await importText('kitchen.csv', 'csv', table);
    expect(Object.values(configuration.task).map(({ title }) => title)).toEqual(['Survey', 'Order parts', 'Fit']);
  });
});

describe('importing MS Project XML', () => {
  const task = (uid: number, name: string, hours: number, link = '') =>
    `<Task><UID>${uid}</UID><ID>${uid}</ID><Name>${name}</Name><OutlineLevel>1</OutlineLevel><Duration>PT${hours}H0M0S</Duration>${link}</Task>`;
  const xml = `<?xml version="1.0"?><Project xmlns="http://schemas.microsoft.com/project"><StartDate>2026-11-30T08:00:00</StartDate><CalendarUID>1</CalendarUID><Tasks>${task(1, 'Dig', 16)}${task(2, 'Pour', 8, '<PredecessorLink><PredecessorUID>1</PredecessorUID><Type>1</Type></PredecessorLink>')}</Tasks></Project>`;

  it('makes tasks, links and the calendar they run on', async () => {
    const { configuration, findings } = await importText('yard.xml', 'mspdi', xml);
    expect(findings).toEqual([]);
    const workflow = configuration.workflow['yard'];
    expect(Object.values(workflow?.links ?? {})).toMatchObject([{ from: 'yard-01', to: 'yard-02', type: 'FS' }]);
    expect(configuration.task['yard-01']).toMatchObject({
      title: 'Dig',
      sla: { target: { value: 2, unit: 'workingDays' } },
    });
  });
});
