import type { ItemId } from '../../../schemas/case-event.ts';
import type { Instant } from '../../../schemas/ids.ts';
import type { Target } from '../../../schemas/period.ts';
import type { CompiledCalendar } from '../calendar/compiled.ts';
import { dateInWords } from '../calendar/dates.ts';
import { explainDue } from '../calendar/explain.ts';
import { toIsoText } from '../calendar/iso.ts';
import { localDateOf, NEVER, zoneAt } from '../calendar/time.ts';
import { dueIfResumed, endOf } from './readings.ts';
import { type CalendarOf, type ClockState, type CountedPeriod, currentRevision, type Run } from './state.ts';

const MOST_PAUSES = 3;

/** How the deadline of a clock follows from its target, start, calendar, pauses and changes, in words; null before it starts. With `now` a paused clock says when it would be due if it were resumed then (C5). */
export function explainClock(state: ClockState, calendarOf: CalendarOf, now?: Instant): string | null {
  const { startedAt } = state;
  if (startedAt === null) return null;
  const { number, revision } = currentRevision(state);
  const calendar = calendarOf(revision.target.calendar ?? state.calendar);
  const target = toTarget(revision.target);
  const runs = runningOn(state.runs);
  const counts = (tick: Instant) => runs.some((run) => run.from < tick && (run.until === null || tick <= run.until));
  const notes = [...pausesInWords(state.runs, calendar), ...changeInWords(number, revision.since, calendar)];
  const dueAt = endOf(state, runs, calendarOf);
  // An open pause has no end yet, so neither has the period (C5).
  if (state.phase === 'paused') notes.push('no deadline while it is paused');
  const resumed = state.phase === 'paused' && now !== undefined ? dueIfResumed(state, now, calendarOf) : null;
  if (resumed !== null) notes.push(`if resumed now: due ${endInWords(calendar, resumed)}`);
  const how = runs.length > 1 ? { counts } : {};
  return explainDue(calendar, target, startedAt, { ...how, dueAt: state.phase === 'paused' ? NEVER : dueAt, notes })
    .text;
}

/** The explanations of every clock of a case's items, by item and then by name of the clock. */
export function explainClocks(
  time: Readonly<Record<ItemId, { readonly clocks: Readonly<Record<string, ClockState>> }>>,
  calendarOf: CalendarOf,
  now?: Instant,
): Record<string, Record<string, string>> {
  return Object.fromEntries(
    Object.entries(time).map(([item, { clocks }]) => [
      item,
      Object.fromEntries(
        Object.entries(clocks).flatMap(([name, clock]) => {
          const text = explainClock(clock, calendarOf, now);
          return text === null ? [] : [[name, text]];
        }),
      ),
    ]),
  );
}

/** A pause that has ended is a gap between two runs. */
function pausesInWords(runs: readonly Run[], calendar: CompiledCalendar): string[] {
  const pauses = runs.flatMap((run, at) => {
    const next = runs[at + 1];
    return run.until !== null && next
      ? [`paused ${moment(calendar, run.until)} to ${moment(calendar, next.from)}`]
      : [];
  });
  if (pauses.length <= MOST_PAUSES) return pauses;
  return [`paused ${pauses.length} times`, ...pauses.slice(-1).map((last) => `last ${last}`)];
}

function changeInWords(number: number, since: Instant, calendar: CompiledCalendar): string[] {
  return number === 0 ? [] : [`target changed on ${moment(calendar, since)}`];
}

/** An end at 24:00 is the end of the date before (T13). */
function endInWords(calendar: CompiledCalendar, at: Instant): string {
  const [on, before] = [localDateOf(calendar, at), localDateOf(calendar, at - 1)];
  return on === before ? moment(calendar, at) : dateInWords(before);
}

function moment(calendar: CompiledCalendar, at: Instant): string {
  return `${dateInWords(localDateOf(calendar, at))} ${toIsoText(at, zoneAt(calendar, at)).slice(11, 16)}`;
}

function runningOn(runs: readonly Run[]): Run[] {
  return runs.map((run, at) => (at === runs.length - 1 ? { from: run.from, until: null } : run));
}

function toTarget({ unit, value, ...rest }: CountedPeriod): Target {
  const { calendar: _calendar, ...how } = rest;
  if (unit !== 'seconds') return { ...how, unit, value } as Target;
  return {
    ...how,
    ...(value % 3600 === 0 ? { unit: 'hours', value: value / 3600 } : { unit: 'minutes', value: value / 60 }),
  } as Target;
}
