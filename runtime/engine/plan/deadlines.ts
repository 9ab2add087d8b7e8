import type { Instant } from '../../../schemas/ids.ts';
import type { Target } from '../../../schemas/period.ts';
import type { Lag } from '../../../schemas/workflow.ts';
import type { CompiledCalendar } from '../calendar/compiled.ts';
import { addMonthsToDay, type EpochDay } from '../calendar/dates.ts';
import { addPeriodDay, deadlineOf, openSecondsOf } from '../calendar/due.ts';
import { dayOf, tickOfDay } from '../calendar/time.ts';
import { oncePerPeriod } from './derivations.ts';

/** The deadline of one target in one calendar; `from` is day 0 where it is not the date of the start (T13). */
export interface FindDeadline {
  (startedAt: Instant, from?: EpochDay): Instant;
  /** Only day 0 matters, not the time of the day. */
  readonly isOfDay: boolean;
  readonly calendar: CompiledCalendar;
}

/** Days from the first asked for whose deadline is remembered. */
const DAYS_KEPT = 800;

/** How a target's deadline is found in a calendar: the same function for the same target, so that it remembers what it found. */
export const deadlineFinder = oncePerPeriod(makeFinder);

function makeFinder(calendar: CompiledCalendar, target: Target): FindDeadline {
  // Open time and a period of nothing depend on the instant; every other deadline on the day alone (T6, T7).
  if (target.value === 0 || openSecondsOf(target) !== undefined)
    return Object.assign((startedAt: Instant, from?: EpochDay) => deadlineOf(calendar, target, startedAt, from), {
      isOfDay: false,
      calendar,
    });
  // A year's proof asks for some two years of days, thousands of times over: those are kept side by side.
  const kept = new Float64Array(DAYS_KEPT).fill(Number.NaN);
  let firstKept: EpochDay | undefined;
  const find = (startedAt: Instant, from?: EpochDay): Instant => {
    const day = from ?? dayOf(calendar, startedAt);
    firstKept ??= day;
    const place = day - firstKept;
    const before = place >= 0 && place < DAYS_KEPT ? (kept[place] as number) : Number.NaN;
    if (!Number.isNaN(before)) return before;
    const dueAt = deadlineOf(calendar, target, startedAt, day);
    if (place >= 0 && place < DAYS_KEPT) kept[place] = dueAt;
    return dueAt;
  };
  return Object.assign(find, { isOfDay: true, calendar });
}

/** Where a lag that begins at an instant of a day ends, and the date on which it does (S3, C16, T13). */
export type FindLagEnd = (at: Instant, day: EpochDay) => { readonly at: Instant; readonly day: EpochDay };

/** How the end of a lag is found in a calendar: the same function for the same lag. */
export const lagEndFinder = oncePerPeriod(makeLagEndFinder);

function makeLagEndFinder(calendar: CompiledCalendar, lag: Lag): FindLagEnd {
  const seconds = openSecondsOf(lag);
  if (lag.basis === 'working') {
    if (seconds !== undefined) return (at, day) => addPeriodDay(calendar, at, lag, day);
    const byDay = new Map<EpochDay, ReturnType<FindLagEnd>>();
    return (at, day) => {
      const end = byDay.get(day) ?? addPeriodDay(calendar, at, lag, day);
      byDay.set(day, end);
      return end;
    };
  }
  const shift = seconds === undefined ? shiftFinder(calendar, lag) : () => seconds;
  return (at) => {
    const end = at + shift(dayOf(calendar, at));
    return { at: end, day: dayOf(calendar, end > at ? end - 1 : end) };
  };
}

/** Calendar days, weeks and months keep the time of day (S3): seconds from one midnight to the other. */
function shiftFinder(calendar: CompiledCalendar, { value, unit }: Lag): (day: EpochDay) => number {
  const midnightOf = (date: EpochDay) => tickOfDay(calendar, date - 1, 'endOfDay');
  const byDay = new Map<EpochDay, number>();
  return (day) => {
    const before = byDay.get(day);
    if (before !== undefined) return before;
    const there = unit === 'months' ? addMonthsToDay(day, value) : day + value * (unit === 'weeks' ? 7 : 1);
    const shift = midnightOf(there) - midnightOf(day);
    byDay.set(day, shift);
    return shift;
  };
}
