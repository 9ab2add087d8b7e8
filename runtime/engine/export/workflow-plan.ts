import type { CalendarDocument } from '../../../schemas/calendar.ts';
import type { Configuration } from '../../../schemas/configuration.ts';
import { inOrder } from '../../../schemas/document.ts';
import type { LocalDate } from '../../../schemas/ids.ts';
import type { Period, Target } from '../../../schemas/period.ts';
import type { Lag, WorkflowDocument, WorkflowNode } from '../../../schemas/workflow.ts';
import { planningSla } from '../plan/duration.ts';
import type { Plan, PlanLink, PlanTask } from '../schedule/calendar-schedule.ts';
import type { PlanCalendar } from '../schedule/plan-calendar.ts';
import { minutesOfDay } from '../schedule/plan-calendar.ts';

/** A plan as planners' programs keep it, with what their files call each task. */
export interface NamedPlan extends Plan {
  readonly title: string;
  readonly names: ReadonlyMap<string, string>;
  /** What the other program cannot say as exactly; one sentence each. */
  readonly notes: readonly string[];
}

const ALWAYS: PlanCalendar = {
  id: '24x7',
  week: Object.fromEntries(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'].map((day) => [day, [['00:00', '24:00']]])),
};
const MINUTES_OF_CALENDAR_DAY = 1440;

/** A drawing as a planner's plan from a start date: targets become durations, nodes that take no time milestones. Throws RangeError where there is no such workflow. */
export function toNamedPlan(configuration: Configuration, key: string, start: LocalDate): NamedPlan {
  const workflow = configuration.workflow[key];
  if (!workflow) throw new RangeError(`there is no workflow "${key}"`);
  const notes: string[] = [];
  const calendars = new Map<string, PlanCalendar>();
  const calendarOf = (name: string): PlanCalendar => {
    const known = calendars.get(name);
    if (known) return known;
    const made = toPlanCalendar(configuration.calendar[name], name);
    calendars.set(name, made);
    return made;
  };
  const base = calendarOf(workflow.calendar);
  const nodes = inOrder(workflow.nodes);
  const tasks = nodes.map((node) => {
    const target = targetOf(configuration, node);
    const calendar = calendarOf(target?.calendar ?? workflow.calendar);
    return toPlanTask(node, titleOf(configuration, node), target && toSpan(target, calendar, node.key, notes), {
      calendar,
      base,
    });
  });
  return {
    title: workflow.title,
    projectStart: `${start}T${base.week.mon?.[0]?.[0] ?? '09:00'}`,
    defaultCalendar: base.id,
    calendars: [...calendars.values()],
    tasks,
    links: toLinks(workflow, new Map(tasks.map((task) => [task.id, task])), calendarOf, notes),
    names: new Map(tasks.map(({ id, name }) => [id, name ?? id])),
    notes: [...new Set(notes)],
  };
}

type ListedNode = WorkflowNode & { key: string };

function targetOf(configuration: Configuration, node: ListedNode): Target | undefined {
  if (node.type !== 'task') return undefined;
  const task = configuration.task[node.task];
  const estimate = node.estimate ?? task?.estimate;
  if (estimate) return estimate.likely;
  const sla = node.sla ?? task?.sla;
  return sla && planningSla(sla)?.target;
}

/** What a node is called on the drawing: its own title, that of its task, or what it is. */
export function titleOf(configuration: Configuration, node: ListedNode): string {
  if (node.title !== undefined) return node.title;
  return (node.type === 'task' ? configuration.task[node.task]?.title : undefined) ?? node.key;
}

interface Span {
  minutes: number;
  elapsed: boolean;
}

function toPlanTask(
  node: ListedNode,
  name: string,
  span: Span | undefined,
  { calendar, base }: { calendar: PlanCalendar; base: PlanCalendar },
): PlanTask {
  const notBefore = node.type === 'task' ? node.notBefore : undefined;
  return {
    id: node.key,
    name,
    durationMinutes: span?.minutes ?? 0,
    elapsed: span?.elapsed ?? false,
    calendar: !span || span.elapsed || calendar === base ? null : calendar.id,
    constraint: notBefore === undefined ? null : { type: 'SNET', date: `${notBefore}T00:00` },
    deadline: null,
  };
}

function toLinks(
  workflow: WorkflowDocument,
  tasks: ReadonlyMap<string, PlanTask>,
  calendarOf: (name: string) => PlanCalendar,
  notes: string[],
): PlanLink[] {
  return inOrder(workflow.links)
    .filter(({ from, to }) => tasks.has(from) && tasks.has(to))
    .map(({ from, to, type, lag, calendar }) => {
      const span = lag && toLagSpan(lag, calendarOf(calendar ?? workflow.calendar), `${from} to ${to}`, notes);
      return { from, to, type, lagMinutes: span?.minutes ?? 0, elapsed: span?.elapsed ?? false };
    });
}

function toLagSpan(lag: Lag, calendar: PlanCalendar, where: string, notes: string[]): Span {
  const { minutes, elapsed } = toSpan({ value: Math.abs(lag.value), unit: lag.unit }, calendar, where, notes);
  return { minutes: Math.sign(lag.value) * minutes, elapsed: elapsed || lag.basis === 'elapsed' };
}

/** Open time stays working time of its calendar; calendar days, weeks and months are elapsed time. */
function toSpan({ value, unit }: Period, calendar: PlanCalendar, where: string, notes: string[]): Span {
  const isAlways = calendar.id === ALWAYS.id;
  switch (unit) {
    case 'minutes':
      return { minutes: value, elapsed: isAlways };
    case 'hours':
      return { minutes: value * 60, elapsed: isAlways };
    case 'workingDays':
      return { minutes: value * minutesOfDay(calendar), elapsed: false };
    case 'calendarDays':
      return { minutes: value * MINUTES_OF_CALENDAR_DAY, elapsed: true };
    case 'weeks':
      return { minutes: value * 7 * MINUTES_OF_CALENDAR_DAY, elapsed: true };
    case 'months':
      notes.push(
        `${where}: ${value} ${value === 1 ? 'month is' : 'months are'} written as ${value * 30} calendar days.`,
      );
      return { minutes: value * 30 * MINUTES_OF_CALENDAR_DAY, elapsed: true };
  }
}

function toPlanCalendar(calendar: CalendarDocument | undefined, name: string): PlanCalendar {
  if (!calendar || calendar.alwaysOpen) return ALWAYS;
  const hours = (windows: readonly { start: string; end: string }[] = []) =>
    windows.map(({ start, end }) => [start, end] as const);
  return {
    id: name,
    week: Object.fromEntries(Object.entries(calendar.weekly).map(([day, windows]) => [day, hours(windows)])),
    exceptions: [
      ...Object.keys(calendar.closed).map((date) => ({ from: date, to: date, hours: [] })),
      ...Object.entries(calendar.openings).map(([date, windows]) => ({ from: date, to: date, hours: hours(windows) })),
    ].sort((a, b) => (a.from < b.from ? -1 : 1)),
  };
}
