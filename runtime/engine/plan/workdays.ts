import type { CompiledCalendar } from '../calendar/compiled.ts';
import type { EpochDay } from '../calendar/dates.ts';
import { FIRST_DAY, LAST_DAY } from '../calendar/interval-index.ts';
import { isWorkingEpochDay, nthWorkingDayAfter, workingDaysBetween } from '../calendar/time.ts';

/** Working days of a calendar as a plan counts them; what lies beyond the calendar's horizon is its last day, 2200-01-01 (S10). */
export interface Workdays {
  isWorking(day: EpochDay): boolean;
  /** The n-th working day after `day` (before it where n is negative); `day` itself for 0. */
  nth(day: EpochDay, n: number): EpochDay;
  /** The first working day at or after `day`. */
  atOrAfter(day: EpochDay): EpochDay;
  /** Working days in `(from, to]`; negative where `to` is earlier. */
  between(from: EpochDay, to: EpochDay): number;
}

const known = new WeakMap<CompiledCalendar, Workdays>();

/** The working days of a calendar. */
export function workdaysOf(calendar: CompiledCalendar): Workdays {
  const kept = known.get(calendar);
  if (kept) return kept;
  const nth = (day: EpochDay, n: number) => withinHorizon(nthWorkingDayAfter(calendar, day, n));
  const workdays: Workdays = {
    isWorking: (day) => isWorkingEpochDay(calendar, day),
    nth,
    atOrAfter: (day) => (isWorkingEpochDay(calendar, day) ? day : nth(day, 1)),
    between: (from, to) => workingDaysBetween(calendar, from, to),
  };
  known.set(calendar, workdays);
  return workdays;
}

/** A day no earlier and no later than calendars know. */
export function withinHorizon(day: EpochDay): EpochDay {
  if (day > LAST_DAY) return LAST_DAY;
  return day < FIRST_DAY ? FIRST_DAY : day;
}
