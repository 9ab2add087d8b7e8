import type { Instant } from '../../../schemas/ids.ts';
import { NEVER } from '../calendar/time.ts';
import { endOf, pointBeforeEnd } from './readings.ts';
import {
  type AmberPoint,
  type BreachReason,
  type CalendarOf,
  type ClockFact,
  type ClockState,
  type ClockStep,
  currentRevision,
} from './state.ts';

/** How far an advance goes: facts due at the very instant belong to a tick, not to a command at that instant (C2). */
export interface Until {
  readonly to: Instant;
  readonly inclusive: boolean;
}

/** Records the facts that are due, in order, with their true times (C3, C4); a second call adds nothing. */
export function advanceClock(state: ClockState, until: Until, calendarOf: CalendarOf): ClockStep {
  return takeWhile(state, calendarOf, ({ at }) => at < until.to || (until.inclusive && at === until.to));
}

/** Records what a command at `at` put into the past already: a shortened target, a resume after one (C9). */
export function settleClock(state: ClockState, at: Instant, calendarOf: CalendarOf): ClockStep {
  return takeWhile(state, calendarOf, (due) => due.point < at && due.at <= at);
}

/** When the clock next has something to say, null when it has nothing (D1). */
export function clockDueAt(state: ClockState, calendarOf: CalendarOf): Instant | null {
  return nextFact(state, calendarOf)?.at ?? null;
}

/** Instant at which a point before the end takes effect: not before the current run nor the current target (C9). NEVER unless running. */
export function effectivePointBefore(state: ClockState, point: AmberPoint, calendarOf: CalendarOf): Instant {
  if (state.phase !== 'running') return NEVER;
  return Math.max(pointBeforeEnd(state, point, calendarOf), floorOf(state));
}

interface DueFact {
  readonly kind: 'amber' | 'breached';
  /** When it takes effect. */
  readonly at: Instant;
  /** Where the target itself puts it, which may lie before the current run. */
  readonly point: Instant;
}

function takeWhile(state: ClockState, calendarOf: CalendarOf, isDue: (fact: DueFact) => boolean): ClockStep {
  const facts: ClockFact[] = [];
  let current = state;
  for (let due = nextFact(current, calendarOf); due && isDue(due); due = nextFact(current, calendarOf)) {
    const { number, revision } = currentRevision(current);
    const base = { effectiveAt: due.at, cycle: current.cycle, revision: number };
    if (due.kind === 'amber') {
      current = { ...current, ambers: [...current.ambers, { at: due.at, revision: number }] };
      facts.push({ kind: 'amber', ...base });
      continue;
    }
    const reason: BreachReason =
      number > 0 && due.point < due.at && due.point <= revision.since ? 'target-shortened' : 'deadline';
    current = { ...current, breach: { at: due.at, revision: number, reason } };
    facts.push({ kind: 'breached', reason, ...base });
  }
  return { state: current, facts };
}

function nextFact(state: ClockState, calendarOf: CalendarOf): DueFact | null {
  if (state.phase !== 'running' || state.breach) return null;
  const floor = floorOf(state);
  const end = endOf(state, state.runs, calendarOf);
  const breached: DueFact = { kind: 'breached', at: Math.max(end, floor), point: end };
  const { number } = currentRevision(state);
  if (state.amber && !state.ambers.some(({ revision }) => revision === number)) {
    const point = pointBeforeEnd(state, state.amber, calendarOf);
    const at = Math.max(point, floor);
    if (at <= breached.at && at !== NEVER) return { kind: 'amber', at, point };
  }
  return end === NEVER ? null : breached;
}

/** Nothing takes effect while the clock stood still, nor before the target that makes it due. */
function floorOf(state: ClockState): Instant {
  const { number, revision } = currentRevision(state);
  const runFrom = state.runs.at(-1)?.from ?? NEVER;
  return number > 0 ? Math.max(runFrom, revision.since) : runFrom;
}
