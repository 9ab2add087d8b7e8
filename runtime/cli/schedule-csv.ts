import { minuteOfDateTime, officePlanCalendars, type PlanTable, readPlanTable } from '../engine/index.ts';
import { UsageError } from './io.ts';
import { asUsage } from './mspdi.ts';
import { scheduleNetwork, schedulePlanVector, type VectorResult } from './schedule-vectors.ts';

/** Without dates a day is a working day of a table: eight hours. */
const MINUTES_PER_DAY = 480;

/** The schedule of a CSV table: in dates where a start is given, else in days from launch. */
export async function scheduleCsv(text: string, path: string, start: string | undefined): Promise<VectorResult> {
  const table = await asUsage(readPlanTable(text, path));
  const names = Object.fromEntries(table.tasks.map(({ id, name }) => [id, name ?? id]));
  const result = start === undefined ? scheduleInDays(table) : scheduleInDates(table, start);
  const findings = [...table.findings, ...(Array.isArray(result['findings']) ? result['findings'] : [])];
  return { ...result, names, ...(findings.length > 0 ? { findings } : {}) };
}

function scheduleInDates({ tasks, links }: PlanTable, start: string): VectorResult {
  return schedulePlanVector({
    projectStart: start.length === 10 ? `${start}T09:00` : checkStart(start),
    defaultCalendar: officePlanCalendars[0]?.id ?? '',
    calendars: officePlanCalendars,
    tasks,
    links,
  });
}

function checkStart(start: string): string {
  try {
    minuteOfDateTime(start);
    return start;
  } catch (cause) {
    throw new UsageError(`--start ${start} is no date; write YYYY-MM-DD or YYYY-MM-DDTHH:MM`, { cause });
  }
}

/** Without a start there are no dates: working days from launch; dated constraints and elapsed time need `--start`. */
function scheduleInDays({ tasks, links }: PlanTable): VectorResult {
  const dated = tasks.some((task) => task.constraint != null || task.deadline != null || task.elapsed === true);
  if (dated || links.some((link) => link.elapsed === true)) {
    throw new UsageError('this table has dates or elapsed time: give the start with --start YYYY-MM-DD');
  }
  return scheduleNetwork(
    tasks.map(({ id, durationMinutes }) => ({ id, duration: durationMinutes / MINUTES_PER_DAY })),
    links.map(({ from, to, type, lagMinutes }) => ({ from, to, type, lag: lagMinutes / MINUTES_PER_DAY })),
  );
}
