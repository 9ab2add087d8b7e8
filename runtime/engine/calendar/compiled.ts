import type { Instant, LocalDate } from '../../../schemas/ids.ts';
import { type EpochDay, SECONDS_OF_DAY } from './dates.ts';
import { instantOfLocal, type LocalMeaning } from './zone.ts';

/** A calendar ready for questions about time; its index grows by itself over the years that are asked for (S10). */
export interface CompiledCalendar {
  readonly title: string;
  readonly versions: readonly CompiledVersion[];
  /** Intervals taken out of open time, sorted by start. */
  readonly removed: readonly Interval[];
  readonly neverOpens: boolean;
  /** Only `indexFor` writes this: a cache of what follows from the fields above. */
  index: CalendarIndex | undefined;
}

/** Half-open: from <= t < until. */
export interface Interval {
  readonly from: Instant;
  readonly until: Instant;
}

export interface CompiledVersion extends Interval {
  readonly zone: string;
  readonly number: number;
  readonly closedReason: (date: LocalDate) => string | undefined;
  /** Whether the weekly windows would open the date, were it not closed. */
  readonly opensWeekly: (epochDay: EpochDay) => boolean;
  readonly windowsOf: (epochDay: EpochDay) => readonly WindowSeconds[];
  readonly edges: { readonly start: LocalMeaning; readonly end: LocalMeaning };
}

/** A window in seconds after the local midnight of the date it starts on; the end may lie beyond 86,400. */
export interface WindowSeconds {
  readonly start: number;
  readonly end: number;
}

/** Open time and working days of a span of dates, in flat arrays for binary search (S10); answers from <= t < until. */
export interface CalendarIndex extends Interval {
  readonly firstDay: EpochDay;
  readonly days: number;
  /** Open intervals, sorted, apart; `before[i]` is the open seconds of all earlier ones (one longer than the rest). */
  readonly starts: Float64Array;
  readonly ends: Float64Array;
  readonly before: Float64Array;
  /** Position of the last interval that starts at or before `from` plus so many whole days, -1 where there is none. */
  readonly startsByDay: Int32Array;
  /** Position of the interval in which each `openShare` of the open seconds begins. */
  readonly startsByShare: Int32Array;
  readonly openShare: number;
  /** Start of each date, one longer than `days`. */
  readonly midnights: Float64Array;
  /** Close of business of each date (T14). */
  readonly closes: Float64Array;
  /** Working days before each date, one longer than `days`. */
  readonly workingBefore: Int32Array;
  readonly workingDays: Int32Array;
  /** 1 for each date that is a working day. */
  readonly isWorking: Uint8Array;
  /** Ticks at wall times, by time; filled as they are asked for (T6). */
  readonly wallTicks: Map<string, Float64Array>;
}

/** The version that decides an instant (T3). */
export function versionAt(cal: CompiledCalendar, t: Instant): CompiledVersion {
  return cal.versions.findLast((version) => version.from <= t) ?? firstVersion(cal);
}

/**
 * The version that decides whether a date is a working day: the oldest whose close of business comes before the next
 * one is published, so that publishing never moves a tick that has passed (T3).
 */
export function versionOfDay(cal: CompiledCalendar, epochDay: EpochDay): CompiledVersion {
  if (cal.versions.length === 1) return firstVersion(cal);
  return cal.versions.find((version) => closeOfBusinessIn(version, epochDay) < version.until) ?? firstVersion(cal);
}

/** Start of a date in the version's zone: the first instant whose local date it is. */
export function startOfDayIn(version: CompiledVersion, epochDay: EpochDay): Instant {
  return instantOfLocal(version.zone, epochDay * SECONDS_OF_DAY, 'windowStart');
}

/** Close of business: end of the last window that starts on the date, 24:00 on a date with none (T14). */
export function closeOfBusinessIn(version: CompiledVersion, epochDay: EpochDay): Instant {
  const windows = version.windowsOf(epochDay);
  let latest = 0;
  for (const { end } of windows) latest = Math.max(latest, end);
  if (windows.length === 0 || latest === SECONDS_OF_DAY) return startOfDayIn(version, epochDay + 1);
  return instantOfLocal(version.zone, epochDay * SECONDS_OF_DAY + latest, version.edges.end);
}

function firstVersion(cal: CompiledCalendar): CompiledVersion {
  const [first] = cal.versions;
  if (!first) throw new Error('a compiled calendar has at least one version; compile it with compileCalendar');
  return first;
}
