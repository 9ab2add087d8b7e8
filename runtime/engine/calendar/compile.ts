import type { CalendarContent, OpeningWindow } from '../../../schemas/calendar.ts';
import type { Instant, LocalDate } from '../../../schemas/ids.ts';
import { weekdays } from '../../../schemas/kinds.ts';
import type { BankHolidays } from './bank-holidays.ts';
import type { CompiledCalendar, CompiledVersion, Interval, WindowSeconds } from './compiled.ts';
import { type EpochDay, epochDayOf, SECONDS_OF_DAY, secondsOfWallTime, weekdayIndex } from './dates.ts';
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
  const exceptions = exceptionsOf(content, bankHolidays);
  const weekly = weekdays.map((day) =>
    content.alwaysOpen ? wholeDay : (content.weekly[day]?.map(toSeconds) ?? noWindows),
  );
  const weeklyOf = (epochDay: EpochDay): readonly WindowSeconds[] => weekly[weekdayIndex(epochDay)] ?? noWindows;
  return {
    zone: content.zone,
    edges: { start: asMoment ? 'moment' : 'windowStart', end: asMoment ? 'moment' : 'windowEnd' },
    closedReason: (date) => {
      if (Object.hasOwn(content.closed, date)) return content.closed[date];
      return Object.hasOwn(content.openings, date) ? undefined : bankHolidays[date];
    },
    opensWeekly: (epochDay) => weeklyOf(epochDay).length > 0,
    windowsOf: (epochDay) => exceptions.get(epochDay) ?? weeklyOf(epochDay),
  };
}

/** Dates that do not follow the week: a closed date wins over an extra opening, that over a bank holiday. */
function exceptionsOf(
  content: CalendarContent,
  bankHolidays: Readonly<Record<LocalDate, string>>,
): ReadonlyMap<EpochDay, readonly WindowSeconds[]> {
  const exceptions = new Map<EpochDay, readonly WindowSeconds[]>();
  for (const date of Object.keys(bankHolidays)) exceptions.set(epochDayOf(date), noWindows);
  for (const [date, windows] of Object.entries(content.openings)) {
    exceptions.set(epochDayOf(date), windows.map(toSeconds));
  }
  for (const date of Object.keys(content.closed)) exceptions.set(epochDayOf(date), noWindows);
  return exceptions;
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
