import type { Answers } from '../../../schemas/condition.ts';
import type { Instant } from '../../../schemas/ids.ts';
import type { Period } from '../../../schemas/period.ts';
import type { Estimate } from '../../../schemas/task.ts';
import type { CompiledCalendar } from '../calendar/compiled.ts';
import { addOpenSeconds, nextOpening, openIntervalsBetween } from '../calendar/time.ts';
import { planningSla } from '../plan/duration.ts';
import { isOpenCase, toCaseRow, toClockViews, toTaskRows } from '../run/rows.ts';
import type { CaseState, TaskState } from '../run/types.ts';
import { nextWake, notLaunched, type Played, type PlayGround, playCommand, playUntil } from './player.ts';
import { sampleFields } from './sample-fields.ts';

/** How long work is taken to last where the drawing does not say: shares of the target. */
export interface AssumedLength {
  readonly shortest: number;
  readonly likely: number;
  readonly longest: number;
}

export interface SampleSettings {
  readonly startAt: Instant;
  readonly answers: Answers;
  readonly assumed: AssumedLength;
  /** The outcome tasks are completed with, by node; the first one where none is named. */
  readonly outcomes?: Readonly<Record<string, string>>;
  /** Numbers from 0 up to 1: chance comes from outside. */
  readonly random: () => number;
}

/** How one sampled case came out. */
export interface SampleRun {
  /** Seconds from the start to the end of all work that was begun. */
  readonly seconds: number;
  /** Whether each target was met; a target that never started is left out. */
  readonly case: boolean | null;
  readonly clocks: Readonly<Record<string, boolean>>;
  readonly tasks: Readonly<Record<string, boolean>>;
}

/** A case whose work never ends is left after so many decisions. */
const MOST_DECISIONS = 2_000;
const TWO_YEARS = 2 * 366 * 86_400;

/** Lives one case to its end: each task takes a length drawn by chance from its estimate (P10), by the engine that runs real cases. */
export function sampleCase(ground: PlayGround, settings: SampleSettings): SampleRun {
  const launch = {
    at: settings.startAt,
    actor: 'sample',
    command: { type: 'launch', answers: settings.answers },
  } as const;
  const launched = playCommand(ground, notLaunched(), launch);
  if (!launched.ok) throw new Error(launched.rejection.reason);
  let played = launched.played;
  const ends = new Map<string, Instant>();
  let lastAt = settings.startAt;
  for (let left = MOST_DECISIONS; left > 0; left--) {
    const { state } = played;
    if (!state || !isOpenCase(state)) break;
    drawEnds(ground, state, ends, settings);
    const next = firstOf(state, ends);
    const wake = nextWake(played);
    if (wake !== null && wake <= (next?.at ?? settings.startAt + TWO_YEARS) && (next || isAwaiting(state))) {
      const passed = playUntil(ground, played, wake + 1).played;
      if (passed === played) break;
      played = passed;
      continue;
    }
    if (!next) break;
    lastAt = Math.max(lastAt, next.at);
    played = complete(ground, played, next, settings);
    ends.delete(next.task.id);
  }
  return toRun(played.state, settings.startAt, lastAt);
}

/** A task that became ready gets its end. */
function drawEnds(ground: PlayGround, state: CaseState, ends: Map<string, Instant>, settings: SampleSettings): void {
  for (const task of Object.values(state.tasks)) {
    if (!isWorkable(task)) ends.delete(task.id);
    else if (!ends.has(task.id)) ends.set(task.id, endOf(ground, task, state, settings));
  }
}

function isWorkable(task: TaskState): boolean {
  return task.life === 'ready' || task.life === 'inProgress';
}

/** Whether anything still waits for a date of its own. */
function isAwaiting(state: CaseState): boolean {
  return (
    Object.values(state.tasks).some((task) => task.life === 'pending') ||
    Object.values(state.steps).some((step) => step.state === 'pending')
  );
}

function firstOf(state: CaseState, ends: ReadonlyMap<string, Instant>): { task: TaskState; at: Instant } | undefined {
  let first: { task: TaskState; at: Instant } | undefined;
  for (const [id, at] of ends) {
    const task = state.tasks[id];
    if (task && (!first || at < first.at)) first = { task, at };
  }
  return first;
}

function complete(
  ground: PlayGround,
  played: Played,
  { task, at }: { task: TaskState; at: Instant },
  { outcomes = {} }: SampleSettings,
): Played {
  const document = ground.bundle.tasks[task.node]?.task;
  const outcome = outcomes[task.node] ?? Object.keys(document?.outcomes ?? {})[0];
  const fields = sampleFields(ground.bundle, task.node);
  const command = {
    type: 'completeTask' as const,
    task: task.id,
    ...(outcome === undefined ? {} : { outcome }),
    ...(fields ? { fields } : {}),
  };
  const done = playCommand(ground, played, { at, actor: 'sample', command });
  if (done.ok) return done.played;
  // What cannot be completed is passed over, so that the rest can go on.
  const passed = playCommand(ground, played, {
    at,
    actor: 'sample',
    command: { type: 'cancelTask', task: task.id, reason: 'sample' },
  });
  return passed.ok ? passed.played : { ...played, state: null };
}

/** When work that is begun when it becomes ready will be done. */
function endOf(
  { bundle, calendars }: PlayGround,
  task: TaskState,
  state: CaseState,
  settings: SampleSettings,
): Instant {
  const node = bundle.workflow.nodes[task.node];
  const document = bundle.tasks[task.node]?.task;
  const estimate = (node?.type === 'task' ? node.estimate : undefined) ?? document?.estimate;
  const target = planningSla((node?.type === 'task' ? node.sla : undefined) ?? document?.sla ?? {})?.target;
  const calendar = calendars[(estimate ? undefined : target?.calendar) ?? state.calendar];
  const from = Math.max(task.activeAt ?? settings.startAt, settings.startAt);
  const length = estimate
    ? { unit: estimate.likely.unit, value: drawBetween(sharesOf(estimate), settings.random) }
    : {
        unit: target?.unit ?? 'workingDays',
        value: (target?.value ?? 0) * drawBetween(settings.assumed, settings.random),
      };
  if (!calendar || length.value <= 0) return from;
  return addLength(calendar, from, length as Period);
}

/** The bounds of an estimate in the unit of the likely one; a bound of another unit is the likely one. */
function sharesOf({ minimum, likely, maximum }: Estimate): AssumedLength {
  const same = (bound: Period) => (bound.unit === likely.unit ? bound.value : likely.value);
  return { shortest: same(minimum), likely: likely.value, longest: same(maximum) };
}

/** A draw from the triangle between the shortest and the longest with its top at the likely one. */
function drawBetween({ shortest, likely, longest }: AssumedLength, random: () => number): number {
  const width = longest - shortest;
  if (width <= 0) return likely;
  const share = random();
  const top = (likely - shortest) / width;
  if (share < top) return shortest + Math.sqrt(share * width * (likely - shortest));
  return longest - Math.sqrt((1 - share) * width * (longest - likely));
}

const DAY = 86_400;
const elapsed: Readonly<Partial<Record<Period['unit'], number>>> = {
  calendarDays: DAY,
  weeks: 7 * DAY,
  months: (365.25 / 12) * DAY,
};
const open: Readonly<Partial<Record<Period['unit'], number>>> = { minutes: 60, hours: 3600 };

/** Where work of a length with fractions ends: in open time, and never while the office is closed. */
function addLength(calendar: CompiledCalendar, from: Instant, { value, unit }: Period): Instant {
  const passing = elapsed[unit];
  if (passing !== undefined) return nextOpening(calendar, Math.round(from + value * passing));
  return addOpenSeconds(calendar, from, Math.round(value * (open[unit] ?? workdaySeconds(calendar, from))));
}

/** Open seconds of a usual working day. */
function workdaySeconds(calendar: CompiledCalendar, from: Instant): number {
  const week = openIntervalsBetween(calendar, from, from + 28 * DAY);
  const days = new Set(week.map((one) => Math.floor(one.from / DAY))).size;
  const total = week.reduce((sum, one) => sum + one.until - one.from, 0);
  return days === 0 ? DAY : total / days;
}

function toRun(state: CaseState | null, startAt: Instant, lastAt: Instant): SampleRun {
  if (!state) return { seconds: lastAt - startAt, case: null, clocks: {}, tasks: {} };
  const clocks = toClockViews(state).map((clock) => [clock.key, clock.breachedAt === null] as const);
  const tasks = toTaskRows(state).flatMap((task): (readonly [string, boolean])[] => {
    const isTimed = Object.keys(state.time[`task:${task.id}`]?.rows ?? {}).length > 0;
    return task.state === 'complete' && isTimed ? [[task.node, task.breachedAt === null]] : [];
  });
  const { breachedAt } = toCaseRow(state);
  const isTimed = Object.keys(state.time['case:']?.rows ?? {}).length > 0;
  return {
    seconds: lastAt - startAt,
    case: isTimed ? breachedAt === null : null,
    clocks: merged(clocks),
    tasks: merged(tasks),
  };
}

/** Several clocks or occurrences of one key are met when all are. */
function merged(entries: readonly (readonly [string, boolean])[]): Record<string, boolean> {
  const all: Record<string, boolean> = {};
  for (const [key, met] of entries) all[key] = (all[key] ?? true) && met;
  return all;
}
