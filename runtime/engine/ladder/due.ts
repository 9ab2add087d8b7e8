import type { Instant } from '../../../schemas/ids.ts';
import { NEVER } from '../calendar/time.ts';
import { effectivePointBefore } from '../clock/advance.ts';
import { elapsedSecondsOf, openTimeBefore, reachEnd, runsSince } from '../clock/reach.ts';
import type { AmberPoint, CalendarOf, ClockState, CountedPeriod, Run } from '../clock/state.ts';
import type { LadderRung, LadderSpec, LadderState, RungState } from './state.ts';

/** What a ladder looks at: its own state, the clock it follows (advanced to the same instant), and calendars. */
export interface LadderView {
  readonly spec: LadderSpec;
  readonly state: LadderState;
  readonly clock: ClockState | null;
  readonly calendarOf: CalendarOf;
}

/** Where a rung stands: the coming-true of its trigger it would answer, and when. */
export interface RungDue {
  readonly at: Instant;
  readonly latch: string;
  readonly revision: number;
  /** Not the first occurrence under this latch. */
  readonly isRepeat: boolean;
}

/** When a rung next fires as things stand; undefined when time alone cannot make it fire. */
export function rungDue(rung: LadderRung, view: LadderView): RungDue | undefined {
  const trigger = triggerDue(rung, view);
  const isAnswered = view.state.rungs[rung.key]?.latch === trigger?.latch;
  const first = trigger && !isAnswered ? deferred(rung, { ...trigger, isRepeat: false }, view) : undefined;
  const repeat = repeatDue(rung, view);
  // A clock that was advanced first may know an amber to come; repeats of the earlier one are due until then.
  return first && repeat ? (repeat.at < first.at ? repeat : first) : (first ?? repeat);
}

function repeatDue(rung: LadderRung, view: LadderView): RungDue | undefined {
  const climbed = view.state.rungs[rung.key];
  if (!climbed || !rung.repeat || climbed.skipped || climbed.fired >= rung.repeat.max) return undefined;
  if (!stillHolds(rung, view)) return undefined;
  const at = waitEnd(rung.repeat.every, climbed.lastAt, view);
  return deferred(rung, { at, latch: climbed.latch, revision: climbed.revision, isRepeat: true }, view);
}

/** Whether a rung may still fire while nobody does anything (E6). */
export function canStillFire(rung: LadderRung, view: LadderView, at: Instant, seen: readonly string[] = []): boolean {
  const climbed = view.state.rungs[rung.key];
  if (climbed && rung.repeat && !climbed.skipped && climbed.fired < rung.repeat.max && stillHolds(rung, view))
    return true;
  const latch = currentLatch(rung, view, at);
  if (latch !== undefined) return climbed?.latch !== latch;
  if (rung.trigger.on !== 'followOn' || seen.includes(rung.key)) return false;
  const base = view.spec.rungs.find(({ key }) => key === rung.trigger.after);
  return base !== undefined && canStillFireFirst(base, view, at, [...seen, rung.key]);
}

function canStillFireFirst(rung: LadderRung, view: LadderView, at: Instant, seen: readonly string[]): boolean {
  return canStillFire({ ...rung, repeat: undefined }, view, at, seen);
}

/** The coming-true a rung answers now or may answer by time alone; undefined where there is none. */
function currentLatch(rung: LadderRung, view: LadderView, at: Instant): string | undefined {
  const { state, clock } = view;
  const revision = revisionOf(clock);
  switch (rung.trigger.on) {
    case 'warning': {
      if (!clock?.amber) return undefined;
      const known = clock.ambers.some((amber) => amber.revision === revision);
      return known || !isBreachedBy(clock, at) ? latchOfRevision(revision) : undefined;
    }
    case 'breached':
    case 'clockEnd':
      if (!clock) return undefined;
      if (!isBefore(rung.trigger.offset)) return 'cycle';
      return isBreachedBy(clock, at) && clock.breach?.revision !== revision ? undefined : latchOfRevision(revision);
    case 'followOn': {
      const base = state.rungs[rung.trigger.after ?? ''];
      return base && !base.skipped ? base.latch : undefined;
    }
    case 'stagnant':
      return latchOfEpisode(stagnantSince(state));
    case 'unassigned':
      return state.unassignedSince === null ? undefined : latchOfEpisode(state.unassignedSince);
    case 'notStarted':
      return state.begun ? undefined : 'cycle';
    case 'pausedTooLong':
      return state.pause?.reviewAt == null
        ? undefined
        : `${latchOfEpisode(state.pause.since)}, review ${state.pause.reviewAt}`;
  }
}

/** First occurrence: when the trigger comes true, before any hold; undefined while it cannot. */
function triggerDue(rung: LadderRung, view: LadderView): Omit<RungDue, 'isRepeat'> | undefined {
  const { state, clock } = view;
  const latch = currentLatch(rung, view, Number.NEGATIVE_INFINITY);
  if (latch === undefined) return undefined;
  const revision = revisionOf(clock);
  const answer = (at: Instant) => ({ at, latch, revision });
  switch (rung.trigger.on) {
    case 'warning': {
      const { offset } = rung.trigger;
      if (clock?.amber && offset && isBefore(offset)) return answer(beforeAmber(clock, clock.amber, offset, view));
      const amber = clock?.ambers.find((one) => one.revision === revision);
      return amber && answer(afterPoint(amber.at, offset, view));
    }
    case 'breached':
    case 'clockEnd': {
      const { offset } = rung.trigger;
      if (clock && offset && isBefore(offset)) {
        // An extension after a breach brings no new warnings (C9).
        if (clock.breach && clock.breach.revision !== revision) return undefined;
        return answer(beforeEnd(clock, offset, view));
      }
      return clock?.breach
        ? { at: afterPoint(clock.breach.at, offset, view), latch, revision: clock.breach.revision }
        : undefined;
    }
    case 'followOn': {
      const base = state.rungs[rung.trigger.after ?? ''];
      return base && { at: followOnDue(rung, base, view), latch, revision: base.revision };
    }
    case 'stagnant':
      return answer(waitEnd(rung.trigger.for, stagnantSince(state), view));
    case 'unassigned':
      return answer(waitEnd(rung.trigger.for, state.unassignedSince ?? NEVER, view));
    case 'notStarted':
      return answer(waitEnd(rung.trigger.for, state.activatedAt, view));
    case 'pausedTooLong': {
      const from = state.pause?.reviewAt ?? NEVER;
      // The pause itself freezes the ladder's waits; this one is about the pause.
      return answer(reachIn(rung.trigger.for, from, [{ from, until: null }], view));
    }
  }
}

/** E3: from the first actual firing; at once when the earlier rung reached nobody (E13). */
function followOnDue(rung: LadderRung, base: RungState, view: LadderView): Instant {
  const activity = rung.trigger.mode === 'stagnant' ? (view.state.lastActivityAt ?? base.firstAt) : base.firstAt;
  const waited = waitEnd(rung.trigger.for, Math.max(base.firstAt, activity), view);
  return Math.min(waited, base.nobodyAt ?? NEVER);
}

/** E7, E18, E19: an acknowledgement defers follow-ons, repeats and stagnation to the end of its hold. */
function deferred(rung: LadderRung, due: RungDue, view: LadderView): RungDue | undefined {
  const { state, spec, clock } = view;
  const { on, offset } = rung.trigger;
  const isWait = due.isRepeat || on === 'followOn' || on === 'stagnant';
  let at = due.at;
  if (isWait && spec.subject !== 'clock' && state.hold) at = Math.max(at, holdEnd(state.hold, clock));
  const isFrozen = state.runs.at(-1)?.until !== null;
  const counts = isWait || on === 'unassigned' || on === 'notStarted' || (offset !== undefined && offset.value > 0);
  if (isFrozen && counts && on !== 'pausedTooLong') return undefined;
  return at === NEVER ? undefined : { ...due, at };
}

/** A breach at or after the acknowledgement clears it (E7; C2: the command came first). */
export function holdEnd(hold: NonNullable<LadderState['hold']>, clock: ClockState | null): Instant {
  const breachedAt = clock?.breach?.at;
  return breachedAt !== undefined && breachedAt >= hold.since ? Math.min(hold.until, breachedAt) : hold.until;
}

/** Repeats of a rung stop when what they complain about is over. */
function stillHolds(rung: LadderRung, view: LadderView): boolean {
  const { on } = rung.trigger;
  if (on !== 'stagnant' && on !== 'unassigned' && on !== 'notStarted' && on !== 'pausedTooLong') return true;
  return currentLatch(rung, view, Number.NEGATIVE_INFINITY) === view.state.rungs[rung.key]?.latch;
}

/** E2: an offset after amber or breach is open, unpaused time; none means at that very instant. */
function afterPoint(at: Instant, offset: CountedPeriod | undefined, view: LadderView): Instant {
  if (!offset || offset.value === 0) return at;
  // T13: a deadline at 24:00 ended on the date before, so that is day 0 of the days that follow.
  return waitEnd(offset, at, view, at - 1);
}

/** E2: a negative offset means that the remaining time equals the offset. */
function beforeEnd(clock: ClockState, offset: CountedPeriod, view: LadderView): Instant {
  return effectivePointBefore(clock, pointOf(offset), view.calendarOf);
}

function beforeAmber(clock: ClockState, amber: AmberPoint, offset: CountedPeriod, view: LadderView): Instant {
  const seconds = elapsedSecondsOf(offset);
  const point = effectivePointBefore(clock, amber, view.calendarOf);
  if (point === NEVER || seconds === null) return point;
  const calendar = view.calendarOf(view.spec.calendar);
  return Math.max(clock.runs.at(-1)?.from ?? point, openTimeBefore(point, -seconds, calendar));
}

function pointOf(offset: CountedPeriod): AmberPoint {
  const seconds = elapsedSecondsOf(offset);
  if (seconds !== null) return { seconds: -seconds };
  if (offset.unit === 'months') return { months: -offset.value };
  return { ticks: -offset.value * (offset.unit === 'weeks' ? 7 : 1) };
}

function waitEnd(period: CountedPeriod | undefined, from: Instant, view: LadderView, dayZeroAt = from): Instant {
  if (from === NEVER) return NEVER;
  return reachIn(period, from, runsSince(view.state.runs, from), view, dayZeroAt);
}

function reachIn(
  period: CountedPeriod | undefined,
  from: Instant,
  runs: readonly Run[],
  view: LadderView,
  dayZeroAt = from,
): Instant {
  if (from === NEVER || !period || period.value === 0) return from;
  return reachEnd(period, {
    runs,
    calendar: view.calendarOf(period.calendar ?? view.spec.calendar),
    startedAt: dayZeroAt,
  });
}

function stagnantSince(state: LadderState): Instant {
  return Math.max(state.activatedAt, state.lastActivityAt ?? state.activatedAt);
}

function isBefore(offset: CountedPeriod | undefined): boolean {
  return offset !== undefined && offset.value < 0;
}

function isBreachedBy(clock: ClockState, at: Instant): boolean {
  return clock.breach !== null && clock.breach.at <= at;
}

function revisionOf(clock: ClockState | null): number {
  return clock ? clock.revisions.length - 1 : 0;
}

function latchOfRevision(revision: number): string {
  return `revision ${revision}`;
}

function latchOfEpisode(since: Instant): string {
  return `since ${since}`;
}
