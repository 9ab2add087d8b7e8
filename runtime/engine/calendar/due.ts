import type { Instant, LocalDate } from '../../../schemas/ids.ts';
import type { Amber, DueAt, PeriodUnit, SignedPeriod, Target } from '../../../schemas/period.ts';
import type { CompiledCalendar } from './compiled.ts';
import { addMonthsToDay, dateOfDay, type EpochDay, epochDayOf } from './dates.ts';
import { LAST_DAY } from './interval-index.ts';
import {
  addOpenSeconds,
  BEFORE_ALL_TIME,
  dayOf,
  isWorkingEpochDay,
  NEVER,
  nthWorkingDayAfter,
  subtractOpenSeconds,
  tickOfDay,
} from './time.ts';

/** Whether a tick counts for a clock: false where the clock was paused at that instant (C7). */
export type TickCounts = (tick: Instant, date: LocalDate) => boolean;

/** Where counting begins. `day0` is the date counted from where it is not the local date of the start (T13). */
export interface CountingStart {
  readonly startedAt: Instant;
  readonly day0?: LocalDate | undefined;
  /** Only asked about date targets; absent means every tick counts. */
  readonly counts?: TickCounts | undefined;
}

export interface Due {
  /** Deadline; NEVER where the calendar does not reach it. */
  readonly dueAt: Instant;
  /** The date on which the period ends, also where that end is 24:00 (T13); undefined where it never ends. */
  readonly dueOn: LocalDate | undefined;
}

const never: Due = { dueAt: NEVER, dueOn: undefined };

/** Deadline of a target that starts at an instant (T5, T6, T7); `day0` only where an earlier period ended on another date (T13). */
export function dueFor(cal: CompiledCalendar, target: Target, startedAt: Instant, day0?: LocalDate): Due {
  const seconds = openSecondsOf(target);
  if (seconds !== undefined) return dueAfterSeconds(cal, seconds, startedAt, day0);
  const from = day0 === undefined ? dayOf(cal, startedAt) : epochDayOf(day0);
  return dueOnDay(cal, target, startedAt, plainDueDay(cal, target, from));
}

/** The deadline alone, without the date it falls on; `from` is day 0 where it is not the date of the start (T10, T13). */
export function deadlineOf(cal: CompiledCalendar, target: Target, startedAt: Instant, from?: EpochDay): Instant {
  const seconds = openSecondsOf(target);
  if (seconds !== undefined) return addOpenSeconds(cal, startedAt, seconds);
  return tickDue(cal, target, startedAt, plainDueDay(cal, target, from ?? dayOf(cal, startedAt)));
}

/** As `dueFor`, for a clock that may have been paused: only the ticks that count are counted (C7, T15). */
export function dueCounting(cal: CompiledCalendar, target: Target, start: CountingStart): Due {
  const seconds = openSecondsOf(target);
  if (seconds !== undefined) return dueAfterSeconds(cal, seconds, start.startedAt, start.day0);
  return dueOnDay(cal, target, start.startedAt, dueDayOf(cal, target, start));
}

function dueOnDay(cal: CompiledCalendar, target: Target, startedAt: Instant, day: EpochDay): Due {
  const tick = tickDue(cal, target, startedAt, day);
  return Number.isFinite(tick) ? { dueAt: tick, dueOn: dateOfDay(day) } : never;
}

function tickDue(cal: CompiledCalendar, target: Target, startedAt: Instant, day: EpochDay): Instant {
  const tick = day >= LAST_DAY ? NEVER : tickOfDay(cal, day, target.dueAt ?? 'closeOfBusiness');
  return target.value === 0 ? Math.max(tick, startedAt) : tick;
}

/**
 * Instant at which amber starts (T8). Without an amber inside the target it is the start itself.
 * For an elapsed target the answer holds for a clock that has not been paused; see `amberSecondsOf` for one that has.
 */
export function amberFor(cal: CompiledCalendar, amber: Amber, target: Target, start: CountingStart): Instant {
  const { dueAt, dueOn } = dueCounting(cal, target, start);
  if (dueOn === undefined) return NEVER;
  const seconds = amberSecondsOf(amber, target);
  if (seconds !== undefined) return addOpenSeconds(cal, start.startedAt, seconds);
  const back = 'before' in amber ? openSecondsOf(amber.before) : undefined;
  if (back !== undefined) return Math.max(start.startedAt, subtractOpenSeconds(cal, dueAt, back));
  return amberTick(cal, amber, target, start, epochDayOf(dueOn));
}

/** Open seconds consumed at which amber starts, for a target and a warning both in open time; else undefined (T8). */
export function amberSecondsOf(amber: Amber, target: Target): number | undefined {
  const total = openSecondsOf(target);
  if (total === undefined) return undefined;
  if ('percent' in amber) return shareOf(total, amber.percent);
  const before = openSecondsOf(amber.before);
  return before === undefined ? undefined : Math.max(0, total - before);
}

/** Seconds of open time a period stands for: minutes and hours only, else undefined (T5). */
export function openSecondsOf(period: { readonly value: number; readonly unit: PeriodUnit }): number | undefined {
  if (period.unit === 'minutes') return period.value * 60;
  return period.unit === 'hours' ? period.value * 3600 : undefined;
}

/** The instant a lag or an offset away; days land on the close of business of their date (P2, C16, E2, T13). */
export function addPeriod(cal: CompiledCalendar, at: Instant, period: SignedPeriod, day0?: LocalDate): Due {
  const seconds = openSecondsOf(period);
  if (!Number.isFinite(at)) return never;
  const start = day0 === undefined ? dayOf(cal, at) : epochDayOf(day0);
  if (period.value === 0) return { dueAt: at, dueOn: dateOfDay(start) };
  if (seconds !== undefined) return dueAfterSeconds(cal, seconds, at, day0);
  const day = dayAway(cal, start, period);
  const tick = tickOfDay(cal, day, 'closeOfBusiness');
  return { dueAt: tick, dueOn: Number.isFinite(tick) ? dateOfDay(day) : undefined };
}

/** As `addPeriod`, on epoch days and without words: where a lag ends, and the date on which it does (C16, T13). */
export function addPeriodDay(
  cal: CompiledCalendar,
  at: Instant,
  period: SignedPeriod,
  from: EpochDay,
): { readonly at: Instant; readonly day: EpochDay } {
  const seconds = openSecondsOf(period);
  if (seconds !== undefined) {
    const end = addOpenSeconds(cal, at, seconds);
    return { at: end, day: Number.isFinite(end) ? dayOf(cal, seconds > 0 ? end - 1 : end) : from };
  }
  const day = dayAway(cal, from, period);
  return { at: tickOfDay(cal, day, 'closeOfBusiness'), day };
}

/** Latest start whose deadline is not after `finish` (S11): an opening for open time, the last second of a date for date targets. BEFORE_ALL_TIME where there is none. */
export function latestStartFor(cal: CompiledCalendar, target: Target, finish: Instant): Instant {
  if (!Number.isFinite(finish)) return finish;
  const seconds = openSecondsOf(target);
  if (seconds !== undefined) return subtractOpenSeconds(cal, finish, seconds);
  const isInTime = (day: EpochDay): boolean =>
    dueFor(cal, target, tickOfDay(cal, day, 'endOfDay') - 1, dateOfDay(day)).dueAt <= finish;
  let late = dayOf(cal, finish) + 1;
  let step = 1;
  let early = late - step;
  while (!isInTime(early)) {
    step *= 2;
    late = early;
    early = late - step;
    if (!Number.isFinite(tickOfDay(cal, early, 'endOfDay'))) return BEFORE_ALL_TIME;
  }
  while (late - early > 1) {
    const middle = Math.floor((late + early) / 2);
    if (isInTime(middle)) early = middle;
    else late = middle;
  }
  return tickOfDay(cal, early, 'endOfDay') - 1;
}

function dueAfterSeconds(cal: CompiledCalendar, seconds: number, startedAt: Instant, day0: LocalDate | undefined): Due {
  const dueAt = addOpenSeconds(cal, startedAt, seconds);
  if (!Number.isFinite(dueAt)) return { dueAt, dueOn: undefined };
  // Used up at 24:00 is used up on the date that ends there.
  if (seconds > 0) return { dueAt, dueOn: dateOfDay(dayOf(cal, dueAt - 1)) };
  return { dueAt, dueOn: seconds === 0 && day0 !== undefined ? day0 : dateOfDay(dayOf(cal, dueAt)) };
}

/** Epoch day of a date target's deadline; LAST_DAY or later beyond the horizon. */
function dueDayOf(cal: CompiledCalendar, target: Target, start: CountingStart): EpochDay {
  const day0 = start.day0 === undefined ? dayOf(cal, start.startedAt) : epochDayOf(start.day0);
  if (target.value === 0 || !start.counts) return plainDueDay(cal, target, day0);
  const counter = { cal, dueAt: target.dueAt ?? 'closeOfBusiness', counts: start.counts };
  if (target.unit === 'workingDays' || target.unit === 'calendarDays') {
    // The start date under `same` always counts, if it is a working day at all (C7).
    const kind = target.unit === 'workingDays' ? 'working' : 'calendar';
    return nthCountingDay(counter, day0, target.value - countedAtStart(cal, target, day0), kind);
  }
  const day = nthCountingDay(counter, day0, correspondingDay(target, day0) - day0, 'calendar');
  if (target.roll !== 'nextWorkingDay' || isWorkingEpochDay(cal, day)) return day;
  return nthCountingDay(counter, day, 1, 'working');
}

/** As `dueDayOf`, where every tick counts: looked up, not walked. */
function plainDueDay(cal: CompiledCalendar, target: Target, day0: EpochDay): EpochDay {
  if (target.value === 0) return target.roll === 'nextWorkingDay' ? rolled(cal, day0) : day0;
  if (target.unit === 'workingDays')
    return nthWorkingDayAfter(cal, day0, target.value - countedAtStart(cal, target, day0));
  if (target.unit === 'calendarDays') return day0 + target.value - countedAtStart(cal, target, day0);
  const day = correspondingDay(target, day0);
  return target.roll === 'nextWorkingDay' ? rolled(cal, day) : day;
}

/** How much of a count of dates the start date itself takes (T6): under `same` one, if it is a date of the kind. */
function countedAtStart(cal: CompiledCalendar, { dayOne, unit }: Target, day0: EpochDay): number {
  return dayOne === 'same' && (unit === 'calendarDays' || isWorkingEpochDay(cal, day0)) ? 1 : 0;
}

/** The corresponding date of weeks and months (T7). */
function correspondingDay({ unit, value }: Target, day0: EpochDay): EpochDay {
  return unit === 'months' ? addMonthsToDay(day0, value) : day0 + 7 * value;
}

interface DayCounter {
  readonly cal: CompiledCalendar;
  readonly dueAt: DueAt;
  readonly counts: TickCounts | undefined;
}

/** The n-th date after (n > 0) or before (n < 0) a date whose tick counts; without pauses it is looked up, with them walked. */
function nthCountingDay(counter: DayCounter, from: EpochDay, n: number, kind: 'working' | 'calendar'): EpochDay {
  const { cal, counts, dueAt } = counter;
  if (!counts) return dayAfter(cal, from, n, kind);
  const step = Math.sign(n);
  let left = Math.abs(n);
  let day = from;
  while (left > 0) {
    day = dayAfter(cal, day, step, kind);
    const tick = tickOfDay(cal, day, dueAt);
    if (!Number.isFinite(tick)) return step > 0 ? NEVER : BEFORE_ALL_TIME;
    if (counts(tick, dateOfDay(day))) left--;
  }
  return day;
}

function dayAfter(cal: CompiledCalendar, from: EpochDay, n: number, kind: 'working' | 'calendar'): EpochDay {
  return kind === 'working' ? nthWorkingDayAfter(cal, from, n) : from + n;
}

/** Amber of a date target, in whole ticks back from the final date (T8, T15). */
function amberTick(
  cal: CompiledCalendar,
  amber: Amber,
  target: Target,
  start: CountingStart,
  dueDay: EpochDay,
): Instant {
  const dueAt = target.dueAt ?? 'closeOfBusiness';
  const day0 = start.day0 === undefined ? dayOf(cal, start.startedAt) : epochDayOf(start.day0);
  const counter = { cal, dueAt, counts: start.counts };
  const unit = 'before' in amber ? amber.before.unit : target.unit;
  const day =
    unit === 'months' && 'before' in amber
      ? addMonthsToDay(dueDay, -amber.before.value)
      : nthCountingDay(
          counter,
          dueDay,
          -ticksBack(amber, target, dueDay - day0),
          unit === 'workingDays' ? 'working' : 'calendar',
        );
  // The first tick that may warn is that of the first day counted; anything earlier warns from the start.
  if (day < day0 + (target.dayOne === 'same' ? 0 : 1)) return start.startedAt;
  return Math.max(start.startedAt, tickOfDay(cal, day, dueAt));
}

function ticksBack(amber: Amber, target: Target, calendarDays: number): number {
  if ('before' in amber) return amber.before.unit === 'weeks' ? amber.before.value * 7 : amber.before.value;
  const isCounted = target.unit === 'workingDays' || target.unit === 'calendarDays';
  const ticks = isCounted ? target.value : calendarDays;
  return ticks - shareOf(ticks, amber.percent);
}

/** A percentage of a whole number, rounded up; the tolerance keeps 33 % of 100 from becoming 34 (T8). */
function shareOf(whole: number, percent: number): number {
  return Math.ceil((whole * percent) / 100 - 1e-9);
}

function dayAway(cal: CompiledCalendar, day: EpochDay, { value, unit }: SignedPeriod): EpochDay {
  switch (unit) {
    case 'workingDays':
      return nthWorkingDayAfter(cal, day, value);
    case 'weeks':
      return day + value * 7;
    case 'months':
      return addMonthsToDay(day, value);
    case 'minutes':
    case 'hours':
    case 'calendarDays':
      return day + value;
  }
}

function rolled(cal: CompiledCalendar, day: EpochDay): EpochDay {
  return isWorkingEpochDay(cal, day) ? day : nthWorkingDayAfter(cal, day, 1);
}
