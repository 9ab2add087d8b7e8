import type { Weekday } from '../../../schemas/calendar.ts';
import type { LocalDate } from '../../../schemas/ids.ts';
import { weekdays } from '../../../schemas/kinds.ts';

/** Days since 1970-01-01; the form dates have inside the calendar. */
export type EpochDay = number;

export const SECONDS_OF_DAY = 86_400;

const weekdayNames = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
const monthNames = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

// Tables from 1900 to 2199, made when first asked: a deadline is a look-up and a step (S10). Other dates are worked out.
const TABLE_FROM = epochDayOfParts(1900, 1, 1);
const TABLE_UNTIL = epochDayOfParts(2200, 1, 1);
const TABLE_MONTHS = 300 * 12;
let monthTables: { readonly ofDay: Int16Array; readonly firstDay: Int32Array } | undefined;
const textOfDay: (LocalDate | undefined)[] = new Array(TABLE_UNTIL - TABLE_FROM);

/** Days since 1970-01-01 of a year, month (1 to 12) and day of month, in the Gregorian calendar. */
export function epochDayOfParts(year: number, month: number, day: number): EpochDay {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}

/** Year, month (1 to 12) and day of month of an epoch day. */
export function partsOfDay(epochDay: EpochDay): { year: number; month: number; day: number } {
  const z = epochDay + 719_468;
  const era = Math.floor(z / 146_097);
  const dayOfEra = z - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shifted = Math.floor((5 * dayOfYear + 2) / 153);
  const month = shifted < 10 ? shifted + 3 : shifted - 9;
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    day: dayOfYear - Math.floor((153 * shifted + 2) / 5) + 1,
  };
}

/** Epoch day of a date text. Throws RangeError when it is not `YYYY-MM-DD`. */
export function epochDayOf(date: LocalDate): EpochDay {
  const year = Number(date.slice(0, 4));
  const month = Number(date.slice(5, 7));
  const day = Number(date.slice(8, 10));
  const result = epochDayOfParts(year, month, day);
  if (date.length !== 10 || Number.isNaN(result)) throw new RangeError(`"${date}" is not a date; write YYYY-MM-DD`);
  return result;
}

/** Date text of an epoch day. */
export function dateOfDay(epochDay: EpochDay): LocalDate {
  if (epochDay < TABLE_FROM || epochDay >= TABLE_UNTIL) return writeDate(epochDay);
  return textOfDay[epochDay - TABLE_FROM] ?? keepDate(epochDay);
}

function keepDate(epochDay: EpochDay): LocalDate {
  const text = writeDate(epochDay);
  textOfDay[epochDay - TABLE_FROM] = text;
  return text;
}

function writeDate(epochDay: EpochDay): LocalDate {
  const { year, month, day } = partsOfDay(epochDay);
  return `${pad(year, 4)}-${pad(month, 2)}-${pad(day, 2)}`;
}

/** Weekday of an epoch day (1970-01-01 was a Thursday). */
export function weekdayOfDay(epochDay: EpochDay): Weekday {
  return weekdays[weekdayIndex(epochDay)] ?? 'mon';
}

/** The date n days later (earlier where n is negative). */
export function addDays(date: LocalDate, n: number): LocalDate {
  return dateOfDay(epochDayOf(date) + n);
}

/** Days from one date to another; negative where the second is earlier. */
export function daysBetween(from: LocalDate, to: LocalDate): number {
  return epochDayOf(to) - epochDayOf(from);
}

/** The corresponding date n months later, clipped to the end of the month (T7). */
export function addMonthsClipped(date: LocalDate, n: number): LocalDate {
  return dateOfDay(addMonthsToDay(epochDayOf(date), n));
}

/** As `addMonthsClipped`, on epoch days. */
export function addMonthsToDay(epochDay: EpochDay, n: number): EpochDay {
  if (epochDay < TABLE_FROM || epochDay >= TABLE_UNTIL) return addMonthsByParts(epochDay, n);
  monthTables ??= makeMonthTables();
  const { ofDay, firstDay } = monthTables;
  const month = ofDay[epochDay - TABLE_FROM] as number;
  const later = month + n;
  if (!(later >= 0 && later < TABLE_MONTHS)) return addMonthsByParts(epochDay, n);
  const day = (firstDay[later] as number) + epochDay - (firstDay[month] as number);
  const last = (firstDay[later + 1] as number) - 1;
  return day < last ? day : last;
}

function addMonthsByParts(epochDay: EpochDay, n: number): EpochDay {
  const { year, month, day } = partsOfDay(epochDay);
  const months = year * 12 + month - 1 + n;
  const first = epochDayOfParts(Math.floor(months / 12), (((months % 12) + 12) % 12) + 1, 1);
  const next = epochDayOfParts(Math.floor((months + 1) / 12), ((((months + 1) % 12) + 12) % 12) + 1, 1);
  return Math.min(first + day - 1, next - 1);
}

/** Month of every date of the tables, and first date of every month; months count from 1900-01. */
function makeMonthTables(): { ofDay: Int16Array; firstDay: Int32Array } {
  const ofDay = new Int16Array(TABLE_UNTIL - TABLE_FROM);
  const firstDay = new Int32Array(TABLE_MONTHS + 1);
  for (let month = 0; month <= TABLE_MONTHS; month++) {
    firstDay[month] = epochDayOfParts(1900 + Math.floor(month / 12), (month % 12) + 1, 1);
  }
  for (let month = 0; month < TABLE_MONTHS; month++) {
    ofDay.fill(month, (firstDay[month] as number) - TABLE_FROM, (firstDay[month + 1] as number) - TABLE_FROM);
  }
  return { ofDay, firstDay };
}

/** A date in words: `Fri 18 Dec 2026`. */
export function dateInWords(date: LocalDate): string {
  const epochDay = epochDayOf(date);
  const { year, month, day } = partsOfDay(epochDay);
  return `${weekdayNames[weekdayIndex(epochDay)]} ${day} ${monthNames[month - 1]} ${year}`;
}

/** Dates of a list in few words, months named once: `25, 28 Dec, 1 Jan`. */
export function datesInWords(dates: readonly LocalDate[]): string {
  return dates
    .map((date, at) => {
      const { month, day } = partsOfDay(epochDayOf(date));
      const next = dates[at + 1];
      return next?.slice(0, 7) === date.slice(0, 7) ? `${day}` : `${day} ${monthNames[month - 1]}`;
    })
    .join(', ');
}

/** Seconds after midnight of a wall time `HH:MM` (24:00 is 86,400). */
export function secondsOfWallTime(time: string): number {
  return Number(time.slice(0, 2)) * 3600 + Number(time.slice(3, 5)) * 60;
}

export function pad(value: number, width: number): string {
  return String(value).padStart(width, '0');
}

/** Position of an epoch day in its week: 0 is Monday. */
export function weekdayIndex(epochDay: EpochDay): number {
  return (((epochDay + 3) % 7) + 7) % 7;
}
