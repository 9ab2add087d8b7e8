import type { Weekday } from '../../../schemas/calendar.ts';
import { dateOfDay, type EpochDay, epochDayOf, pad, weekdayOfDay } from '../calendar/dates.ts';
import type { OpenIntervals } from './work-axis.ts';

/** Minutes since 1970-01-01T00:00 in the local time of the plan; plans of other programs carry no zone. */
export type LocalMinute = number;

/** Opening hours of a plan read from elsewhere: pairs of wall times; an end at or before the start means the next day. */
export interface PlanCalendar {
  readonly id: string;
  readonly week: Readonly<Partial<Record<Weekday, readonly (readonly [string, string])[]>>>;
  /** Dates with hours of their own, none meaning closed; of two that overlap the later one holds. */
  readonly exceptions?: readonly PlanException[];
}

export interface PlanException {
  readonly from: string;
  readonly to: string;
  readonly hours: readonly (readonly [string, string])[];
}

const MINUTES_OF_DAY = 1440;

/** Local minute of `YYYY-MM-DDTHH:MM` (a date alone is its midnight). Throws RangeError when it is neither. */
export function minuteOfDateTime(text: string): LocalMinute {
  const match = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2})(?::\d{2}(?:\.\d+)?)?)?$/.exec(text);
  const date = match?.[1];
  if (date === undefined || dateOfDay(epochDayOf(date)) !== date) {
    throw new RangeError(`"${text}" is not a local date and time; write YYYY-MM-DDTHH:MM`);
  }
  return epochDayOf(date) * MINUTES_OF_DAY + minuteOfWallTime(match?.[2] ?? '00:00');
}

/** `YYYY-MM-DDTHH:MM` of a local minute; parts of a minute are dropped. */
export function dateTimeOfMinute(minute: LocalMinute): string {
  const whole = Math.floor(minute);
  const day = Math.floor(whole / MINUTES_OF_DAY);
  const rest = whole - day * MINUTES_OF_DAY;
  return `${dateOfDay(day)}T${pad(Math.floor(rest / 60), 2)}:${pad(rest % 60, 2)}`;
}

/** Answers the open intervals of a calendar between two local minutes, whole days, sorted, apart and merged. */
export function readOpenIntervals(calendar: PlanCalendar): (from: LocalMinute, until: LocalMinute) => OpenIntervals {
  const week = new Map<Weekday, Spans>();
  for (const [day, hours] of Object.entries(calendar.week)) week.set(day as Weekday, spansOf(hours));
  const special = new Map<EpochDay, Spans>();
  for (const exception of calendar.exceptions ?? []) {
    const spans = spansOf(exception.hours);
    const last = epochDayOf(exception.to);
    for (let day = epochDayOf(exception.from); day <= last; day++) special.set(day, spans);
  }
  return (from, until) => {
    const starts: number[] = [];
    const ends: number[] = [];
    const lastDay = Math.ceil(until / MINUTES_OF_DAY);
    // One day earlier: a window of the night before may reach into the first day.
    for (let day = Math.floor(from / MINUTES_OF_DAY) - 1; day < lastDay; day++) {
      const spans = special.get(day) ?? week.get(weekdayOfDay(day)) ?? [];
      for (const [start, end] of spans)
        addInterval(starts, ends, day * MINUTES_OF_DAY + start, day * MINUTES_OF_DAY + end);
    }
    return { starts, ends };
  };
}

/** Whether a calendar opens at all: by its week or on some date of its own. */
export function everOpens(calendar: PlanCalendar): boolean {
  const inWeek = Object.values(calendar.week).some((hours) => hours.length > 0);
  return inWeek || (calendar.exceptions ?? []).some((exception) => exception.hours.length > 0);
}

/** Minutes of the longest working day of the week: what a planner's "1 day" means in this calendar. */
export function minutesOfDay(calendar: PlanCalendar): number {
  const lengths = Object.values(calendar.week).map((hours) =>
    spansOf(hours).reduce((sum, [opens, closes]) => sum + closes - opens, 0),
  );
  return Math.max(60, ...lengths);
}

type Spans = readonly (readonly [number, number])[];

function spansOf(hours: readonly (readonly [string, string])[]): Spans {
  const spans = hours.map(([start, end]): readonly [number, number] => {
    const opens = minuteOfWallTime(start);
    const closes = minuteOfWallTime(end);
    return [opens, closes <= opens ? closes + MINUTES_OF_DAY : closes];
  });
  return spans.sort((a, b) => a[0] - b[0]);
}

function minuteOfWallTime(time: string): number {
  const hour = Number(time.slice(0, 2));
  const minute = Number(time.slice(3, 5));
  if (!/^\d{2}:\d{2}/.test(time) || hour > 24 || minute > 59)
    throw new RangeError(`"${time}" is not a time; write HH:MM`);
  return hour * 60 + minute;
}

function addInterval(starts: number[], ends: number[], start: number, end: number): void {
  const last = ends.length - 1;
  const lastEnd = ends[last];
  if (lastEnd === undefined || start > lastEnd) {
    starts.push(start);
    ends.push(end);
    return;
  }
  ends[last] = Math.max(lastEnd, end);
}
