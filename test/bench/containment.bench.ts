// Prints the cost of the containment proof of a 30-task workflow over every start day of a year beside its limit, and beside planning each of those
// starts by dates in the same run (T10). Run: npx tsx test/bench/containment.bench.ts
import { epochDayOf } from '../../runtime/engine/calendar/dates.ts';
import { compileCalendars, shippedBankHolidays, sweepStarts } from '../../runtime/engine/index.ts';
import { proveContainment } from '../../runtime/engine/plan/containment.ts';
import type { Target } from '../../schemas/period.ts';
import type { Lag, WorkflowDocument } from '../../schemas/workflow.ts';
import { alteredHousing } from '../support/configuration.ts';

const TASKS = 30;
const LIMIT_MS = 50;
const ROUNDS = 15;

const configuration = alteredHousing((copy) => {
  const workflow = copy.workflow['HP'];
  if (workflow) Object.assign(workflow, drawn(Object.keys(copy.task)));
});
const calendars = compileCalendars(configuration, shippedBankHolidays);
const workflow = configuration.workflow['HP'] as WorkflowDocument;
const span = { first: epochDayOf('2027-01-01'), days: 365 };
const proof = proveContainment(configuration, workflow, calendars, span);
const taken = milliseconds(() => proveContainment(configuration, workflow, calendars, span));
const byDates = milliseconds(() => sweepStarts(configuration, 'HP', 2027, calendars));
const clocks = Object.keys(proof?.clocks ?? {}).length;
console.log(
  `${TASKS} tasks, ${proof?.starts} starts, the case SLA and ${clocks} statutory clocks: ${taken.toFixed(1)} ms, ${(taken / LIMIT_MS).toFixed(2)} of the limit of ${LIMIT_MS} ms, ${(taken / byDates).toFixed(1)} times the ${byDates.toFixed(1)} ms of a sweep by dates alone`,
);
if (taken > LIMIT_MS) process.exitCode = 1;

/** A ladder of tasks with cross links, lags of both kinds and targets of every unit. */
function drawn(tasks: readonly string[]): Pick<WorkflowDocument, 'nodes' | 'links' | 'clocks'> {
  const targets: Target[] = [
    { value: 2, unit: 'workingDays' },
    { value: 3, unit: 'calendarDays', dueAt: 'endOfDay' },
    { value: 6, unit: 'hours', calendar: 'england-and-wales' },
    { value: 1, unit: 'weeks', roll: 'nextWorkingDay' },
    { value: 48, unit: 'hours', calendar: 'always' },
  ];
  const lags: Lag[] = [
    { value: 1, unit: 'workingDays', basis: 'working' },
    { value: 24, unit: 'hours', basis: 'elapsed' },
  ];
  const nodes: WorkflowDocument['nodes'] = {};
  const links: WorkflowDocument['links'] = {};
  for (let i = 0; i < TASKS; i++) {
    const key = `N${i}`;
    const target = targets[i % targets.length] as Target;
    const sla = {
      target: target.calendar === 'always' ? { value: 48, unit: 'hours' as const } : target,
      pausable: true,
    };
    nodes[key] = {
      order: i,
      type: 'task',
      task: tasks[i] ?? '',
      activation: 'automatic',
      mandatory: true,
      sla,
    } as never;
    for (const [at, back] of [1, 3].entries()) {
      if (i < back || (back === 3 && i % 2)) continue;
      const lag = lags[(i + at) % 4];
      links[`${i}-${back}`] = { order: i * 2 + at, from: `N${i - back}`, to: key, type: 'FS', ...(lag ? { lag } : {}) };
    }
  }
  const clock = (order: number, from: string, node: string, days: number) => ({
    order,
    anchor: { completionOf: [from] },
    period: { value: days, unit: 'calendarDays' as const, dayOne: 'same' as const, dueAt: 'endOfDay' as const },
    mustContain: [node],
    onEnd: 'breach',
    source: 'bench',
  });
  return { nodes, links, clocks: { A: clock(0, 'N2', 'N20', 200), B: clock(1, 'N5', 'N29', 200) } };
}

/** Middle of some runs in processor time, so that what else runs on the machine counts little. */
function milliseconds(work: () => unknown): number {
  const times = Array.from({ length: ROUNDS }, () => {
    const before = process.cpuUsage().user;
    work();
    return (process.cpuUsage().user - before) / 1000;
  });
  return times.sort((a, b) => a - b)[ROUNDS >> 1] ?? Number.NaN;
}
