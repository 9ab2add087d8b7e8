import type { Instant, LocalDate } from '../../../schemas/ids.ts';
import type { Lag, LinkType } from '../../../schemas/workflow.ts';
import { addMonthsToDay, dateOfDay, SECONDS_OF_DAY } from '../calendar/dates.ts';
import { addPeriod } from '../calendar/due.ts';
import { dayOf, zoneAt } from '../calendar/time.ts';
import { instantOfLocal, offsetAt } from '../calendar/zone.ts';
import type { CalendarOf } from '../clock/state.ts';
import type { CompiledWorkflow } from '../compile/compiled-workflow.ts';

/** A dependency of a case: drawn, or added by hand. */
export interface CaseLink {
  readonly from: string;
  readonly to: string;
  readonly type: LinkType;
  readonly lag?: Lag | undefined;
  readonly calendar?: string | undefined;
  readonly branch?: string | undefined;
}

/** Where a lag ends; `endedOn` only where that end is 24:00, so that what follows counts from that date (T13). */
export interface LagEnd {
  readonly at: Instant;
  readonly endedOn?: LocalDate;
}

/** An instant moved by a link's lag: working time of its calendar, or calendar time (S3, C16); `day0` as in T13. */
export function endOfLag(
  bundle: CompiledWorkflow,
  calendarOf: CalendarOf,
  link: CaseLink,
  since: { readonly at: Instant; readonly endedOn?: LocalDate | undefined },
): LagEnd {
  const { lag } = link;
  if (!lag || lag.value === 0) {
    return since.endedOn === undefined ? { at: since.at } : { at: since.at, endedOn: since.endedOn };
  }
  const own = Object.values(bundle.tasks[link.to]?.slas ?? {})[0]?.target.calendar;
  const calendar = calendarOf(link.calendar ?? own ?? bundle.workflow.calendar);
  const day = since.endedOn;
  const at =
    lag.basis === 'working'
      ? addPeriod(calendar, since.at, lag, day).dueAt
      : addCalendarTime(zoneAt(calendar, since.at), dayOf(calendar, since.at), since.at, lag);
  if (!Number.isFinite(at) || dayOf(calendar, at) === dayOf(calendar, at - 1)) return { at };
  return { at, endedOn: dateOfDay(dayOf(calendar, at - 1)) };
}

/** Minutes and hours pass as they are; days, weeks and months keep the time of day. */
function addCalendarTime(zone: string, day: number, since: Instant, lag: Lag): Instant {
  if (lag.unit === 'minutes') return since + lag.value * 60;
  if (lag.unit === 'hours') return since + lag.value * 3600;
  const days = lag.unit === 'weeks' ? lag.value * 7 : lag.value;
  const target = lag.unit === 'months' ? addMonthsToDay(day, lag.value) : day + days;
  const localSeconds = since + offsetAt(zone, since) - day * SECONDS_OF_DAY;
  return instantOfLocal(zone, target * SECONDS_OF_DAY + localSeconds, 'moment');
}
