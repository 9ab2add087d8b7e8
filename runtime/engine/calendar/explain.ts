import type { Instant, LocalDate } from '../../../schemas/ids.ts';
import type { PeriodUnit, Target } from '../../../schemas/period.ts';
import { type CompiledCalendar, versionOfDay } from './compiled.ts';
import { dateInWords, dateOfDay, datesInWords, type EpochDay, epochDayOf } from './dates.ts';
import { type CountingStart, type Due, dueCounting, openSecondsOf } from './due.ts';
import { toIsoText } from './iso.ts';
import { dayOf, isWorkingEpochDay, NEVER, zoneAt } from './time.ts';

export interface DueExplanation extends Due {
  /** The derivation in one line of words. */
  readonly text: string;
  /** Dates closed by the calendar between start and deadline, with the reason. */
  readonly skipped: readonly { readonly date: LocalDate; readonly reason: string }[];
}

const LISTED_AT_MOST = 12;

const unitWords: Record<PeriodUnit, readonly [string, string]> = {
  minutes: ['open minute', 'open minutes'],
  hours: ['open hour', 'open hours'],
  workingDays: ['working day', 'working days'],
  calendarDays: ['calendar day', 'calendar days'],
  weeks: ['week', 'weeks'],
  months: ['month', 'months'],
};

/** What else a deadline follows from. */
export interface HowCounted extends Omit<CountingStart, 'startedAt'> {
  /** The deadline where pauses of open time moved it; NEVER where there is none while it waits. */
  readonly dueAt?: Instant;
  /** More that is said before the deadline: pauses, changes. */
  readonly notes?: readonly string[];
}

/** Says how a deadline follows from the target, the start and the calendar. */
export function explainDue(
  cal: CompiledCalendar,
  target: Target,
  startedAt: Instant,
  how: HowCounted = {},
): DueExplanation {
  const due = dueOf(cal, target, startedAt, how);
  const from = how.day0 === undefined ? dayOf(cal, startedAt) : epochDayOf(how.day0);
  const skipped = due.dueOn === undefined ? [] : skippedDates(cal, target, from, epochDayOf(due.dueOn));
  const version = versionOfDay(cal, due.dueOn === undefined ? from : epochDayOf(due.dueOn));
  const parts = [
    `${amountInWords(target)} from ${startInWords(cal, target, startedAt, from)}`,
    ...skippedInWords(skipped.map(({ date }) => date)),
    ...(how.notes ?? []),
    ...resultInWords(cal, target, due, how),
    `calendar ${cal.title}, version ${version.number}`,
  ];
  return { ...due, text: `${parts.slice(0, -1).join('; ')}; ${parts.at(-1)}`, skipped };
}

function dueOf(
  cal: CompiledCalendar,
  target: Target,
  startedAt: Instant,
  { dueAt, notes: _notes, ...how }: HowCounted,
): Due {
  if (dueAt === NEVER) return { dueAt, dueOn: undefined };
  const due = dueCounting(cal, target, { startedAt, ...how });
  if (dueAt === undefined || openSecondsOf(target) === undefined) return due;
  return { dueAt, dueOn: dateOfDay(dayOf(cal, dueAt > startedAt ? dueAt - 1 : dueAt)) };
}

function resultInWords(cal: CompiledCalendar, target: Target, due: Due, { dueAt }: HowCounted): string[] {
  if (due.dueOn !== undefined) return [`= ${endInWords(cal, target, due)}`];
  return dueAt === NEVER ? [] : ['= never: the calendar does not open long enough'];
}

function amountInWords({ value, unit, dayOne, roll }: Target): string {
  const [one, many] = unitWords[unit];
  const counted = unit === 'workingDays' || unit === 'calendarDays';
  const beginning = counted && dayOne === 'same' ? ' beginning with the day,' : '';
  const rolling = !counted && roll === 'nextWorkingDay' ? ', moved to a working day,' : '';
  return `${value} ${value === 1 ? one : many}${beginning}${rolling}`;
}

function startInWords(cal: CompiledCalendar, target: Target, startedAt: Instant, from: EpochDay): string {
  const date = dateInWords(dateOfDay(from));
  return openSecondsOf(target) === undefined ? date : `${date} ${wallTime(cal, startedAt)}`;
}

function endInWords(cal: CompiledCalendar, target: Target, due: Due): string {
  const on = due.dueOn === undefined ? '' : dateInWords(due.dueOn);
  if (openSecondsOf(target) === undefined && target.dueAt === 'endOfDay') return on;
  const time = wallTime(cal, due.dueAt);
  // A window of the night ends on the next date; the words name the date on which it is that time.
  return time === '00:00' ? `${on} 24:00` : `${dateInWords(dateOfDay(dayOf(cal, due.dueAt)))} ${time}`;
}

function wallTime(cal: CompiledCalendar, t: Instant): string {
  return toIsoText(t, zoneAt(cal, t)).slice(11, 16);
}

/** Weekend days are no surprise and are not listed; closed dates with a reason are. */
function skippedDates(
  cal: CompiledCalendar,
  target: Target,
  from: EpochDay,
  until: EpochDay,
): { date: LocalDate; reason: string }[] {
  const isSkipping = openSecondsOf(target) !== undefined || target.unit === 'workingDays';
  const skipped: { date: LocalDate; reason: string }[] = [];
  for (let day = isSkipping ? from : until; day < until; day++) {
    if (isWorkingEpochDay(cal, day)) continue;
    const version = versionOfDay(cal, day);
    const reason = version.closedReason(dateOfDay(day));
    if (reason !== undefined && version.opensWeekly(day)) skipped.push({ date: dateOfDay(day), reason });
  }
  return skipped;
}

function skippedInWords(dates: readonly LocalDate[]): string[] {
  if (dates.length === 0) return [];
  const more = dates.length > LISTED_AT_MOST ? ` and ${dates.length - LISTED_AT_MOST} more` : '';
  return [`skipped ${datesInWords(dates.slice(0, LISTED_AT_MOST))}${more}`];
}
