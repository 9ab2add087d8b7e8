import type { Instant } from '../../../schemas/ids.ts';
import type { CompiledCalendar } from '../calendar/compiled.ts';
import { addMonthsToDay, type EpochDay } from '../calendar/dates.ts';
import {
  addOpenSeconds,
  dayOf,
  isWorkingEpochDay,
  NEVER,
  nthWorkingDayAfter,
  openSecondsBetween,
  previousClosing,
  subtractOpenSeconds,
  tickOfDay,
} from '../calendar/time.ts';
import type { AmberPoint, CountedPeriod, Run } from './state.ts';

/** Runs in which a period is counted, the calendar it is counted in, and the instant whose date is day 0. */
export interface Counting {
  readonly runs: readonly Run[];
  readonly calendar: CompiledCalendar;
  readonly startedAt: Instant;
}

/** Open seconds of an elapsed period, null for one that counts dates. */
export function elapsedSecondsOf(period: CountedPeriod): number | null {
  if (period.unit === 'seconds') return period.value;
  if (period.unit === 'minutes') return period.value * 60;
  return period.unit === 'hours' ? period.value * 3600 : null;
}

/** Earliest instant at which a period is used up, the last run going on if it is open (T5 to T7, C7, T15). NEVER where it is not reached. */
export function reachEnd(period: CountedPeriod, counting: Counting): Instant {
  const seconds = elapsedSecondsOf(period);
  if (seconds !== null) return reachSeconds(seconds, counting);
  return tickOn(lastDay(period, counting), period, counting);
}

/** Earliest instant of the amber point of a target, or of any point before its end (T8, E2). NEVER where it is not reached. */
export function reachBefore(period: CountedPeriod, point: AmberPoint, counting: Counting): Instant {
  const seconds = elapsedSecondsOf(period);
  if (seconds !== null) return elapsedBefore(seconds, point, counting);
  if ('seconds' in point) return openTimeBefore(reachEnd(period, counting), point.seconds, counting.calendar);
  if (period.unit === 'workingDays' || period.unit === 'calendarDays') return ticksBefore(period, point, counting);
  return correspondingBefore(period, point, counting);
}

/** Earliest instant from which no more than that many open seconds are left until `end`. */
export function openTimeBefore(end: Instant, seconds: number, calendar: CompiledCalendar): Instant {
  if (end === NEVER) return NEVER;
  return previousClosing(calendar, subtractOpenSeconds(calendar, end, seconds));
}

/** Earliest instant at which that many open seconds have passed in the runs. */
export function reachSeconds(seconds: number, { runs, calendar }: Counting): Instant {
  let left = seconds;
  for (const run of runs) {
    const at = addOpenSeconds(calendar, run.from, left);
    if (run.until === null || at <= run.until) return at;
    left -= openSecondsBetween(calendar, run.from, run.until);
  }
  return NEVER;
}

/** Open seconds of the runs that lie between two instants. */
export function openSecondsIn(runs: readonly Run[], calendar: CompiledCalendar, from: Instant, until: Instant): number {
  let sum = 0;
  for (const run of runs) {
    const start = Math.max(run.from, from);
    const end = Math.min(run.until ?? until, until);
    if (start < end) sum += openSecondsBetween(calendar, start, end);
  }
  return sum;
}

/** The runs from an instant on. */
export function runsSince(runs: readonly Run[], from: Instant): Run[] {
  return runs
    .filter((run) => run.until === null || run.until >= from)
    .map((run) => ({ from: Math.max(run.from, from), until: run.until }));
}

function elapsedBefore(seconds: number, point: AmberPoint, counting: Counting): Instant {
  if ('percent' in point) return reachSeconds(Math.ceil((seconds * point.percent) / 100), counting);
  if ('seconds' in point) return reachSeconds(Math.max(0, seconds - point.seconds), counting);
  const end = reachSeconds(seconds, counting);
  if (end === NEVER) return NEVER;
  // Days before an end in hours: only after a target was replaced by one of another unit (C9).
  const day = dayOf(counting.calendar, end);
  const back =
    'ticks' in point ? nthWorkingDayAfter(counting.calendar, day, -point.ticks) : addMonthsToDay(day, -point.months);
  return Math.min(end, tickOfDay(counting.calendar, back, 'closeOfBusiness'));
}

function ticksBefore(period: CountedPeriod, point: AmberPoint, counting: Counting): Instant {
  const n =
    'percent' in point
      ? Math.ceil((period.value * point.percent) / 100)
      : period.value - ('ticks' in point ? point.ticks : 'months' in point ? point.months * 30 : 0);
  if (n <= 0) return counting.startedAt;
  return reachEnd({ ...period, value: n }, counting);
}

function correspondingBefore(period: CountedPeriod, point: AmberPoint, counting: Counting): Instant {
  const last = lastDay(period, counting);
  if (last === NEVER) return NEVER;
  return tickOn(correspondingBackFrom(last, point, counting), period, counting);
}

function correspondingBackFrom(last: EpochDay, point: AmberPoint, counting: Counting): EpochDay {
  if ('months' in point) return addMonthsToDay(last, -point.months);
  if ('ticks' in point) return last - point.ticks;
  const start = dayOf(counting.calendar, counting.startedAt);
  return start + Math.ceil(((last - start) * ('percent' in point ? point.percent : 100)) / 100);
}

function tickOn(day: EpochDay, period: CountedPeriod, counting: Counting): Instant {
  if (day === NEVER) return NEVER;
  return tickOfDay(counting.calendar, day, period.dueAt ?? 'closeOfBusiness');
}

/** The date on which a date period ends, as epoch day; NEVER where it is not reached. */
function lastDay(period: CountedPeriod, counting: Counting): EpochDay {
  const startDay = dayOf(counting.calendar, counting.startedAt);
  if (period.unit === 'weeks' || period.unit === 'months') return lastCorrespondingDay(startDay, period, counting);
  const working = period.unit === 'workingDays';
  const first = period.dayOne === 'same' && (!working || isWorkingEpochDay(counting.calendar, startDay)) ? 1 : 0;
  const left = period.value - first;
  if (left <= 0) return startDay;
  return nthCountingDay(startDay, left, working, counting, period.dueAt ?? 'closeOfBusiness');
}

/** T7 and T15: the corresponding date, one day later for each date whose tick fell in a pause, then rolled. */
function lastCorrespondingDay(startDay: EpochDay, period: CountedPeriod, counting: Counting): EpochDay {
  const { calendar } = counting;
  const dueAt = period.dueAt ?? 'closeOfBusiness';
  const base = period.unit === 'weeks' ? startDay + 7 * period.value : addMonthsToDay(startDay, period.value);
  if (base <= startDay) return startDay;
  let day = nthCountingDay(startDay, base - startDay, false, counting, dueAt);
  if (day === NEVER || period.roll !== 'nextWorkingDay') return day;
  for (;;) {
    const rolled = isWorkingEpochDay(calendar, day) ? day : nthWorkingDayAfter(calendar, day, 1);
    if (rolled === NEVER) return NEVER;
    const tick = tickOfDay(calendar, rolled, dueAt);
    if (isCounted(tick, counting.runs)) return rolled;
    const last = counting.runs.at(-1);
    if (!last || (last.until !== null && tick > last.until)) return NEVER;
    day += 1;
  }
}

function isCounted(tick: Instant, runs: readonly Run[]): boolean {
  return runs.some((run) => run.from < tick && (run.until === null || tick <= run.until));
}

/** C7: the n-th date after `startDay` on whose tick a run was going on; a run that ends exactly at the tick counts. */
function nthCountingDay(
  startDay: EpochDay,
  n: number,
  working: boolean,
  { runs, calendar }: Counting,
  dueAt: NonNullable<CountedPeriod['dueAt']>,
): EpochDay {
  let left = n;
  let day = startDay;
  for (const run of runs) {
    day = Math.max(day, dayOf(calendar, run.from) - 3);
    while (tickOfDay(calendar, day + 1, dueAt) <= run.from) day++;
    if (run.until === null) return working ? nthWorkingDayAfter(calendar, day, left) : day + left;
    while (tickOfDay(calendar, day + 1, dueAt) <= run.until) {
      day++;
      if (working && !isWorkingEpochDay(calendar, day)) continue;
      left--;
      if (left === 0) return day;
    }
  }
  return NEVER;
}
