import type { Instant } from '../../../schemas/ids.ts';
import type { CompiledCalendar } from '../calendar/compiled.ts';
import { readClock } from '../clock/readings.ts';
import { isOpenCase } from '../run/rows.ts';
import type { CaseState } from '../run/types.ts';
import type { MovedDate } from './effect.ts';

type Calendars = Readonly<Record<string, CompiledCalendar>>;

/** Dates of a case's running clocks that move when calendars change (T14): a bank holiday added, an opening taken out. */
export function datesUnderCalendars(state: CaseState, now: Instant, before: Calendars, after: Calendars): MovedDate[] {
  if (!isOpenCase(state)) return [];
  const find = (calendars: Calendars) => (key: string) => {
    const calendar = calendars[key];
    if (!calendar) throw new RangeError(`calendar "${key}" is not among the calendars given`);
    return calendar;
  };
  return Object.entries(state.time).flatMap(([item, { clocks }]) =>
    Object.values(clocks).flatMap((clock): MovedDate[] => {
      if (clock.phase !== 'running' || !before[clock.calendar] || !after[clock.calendar]) return [];
      const [old, next] = [readClock(clock, now, find(before)), readClock(clock, now, find(after))];
      const of = item === 'case:' ? 'case' : item;
      return [
        ...(old.dueAt === next.dueAt ? [] : [{ of, which: 'due' as const, from: old.dueAt, to: next.dueAt }]),
        ...(old.amberAt === next.amberAt ? [] : [{ of, which: 'amber' as const, from: old.amberAt, to: next.amberAt }]),
      ];
    }),
  );
}
