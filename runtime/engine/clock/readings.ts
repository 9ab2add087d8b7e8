import type { Instant } from '../../../schemas/ids.ts';
import { NEVER } from '../calendar/time.ts';
import { type Counting, openSecondsIn, reachBefore, reachEnd } from './reach.ts';
import {
  type AmberPoint,
  type CalendarOf,
  type ClockPhase,
  type ClockState,
  type Colour,
  currentRevision,
  type Outcome,
  type Run,
} from './state.ts';

/** What a screen shows of a clock at an instant. */
export interface ClockReading {
  readonly phase: ClockPhase;
  readonly colour: Colour;
  readonly outcome: Outcome;
  /** Null while paused, before the start and after the end (C5). */
  readonly dueAt: Instant | null;
  readonly amberAt: Instant | null;
  /** While paused: the deadline if it were resumed now. */
  readonly dueIfResumedNow: Instant | null;
  readonly breachedAt: Instant | null;
  /** Open seconds. */
  readonly consumed: number;
  /** Open, unpaused seconds after the breach (C8). */
  readonly overdue: number;
}

/** Everything that is shown of a clock at an instant (C1, C5, C8). */
export function readClock(state: ClockState, now: Instant, calendarOf: CalendarOf): ClockReading {
  return {
    phase: state.phase,
    colour: colourOf(state, now, calendarOf),
    outcome: outcomeOf(state),
    dueAt: dueAt(state, calendarOf),
    amberAt: amberAt(state, calendarOf),
    dueIfResumedNow: state.phase === 'paused' ? dueIfResumed(state, now, calendarOf) : null,
    breachedAt: state.breach?.at ?? null,
    consumed: consumedSeconds(state, now, calendarOf),
    overdue: overdueSeconds(state, now, calendarOf),
  };
}

/** The deadline of a running clock, null in every other phase (C5). */
export function dueAt(state: ClockState, calendarOf: CalendarOf): Instant | null {
  return state.phase === 'running' ? orNull(endOf(state, state.runs, calendarOf)) : null;
}

/** The amber point of a running clock, null without one and in every other phase. */
export function amberAt(state: ClockState, calendarOf: CalendarOf): Instant | null {
  if (state.phase !== 'running' || !state.amber) return null;
  return orNull(pointBeforeEnd(state, state.amber, calendarOf));
}

/** The deadline a paused clock would have if it were resumed at an instant (C5). */
export function dueIfResumed(state: ClockState, at: Instant, calendarOf: CalendarOf): Instant | null {
  const due = endOf(state, [...state.runs, { from: at, until: null }], calendarOf);
  return orNull(Math.max(due, at));
}

/** Open seconds counted so far, for date targets too. */
export function consumedSeconds(state: ClockState, now: Instant, calendarOf: CalendarOf): number {
  return openSecondsIn(state.runs, calendarOf(state.calendar), Number.NEGATIVE_INFINITY, now);
}

/** Open, unpaused seconds after the breach (C8). */
export function overdueSeconds(state: ClockState, now: Instant, calendarOf: CalendarOf): number {
  return state.breach ? openSecondsIn(state.runs, calendarOf(state.calendar), state.breach.at, now) : 0;
}

/** How the clock stands: open until it ends (C1). */
export function outcomeOf(state: ClockState): Outcome {
  if (!state.end) return 'open';
  if (state.breach) return 'breached';
  return state.end.how === 'cancelled' ? 'cancelled' : 'met';
}

/** Colour; kept while paused and after the end (C5); an extension after a breach recolours (C9). */
export function colourOf(state: ClockState, now: Instant, calendarOf: CalendarOf): Colour {
  const { number } = currentRevision(state);
  const shown = shownAt(state, now);
  if (state.breach && state.breach.revision === number) return 'exceeded';
  if (!state.breach) return state.ambers.some(({ revision }) => revision === number) ? 'amber' : 'onTrack';
  const runs = runningOn(state.runs);
  if (endOf(state, runs, calendarOf) < shown) return 'exceeded';
  if (state.amber && reachBefore(...targetOn(state, state.amber, runs, calendarOf)) <= shown) return 'amber';
  return 'onTrack';
}

/** Raw instant at which the target is used up over the given runs; NEVER where it is not. */
export function endOf(state: ClockState, runs: readonly Run[], calendarOf: CalendarOf): Instant {
  return runs.length === 0
    ? NEVER
    : reachEnd(currentRevision(state).revision.target, countingOf(state, runs, calendarOf));
}

/** Raw instant of a point before the end, over the clock's own runs; NEVER where it is not reached. */
export function pointBeforeEnd(state: ClockState, point: AmberPoint, calendarOf: CalendarOf): Instant {
  return state.runs.length === 0 ? NEVER : reachBefore(...targetOn(state, point, state.runs, calendarOf));
}

function targetOn(state: ClockState, point: AmberPoint, runs: readonly Run[], calendarOf: CalendarOf) {
  const { target } = currentRevision(state).revision;
  return [target, point, countingOf(state, runs, calendarOf)] as const;
}

function countingOf(state: ClockState, runs: readonly Run[], calendarOf: CalendarOf): Counting {
  const { target } = currentRevision(state).revision;
  return { runs, calendar: calendarOf(target.calendar ?? state.calendar), startedAt: state.startedAt ?? NEVER };
}

function runningOn(runs: readonly Run[]): Run[] {
  return runs.map((run, at) => (at === runs.length - 1 ? { from: run.from, until: null } : run));
}

/** A paused or ended clock is shown as it stood when it stopped. */
function shownAt(state: ClockState, now: Instant): Instant {
  return state.phase === 'running' ? now : (state.runs.at(-1)?.until ?? now);
}

function orNull(at: Instant): Instant | null {
  return Number.isFinite(at) ? at : null;
}
