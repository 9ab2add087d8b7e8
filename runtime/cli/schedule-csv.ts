import papaparse from 'papaparse';
import { minuteOfDateTime, type PlanCalendar, type PlanRow, type PlanTable, readPlanRows } from '../engine/index.ts';
import { UsageError } from './io.ts';
import { scheduleNetwork, schedulePlanVector, type VectorResult } from './schedule-vectors.ts';

/** A planner's table names no calendar: office hours of eight hours, five days a week. */
const lengths = { minutesPerDay: 480, minutesPerWeek: 2400, minutesPerMonth: 9600 };
const office: PlanCalendar = {
  id: 'office',
  week: {
    mon: [['09:00', '17:00']],
    tue: [['09:00', '17:00']],
    wed: [['09:00', '17:00']],
    thu: [['09:00', '17:00']],
    fri: [['09:00', '17:00']],
  },
};
const always: PlanCalendar = {
  id: '24x7',
  week: Object.fromEntries(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'].map((day) => [day, [['00:00', '24:00']]])),
};

/** The calendars a table's tasks may run on; the first is the default. */
export const officePlanCalendars: readonly PlanCalendar[] = [office, always];

/** Reads a planner's CSV table. Throws UsageError when it has no header with an ID or a name, and a duration. */
export function readCsvPlan(text: string, path: string): PlanTable {
  const { data, meta } = papaparse.parse<PlanRow>(text.trimStart(), { header: true, skipEmptyLines: 'greedy' });
  const columns = (meta.fields ?? []).map((name) => name.toLowerCase().replace(/[^a-z]/g, ''));
  if (!columns.some((name) => name.startsWith('duration') || name === 'days')) {
    throw new UsageError(
      `${path} is neither JSON, XML nor a table: the first line needs the columns ID, Duration and Predecessors`,
    );
  }
  return readPlanRows(data, lengths);
}

/** The schedule of a CSV table: in dates where a start is given, else in days from launch. */
export function scheduleCsv(text: string, path: string, start: string | undefined): VectorResult {
  const table = readCsvPlan(text, path);
  const names = Object.fromEntries(table.tasks.map(({ id, name }) => [id, name ?? id]));
  const result = start === undefined ? scheduleInDays(table) : scheduleInDates(table, start);
  const findings = [...table.findings, ...(Array.isArray(result['findings']) ? result['findings'] : [])];
  return { ...result, names, ...(findings.length > 0 ? { findings } : {}) };
}

function scheduleInDates({ tasks, links }: PlanTable, start: string): VectorResult {
  return schedulePlanVector({
    projectStart: start.length === 10 ? `${start}T09:00` : checkStart(start),
    defaultCalendar: office.id,
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
    tasks.map(({ id, durationMinutes }) => ({ id, duration: durationMinutes / lengths.minutesPerDay })),
    links.map(({ from, to, type, lagMinutes }) => ({ from, to, type, lag: lagMinutes / lengths.minutesPerDay })),
  );
}
