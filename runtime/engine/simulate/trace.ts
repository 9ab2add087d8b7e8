import type { Instant } from '../../../schemas/ids.ts';
import { toIsoText } from '../calendar/iso.ts';
import { applyToClock, makeClock } from '../clock/commands.ts';
import { consumedSeconds, dueAt, outcomeOf, overdueSeconds } from '../clock/readings.ts';
import type { ClockFact, ClockSpec, ClockState, CountedPeriod, ReopenPolicy } from '../clock/state.ts';
import { advanceEscalation, type LadderWorld, type Pace } from '../ladder/advance.ts';
import { applyToLadder, armLadder, type LadderCommand } from '../ladder/commands.ts';
import { type LadderMessage, toMessages } from '../ladder/messages.ts';
import type { LadderFact, LadderSpec, LadderState } from '../ladder/state.ts';

/** One command of a trace at a virtual time. */
export type TraceCommand = { readonly at: Instant } & (
  | { readonly verb: 'start' }
  | { readonly verb: 'complete' | 'cancel' }
  | { readonly verb: 'ack' | 'activity' | 'tick' | 'runTo' }
  | { readonly verb: 'pause' | 'resume'; readonly reason: string }
  | { readonly verb: 'retarget'; readonly target: CountedPeriod }
  | { readonly verb: 'reassign'; readonly to: string }
  | { readonly verb: 'reopen'; readonly policy: ReopenPolicy }
);

/** A clock, with or without a ladder, and what is done to it. */
export interface Trace {
  readonly clock: ClockSpec;
  readonly ladder: { readonly spec: LadderSpec; readonly owner: string | null } | null;
  readonly commands: readonly TraceCommand[];
}

/** State and history of a trace that was played. */
export interface PlayedTrace {
  readonly clock: ClockState;
  readonly ladder: LadderState | null;
  readonly clockFacts: readonly ClockFact[];
  readonly ladderFacts: readonly LadderFact[];
  readonly messages: readonly LadderMessage[];
  readonly lastAt: Instant;
}

/** Plays a trace on a virtual clock: the ticker is live, except that a `tick` is its first run after a downtime (C2, D4). */
export function playTrace(trace: Trace, world: LadderWorld): PlayedTrace {
  let played: PlayedTrace = {
    clock: makeClock(trace.clock),
    ladder: null,
    clockFacts: [],
    ladderFacts: [],
    messages: [],
    lastAt: 0,
  };
  for (const command of trace.commands) {
    const isTick = command.verb === 'tick';
    played = advance(trace, played, { to: command.at, inclusive: isTick, pace: isTick ? 'catchUp' : 'live' }, world);
    played = { ...carryOut(trace, played, command, world), lastAt: command.at };
  }
  return played;
}

function advance(
  trace: Trace,
  played: PlayedTrace,
  until: { readonly to: Instant; readonly inclusive: boolean; readonly pace: Pace },
  world: LadderWorld,
): PlayedTrace {
  const { clock, ladder } = played;
  if (!trace.ladder || !ladder) {
    const step = advanceEscalation(noLadder, { clock, ladder: armLadder(until.to, null) }, until, world);
    return { ...played, clock: step.item.clock, clockFacts: [...played.clockFacts, ...step.clockFacts] };
  }
  const { spec } = trace.ladder;
  const step = advanceEscalation(spec, { clock, ladder }, until, world);
  return {
    ...played,
    ...step.item,
    clockFacts: [...played.clockFacts, ...step.clockFacts],
    ladderFacts: [...played.ladderFacts, ...step.ladderFacts],
    messages: [...played.messages, ...toMessages(spec, step.ladderFacts, until.pace)],
  };
}

const noLadder: LadderSpec = {
  key: 'none',
  subject: 'task',
  calendar: '',
  rungs: [],
  holdFor: { value: 0, unit: 'seconds' },
  fallback: [],
};

function carryOut(trace: Trace, played: PlayedTrace, command: TraceCommand, world: LadderWorld): PlayedTrace {
  const before = played.clock;
  const step = doToClock(before, command, world);
  const done: PlayedTrace = { ...played, clock: step.state, clockFacts: [...played.clockFacts, ...step.facts] };
  if (!trace.ladder) return done;
  if (command.verb === 'start') {
    return done.ladder ? done : { ...done, ladder: armLadder(command.at, trace.ladder.owner) };
  }
  const toDo = done.ladder ? toLadderCommand(command, before, step.state) : undefined;
  return toDo && done.ladder ? doToLadder(trace.ladder.spec, done, done.ladder, toDo, world) : done;
}

function doToClock(clock: ClockState, command: TraceCommand, world: LadderWorld) {
  switch (command.verb) {
    case 'start':
    case 'pause':
    case 'resume':
    case 'retarget':
    case 'complete':
    case 'cancel':
    case 'reopen':
      return applyToClock(clock, command, world.calendarOf);
    case 'ack':
    case 'activity':
    case 'reassign':
    case 'tick':
    case 'runTo':
      return { state: clock, facts: [] };
  }
}

/** What a command means to the ladder, given what it did to the clock (E3: it freezes while the clock is paused). */
function toLadderCommand(command: TraceCommand, before: ClockState, after: ClockState): LadderCommand | undefined {
  const { at } = command;
  switch (command.verb) {
    case 'ack':
      return { verb: 'acknowledge', at };
    case 'activity':
      return { verb: 'activity', at };
    case 'reassign':
      return { verb: 'reassign', at, to: command.to };
    case 'pause':
    case 'resume':
      return toPauseCommand(at, before, after);
    case 'complete':
    case 'cancel':
      return after.phase === 'ended' ? { verb: 'end', at } : undefined;
    case 'reopen':
      return before.phase === 'ended' ? { verb: 'reopen', at, policy: command.policy } : undefined;
    case 'start':
    case 'retarget':
    case 'tick':
    case 'runTo':
      return undefined;
  }
}

/** The ladder's part of a pause or resume that was done to the clock it follows; undefined when the clock did not change. */
export function toPauseCommand(at: Instant, before: ClockState, after: ClockState): LadderCommand | undefined {
  if (before.pauses === after.pauses) return undefined;
  if (after.phase !== 'paused') return before.phase === 'paused' ? { verb: 'resume', at } : undefined;
  const reviews = after.pauses.flatMap(({ reviewAt }) => (reviewAt === null ? [] : [reviewAt]));
  return { verb: 'pause', at, reviewAt: reviews.length > 0 ? Math.min(...reviews) : null };
}

function doToLadder(
  spec: LadderSpec,
  played: PlayedTrace,
  ladder: LadderState,
  command: LadderCommand,
  world: LadderWorld,
): PlayedTrace {
  const step = applyToLadder(spec, ladder, played.clock, command, world);
  return {
    ...played,
    ladder: step.state,
    ladderFacts: [...played.ladderFacts, ...step.facts],
    messages: [...played.messages, ...toMessages(spec, step.facts, 'live')],
  };
}

/** The result of a clock trace, as `lintel simulate` prints it. */
export function toClockResult(played: PlayedTrace, world: LadderWorld): Record<string, unknown> {
  const { clock, lastAt } = played;
  const shown = new Set<ClockFact['kind']>(['amber', 'breached', 'pauseIgnored']);
  const facts = played.clockFacts
    .filter(({ kind }) => shown.has(kind))
    .map((fact) => [fact.kind, toIsoText(fact.effectiveAt)]);
  const due = dueAt(clock, world.calendarOf);
  const standing = clock.end
    ? { completedWhilePaused: clock.end.whilePaused }
    : { dueAt: due === null ? null : toIsoText(due), paused: clock.phase === 'paused' };
  return {
    ...standing,
    breachedAt: clock.breach ? toIsoText(clock.breach.at) : null,
    outcome: outcomeOf(clock),
    consumedSeconds: consumedSeconds(clock, lastAt, world.calendarOf),
    overdueSeconds: overdueSeconds(clock, lastAt, world.calendarOf),
    facts: sortRows(facts),
  };
}

/** The result of a ladder trace, as `lintel simulate` prints it. */
export function toLadderResult(spec: LadderSpec, played: PlayedTrace): Record<string, unknown> {
  const orderOf = (rung: string) => spec.rungs.findIndex(({ key }) => key === rung);
  const firings = played.ladderFacts
    .filter((fact) => fact.kind === 'fired')
    .sort((a, b) => a.effectiveAt - b.effectiveAt || orderOf(a.rung) - orderOf(b.rung))
    .map((firing) => [
      firing.rung,
      firing.occurrence,
      toIsoText(firing.effectiveAt),
      firing.recipients.map(({ id }) => id),
    ]);
  const messages = played.messages.map((message) => [
    message.recipient.id,
    message.rung,
    message.occurrence,
    toIsoText(message.createdAt),
  ]);
  const exhausted = played.ladderFacts.find((fact) => fact.kind === 'exhausted');
  return {
    firings,
    breachedAt: played.clock.breach ? toIsoText(played.clock.breach.at) : null,
    messages: sortRows(messages),
    exhaustedAt: exhausted ? toIsoText(exhausted.effectiveAt) : null,
  };
}

function sortRows<T extends string | number>(rows: readonly T[][]): T[][] {
  return [...rows].sort((a, b) => {
    for (const [position, value] of a.entries()) {
      const other = b[position];
      if (other === undefined || value === other) continue;
      return value < other ? -1 : 1;
    }
    return 0;
  });
}
