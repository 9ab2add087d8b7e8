import type { Instant } from '../../../schemas/ids.ts';
import { dayOf, nthWorkingDayAfter, tickOfDay } from '../calendar/time.ts';
import { advanceClock, settleClock } from './advance.ts';
import { consumedSeconds, outcomeOf, overdueSeconds } from './readings.ts';
import {
  type CalendarOf,
  type ClockFact,
  type ClockSpec,
  type ClockState,
  type ClockStep,
  type CountedPeriod,
  currentRevision,
  type ReopenPolicy,
  type Run,
} from './state.ts';

/** What people do to a clock; `at` is the server's time (D8). */
export type ClockCommand =
  /** `startedAt` may lie before `at` (C12). */
  | { readonly verb: 'start'; readonly at: Instant; readonly startedAt?: Instant | undefined }
  | {
      readonly verb: 'pause';
      readonly at: Instant;
      readonly reason: string;
      /** Absent: close of business of the fifth working day (C13). */
      readonly reviewAt?: Instant | null | undefined;
    }
  /** Without a reason every active one ends. */
  | { readonly verb: 'resume'; readonly at: Instant; readonly reason?: string | undefined }
  | {
      readonly verb: 'retarget';
      readonly at: Instant;
      readonly target: CountedPeriod;
      readonly reason?: string | undefined;
    }
  | { readonly verb: 'complete' | 'cancel'; readonly at: Instant }
  | { readonly verb: 'reopen'; readonly at: Instant; readonly policy?: ReopenPolicy | undefined };

const reviewAfterWorkingDays = 5;

/** A clock that has not started. */
export function makeClock(spec: ClockSpec): ClockState {
  return {
    calendar: spec.calendar,
    amber: spec.amber,
    pausable: spec.pausable,
    phase: 'notStarted',
    cycle: 0,
    startedAt: null,
    runs: [],
    pauses: [],
    revisions: [{ target: spec.target, since: 0, reason: null }],
    ambers: [],
    breach: null,
    end: null,
    pastCycles: [],
  };
}

/** Carries out a command: first the facts due before it, then what it does (C2, C3). A command without meaning in the phase changes nothing. */
export function applyToClock(state: ClockState, command: ClockCommand, calendarOf: CalendarOf): ClockStep {
  const due = advanceClock(state, { to: command.at, inclusive: false }, calendarOf);
  const done = carryOut(due.state, command, calendarOf);
  return { state: done.state, facts: [...due.facts, ...done.facts] };
}

function carryOut(state: ClockState, command: ClockCommand, calendarOf: CalendarOf): ClockStep {
  switch (command.verb) {
    case 'start':
      return start(state, command.startedAt ?? command.at, command.at, calendarOf);
    case 'pause':
      return pause(state, command.at, command.reason, command.reviewAt ?? reviewAt(state, command, calendarOf));
    case 'resume':
      return resume(state, command.at, command.reason, calendarOf);
    case 'retarget':
      return retarget(state, command, calendarOf);
    case 'complete':
      return end(state, command.at, 'completed', calendarOf);
    case 'cancel':
      return end(state, command.at, 'cancelled', calendarOf);
    case 'reopen':
      return reopen(state, command.at, command.policy ?? 'resume', calendarOf);
  }
}

function start(state: ClockState, startedAt: Instant, at: Instant, calendarOf: CalendarOf): ClockStep {
  if (state.phase !== 'notStarted') return unchanged(state);
  const started: ClockState = { ...state, phase: 'running', startedAt, runs: [{ from: startedAt, until: null }] };
  const due = advanceClock(started, { to: at, inclusive: false }, calendarOf);
  const past = settleClock(due.state, at, calendarOf);
  return { state: past.state, facts: [factOf(state, 'started', startedAt), ...due.facts, ...past.facts] };
}

function pause(state: ClockState, at: Instant, reason: string, review: Instant | null): ClockStep {
  if (state.phase !== 'running' && state.phase !== 'paused') return unchanged(state);
  if (!state.pausable) return { state, facts: [{ ...stamp(state, at), kind: 'pauseIgnored', reason }] };
  if (state.pauses.some((active) => active.reason === reason)) return unchanged(state);
  return {
    state: {
      ...state,
      phase: 'paused',
      runs: closeLast(state.runs, at),
      pauses: [...state.pauses, { reason, since: at, reviewAt: review }],
    },
    facts: [{ ...stamp(state, at), kind: 'paused', reason, reviewAt: review }],
  };
}

function reviewAt(
  state: ClockState,
  command: { at: Instant; reviewAt?: Instant | null | undefined },
  calendarOf: CalendarOf,
) {
  if (command.reviewAt === null || !state.pausable) return null;
  const calendar = calendarOf(state.calendar);
  const day = nthWorkingDayAfter(calendar, dayOf(calendar, command.at), reviewAfterWorkingDays);
  return Number.isFinite(day) ? tickOfDay(calendar, day, 'closeOfBusiness') : null;
}

function resume(state: ClockState, at: Instant, reason: string | undefined, calendarOf: CalendarOf): ClockStep {
  if (state.phase !== 'paused') return unchanged(state);
  const ended = state.pauses.filter((active) => reason === undefined || active.reason === reason);
  if (ended.length === 0) return unchanged(state);
  const pauses = state.pauses.filter((active) => !ended.includes(active));
  const reasonOf = (position: number) => ended[position]?.reason ?? '';
  if (pauses.length > 0) {
    return {
      state: { ...state, pauses },
      facts: [{ ...stamp(state, at), kind: 'pauseReasonEnded', reason: reasonOf(0) }],
    };
  }
  const running: ClockState = { ...state, phase: 'running', pauses, runs: openRun(state.runs, at) };
  const past = settleClock(running, at, calendarOf);
  const facts = ended.map(
    (_, position): ClockFact => ({
      ...stamp(state, at),
      kind: position === ended.length - 1 ? 'resumed' : 'pauseReasonEnded',
      reason: reasonOf(position),
    }),
  );
  return { state: past.state, facts: [...facts, ...past.facts] };
}

function retarget(
  state: ClockState,
  command: { at: Instant; target: CountedPeriod; reason?: string | undefined },
  calendarOf: CalendarOf,
): ClockStep {
  if (state.phase === 'ended') return unchanged(state);
  const { at, target } = command;
  const from = currentRevision(state).revision.target;
  const reason = command.reason ?? null;
  const changed: ClockState = { ...state, revisions: [...state.revisions, { target, since: at, reason }] };
  const past = settleClock(changed, at, calendarOf);
  return {
    state: past.state,
    facts: [{ ...stamp(changed, at), kind: 'retargeted', from, to: target, reason }, ...past.facts],
  };
}

function end(state: ClockState, at: Instant, how: 'completed' | 'cancelled', calendarOf: CalendarOf): ClockStep {
  if (state.phase === 'ended' || (state.phase === 'notStarted' && how === 'completed')) return unchanged(state);
  const whilePaused = how === 'completed' && state.phase === 'paused';
  const runs = state.phase === 'running' ? closeLast(state.runs, at) : state.runs;
  const ended: ClockState = { ...state, phase: 'ended', runs, pauses: [], end: { at, how, whilePaused } };
  const fact: ClockFact = {
    ...stamp(state, at),
    kind: 'ended',
    outcome: outcomeOf(ended),
    consumed: consumedSeconds(ended, at, calendarOf),
    overdue: overdueSeconds(ended, at, calendarOf),
    completedWhilePaused: whilePaused,
  };
  return { state: ended, facts: [fact] };
}

function reopen(state: ClockState, at: Instant, policy: ReopenPolicy, calendarOf: CalendarOf): ClockStep {
  if (state.phase !== 'ended' || !state.end || state.startedAt === null) return unchanged(state);
  const open = { ...state, phase: 'running' as const, end: null };
  if (policy === 'restart') {
    const fresh = restarted(open, state.end.at, at, outcomeOf(state));
    return { state: fresh, facts: [{ ...stamp(fresh, at), kind: 'reopened', policy }] };
  }
  const running: ClockState = { ...open, runs: openRun(state.runs, policy === 'continue' ? state.end.at : at) };
  const due = advanceClock(running, { to: at, inclusive: false }, calendarOf);
  const past = settleClock(due.state, at, calendarOf);
  return {
    state: past.state,
    facts: [{ ...stamp(state, at), kind: 'reopened', policy }, ...due.facts, ...past.facts],
  };
}

function restarted(
  state: ClockState,
  endedAt: Instant,
  at: Instant,
  outcome: ReturnType<typeof outcomeOf>,
): ClockState {
  const { target } = currentRevision(state).revision;
  const past = {
    cycle: state.cycle,
    startedAt: state.startedAt ?? endedAt,
    endedAt,
    outcome,
    breachedAt: state.breach?.at ?? null,
  };
  return {
    ...state,
    cycle: state.cycle + 1,
    startedAt: at,
    runs: [{ from: at, until: null }],
    revisions: [{ target, since: at, reason: null }],
    ambers: [],
    breach: null,
    pastCycles: [...state.pastCycles, past],
  };
}

/** Closes the open run; a paused clock has none. */
export function closeLast(runs: readonly Run[], at: Instant): readonly Run[] {
  const last = runs.at(-1);
  if (!last || last.until !== null) return runs;
  return [...runs.slice(0, -1), { from: last.from, until: Math.max(at, last.from) }];
}

/** Goes on counting; a pause of no length leaves no trace. */
export function openRun(runs: readonly Run[], at: Instant): readonly Run[] {
  const last = runs.at(-1);
  if (last?.until === at) return [...runs.slice(0, -1), { from: last.from, until: null }];
  return [...runs, { from: at, until: null }];
}

function unchanged(state: ClockState): ClockStep {
  return { state, facts: [] };
}

function stamp(state: ClockState, at: Instant) {
  return { effectiveAt: at, cycle: state.cycle, revision: state.revisions.length - 1 };
}

function factOf(state: ClockState, kind: 'started', at: Instant): ClockFact {
  return { ...stamp(state, at), kind };
}
