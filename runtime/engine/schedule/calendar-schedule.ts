import { findCriticalLinks } from './critical.ts';
import { compileNetwork, type LinkType, type Network, type PlanFinding } from './network.ts';
import { type HardDates, type PairDates, type PairLink, type PairTask, schedulePairs } from './pair.ts';
import { computeSchedule, type Schedule } from './pass.ts';
import { everOpens, minuteOfDateTime, type PlanCalendar, readOpenIntervals } from './plan-calendar.ts';
import { NeverOpensError, WorkAxis } from './work-axis.ts';

/** Constraint of a planner's task: S/F = start/finish, NET/NLT = no earlier/later than, MSO/MFO = must start/finish on. ALAP has no effect. */
export type ConstraintType = 'ASAP' | 'ALAP' | 'SNET' | 'SNLT' | 'FNET' | 'FNLT' | 'MSO' | 'MFO';

/** A task in working minutes of its calendar; dates are local, `YYYY-MM-DDTHH:MM`. */
export interface PlanTask {
  readonly id: string;
  readonly name?: string;
  readonly durationMinutes: number;
  readonly calendar?: string | null;
  /** The duration is calendar time, not working time. */
  readonly elapsed?: boolean;
  readonly constraint?: { readonly type: string; readonly date?: string | null } | null;
  readonly deadline?: string | null;
}

/** A link of a plan; the lag is working time of the successor's calendar, or calendar time where `elapsed` (S3). */
export interface PlanLink {
  readonly from: string;
  readonly to: string;
  readonly type: LinkType;
  readonly lagMinutes: number;
  readonly elapsed?: boolean;
}

/** A plan with calendars, as another program wrote it. */
export interface Plan {
  readonly projectStart: string;
  readonly defaultCalendar: string;
  readonly calendars: readonly PlanCalendar[];
  readonly tasks: readonly PlanTask[];
  readonly links: readonly PlanLink[];
}

/** Dates in local minutes, floats in working minutes of the task's calendar, by task index in listed order. */
export interface PlanSchedule {
  readonly ids: readonly string[];
  readonly earlyStart: Float64Array;
  readonly earlyFinish: Float64Array;
  readonly lateStart: Float64Array;
  readonly lateFinish: Float64Array;
  readonly totalFloat: Float64Array;
  readonly finish: number;
  readonly startClampActive: boolean;
  /** Only where the whole plan runs on one calendar, in working minutes (S5). */
  readonly freeFloat?: Float64Array;
  readonly linkFloat?: Float64Array;
  readonly criticalLinks?: readonly number[];
}

/** The schedule of a plan, or none where the links run in a circle or a calendar cannot be used. */
export interface PlanResult {
  readonly schedule?: PlanSchedule;
  readonly findings: readonly PlanFinding[];
}

/** Schedules a plan: working minutes on one calendar by the fast path, everything else over pairs (S4, S9, S11). */
export function schedulePlan(plan: Plan): PlanResult {
  const findings: PlanFinding[] = [];
  try {
    const start = minuteOfDateTime(plan.projectStart);
    const axes = makeAxes(plan, start, findings);
    if (axes === undefined) return { findings };
    const { result, one } = isOneCalendar(plan, axes)
      ? { result: scheduleOnOneAxis(plan, axes.standard), one: true }
      : { result: scheduleOnManyAxes(plan, axes, start), one: false };
    const clean = one ? result.findings : withoutZeroDurations(plan, result.findings);
    return { ...result, findings: [...findings, ...clean] };
  } catch (error) {
    if (error instanceof RangeError) return { findings: [...findings, dateFinding(error.message)] };
    if (error instanceof NeverOpensError)
      return { findings: [...findings, calendarFinding(plan.defaultCalendar, error.message)] };
    throw error;
  }
}

interface Axes {
  readonly standard: WorkAxis;
  readonly byCalendar: ReadonlyMap<string, WorkAxis>;
}

/** One axis a calendar; an unknown calendar, or one that never opens, is a finding and the standard one stands in. */
function makeAxes(plan: Plan, start: number, findings: PlanFinding[]): Axes | undefined {
  const byCalendar = new Map<string, WorkAxis>();
  for (const calendar of plan.calendars) {
    if (everOpens(calendar)) byCalendar.set(calendar.id, new WorkAxis(readOpenIntervals(calendar), start));
    else findings.push(calendarFinding(calendar.id, 'it never opens'));
  }
  for (const { id, calendar } of plan.tasks) {
    if (calendar && !byCalendar.has(calendar)) {
      findings.push(calendarFinding(calendar, `task "${id}" needs it and it does not exist or never opens`));
    }
  }
  const standard = byCalendar.get(plan.defaultCalendar);
  if (standard !== undefined) return { standard, byCalendar };
  findings.push(calendarFinding(plan.defaultCalendar, 'the plan needs it and it does not exist or never opens'));
  return undefined;
}

function axisOfTask({ calendar }: PlanTask, { standard, byCalendar }: Axes): WorkAxis {
  return (calendar ? byCalendar.get(calendar) : undefined) ?? standard;
}

function isOneCalendar(plan: Plan, axes: Axes): boolean {
  return (
    plan.links.every((link) => !link.elapsed || link.lagMinutes === 0) &&
    plan.tasks.every((task) => !task.elapsed && axisOfTask(task, axes) === axes.standard && !isHard(task))
  );
}

/** The fast path of S9: whole working minutes from launch, mapped to dates once. */
function scheduleOnOneAxis(plan: Plan, axis: WorkAxis): PlanResult {
  const { network, findings } = compileNetwork(
    plan.tasks.map(({ id, durationMinutes }) => ({ id, duration: durationMinutes })),
    plan.links.map(({ from, to, type, lagMinutes }) => ({ from, to, type, lag: lagMinutes })),
  );
  if (network === undefined) return { findings };
  const schedule = computeSchedule(network, limitsInWork(plan, network, axis));
  const dates = toDates(network, schedule, axis);
  const { totalFloat, freeFloat, linkFloat, startClampActive } = schedule;
  const criticalLinks = findCriticalLinks(network, schedule);
  return { schedule: { ...dates, totalFloat, freeFloat, linkFloat, startClampActive, criticalLinks }, findings };
}

function limitsInWork(plan: Plan, network: Network, axis: WorkAxis) {
  const notBefore = new Float64Array(network.taskCount);
  const target = new Float64Array(network.taskCount).fill(Infinity);
  for (const task of plan.tasks) {
    if (!task.deadline && !task.constraint) continue;
    const index = network.indexOf.get(task.id) as number;
    if (task.deadline) target[index] = axis.workAt(minuteOfDateTime(task.deadline));
    const date = task.constraint?.date;
    if (!date) continue;
    if (task.constraint?.type === 'SNET') notBefore[index] = axis.workAt(minuteOfDateTime(date));
    if (task.constraint?.type === 'FNET') notBefore[index] = axis.workAt(minuteOfDateTime(date)) - task.durationMinutes;
  }
  return { notBefore, target };
}

function toDates(network: Network, schedule: Schedule, axis: WorkAxis) {
  const starts = (work: Float64Array): Float64Array =>
    work.map((w, i) => (network.duration[i] ? axis.startAt(w) : milestoneAt(axis, w)));
  const finishes = (work: Float64Array): Float64Array =>
    work.map((w, i) => (network.duration[i] ? axis.finishAt(w) : milestoneAt(axis, w)));
  return {
    ids: network.ids,
    earlyStart: starts(schedule.earlyStart),
    earlyFinish: finishes(schedule.earlyFinish),
    lateStart: starts(schedule.lateStart),
    lateFinish: finishes(schedule.lateFinish),
    finish: milestoneAt(axis, schedule.makespan),
  };
}

/** A task without length lies where the work before it ended; at launch it lies on the first opening. */
function milestoneAt(axis: WorkAxis, work: number): number {
  return work === 0 ? axis.startAt(0) : axis.finishAt(work);
}

function scheduleOnManyAxes(plan: Plan, axes: Axes, launch: number): PlanResult {
  const axisOf = new Map(plan.tasks.map((task) => [task.id, axisOfTask(task, axes)]));
  const { schedule, findings } = schedulePairs(
    plan.tasks.map((task) => toPairTask(task, axisOfTask(task, axes))),
    plan.links.map((link) => toPairLink(link, axisOf.get(link.to) ?? axes.standard)),
    launch,
  );
  if (schedule === undefined) return { findings };
  const column = (pick: (dates: PairDates) => number): Float64Array => Float64Array.from(schedule.dates, pick);
  const { ids, finish, startClampActive } = schedule;
  return {
    schedule: {
      ids,
      earlyStart: column((dates) => dates.earlyStart),
      earlyFinish: column((dates) => dates.earlyFinish),
      lateStart: column((dates) => dates.lateStart),
      lateFinish: column((dates) => dates.lateFinish),
      totalFloat: column((dates) => dates.totalFloat),
      finish,
      startClampActive,
    },
    findings,
  };
}

function toPairTask(task: PlanTask, axis: WorkAxis): PairTask {
  const { id, constraint, deadline } = task;
  const at = constraint?.date ? minuteOfDateTime(constraint.date) : undefined;
  const hard = hardDates(task);
  return {
    id,
    ...lengthOf(task, axis),
    ...(constraint?.type === 'SNET' && at !== undefined ? { startNotBefore: at } : {}),
    ...(constraint?.type === 'FNET' && at !== undefined ? { finishNotBefore: at } : {}),
    ...(deadline ? { target: minuteOfDateTime(deadline) } : {}),
    ...(Object.keys(hard).length > 0 ? { hard } : {}),
    floatBetween: (from, to) => axis.workAt(to) - axis.workAt(from),
  };
}

function lengthOf(
  task: PlanTask,
  axis: WorkAxis,
): Pick<PairTask, 'finishFor' | 'latestStartFor' | 'startOn' | 'finishOn'> {
  const length = Math.max(0, task.durationMinutes);
  if (task.elapsed) return { finishFor: (start) => start + length, latestStartFor: (finish) => finish - length };
  if (length === 0) {
    const latest = (finish: number) => (axis.touchesOpen(finish) ? finish : axis.finishAt(axis.workAt(finish)));
    return {
      finishFor: (start) => start,
      latestStartFor: latest,
      finishOn: latest,
      startOn: (bound) => (axis.touchesOpen(bound) ? bound : axis.startAt(axis.workAt(bound))),
    };
  }
  return {
    finishFor: (start) => axis.finishAt(axis.workAt(start) + length),
    latestStartFor: (finish) => axis.startAt(axis.workAt(finish) - length),
    startOn: (bound) => axis.startAt(axis.workAt(bound)),
    finishOn: (bound) => axis.finishAt(axis.workAt(bound)),
  };
}

function toPairLink({ from, to, type, lagMinutes, elapsed }: PlanLink, axis: WorkAxis): PairLink {
  if (elapsed) return { from, to, type, after: (end) => end + lagMinutes, before: (bound) => bound - lagMinutes };
  return {
    from,
    to,
    type,
    after: (end) => moveByWork(axis, end, lagMinutes),
    before: (bound) => moveByWork(axis, bound, -lagMinutes),
  };
}

/** Adding is finish-like, subtracting is start-like (S4). */
function moveByWork(axis: WorkAxis, t: number, work: number): number {
  if (work === 0) return t;
  return work > 0 ? axis.finishAt(axis.workAt(t) + work) : axis.startAt(axis.workAt(t) + work);
}

function isHard({ constraint }: PlanTask): boolean {
  return constraint?.date != null && ['MSO', 'MFO', 'SNLT', 'FNLT'].includes(constraint.type);
}

/** The constraints of an import that override links; a constraint without its date has no effect. */
function hardDates({ constraint }: PlanTask): HardDates {
  if (!constraint?.date) return {};
  const at = minuteOfDateTime(constraint.date);
  switch (constraint.type) {
    case 'MSO':
      return { startOn: at };
    case 'MFO':
      return { finishOn: at };
    case 'SNLT':
      return { startNoLater: at };
    case 'FNLT':
      return { finishNoLater: at };
  }
  return {};
}

/** The pairs know no plain durations, so a bad one is named here. */
function withoutZeroDurations(plan: Plan, findings: readonly PlanFinding[]): PlanFinding[] {
  const bad = plan.tasks.filter(({ durationMinutes }) => !(durationMinutes >= 0 && durationMinutes < Infinity));
  const named = compileNetwork(
    bad.map(({ id, durationMinutes }) => ({ id, duration: durationMinutes })),
    [],
  );
  return [...findings, ...named.findings];
}

function calendarFinding(calendar: string, why: string): PlanFinding {
  return {
    code: 'PLAN_BAD_CALENDAR',
    severity: 'error',
    values: { calendar, why },
    message: `Calendar "${calendar}" cannot be used: ${why}. Give it opening hours or name another calendar.`,
  };
}

function dateFinding(message: string): PlanFinding {
  return { code: 'PLAN_BAD_DATE', severity: 'error', values: { why: message }, message };
}
