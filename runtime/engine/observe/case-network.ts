import type { Instant, LocalDate } from '../../../schemas/ids.ts';
import type { Target } from '../../../schemas/period.ts';
import type { Lag } from '../../../schemas/workflow.ts';
import { dateOfDay } from '../calendar/dates.ts';
import { dueFor, latestStartFor } from '../calendar/due.ts';
import { addOpenSeconds, dayOf, openSecondsBetween, startOfDate, subtractOpenSeconds } from '../calendar/time.ts';
import { dueAt, dueIfResumed } from '../clock/readings.ts';
import type { CalendarOf, ClockState } from '../clock/state.ts';
import type { CompiledWorkflow } from '../compile/compiled-workflow.ts';
import { type CaseLink, endOfLag } from '../run/lag.ts';
import { latestOf } from '../run/releases.ts';
import type { CaseState, StepState, TaskState, Timekeeping } from '../run/types.ts';
import type { PairLink } from '../schedule/pair.ts';
import type { LivePairTask } from '../schedule/progress.ts';

interface Ground {
  readonly now: Instant;
  readonly calendarOf: CalendarOf;
  readonly dues: Readonly<Record<string, Instant>>;
}

/** A task or other node of a live case as the schedule sees it. */
export interface NetworkItem {
  readonly id: string;
  readonly state: 'done' | 'started' | 'open';
  /** When it became active, where that is known. */
  readonly startedAt: Instant | null;
  /** Whether the end of the case waits for it. */
  readonly isCounted: boolean;
  readonly pair: LivePairTask;
}

/** What is left of a case as a network: what is skipped or not taken is left out, a manual task nobody added passes through (P5, S7). */
export function caseNetwork(
  bundle: CompiledWorkflow,
  state: CaseState,
  ground: Ground,
): { items: readonly NetworkItem[]; links: readonly PairLink[] } {
  const tasks = Object.values(state.tasks).filter(isScheduled);
  const steps = Object.values(state.steps).filter((step) => step.state !== 'dead');
  const items = [
    ...tasks.map((task) => toTaskItem(bundle, state, ground, task)),
    ...steps.map((step) => toStepItem(ground, step)),
  ];
  const known = new Map(items.map((item) => [item.id, item]));
  const links = [
    ...tasks.flatMap((task) => linksInto(bundle, state, task.node, task)),
    ...steps.flatMap((step) => linksInto(bundle, state, step.node, undefined)),
  ].filter(({ from, to }) => known.has(from) && known.has(to));
  return { items, links: links.map((link) => toPairLink(bundle, ground, link, known)) };
}

function isScheduled({ life }: TaskState): boolean {
  return life === 'pending' || life === 'ready' || life === 'inProgress' || life === 'onHold' || life === 'complete';
}

function toStepItem({ now }: Ground, { node, endedAt }: StepState): NetworkItem {
  const same = { id: node, finishFor: (start: number) => start, latestStartFor: (finish: number) => finish };
  if (endedAt === null) return { id: node, state: 'open', startedAt: null, isCounted: true, pair: same };
  const pair = { ...same, actualStart: endedAt, actualFinish: Math.min(endedAt, now) };
  return { id: node, state: 'done', startedAt: endedAt, isCounted: true, pair };
}

function toTaskItem(bundle: CompiledWorkflow, state: CaseState, ground: Ground, task: TaskState): NetworkItem {
  const drawn = bundle.nodes[task.node];
  // The next of a recurrent task is shown, but the end of the case does not wait for a series (P10).
  const isCounted = task.notBefore === null && !(drawn?.type === 'task' && drawn.outsideSla === true);
  const base = { id: task.id, isCounted, startedAt: task.activeAt };
  if (task.life === 'complete') {
    const actualFinish = task.endedAt ?? ground.now;
    const actualStart = task.startedAt ?? task.activeAt ?? actualFinish;
    return { ...base, startedAt: actualStart, state: 'done', pair: { ...fixed(task.id), actualStart, actualFinish } };
  }
  if (task.activeAt === null) return { ...base, startedAt: null, state: 'open', pair: openPair(bundle, ground, task) };
  const pair = restPair(bundle, state, ground, task);
  if (task.startedAt === null) return { ...base, state: 'open', pair };
  return { ...base, startedAt: task.startedAt, state: 'started', pair: { ...pair, actualStart: task.startedAt } };
}

function fixed(id: string): LivePairTask {
  return { id, finishFor: (start) => start, latestStartFor: (finish) => finish };
}

/** A task that waits: its whole length lies ahead, by its estimate or its SLA target (P10). */
function openPair(bundle: CompiledWorkflow, { calendarOf, now }: Ground, task: TaskState): LivePairTask {
  const target = plannedTarget(bundle, task.node);
  const startNotBefore = floorOf(bundle, calendarOf, task);
  const floor = startNotBefore === undefined ? {} : { startNotBefore };
  if (!target) return { ...fixed(task.id), ...floor };
  const calendar = calendarOf(target.calendar ?? bundle.workflow.calendar);
  const dayBefore = (start: Instant): LocalDate | undefined =>
    start !== now && start !== startNotBefore && isMidnight(calendar, start)
      ? dateOfDay(dayOf(calendar, start - 1))
      : undefined;
  return {
    id: task.id,
    finishFor: (start) => dueFor(calendar, target, start, dayBefore(start)).dueAt,
    latestStartFor: (finish) => latestStartFor(calendar, target, finish),
    ...floor,
  };
}

function floorOf(bundle: CompiledWorkflow, calendarOf: CalendarOf, task: TaskState): Instant | undefined {
  const drawn = bundle.nodes[task.node];
  const dated = drawn?.type === 'task' ? drawn.notBefore : undefined;
  const floors = [
    ...(task.notBefore === null ? [] : [task.notBefore]),
    ...(dated === undefined ? [] : [startOfDate(calendarOf(bundle.workflow.calendar), dated)]),
  ];
  return floors.length === 0 ? undefined : Math.max(...floors);
}

/** Work under way or ready: what is left runs to its end, in open time; overdue work ends now at the earliest (S7). */
function restPair(bundle: CompiledWorkflow, state: CaseState, ground: Ground, task: TaskState): LivePairTask {
  const { calendarOf, now } = ground;
  const target = plannedTarget(bundle, task.node);
  const calendar = calendarOf(target?.calendar ?? bundle.workflow.calendar);
  const end = Math.max(now, endOf(bundle, state, ground, task) ?? now);
  const rest = openSecondsBetween(calendar, now, end);
  return {
    id: task.id,
    finishFor: (start) => (start === now ? end : addOpenSeconds(calendar, start, rest)),
    latestStartFor: (finish) => (finish === end ? now : subtractOpenSeconds(calendar, finish, rest)),
  };
}

/** When a task under way is to end: as assumed, by its own estimate, when its clock is due, or by its target. */
function endOf(bundle: CompiledWorkflow, state: CaseState, ground: Ground, task: TaskState): Instant | null {
  const { dues, calendarOf, now } = ground;
  const assumed = dues[task.id];
  if (assumed !== undefined) return assumed;
  const time = state.time[`task:${task.id}`];
  const isByHand = Object.values(time?.clocks ?? {}).some(({ revisions }) => revisions.length > 1);
  const due = dueOf(time, now, calendarOf);
  const target = plannedTarget(bundle, task.node);
  const isEstimated = estimateOf(bundle, task.node) !== undefined && !isByHand;
  if ((due !== null && !isEstimated) || !target) return due;
  return dueFor(calendarOf(target.calendar ?? bundle.workflow.calendar), target, task.startedAt ?? now).dueAt;
}

/** The length a task is planned with: its own estimate, else its SLA target (P10). */
function plannedTarget(bundle: CompiledWorkflow, node: string): Target | undefined {
  const slas = bundle.tasks[node]?.slas ?? {};
  return estimateOf(bundle, node) ?? (slas['completion'] ?? slas[Object.keys(slas).sort()[0] ?? ''])?.target;
}

function estimateOf(bundle: CompiledWorkflow, node: string): Target | undefined {
  const drawn = bundle.nodes[node];
  return ((drawn?.type === 'task' ? drawn.estimate : undefined) ?? bundle.tasks[node]?.task.estimate)?.likely;
}

/** Links that still mean something: what is skipped satisfies, what is dead is gone (P5, P6). */
function linksInto(bundle: CompiledWorkflow, state: CaseState, node: string, task: TaskState | undefined): CaseLink[] {
  const to = task?.id ?? node;
  const drawn =
    task && task.occurrence > 1 ? [] : sourcesOf(bundle, state, node, new Set()).map((link) => ({ ...link, to }));
  const added = (task?.added ?? []).flatMap(({ task: from, linkType, lag }): CaseLink[] => {
    const before = state.tasks[from];
    return before && isScheduled(before) ? [{ from, to, type: linkType, lag: lag as Lag | undefined }] : [];
  });
  return [...drawn, ...added];
}

function sourcesOf(bundle: CompiledWorkflow, state: CaseState, node: string, seen: Set<string>): CaseLink[] {
  return (bundle.incoming[node] ?? []).flatMap((link): CaseLink[] => {
    const step = state.steps[link.from];
    if (step) {
      const isOther = step.type === 'decision' && step.state === 'reached' && link.branch !== undefined;
      return isOther && step.branch !== link.branch ? [] : [link];
    }
    const task = latestOf(state, link.from);
    if (task?.life === 'notAdded' && !seen.has(link.from)) {
      seen.add(link.from);
      return sourcesOf(bundle, state, link.from, seen).map(({ lag: _lag, ...own }) => ({
        ...own,
        type: 'FS' as const,
      }));
    }
    return task && isScheduled(task) ? [{ ...link, from: task.id }] : [];
  });
}

function toPairLink(
  bundle: CompiledWorkflow,
  { calendarOf }: Ground,
  link: CaseLink,
  known: ReadonlyMap<string, NetworkItem>,
): PairLink {
  const calendar = calendarOf(bundle.workflow.calendar);
  const target = { ...link, to: nodeOf(link.to) };
  const isPlanned = known.get(link.from)?.state !== 'done';
  const after = (end: number): number => {
    const endedOn = isPlanned && isMidnight(calendar, end) ? dateOfDay(dayOf(calendar, end - 1)) : undefined;
    return endOfLag(bundle, calendarOf, target, { at: end, endedOn }).at;
  };
  return { from: link.from, to: link.to, type: link.type, after, before: (bound) => lastWithin(after, bound) };
}

function nodeOf(id: string): string {
  return id.split('.')[0] ?? id;
}

const FAR = 4 * 366 * 86_400;

/** The last instant that a monotone move keeps within a bound. */
function lastWithin(after: (end: number) => number, bound: number): number {
  if (!Number.isFinite(bound)) return bound;
  if (after(bound) === bound) return bound;
  let early = bound - FAR;
  let late = bound + FAR;
  while (late - early > 1) {
    const middle = Math.floor((early + late) / 2);
    if (after(middle) <= bound) early = middle;
    else late = middle;
  }
  return early;
}

/** When the main clock of an item is due; while paused, when it would be if it were resumed now (C5). */
export function dueOf(time: Timekeeping | undefined, now: Instant, calendarOf: CalendarOf): Instant | null {
  const clock = mainClockOf(time);
  if (!clock) return null;
  return clock.phase === 'paused' ? dueIfResumed(clock, now, calendarOf) : dueAt(clock, calendarOf);
}

function mainClockOf(time: Timekeeping | undefined): ClockState | undefined {
  return time?.clocks['completion'] ?? Object.values(time?.clocks ?? {})[0];
}

/** Whether an instant is 24:00 of the date before, where a planned period may have ended (T13). */
function isMidnight(calendar: ReturnType<CalendarOf>, at: Instant): boolean {
  return dayOf(calendar, at) !== dayOf(calendar, at - 1);
}
