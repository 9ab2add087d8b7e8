import type { LocalDate } from '../../../schemas/ids.ts';
import { type CompiledCalendar, versionOfDay } from './compiled.ts';
import { dateOfDay, epochDayOf } from './dates.ts';
import { isWorkingEpochDay } from './time.ts';

/** A date on which a calendar does not open; `reason` names a bank holiday or closure, null for the rest of the week. */
export interface ClosedDay {
  readonly on: LocalDate;
  readonly reason: string | null;
}

/** Every date from `from` to `to`, both counted, on which the calendar does not open, with the reason where it has one (T4, T14). */
export function closedDaysBetween(calendar: CompiledCalendar, from: LocalDate, to: LocalDate): ClosedDay[] {
  const closed: ClosedDay[] = [];
  for (let day = epochDayOf(from); day <= epochDayOf(to); day++) {
    if (isWorkingEpochDay(calendar, day)) continue;
    const on = dateOfDay(day);
    const version = versionOfDay(calendar, day);
    closed.push({ on, reason: version.opensWeekly(day) ? (version.closedReason(on) ?? null) : null });
  }
  return closed;
}
