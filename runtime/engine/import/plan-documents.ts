import type { CalendarDocument, Weekday } from '../../../schemas/calendar.ts';
import type { AnyDocument } from '../../../schemas/configuration.ts';
import type { Period } from '../../../schemas/period.ts';
import type { Lag, Link, TaskNode, WorkflowDocument } from '../../../schemas/workflow.ts';
import { dateOfDay, epochDayOf } from '../calendar/dates.ts';
import type { Plan, PlanLink, PlanTask } from '../schedule/calendar-schedule.ts';
import { minutesOfDay, type PlanCalendar } from '../schedule/plan-calendar.ts';

export interface PlanImportOptions {
  /** Key of the workflow; task keys begin with it. */
  key: string;
  title: string;
  zone: string;
  /** Titles of tasks by id. */
  names: ReadonlyMap<string, string>;
}

const MINUTES_OF_CALENDAR_DAY = 1440;
const QUEUE = 'PLANNERS';

/** A planner's tasks, links and calendars as a workflow of category `general`: durations become SLA targets, milestones take no time. */
export function toPlanDocuments(plan: Plan, options: PlanImportOptions): AnyDocument[] {
  const keys = new Map(
    plan.tasks.map((task, order) => [task.id, `${options.key}-${String(order + 1).padStart(2, '0')}`]),
  );
  const calendars = new Map(
    plan.calendars.map((calendar) => [calendar.id, toKey(`${options.key}-cal-${calendar.id}`)]),
  );
  const minutes = new Map(plan.calendars.map((calendar) => [calendar.id, minutesOfDay(calendar)]));
  const dayOf = (task: PlanTask): number => minutes.get(task.calendar ?? plan.defaultCalendar) ?? 480;
  const base = calendars.get(plan.defaultCalendar) ?? 'office';
  return [
    ...plan.calendars.map((calendar) => toCalendar(calendar, calendars.get(calendar.id) ?? base, options.zone)),
    ...plan.tasks.map((task) =>
      toTask(task, keys.get(task.id) ?? task.id, options, calendars.get(task.calendar ?? '') ?? base, dayOf(task)),
    ),
    toWorkflow(plan, options, keys, base, (id) =>
      dayOf(plan.tasks.find((task) => task.id === id) ?? plan.tasks[0] ?? { id, durationMinutes: 0 }),
    ),
    ...(plan.tasks.some(isElapsedTime) ? [alwaysOpen(alwaysKey(options.key), options.zone)] : []),
    { kind: 'team', format: 1, key: QUEUE, title: 'Planners', type: 'group' },
  ];
}

function toWorkflow(
  plan: Plan,
  { key, title }: PlanImportOptions,
  keys: ReadonlyMap<string, string>,
  calendar: string,
  dayOf: (task: string) => number,
): WorkflowDocument {
  const nodes = plan.tasks.map((task, order): [string, WorkflowDocument['nodes'][string]] => {
    const node = keys.get(task.id) ?? task.id;
    if (task.durationMinutes === 0)
      return [node, { type: 'milestone', order, title: titleOf(task), stage: titleOf(task).slice(0, 100) }];
    return [node, toNode(task, node, order)];
  });
  const total = plan.tasks.reduce((sum, task) => sum + task.durationMinutes, 0);
  const lags = plan.links.reduce((sum, link) => sum + Math.max(0, link.lagMinutes), 0);
  return {
    kind: 'workflow',
    format: 1,
    key,
    title,
    category: 'general',
    audience: 'internal',
    privateToOwner: false,
    calendar,
    start: 'the plan begins',
    sla: { target: { value: Math.max(1, Math.ceil((total + lags) / 60 / 8) * 2), unit: 'calendarDays' } },
    namedConditions: {},
    reopen: 'resume',
    ownerRules: queue(),
    nodes: Object.fromEntries(nodes),
    links: Object.fromEntries(
      plan.links.map((link, order) => [`L${order + 1}`, toLink(link, order, keys, dayOf(link.to))]),
    ),
    lanes: {},
    clocks: {},
    adviceRules: {},
    holdReasons: { waiting: { order: 1, label: 'Waiting' } },
    outcomes: { completed: { order: 1, label: 'Completed' } },
    retention: { period: { value: 72, unit: 'months' }, from: 'closed' },
  };
}

function toNode(task: PlanTask, key: string, order: number): TaskNode {
  const { constraint } = task;
  const notBefore = constraint?.type === 'SNET' && constraint.date ? { notBefore: constraint.date.slice(0, 10) } : {};
  return { type: 'task', order, task: key, activation: 'automatic', mandatory: true, ...notBefore };
}

function toTask(
  task: PlanTask,
  key: string,
  { key: workflow, names }: PlanImportOptions,
  calendar: string,
  minutesPerDay: number,
): AnyDocument {
  const target = toPeriod(
    task.durationMinutes,
    task.elapsed ? MINUTES_OF_CALENDAR_DAY : minutesPerDay,
    task.elapsed === true,
  );
  const ownCalendar = isElapsedTime(task) ? { calendar: alwaysKey(workflow) } : task.elapsed ? {} : { calendar };
  return {
    kind: 'task',
    format: 1,
    key,
    title: (names.get(task.id) ?? titleOf(task)).slice(0, 200) || key,
    type: 'other',
    sla: { target: { ...target, value: Math.max(1, target.value), ...ownCalendar } },
    ownerRules: queue(),
    repeatable: false,
    fields: {},
    outcomes: {},
    checklist: {},
    holdReasons: {},
  };
}

function toLink(link: PlanLink, order: number, keys: ReadonlyMap<string, string>, minutesPerDay: number): Link {
  const elapsed = link.elapsed === true;
  const size = toPeriod(Math.abs(link.lagMinutes), elapsed ? MINUTES_OF_CALENDAR_DAY : minutesPerDay, elapsed);
  const lag: Lag = {
    value: Math.sign(link.lagMinutes) * size.value,
    unit: size.unit,
    basis: elapsed ? 'elapsed' : 'working',
  };
  return {
    order,
    from: keys.get(link.from) ?? link.from,
    to: keys.get(link.to) ?? link.to,
    type: link.type,
    ...(link.lagMinutes === 0 ? {} : { lag }),
  };
}

/** Whole days where they come out even, else whole hours, else minutes. */
function toPeriod(minutes: number, minutesPerDay: number, elapsed: boolean): Period {
  if (minutes > 0 && minutes % minutesPerDay === 0)
    return { value: minutes / minutesPerDay, unit: elapsed ? 'calendarDays' : 'workingDays' };
  return minutes % 60 === 0 ? { value: minutes / 60, unit: 'hours' } : { value: Math.round(minutes), unit: 'minutes' };
}

/** Hours and minutes of elapsed time run by a calendar that never closes; elapsed days are calendar days anyway. */
function isElapsedTime(task: PlanTask): boolean {
  return task.elapsed === true && task.durationMinutes % MINUTES_OF_CALENDAR_DAY !== 0;
}

const alwaysKey = (key: string) => toKey(`${key}-cal-elapsed`);

function alwaysOpen(key: string, zone: string): CalendarDocument {
  return {
    kind: 'calendar',
    format: 1,
    key,
    title: 'Day and night',
    zone,
    alwaysOpen: true,
    weekly: {},
    closed: {},
    openings: {},
  };
}

function toCalendar(calendar: PlanCalendar, key: string, zone: string): CalendarDocument {
  const windows = (hours: readonly (readonly [string, string])[]) => hours.map(([start, end]) => ({ start, end }));
  const exceptions = (calendar.exceptions ?? []).flatMap(({ from, to, hours }) =>
    datesFrom(from, to).map((date) => ({ date, hours })),
  );
  return {
    kind: 'calendar',
    format: 1,
    key,
    title: `Calendar ${calendar.id}`,
    zone,
    weekly: Object.fromEntries(
      Object.entries(calendar.week).map(([day, hours]) => [day as Weekday, windows(hours ?? [])]),
    ),
    closed: Object.fromEntries(
      exceptions.filter(({ hours }) => hours.length === 0).map(({ date }) => [date, 'Closed in the imported plan']),
    ),
    openings: Object.fromEntries(
      exceptions.filter(({ hours }) => hours.length > 0).map(({ date, hours }) => [date, windows(hours)]),
    ),
  };
}

function datesFrom(from: string, to: string): string[] {
  const dates: string[] = [];
  const last = epochDayOf(to.slice(0, 10));
  for (let day = epochDayOf(from.slice(0, 10)); day <= last; day++) dates.push(dateOfDay(day));
  return dates;
}

function queue(): WorkflowDocument['ownerRules'] {
  return { default: { order: 1, to: { by: 'group', group: QUEUE } } };
}

function titleOf(task: PlanTask): string {
  return (task.name ?? task.id).slice(0, 200) || task.id;
}

function toKey(text: string): string {
  return text.replaceAll(/[^A-Za-z0-9_-]/g, '-').slice(0, 64);
}
