import type { CompiledCalendar } from '../calendar/compiled.ts';
import { dateOfDay, type EpochDay } from '../calendar/dates.ts';
import { isWorkingDay } from '../calendar/time.ts';

/** Days each table covers to either side of where it is asked; a plan longer than this answers by walking on. */
const SPAN = 2_200;

/** Working days of a calendar as a table around one date, so that counting them is two look-ups (S10). */
export interface Workdays {
  isWorking(day: EpochDay): boolean;
  /** The n-th working day after `day` (before it where n is negative); `day` itself for 0. */
  nth(day: EpochDay, n: number): EpochDay;
  /** The first working day at or after `day`. */
  atOrAfter(day: EpochDay): EpochDay;
  /** Working days in `(from, to]`; negative where `to` is earlier. */
  between(from: EpochDay, to: EpochDay): number;
}

/** Tables by calendar: a compiled calendar never changes, so its table is made once. */
const tables = new WeakMap<CompiledCalendar, Workdays>();

/** The working-day table of a calendar. Throws RangeError where the calendar has no working day within reach. */
export function workdaysOf(calendar: CompiledCalendar, around: EpochDay): Workdays {
  const known = tables.get(calendar);
  if (known) return known;
  const table = buildTable(calendar, around);
  tables.set(calendar, table);
  return table;
}

function buildTable(calendar: CompiledCalendar, around: EpochDay): Workdays {
  let first = around - SPAN;
  let days: EpochDay[] = [];
  /** rank[i] = working days before day first + i. */
  let rank: number[] = [];
  const build = (from: EpochDay, to: EpochDay): void => {
    first = from;
    days = [];
    rank = [];
    for (let day = from; day <= to; day++) {
      rank.push(days.length);
      if (isWorkingDay(calendar, dateOfDay(day))) days.push(day);
    }
  };
  const cover = (day: EpochDay): void => {
    if (day >= first && day < first + rank.length) return;
    build(Math.min(first, day - SPAN), Math.max(first + rank.length, day + SPAN));
  };
  build(first, around + SPAN);
  const rankOf = (day: EpochDay): number => {
    cover(day);
    return rank[day - first] ?? 0;
  };
  const dayAt = (index: number, near: EpochDay): EpochDay => {
    const day = days[index];
    if (day === undefined) throw new RangeError(`no such working day within ${SPAN} days of ${dateOfDay(near)}`);
    return day;
  };
  const isWorking = (day: EpochDay): boolean => rankOf(day + 1) > rankOf(day);
  return {
    isWorking,
    atOrAfter: (day) => dayAt(rankOf(day), day),
    nth: (day, n) => (n === 0 ? day : n > 0 ? dayAt(rankOf(day + 1) + n - 1, day) : dayAt(rankOf(day) + n, day)),
    between: (from, to) => rankOf(to + 1) - rankOf(from + 1),
  };
}
