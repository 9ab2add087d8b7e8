import type { PlanLink, PlanTask } from '../calendar-schedule.ts';
import type { LinkType, PlanFinding } from '../network.ts';
import { minuteOfDateTime } from '../plan-calendar.ts';
import { readSpan, type Span, type SpanLengths } from './span.ts';

/** A row of a planner's table: column name to text. */
export type PlanRow = Readonly<Record<string, string | undefined>>;

/** Tasks and links of a planner's table, with what could not be read. */
export interface PlanTable {
  readonly tasks: readonly PlanTask[];
  readonly links: readonly PlanLink[];
  readonly findings: readonly PlanFinding[];
}

type Column =
  | 'id'
  | 'name'
  | 'duration'
  | 'predecessors'
  | 'notBefore'
  | 'deadline'
  | 'calendar'
  | 'constraintType'
  | 'constraintDate';

const columnNames: Readonly<Record<string, Column>> = {
  id: 'id',
  key: 'id',
  uid: 'id',
  uniqueid: 'id',
  name: 'name',
  task: 'name',
  taskname: 'name',
  duration: 'duration',
  durationdays: 'duration',
  days: 'duration',
  predecessors: 'predecessors',
  predecessor: 'predecessors',
  after: 'predecessors',
  notbefore: 'notBefore',
  deadline: 'deadline',
  target: 'deadline',
  calendar: 'calendar',
  taskcalendar: 'calendar',
  constraint: 'constraintType',
  constrainttype: 'constraintType',
  constraintdate: 'constraintDate',
};

const constraintWords: Readonly<Record<string, string>> = {
  assoonaspossible: 'ASAP',
  aslateaspossible: 'ALAP',
  startnoearlierthan: 'SNET',
  startnolaterthan: 'SNLT',
  finishnoearlierthan: 'FNET',
  finishnolaterthan: 'FNLT',
  muststarton: 'MSO',
  mustfinishon: 'MFO',
};

/** Reads rows with the columns ID, Name, Duration, Predecessors (`2FS+3d, 4SS`), Not before, Deadline, Calendar, Constraint type and date. */
export function readPlanRows(rows: readonly PlanRow[], lengths: SpanLengths): PlanTable {
  const findings: PlanFinding[] = [];
  const named = rows.map(toColumns).filter((row) => row.id !== '' || row.name !== '' || row.duration !== '');
  const listed = named.map((row, i) => ({ ...row, id: row.id === '' ? String(i + 1) : row.id }));
  const durations = new Map<string, Span>();
  for (const row of listed) durations.set(row.id, readDuration(row, lengths, findings));
  const tasks = listed.map((row) => toTask(row, durations.get(row.id) as Span, findings));
  const links = listed.flatMap((row) =>
    splitList(row.predecessors).map((text) => toLink(text, row.id, durations, { lengths, findings })),
  );
  return { tasks, links: links.filter((link) => link !== undefined), findings };
}

type Row = Readonly<Record<Column, string>>;

function toColumns(row: PlanRow): Row {
  const columns: Record<Column, string> = {
    id: '',
    name: '',
    duration: '',
    predecessors: '',
    notBefore: '',
    deadline: '',
    calendar: '',
    constraintType: '',
    constraintDate: '',
  };
  for (const [name, value] of Object.entries(row)) {
    const column = columnNames[name.toLowerCase().replace(/[^a-z]/g, '')];
    if (column !== undefined && columns[column] === '') columns[column] = (value ?? '').trim();
  }
  return columns;
}

function readDuration(row: Row, lengths: SpanLengths, findings: PlanFinding[]): Span {
  const span = row.duration === '' ? { minutes: 0, elapsed: false } : readSpan(row.duration, lengths);
  if (span !== undefined && span.percent === undefined && span.minutes >= 0) return span;
  findings.push({
    code: 'PLAN_BAD_NUMBER',
    severity: 'error',
    values: { task: row.id, duration: row.duration },
    message: `Task "${row.id}" has the duration "${row.duration}"; it counts as 0. Write for example 3d, 4h, 2w or 5ed.`,
  });
  return { minutes: 0, elapsed: false };
}

function toTask(row: Row, duration: Span, findings: PlanFinding[]): PlanTask {
  const type =
    constraintWords[row.constraintType.toLowerCase().replace(/[^a-z]/g, '')] ?? row.constraintType.toUpperCase();
  const date = readDate(row.constraintDate, row.id, findings);
  const notBefore = readDate(row.notBefore, row.id, findings);
  const deadline = readDate(row.deadline, row.id, findings);
  const constraint = notBefore === undefined ? { type, date: date ?? null } : { type: 'SNET', date: notBefore };
  return {
    id: row.id,
    name: row.name,
    durationMinutes: duration.minutes,
    elapsed: duration.elapsed,
    calendar: row.calendar === '' ? null : row.calendar,
    constraint: constraint.date === null ? null : constraint,
    deadline: deadline === undefined ? null : endOfDate(deadline),
  };
}

/** A deadline that is a date alone means the whole of that day. */
function endOfDate(text: string): string {
  return text.length === 10 ? `${text}T23:59` : text;
}

function readDate(text: string, task: string, findings: PlanFinding[]): string | undefined {
  if (text === '' || text.toUpperCase() === 'NA') return undefined;
  try {
    minuteOfDateTime(text);
    return text;
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    findings.push({
      code: 'PLAN_BAD_DATE',
      severity: 'error',
      values: { task, date: text },
      message: `Task "${task}" has the date "${text}", which is left out. Write YYYY-MM-DD or YYYY-MM-DDTHH:MM.`,
    });
    return undefined;
  }
}

function splitList(text: string): string[] {
  return text
    .split(/[,;]/)
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

interface LinkReading {
  readonly lengths: SpanLengths;
  readonly findings: PlanFinding[];
}

/** `2FS+3d`: a task, a link type and a lag; a name that is itself a task is taken whole, since keys may hold `-` or end in `FS`. */
function toLink(
  text: string,
  to: string,
  durations: ReadonlyMap<string, Span>,
  reading: LinkReading,
): PlanLink | undefined {
  if (durations.has(text)) return { from: text, to, type: 'FS', lagMinutes: 0 };
  const match = /^(.*?)\s*(?:([+-])\s*([\d.]+\s*[a-z%]*))?$/i.exec(text);
  const body = match?.[1] ?? text;
  const typed = durations.has(body) ? null : /^(.+?)\s*(FS|SS|FF|SF)$/i.exec(body);
  const from = (typed?.[1] ?? body).trim();
  const type = (typed?.[2]?.toUpperCase() ?? 'FS') as LinkType;
  const lag =
    match?.[3] === undefined ? { minutes: 0, elapsed: false } : readSpan(`${match[2]}${match[3]}`, reading.lengths);
  if (lag === undefined) {
    reading.findings.push({
      code: 'PLAN_BAD_NUMBER',
      severity: 'error',
      values: { task: to, predecessor: text },
      message: `Task "${to}" has the predecessor "${text}", whose lag cannot be read; the link is left out. Write for example 2FS+3d.`,
    });
    return undefined;
  }
  const share = lag.percent === undefined ? 0 : ((durations.get(from)?.minutes ?? 0) * lag.percent) / 100;
  return { from, to, type, lagMinutes: lag.minutes + Math.round(share), elapsed: lag.elapsed };
}
