import type { Instant, LocalDate } from '../../../schemas/ids.ts';
import type { Sla } from '../../../schemas/period.ts';
import { dayStrip, type StripDay } from '../calendar/day-strip.ts';
import { localDateOf } from '../calendar/time.ts';
import { applyToClock, makeClock } from './commands.ts';
import { explainClock } from './explain-clock.ts';
import { amberAt, dueAt } from './readings.ts';
import { type CalendarOf, toClockSpec } from './state.ts';

/** A stretch in which the work waits; without an end it waits still. */
export interface TriedPause {
  readonly from: Instant;
  readonly until?: Instant;
}

/** When something would be due, and why. */
export interface CalculatedDue {
  /** Null while a pause is on, and where the calendar never opens long enough. */
  readonly dueAt: Instant | null;
  readonly amberAt: Instant | null;
  /** The derivation in words. */
  readonly text: string;
  /** The date on which it ends, also where that end is 24:00. */
  readonly dueOn: LocalDate | null;
  /** The dates from the start to the end, and a few more. */
  readonly days: readonly StripDay[];
}

const DAYS_AFTER = 3;
const MOST_DAYS = 800;

/** When a target that starts at an instant is due, with pauses, by the clock that runs cases (T5 to T9, C7); what lies before a pause that is out of order is left out. */
export function calculateDue(
  sla: Sla,
  calendar: string,
  startedAt: Instant,
  pauses: readonly TriedPause[],
  calendarOf: CalendarOf,
): CalculatedDue {
  const spec = toClockSpec(sla, calendar);
  let { state } = applyToClock(makeClock(spec), { verb: 'start', at: startedAt }, calendarOf);
  let last = startedAt;
  for (const { from, until } of [...pauses].sort((a, b) => a.from - b.from)) {
    if (from < last || (until !== undefined && until <= from)) continue;
    state = applyToClock(state, { verb: 'pause', at: from, reason: 'pause', reviewAt: null }, calendarOf).state;
    if (until === undefined) break;
    state = applyToClock(state, { verb: 'resume', at: until }, calendarOf).state;
    last = until;
  }
  const cal = calendarOf(spec.calendar);
  const due = state.breach?.at ?? dueAt(state, calendarOf);
  const firstDay = localDateOf(cal, startedAt);
  const lastDay = due === null ? firstDay : localDateOf(cal, Math.max(startedAt, due - 1));
  const until = due === null ? startedAt + 30 * 86_400 : due + DAYS_AFTER * 86_400;
  const shownTo = localDateOf(cal, Math.min(until, startedAt + MOST_DAYS * 86_400));
  return {
    dueAt: due,
    amberAt: state.ambers.at(-1)?.at ?? amberAt(state, calendarOf),
    text: explainClock(state, calendarOf) ?? '',
    dueOn: due === null ? null : lastDay,
    days: dayStrip(cal, firstDay, shownTo),
  };
}
