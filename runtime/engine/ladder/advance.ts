import type { Condition } from '../../../schemas/condition.ts';
import type { Instant } from '../../../schemas/ids.ts';
import { advanceClock, clockDueAt, type Until } from '../clock/advance.ts';
import type { CalendarOf, ClockFact, ClockState } from '../clock/state.ts';
import { canStillFire, type LadderView, type RungDue, rungDue } from './due.ts';
import { type Directory, type ItemPeople, resolveWithFallback } from './recipients.ts';
import type { Firing, LadderFact, LadderRung, LadderSpec, LadderState, LadderStep, RungState } from './state.ts';

/** What a ladder needs of the world; functions, so that nothing of it is stored. */
export interface LadderWorld {
  readonly calendarOf: CalendarOf;
  readonly directory: Directory;
  /** People beside the owner, whom the ladder keeps itself. */
  readonly people?: Omit<ItemPeople, 'owner'>;
  /** Whether a rung's condition is true now (E16); absent means yes. */
  readonly holds?: (condition: Condition) => boolean;
}

/** `live`: rungs fire at their due time, as with a ticker that never sleeps. `catchUp`: all that is due fires at `to` (D4). */
export type Pace = 'live' | 'catchUp';

/** Fires what is due, in order of time and then of rungs (E15, D4); the clock must have been advanced to the same instant. A second call adds nothing. */
export function advanceLadder(
  spec: LadderSpec,
  state: LadderState,
  clock: ClockState | null,
  until: Until & { readonly pace: Pace },
  world: LadderWorld,
): LadderStep {
  const facts: LadderFact[] = [];
  let current = state;
  const view = (): LadderView => ({ spec, state: current, clock, calendarOf: world.calendarOf });
  for (;;) {
    const next = nextRung(view());
    const clearedAt = holdClearedAt(current, clock, until);
    if (clearedAt !== null && (!next || Math.max(next.due.at, current.advancedTo) >= clearedAt)) {
      current = { ...current, hold: null, advancedTo: Math.max(current.advancedTo, clearedAt) };
      facts.push({ kind: 'holdCleared', effectiveAt: clearedAt, cycle: current.cycle });
      continue;
    }
    if (!next || !isWithin(next.due.at, until)) break;
    const firedAt = until.pace === 'live' ? Math.max(next.due.at, current.advancedTo) : until.to;
    // Its raw due time may lie before a pause or a hold that has since ended.
    if (!isWithin(firedAt, until) && until.pace === 'live') break;
    const step = fire(next.rung, next.due, firedAt, view(), world);
    current = step.state;
    facts.push(...step.facts);
    const done = exhaust({ ...view(), state: current }, firedAt);
    current = done.state;
    facts.push(...done.facts);
  }
  const advancedTo = Math.max(current.advancedTo, until.to);
  return { state: { ...current, advancedTo }, facts };
}

/** When the ladder next fires something, null when time alone brings nothing (D1). */
export function ladderDueAt(
  spec: LadderSpec,
  state: LadderState,
  clock: ClockState | null,
  calendarOf: CalendarOf,
): Instant | null {
  const next = nextRung({ spec, state, clock, calendarOf });
  const retry = (state.retries ?? []).reduce<Instant | null>((soonest, { at }) => earliest(soonest, at), null);
  return earliest(next ? Math.max(next.due.at, state.advancedTo) : null, retry);
}

/** The `exhausted` fact, once, when no rung can become due any more (E6). */
export function exhaust(view: LadderView, at: Instant): LadderStep {
  const { spec, state } = view;
  const isOver =
    state.phase === 'armed' && state.exhaustedAt === null && !spec.rungs.some((rung) => canStillFire(rung, view, at));
  if (!isOver) return { state, facts: [] };
  return {
    state: { ...state, exhaustedAt: at },
    facts: [{ kind: 'exhausted', effectiveAt: at, cycle: state.cycle }],
  };
}

/** A clock and the ladder that follows it. */
export interface Escalation {
  readonly clock: ClockState;
  readonly ladder: LadderState;
}

/** Advances a clock and its ladder together (C3, D1). */
export function advanceEscalation(
  spec: LadderSpec,
  item: Escalation,
  until: Until & { readonly pace: Pace },
  world: LadderWorld,
): {
  readonly item: Escalation;
  readonly clockFacts: readonly ClockFact[];
  readonly ladderFacts: readonly LadderFact[];
} {
  const clock = advanceClock(item.clock, until, world.calendarOf);
  const ladder = advanceLadder(spec, item.ladder, clock.state, until, world);
  return { item: { clock: clock.state, ladder: ladder.state }, clockFacts: clock.facts, ladderFacts: ladder.facts };
}

/** When a clock or its ladder next has something to say; the item's part in `wake_at` (D1). */
export function escalationDueAt(spec: LadderSpec, item: Escalation, calendarOf: CalendarOf): Instant | null {
  return earliest(clockDueAt(item.clock, calendarOf), ladderDueAt(spec, item.ladder, item.clock, calendarOf));
}

/** The earlier of two instants, where null never comes. */
export function earliest(a: Instant | null, b: Instant | null): Instant | null {
  if (a === null) return b;
  return b === null ? a : Math.min(a, b);
}

/** When a breach within the advance clears an acknowledgement (E7), null when none does. */
function holdClearedAt(state: LadderState, clock: ClockState | null, until: Until): Instant | null {
  const breachedAt = clock?.breach?.at;
  if (!state.hold || breachedAt === undefined || breachedAt < state.hold.since || breachedAt >= state.hold.until)
    return null;
  return isWithin(breachedAt, until) ? breachedAt : null;
}

interface NextRung {
  readonly rung: LadderRung;
  readonly due: RungDue;
}

function nextRung(view: LadderView): NextRung | undefined {
  if (view.state.phase === 'ended') return undefined;
  let best: NextRung | undefined;
  for (const rung of view.spec.rungs) {
    const due = rungDue(rung, view);
    if (!due) continue;
    const at = Math.max(due.at, view.state.advancedTo);
    if (!best || at < Math.max(best.due.at, view.state.advancedTo)) best = { rung, due };
  }
  return best;
}

function isWithin(at: Instant, until: Until): boolean {
  return at < until.to || (until.inclusive && at === until.to);
}

function fire(rung: LadderRung, due: RungDue, firedAt: Instant, view: LadderView, world: LadderWorld): LadderStep {
  const { state, spec } = view;
  const climbed = climb(state.rungs[rung.key], due, firedAt);
  const stamp = {
    effectiveAt: firedAt,
    cycle: state.cycle,
    revision: due.revision,
    rung: rung.key,
    occurrence: climbed.occurrence,
  };
  const withRung = (rungState: RungState): LadderState => ({
    ...state,
    rungs: { ...state.rungs, [rung.key]: rungState },
  });
  if (rung.when && world.holds?.(rung.when) === false) {
    return { state: withRung({ ...climbed, skipped: climbed.fired === 1 }), facts: [{ kind: 'skipped', ...stamp }] };
  }
  const people = { ...world.people, owner: state.owner };
  const lists = [rung.to, rung.fallback, spec.fallback];
  const { recipients, usedFallback } = resolveWithFallback(lists, people, world.directory, firedAt);
  const { channels, template, actions, urgent } = rung;
  const firing: Firing = {
    kind: 'fired',
    ...stamp,
    dueAt: due.at,
    recipients,
    usedFallback,
    channels,
    template,
    actions,
    urgent,
  };
  if (recipients.length > 0) return { state: withRung(climbed), facts: [firing] };
  return {
    state: withRung({ ...climbed, nobodyAt: climbed.nobodyAt ?? firedAt }),
    facts: [firing, { kind: 'noRecipient', ...stamp }],
  };
}

function climb(climbed: RungState | undefined, due: RungDue, at: Instant): RungState {
  if (climbed && due.isRepeat) {
    return { ...climbed, fired: climbed.fired + 1, occurrence: climbed.occurrence + 1, lastAt: at };
  }
  const earlier = climbed && climbed.revision === due.revision ? climbed.occurrence : 0;
  return {
    latch: due.latch,
    revision: due.revision,
    occurrence: earlier + 1,
    fired: 1,
    firstAt: at,
    lastAt: at,
    nobodyAt: null,
    skipped: false,
  };
}
