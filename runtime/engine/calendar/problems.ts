import { type CalendarContent, type OpeningWindow, Weekday } from '../../../schemas/calendar.ts';
import type { LocalDate } from '../../../schemas/ids.ts';
import { type BankHolidays, noBankHolidays } from './bank-holidays.ts';
import { dateInWords, epochDayOf, SECONDS_OF_DAY, secondsOfWallTime, weekdayOfDay } from './dates.ts';
import { isKnownZone } from './zone.ts';

/** What is wrong with a calendar's content; the check makes a finding of it by adding the document. */
export interface CalendarProblem {
  readonly code:
    | 'CALENDAR_ZONE_UNKNOWN'
    | 'CALENDAR_WINDOWS_OVERLAP'
    | 'CALENDAR_NEVER_OPENS'
    | 'CALENDAR_OPENING_ON_CLOSED_DATE'
    | 'CALENDAR_OPEN_ON_HOLIDAY';
  readonly severity: 'error' | 'warning';
  readonly pointer: string;
  readonly values: Readonly<Record<string, unknown>>;
  readonly message: string;
}

/** Problems of a calendar: unknown zone, overlapping windows, never open, contradicting dates, open on 25 or 26 December or 1 January (T4). */
export function calendarProblems(
  content: CalendarContent,
  holidays: BankHolidays = noBankHolidays,
): readonly CalendarProblem[] {
  return [
    ...zoneProblems(content),
    ...(content.alwaysOpen ? [] : weeklyOverlaps(content)),
    ...openingOverlaps(content),
    ...neverOpens(content),
    ...contradictions(content),
    ...openHolidays(content, holidays),
  ];
}

function zoneProblems({ zone }: CalendarContent): CalendarProblem[] {
  if (isKnownZone(zone)) return [];
  const message = `Time zone "${zone}" is unknown. Use an IANA name such as Europe/London.`;
  return [{ code: 'CALENDAR_ZONE_UNKNOWN', severity: 'error', pointer: '/zone', values: { zone }, message }];
}

const WEEK_SECONDS = 7 * SECONDS_OF_DAY;

interface PlacedWindow {
  readonly pointer: string;
  readonly words: string;
  readonly from: number;
  readonly until: number;
}

function weeklyOverlaps(content: CalendarContent): CalendarProblem[] {
  const days = Weekday.options;
  const placed = days
    .flatMap((day, at) =>
      (content.weekly[day] ?? []).map((window, i) => place(window, at * SECONDS_OF_DAY, `/weekly/${day}/${i}`, day)),
    )
    .sort((a, b) => a.from - b.from);
  const first = placed[0];
  // Once more a week later, so that Sunday night is compared with the first window of the week.
  const nextWeek = first ? [{ ...first, from: first.from + WEEK_SECONDS, until: first.until + WEEK_SECONDS }] : [];
  return overlaps([...placed, ...nextWeek]);
}

function openingOverlaps(content: CalendarContent): CalendarProblem[] {
  return Object.entries(content.openings).flatMap(([date, windows]) =>
    overlaps(windows.map((window, i) => place(window, 0, `/openings/${date}/${i}`, date))),
  );
}

function place(window: OpeningWindow, base: number, pointer: string, on: string): PlacedWindow {
  const start = secondsOfWallTime(window.start);
  const end = secondsOfWallTime(window.end);
  const until = base + (end <= start ? end + SECONDS_OF_DAY : end);
  return { pointer, words: `${on} ${window.start} to ${window.end}`, from: base + start, until };
}

function overlaps(windows: readonly PlacedWindow[]): CalendarProblem[] {
  const sorted = [...windows].sort((a, b) => a.from - b.from);
  return sorted.flatMap((window, at): CalendarProblem[] => {
    const next = sorted[at + 1];
    if (!next || next.from >= window.until) return [];
    const message = `The windows ${window.words} and ${next.words} overlap. Join them or move one.`;
    const values = { first: window.words, second: next.words };
    return [{ code: 'CALENDAR_WINDOWS_OVERLAP', severity: 'error', pointer: next.pointer, values, message }];
  });
}

function neverOpens(content: CalendarContent): CalendarProblem[] {
  const listed = [...Object.values(content.weekly), ...Object.values(content.openings)];
  if (content.alwaysOpen || listed.some((windows) => windows.length > 0)) return [];
  const message =
    'The calendar never opens, so nothing would ever fall due. Add opening hours to at least one weekday.';
  return [{ code: 'CALENDAR_NEVER_OPENS', severity: 'error', pointer: '/weekly', values: {}, message }];
}

function contradictions(content: CalendarContent): CalendarProblem[] {
  return Object.keys(content.openings)
    .filter((date) => Object.hasOwn(content.closed, date))
    .map((date) => ({
      code: 'CALENDAR_OPENING_ON_CLOSED_DATE',
      severity: 'warning',
      pointer: `/openings/${date}`,
      values: { date },
      message: `${dateInWords(date)} has an extra opening but is a closed date, so it stays closed. Remove one of the two.`,
    }));
}

/** The feed of GOV.UK lists substitute days only, so a service open at weekends must close these dates by hand (T4). */
function openHolidays(content: CalendarContent, holidays: BankHolidays): CalendarProblem[] {
  if (!content.division || content.alwaysOpen) return [];
  const known = holidays[content.division];
  const years = [...new Set(Object.keys(known).map((date) => date.slice(0, 4)))].sort();
  const dates = years.flatMap((year) => [`${year}-01-01`, `${year}-12-25`, `${year}-12-26`]);
  return dates
    .filter((date) => !Object.hasOwn(known, date) && isOpenOn(content, date))
    .map((date) => ({
      code: 'CALENDAR_OPEN_ON_HOLIDAY',
      severity: 'warning',
      pointer: '/closed',
      values: { date },
      message: `The calendar is open on ${dateInWords(date)}; the bank holiday of that date is given on another day. Close it if nobody works.`,
    }));
}

function isOpenOn(content: CalendarContent, date: LocalDate): boolean {
  if (Object.hasOwn(content.closed, date)) return false;
  const windows = content.openings[date] ?? content.weekly[weekdayOfDay(epochDayOf(date))] ?? [];
  return windows.length > 0;
}
