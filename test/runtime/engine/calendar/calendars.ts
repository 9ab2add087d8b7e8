import { shippedBankHolidays } from '../../../../runtime/engine/calendar/bank-holidays.ts';
import { compileCalendar } from '../../../../runtime/engine/calendar/compile.ts';
import type { CompiledCalendar } from '../../../../runtime/engine/calendar/compiled.ts';
import { fromIsoText, toIsoText } from '../../../../runtime/engine/calendar/iso.ts';
import type { CalendarContent, OpeningWindow, Weekday } from '../../../../schemas/calendar.ts';

const weekdays: readonly Weekday[] = ['mon', 'tue', 'wed', 'thu', 'fri'];
const allDays: readonly Weekday[] = [...weekdays, 'sat', 'sun'];

/** Windows written `09:00-17:00`, several apart by a blank. */
export function windows(text: string): OpeningWindow[] {
  return text.split(' ').map((part) => ({ start: part.slice(0, 5), end: part.slice(6) }));
}

export function everyWeekday(text: string): CalendarContent['weekly'] {
  return Object.fromEntries(weekdays.map((day) => [day, windows(text)]));
}

export function everyDay(text: string): CalendarContent['weekly'] {
  return Object.fromEntries(allDays.map((day) => [day, windows(text)]));
}

export function content(parts: Partial<CalendarContent> = {}): CalendarContent {
  return { zone: 'Europe/London', weekly: {}, closed: {}, openings: {}, ...parts };
}

export function calendar(parts: Partial<CalendarContent> = {}): CompiledCalendar {
  return compileCalendar([{ publishedAt: null, content: content(parts) }], shippedBankHolidays, { title: 'test' });
}

/** Mon to Fri 09:00 to 17:00 with the bank holidays of England and Wales. */
export function officeHours(): CompiledCalendar {
  return calendar({ weekly: everyWeekday('09:00-17:00'), division: 'england-and-wales' });
}

export const at = fromIsoText;
export const text = (t: number): string => toIsoText(t);
