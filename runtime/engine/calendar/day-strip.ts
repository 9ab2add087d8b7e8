import type { LocalDate } from '../../../schemas/ids.ts';
import { type CompiledCalendar, versionOfDay } from './compiled.ts';
import { dateOfDay, epochDayOf } from './dates.ts';
import { isWorkingEpochDay, zoneAt } from './time.ts';
import { instantOfLocal, offsetAt } from './zone.ts';

/** A date as a strip or a year draws it. */
export interface StripDay {
  readonly date: LocalDate;
  /** `extra`: open although the week or a holiday would close it; `holiday`: closed although the week would open it. */
  readonly kind: 'open' | 'closed' | 'holiday' | 'extra';
  /** Why it is closed: the bank holiday, or the reason written down. */
  readonly reason?: string;
  /** The clocks change on this date: an hour goes, or comes twice. */
  readonly clocks?: 'forward' | 'back';
}

/** The dates from one to another, both counted, with what is special about each. */
export function dayStrip(cal: CompiledCalendar, from: LocalDate, to: LocalDate): StripDay[] {
  const days: StripDay[] = [];
  for (let day = epochDayOf(from); day <= epochDayOf(to); day++) {
    const version = versionOfDay(cal, day);
    const date = dateOfDay(day);
    const isOpen = isWorkingEpochDay(cal, day);
    const usual = version.opensWeekly(day);
    const reason = isOpen ? undefined : version.closedReason(date);
    const midnight = (of: number) => instantOfLocal(version.zone, of * 86_400, 'windowStart');
    const shift = offsetAt(zoneAt(cal, midnight(day)), midnight(day + 1)) - offsetAt(version.zone, midnight(day));
    days.push({
      date,
      kind: isOpen ? (usual ? 'open' : 'extra') : usual ? 'holiday' : 'closed',
      ...(reason === undefined ? {} : { reason }),
      ...(shift === 0 ? {} : { clocks: shift > 0 ? ('forward' as const) : ('back' as const) }),
    });
  }
  return days;
}
