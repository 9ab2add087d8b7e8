import type { Configuration } from '../../../schemas/configuration.ts';
import type { BankHolidays } from '../calendar/bank-holidays.ts';
import { compileCalendar } from '../calendar/compile.ts';
import type { CompiledCalendar } from '../calendar/compiled.ts';
import { isKnownZone } from '../calendar/zone.ts';

/** Every calendar of a configuration, compiled as if published since ever; those of an unknown zone are left out. */
export function compileCalendars(
  configuration: Configuration,
  holidays: BankHolidays,
): Record<string, CompiledCalendar> {
  const calendars = Object.values(configuration.calendar).filter((calendar) => isKnownZone(calendar.zone));
  return Object.fromEntries(
    calendars.map((calendar) => [
      calendar.key,
      compileCalendar([{ publishedAt: null, content: calendar }], holidays, { title: calendar.title }),
    ]),
  );
}
