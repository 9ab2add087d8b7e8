import type { Instant, LocalDate } from '../../../schemas/ids.ts';
import type { DueAt } from '../../../schemas/period.ts';
import { type CalendarIndex, type CompiledCalendar, type Interval, versionAt, versionOfDay } from './compiled.ts';
import { dateOfDay, type EpochDay, epochDayOf, SECONDS_OF_DAY, secondsOfWallTime } from './dates.ts';
import { FIRST_DAY, indexFor, LAST_DAY } from './interval-index.ts';
import { instantOfLocal } from './zone.ts';

/** The answer where a calendar never reaches what was asked, or only beyond the year 2199. It is later than any instant. */
export const NEVER: Instant = Number.POSITIVE_INFINITY;
/** As NEVER, towards the past. */
export const BEFORE_ALL_TIME: Instant = Number.NEGATIVE_INFINITY;

/** Wall times of which an index keeps the ticks; a configuration names a handful. */
const MOST_WALL_TICKS = 24;

/** Whether the calendar is open at an instant (T3). */
export function isOpenAt(cal: CompiledCalendar, t: Instant): boolean {
  const index = indexFor(cal, t);
  const i = lastStartAtMost(index, t);
  return i >= 0 && t < (index.ends[i] ?? t);
}

/** Open seconds from a to b; negative where b is earlier than a. */
export function openSecondsBetween(cal: CompiledCalendar, a: Instant, b: Instant): number {
  indexFor(cal, a);
  const index = indexFor(cal, b);
  return openBefore(index, b) - openBefore(index, a);
}

/** Earliest instant at which that many open seconds have passed; the end of a window, not the next opening (T5). NEVER beyond the horizon. */
export function addOpenSeconds(cal: CompiledCalendar, t: Instant, seconds: number): Instant {
  if (seconds === 0) return t;
  if (seconds < 0) return subtractOpenSeconds(cal, t, -seconds);
  if (cal.neverOpens || t === NEVER) return NEVER;
  for (let index = indexFor(cal, t); ; ) {
    const target = openBefore(index, t) + seconds;
    const i = lastSumBelow(index, target);
    if (i < index.starts.length) return (index.starts[i] ?? 0) + target - (index.before[i] ?? 0);
    const grown = indexFor(cal, index.until);
    if (grown === index) return NEVER;
    index = grown;
  }
}

/** Latest instant from which that many open seconds pass until t; it lands on an opening, not the closing before (S4). BEFORE_ALL_TIME beyond the horizon. */
export function subtractOpenSeconds(cal: CompiledCalendar, t: Instant, seconds: number): Instant {
  if (seconds === 0) return t;
  if (seconds < 0) return addOpenSeconds(cal, t, -seconds);
  if (cal.neverOpens || t === BEFORE_ALL_TIME) return BEFORE_ALL_TIME;
  for (let index = indexFor(cal, t); ; ) {
    const target = openBefore(index, t) - seconds;
    if (target >= 0) {
      const i = lastSumAtMost(index, target);
      return (index.starts[i] ?? 0) + target - (index.before[i] ?? 0);
    }
    const grown = indexFor(cal, index.from - 1);
    if (grown === index) return BEFORE_ALL_TIME;
    index = grown;
  }
}

/** The instant itself where open, else the next opening; NEVER where there is none. */
export function nextOpening(cal: CompiledCalendar, t: Instant): Instant {
  if (cal.neverOpens) return NEVER;
  for (let index = indexFor(cal, t); ; ) {
    const i = lastStartAtMost(index, t);
    if (i >= 0 && t < (index.ends[i] ?? t)) return t;
    const next = index.starts[i + 1];
    if (next !== undefined) return next;
    const grown = indexFor(cal, index.until);
    if (grown === index) return NEVER;
    index = grown;
  }
}

/** The instant itself within a window or at its end, else the closing before; BEFORE_ALL_TIME where there is none. */
export function previousClosing(cal: CompiledCalendar, t: Instant): Instant {
  if (cal.neverOpens) return BEFORE_ALL_TIME;
  for (let index = indexFor(cal, t); ; ) {
    const i = lastStartAtMost(index, t - 1);
    const end = i >= 0 ? index.ends[i] : undefined;
    if (end !== undefined) return Math.min(t, end);
    const grown = indexFor(cal, index.from - 1);
    if (grown === index) return BEFORE_ALL_TIME;
    index = grown;
  }
}

/** Open intervals between two instants, clipped to them, in order. */
export function openIntervalsBetween(cal: CompiledCalendar, from: Instant, until: Instant): Interval[] {
  indexFor(cal, from);
  const index = indexFor(cal, until);
  const found: Interval[] = [];
  for (let i = Math.max(0, lastStartAtMost(index, from)); i < index.starts.length; i++) {
    const start = Math.max(from, index.starts[i] ?? until);
    const end = Math.min(until, index.ends[i] ?? until);
    if (start >= until) break;
    if (start < end) found.push({ from: start, until: end });
  }
  return found;
}

/** Local date of an instant in the calendar's zone. Throws RangeError for NEVER. */
export function localDateOf(cal: CompiledCalendar, t: Instant): LocalDate {
  return dateOfDay(dayOf(cal, t));
}

/** As `localDateOf`, as epoch day. */
export function dayOf(cal: CompiledCalendar, t: Instant): EpochDay {
  if (!Number.isFinite(t)) throw new RangeError('an instant that never comes has no date; ask isFinite first');
  const { midnights, from, days, firstDay } = indexFor(cal, t);
  const guess = Math.floor((t - from) / SECONDS_OF_DAY);
  let i = guess < 0 ? 0 : guess < days ? guess : days - 1;
  // A change of clocks moves midnights by hours, so the guess is out by a date at most.
  while (i > 0 && (midnights[i] as number) > t) i--;
  while (i < days - 1 && (midnights[i + 1] as number) <= t) i++;
  return firstDay + i;
}

/** First instant of a date in the calendar's zone; NEVER or BEFORE_ALL_TIME beyond the horizon. */
export function startOfDate(cal: CompiledCalendar, date: LocalDate): Instant {
  return midnightOfDay(cal, epochDayOf(date));
}

/** Whether at least one window starts on the date (T14). */
export function isWorkingDay(cal: CompiledCalendar, date: LocalDate): boolean {
  return isWorkingEpochDay(cal, epochDayOf(date));
}

/** As `isWorkingDay`, on epoch days; no date beyond the horizon is one. */
export function isWorkingEpochDay(cal: CompiledCalendar, day: EpochDay): boolean {
  if (day < FIRST_DAY || day >= LAST_DAY) return false;
  const { firstDay, isWorking } = indexForDay(cal, day);
  return isWorking[day - firstDay] === 1;
}

/** The tick of a date: close of business, next midnight, or a wall time (T6, S4); NEVER beyond the horizon. */
export function tickOf(cal: CompiledCalendar, date: LocalDate, dueAt: DueAt = 'closeOfBusiness'): Instant {
  return tickOfDay(cal, epochDayOf(date), dueAt);
}

/** As `tickOf`, on epoch days. */
export function tickOfDay(cal: CompiledCalendar, day: EpochDay, dueAt: DueAt): Instant {
  if (day >= LAST_DAY) return NEVER;
  if (day < FIRST_DAY) return BEFORE_ALL_TIME;
  const index = indexForDay(cal, day);
  const i = day - index.firstDay;
  if (dueAt === 'closeOfBusiness') return index.closes[i] as number;
  if (dueAt === 'endOfDay' || dueAt === '24:00') return index.midnights[i + 1] as number;
  return (index.wallTicks.get(dueAt) ?? keepWallTicks(cal, index, dueAt))[i] ?? NEVER;
}

/** The instant of a wall time on every date of the index. */
function keepWallTicks(cal: CompiledCalendar, index: CalendarIndex, time: string): Float64Array {
  const seconds = secondsOfWallTime(time);
  const ticks = Float64Array.from({ length: index.days }, (_, i) => {
    const day = index.firstDay + i;
    return instantOfLocal(versionOfDay(cal, day).zone, day * SECONDS_OF_DAY + seconds, 'moment');
  });
  if (index.wallTicks.size < MOST_WALL_TICKS) index.wallTicks.set(time, ticks);
  return ticks;
}

/** The n-th working day after a date (before it where n is negative, the date itself where n is 0); undefined beyond the horizon. */
export function addWorkingDays(cal: CompiledCalendar, date: LocalDate, n: number): LocalDate | undefined {
  const day = nthWorkingDayAfter(cal, epochDayOf(date), n);
  return Number.isFinite(day) ? dateOfDay(day) : undefined;
}

/** As `addWorkingDays`, on epoch days; NEVER or BEFORE_ALL_TIME beyond the horizon. */
export function nthWorkingDayAfter(cal: CompiledCalendar, day: EpochDay, n: number): EpochDay {
  if (n === 0) return day;
  const beyond = n > 0 ? NEVER : BEFORE_ALL_TIME;
  if (cal.neverOpens || day < FIRST_DAY || day >= LAST_DAY) return beyond;
  for (let index = indexForDay(cal, day); ; ) {
    const i = day - index.firstDay;
    const found = n > 0 ? (index.workingBefore[i + 1] as number) + n - 1 : (index.workingBefore[i] as number) + n;
    if (found >= 0 && found < index.workingDays.length) return index.workingDays[found] as number;
    const grown = indexFor(cal, n > 0 ? index.until : index.from - 1);
    if (grown === index) return beyond;
    index = grown;
  }
}

/** Working days from one date to another, both counted; 0 where the second is earlier. */
export function workingDaysInclusive(cal: CompiledCalendar, from: LocalDate, to: LocalDate): number {
  return Math.max(0, workingDaysBetween(cal, epochDayOf(from) - 1, epochDayOf(to)));
}

/** Working days in `(from, to]`, on epoch days; negative where `to` is earlier. */
export function workingDaysBetween(cal: CompiledCalendar, from: EpochDay, to: EpochDay): number {
  if (to < from) return -workingDaysBetween(cal, to, from);
  const first = Math.max(FIRST_DAY, from + 1);
  const last = Math.min(LAST_DAY - 1, to);
  if (last < first) return 0;
  indexForDay(cal, first);
  const index = indexForDay(cal, last);
  return (index.workingBefore[last + 1 - index.firstDay] ?? 0) - (index.workingBefore[first - index.firstDay] ?? 0);
}

/** Zone in force at an instant. */
export function zoneAt(cal: CompiledCalendar, t: Instant): string {
  return versionAt(cal, t).zone;
}

function midnightOfDay(cal: CompiledCalendar, day: EpochDay): Instant {
  if (day >= LAST_DAY) return NEVER;
  if (day < FIRST_DAY) return BEFORE_ALL_TIME;
  const index = indexForDay(cal, day);
  return index.midnights[day - index.firstDay] ?? NEVER;
}

/** The index that holds a date; the day before and after guard against the distance between UTC and local dates. */
function indexForDay(cal: CompiledCalendar, day: EpochDay): CalendarIndex {
  const known = cal.index;
  if (known && day >= known.firstDay && day < known.firstDay + known.days) return known;
  indexFor(cal, (day - 1) * SECONDS_OF_DAY);
  return indexFor(cal, (day + 2) * SECONDS_OF_DAY);
}

function openBefore(index: CalendarIndex, t: Instant): number {
  const i = lastStartAtMost(index, t);
  if (i < 0) return 0;
  const end = index.ends[i] as number;
  return (index.before[i] as number) + (t < end ? t : end) - (index.starts[i] as number);
}

/** Position of the last interval that starts at or before t, -1 where there is none. */
function lastStartAtMost({ starts, startsByDay, from }: CalendarIndex, t: Instant): number {
  const day = Math.min(startsByDay.length - 1, Math.floor((t - from) / SECONDS_OF_DAY));
  if (day < 0) return -1;
  let i = startsByDay[day] as number;
  while (i + 1 < starts.length && (starts[i + 1] as number) <= t) i++;
  return i;
}

/** Position of the last interval before which at most so many open seconds lie; the sum is not negative. */
function lastSumAtMost({ before, startsByShare, openShare }: CalendarIndex, sum: number): number {
  // One share early: rounding may have put the share's own entry one interval late.
  let i = startsByShare[Math.max(0, Math.min(startsByShare.length - 1, Math.floor(sum / openShare)) - 1)] as number;
  while (i + 1 < before.length && (before[i + 1] as number) <= sum) i++;
  return i;
}

/** As `lastSumAtMost`, for fewer open seconds than the sum, which is positive. */
function lastSumBelow(index: CalendarIndex, sum: number): number {
  const i = lastSumAtMost(index, sum);
  // No interval is empty, so at most one has exactly this sum before it.
  return index.before[i] === sum ? i - 1 : i;
}
