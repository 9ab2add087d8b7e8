import type { CalendarContent, OpeningWindow } from '../../../schemas/calendar.ts';
import type { Instant } from '../../../schemas/ids.ts';
import type { BankHolidays } from './bank-holidays.ts';
import type { CompiledCalendar, CompiledVersion, Interval, WindowSeconds } from './compiled.ts';
import { dateOfDay, SECONDS_OF_DAY, secondsOfWallTime, weekdayOfDay } from './dates.ts';
import { isKnownZone } from './zone.ts';

/** One published version of a calendar; `publishedAt: null` means since ever (T3). */
export interface CalendarVersion {
  readonly publishedAt: Instant | null;
  readonly content: CalendarContent;
}

export interface CompileOptions {
  /** Title used in explanations; default `calendar`. */
  readonly title?: string;
  /** `asMoment` reads window edges as any local time (S4) instead of T2; for imported vectors that say so. */
  readonly windowEdges?: 'T2' | 'asMoment';
}

const wholeDay: readonly WindowSeconds[] = [{ start: 0, end: SECONDS_OF_DAY }];
const noWindows: readonly WindowSeconds[] = [];

/**
 * Compiles the published versions of a calendar; the newest published at or before t decides t (T3).
 * Throws RangeError on an unknown zone or when there is no version.
 */
export function compileCalendar(
  versions: readonly CalendarVersion[],
  holidays: BankHolidays,
  options: CompileOptions = {},
): CompiledCalendar {
  if (versions.length === 0) throw new RangeError('a calendar needs at least one published version');
  const ordered = versions
    .map((version) => ({ content: version.content, from: version.publishedAt ?? Number.NEGATIVE_INFINITY }))
    .sort((a, b) => a.from - b.from);
  const compiled = ordered.map(({ content, from }, at) => ({
    ...compileVersion(content, holidays, options),
    // The first version also answers for the time before it: work that began before the calendar was set up has one too.
    from: at === 0 ? Number.NEGATIVE_INFINITY : from,
    until: ordered[at + 1]?.from ?? Number.POSITIVE_INFINITY,
    number: at + 1,
  }));
  return {
    title: options.title ?? 'calendar',
    versions: compiled.filter((version) => version.from < version.until),
    removed: [],
    neverOpens: ordered.every(({ content }) => !mayOpen(content)),
    index: undefined,
  };
}

/** The same calendar with intervals taken out of its open time; working days stay as they are. */
export function withoutIntervals(cal: CompiledCalendar, intervals: readonly Interval[]): CompiledCalendar {
  const removed = [...cal.removed, ...intervals].filter(({ from, until }) => from < until);
  return { ...cal, removed: removed.sort((a, b) => a.from - b.from), index: undefined };
}

function compileVersion(
  content: CalendarContent,
  holidays: BankHolidays,
  options: CompileOptions,
): Omit<CompiledVersion, 'from' | 'until' | 'number'> {
  if (!isKnownZone(content.zone)) {
    throw new RangeError(`time zone "${content.zone}" is unknown; use an IANA name such as Europe/London`);
  }
  const bankHolidays = content.division ? holidays[content.division] : {};
  const asMoment = options.windowEdges === 'asMoment';
  const weekly = new Map(Object.entries(content.weekly).map(([day, windows]) => [day, windows.map(toSeconds)]));
  return {
    zone: content.zone,
    edges: { start: asMoment ? 'moment' : 'windowStart', end: asMoment ? 'moment' : 'windowEnd' },
    closedReason: (date) => {
      if (Object.hasOwn(content.closed, date)) return content.closed[date];
      return Object.hasOwn(content.openings, date) ? undefined : bankHolidays[date];
    },
    opensWeekly: (epochDay) => content.alwaysOpen === true || (weekly.get(weekdayOfDay(epochDay))?.length ?? 0) > 0,
    windowsOf: (epochDay) => {
      const date = dateOfDay(epochDay);
      if (Object.hasOwn(content.closed, date)) return noWindows;
      const opening = content.openings[date];
      if (opening) return opening.map(toSeconds);
      if (Object.hasOwn(bankHolidays, date)) return noWindows;
      return content.alwaysOpen ? wholeDay : (weekly.get(weekdayOfDay(epochDay)) ?? noWindows);
    },
  };
}

function toSeconds(window: OpeningWindow): WindowSeconds {
  const start = secondsOfWallTime(window.start);
  const end = secondsOfWallTime(window.end);
  return { start, end: end <= start ? end + SECONDS_OF_DAY : end };
}

function mayOpen(content: CalendarContent): boolean {
  const listed = [...Object.values(content.weekly), ...Object.values(content.openings)];
  return content.alwaysOpen === true || listed.some((windows) => windows.length > 0);
}
