import type { Instant } from '../../../schemas/ids.ts';
import { closeLast, openRun } from '../clock/commands.ts';
import { reachEnd } from '../clock/reach.ts';
import type { CalendarOf, ClockState, ReopenPolicy } from '../clock/state.ts';
import { advanceLadder, exhaust, type LadderWorld } from './advance.ts';
import { type LadderView, rungDue } from './due.ts';
import { resolveRecipients } from './recipients.ts';
import type { LadderFact, LadderRung, LadderSpec, LadderState, LadderStep, RungState } from './state.ts';

/** What people do to an item, as its ladder sees it. Advance the ladder to `at` first (C3). */
export type LadderCommand =
  | { readonly verb: 'acknowledge'; readonly at: Instant; readonly by?: string | null }
  /** Staff activity: status, note, field change, contact, document (E4). */
  | { readonly verb: 'activity'; readonly at: Instant }
  /** The work on the item has begun: `notStarted` is over. */
  | { readonly verb: 'begin'; readonly at: Instant }
  /** A rung that gives work away is an escalation action, which is no staff activity (E4). */
  | { readonly verb: 'reassign'; readonly at: Instant; readonly to: string | null; readonly by?: 'ladder' | undefined }
  | { readonly verb: 'pause'; readonly at: Instant; readonly reviewAt: Instant | null }
  | { readonly verb: 'resume'; readonly at: Instant }
  | { readonly verb: 'end'; readonly at: Instant }
  | { readonly verb: 'reopen'; readonly at: Instant; readonly policy: ReopenPolicy };

/** A ladder attached to an item that became active; `activatedAt` may lie before `at` (C12). */
export function armLadder(activatedAt: Instant, owner: string | null, at: Instant = activatedAt): LadderState {
  return {
    phase: 'armed',
    cycle: 0,
    owner,
    activatedAt,
    lastActivityAt: null,
    unassignedSince: owner === null ? activatedAt : null,
    begun: false,
    runs: [{ from: activatedAt, until: null }],
    pause: null,
    hold: null,
    rungs: {},
    exhaustedAt: null,
    advancedTo: at,
  };
}

/** Carries out a command on a ladder that was advanced to it; a command without meaning in the phase changes nothing. */
export function applyToLadder(
  spec: LadderSpec,
  state: LadderState,
  clock: ClockState | null,
  command: LadderCommand,
  world: LadderWorld,
): LadderStep {
  if (state.phase === 'ended') {
    if (command.verb !== 'reopen') return unchanged(state);
    const reopened = reopen(state, command.at, command.policy);
    // C11: re-opening sends nothing for what became due while the item was closed.
    const view = { spec, state: reopened.state, clock, calendarOf: world.calendarOf };
    return { ...reopened, state: muteDueRungs(view, command.at, followsClock) };
  }
  const step = releaseDeferred(spec, state, clock, carryOut(spec, state, command, world), command, world);
  if (command.verb === 'acknowledge' || command.verb === 'end' || Object.keys(step.state.rungs).length === 0)
    return step;
  const over = exhaust({ spec, state: step.state, clock, calendarOf: world.calendarOf }, command.at);
  return { state: over.state, facts: [...step.facts, ...over.facts] };
}

/** E19: rungs that only waited for the hold fire with the reassignment that clears it; what is due at that very instant waits (C2). */
function releaseDeferred(
  spec: LadderSpec,
  before: LadderState,
  clock: ClockState | null,
  step: LadderStep,
  command: LadderCommand,
  world: LadderWorld,
): LadderStep {
  if (command.verb !== 'reassign' || !before.hold) return step;
  const until = { to: command.at, inclusive: false, pace: 'catchUp' } as const;
  const released = advanceLadder(spec, step.state, clock, until, world);
  return { state: released.state, facts: [...step.facts, ...released.facts] };
}

/** Marks rungs that are due already as done without a message: all of them on an attach with `recordOnly` (C12), the clock's on re-opening (C11). */
export function muteDueRungs(view: LadderView, at: Instant, picks: (rung: LadderRung) => boolean): LadderState {
  const rungs: Record<string, RungState> = { ...view.state.rungs };
  for (const rung of view.spec.rungs) {
    const due = picks(rung) ? rungDue(rung, view) : undefined;
    if (!due || due.isRepeat || due.at > at) continue;
    const { latch, revision } = due;
    const fired = rung.repeat?.max ?? 1;
    rungs[rung.key] = {
      latch,
      revision,
      occurrence: fired,
      fired,
      firstAt: at,
      lastAt: at,
      nobodyAt: null,
      skipped: false,
    };
  }
  return { ...view.state, rungs };
}

function followsClock({ trigger: { on } }: LadderRung): boolean {
  return on === 'warning' || on === 'breached' || on === 'clockEnd';
}

function carryOut(spec: LadderSpec, state: LadderState, command: LadderCommand, world: LadderWorld): LadderStep {
  const { at } = command;
  switch (command.verb) {
    case 'acknowledge':
      return acknowledge(spec, state, at, command.by ?? null, world.calendarOf);
    case 'activity':
      return { state: { ...state, lastActivityAt: at }, facts: [] };
    case 'begin':
      return { state: { ...state, begun: true, lastActivityAt: at }, facts: [] };
    case 'reassign':
      return reassign(state, command, world);
    case 'pause':
      return pause(state, at, command.reviewAt);
    case 'resume':
      return {
        state: { ...state, pause: null, runs: isRunning(state) ? state.runs : openRun(state.runs, at) },
        facts: [],
      };
    case 'end':
      return {
        state: { ...withoutRetries(state), phase: 'ended', runs: closeLast(state.runs, at), pause: null, hold: null },
        facts: [{ kind: 'ended', effectiveAt: at, cycle: state.cycle }],
      };
    case 'reopen':
      return unchanged(state);
  }
}

/** E7, E19: a hold in open time that pauses do not lengthen; a second one replaces the first. */
function acknowledge(
  spec: LadderSpec,
  state: LadderState,
  at: Instant,
  by: string | null,
  calendarOf: CalendarOf,
): LadderStep {
  const runs = [{ from: at, until: null }];
  const calendar = calendarOf(spec.holdFor.calendar ?? spec.calendar);
  const until = reachEnd(spec.holdFor, { runs, calendar, startedAt: at });
  return {
    state: { ...state, hold: { by, since: at, until } },
    facts: [{ kind: 'acknowledged', effectiveAt: at, cycle: state.cycle, by, until }],
  };
}

/** E9: activity (but for the ladder's own act, E4), no hold any more, a message to the new owner, the rung stays. */
function reassign(
  state: LadderState,
  { at, to, by }: Extract<LadderCommand, { verb: 'reassign' }>,
  world: LadderWorld,
): LadderStep {
  const stamp = { effectiveAt: at, cycle: state.cycle };
  const recipients =
    to === null ? [] : resolveRecipients(['owner'], { ...world.people, owner: to }, world.directory, at);
  const facts: LadderFact[] = [{ kind: 'assigned', ...stamp, from: state.owner, to, recipients }];
  if (state.hold && at < state.hold.until) facts.push({ kind: 'holdCleared', ...stamp });
  const unassignedSince = to === null ? (state.unassignedSince ?? at) : null;
  const lastActivityAt = by === 'ladder' ? state.lastActivityAt : at;
  // Somebody has the work now: nobody is looked for any more (E14).
  const left = state.retries?.filter(({ action }) => action.do !== 'reassign') ?? [];
  const kept = { ...withoutRetries(state), ...(left.length > 0 ? { retries: left } : {}) };
  return { state: { ...kept, owner: to, unassignedSince, lastActivityAt, hold: null }, facts };
}

function pause(state: LadderState, at: Instant, reviewAt: Instant | null): LadderStep {
  const since = state.pause?.since ?? at;
  return { state: { ...state, pause: { since, reviewAt }, runs: closeLast(state.runs, at) }, facts: [] };
}

/** C11: the time after the end never counts for waits; rungs that fired stay fired, except in a new cycle. */
function reopen(state: LadderState, at: Instant, policy: ReopenPolicy): LadderStep {
  const isRestart = policy === 'restart';
  const cycle = isRestart ? state.cycle + 1 : state.cycle;
  const reopened: LadderState = { ...state, phase: 'armed', cycle, advancedTo: at, runs: openRun(state.runs, at) };
  const fresh = {
    rungs: {},
    exhaustedAt: null,
    activatedAt: at,
    lastActivityAt: null,
    begun: false,
    hold: null,
    pause: null,
    runs: [{ from: at, until: null }],
  };
  return {
    state: isRestart ? { ...reopened, ...fresh } : reopened,
    facts: [{ kind: 'rearmed', effectiveAt: at, cycle }],
  };
}

/** Nothing is left to be tried again (E14). */
function withoutRetries({ retries: _retries, ...state }: LadderState): LadderState {
  return state;
}

function isRunning(state: LadderState): boolean {
  return state.runs.at(-1)?.until === null;
}

function unchanged(state: LadderState): LadderStep {
  return { state, facts: [] };
}
