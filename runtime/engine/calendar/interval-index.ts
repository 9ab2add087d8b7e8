import type { Instant } from '../../../schemas/ids.ts';
import {
  type CalendarIndex,
  type CompiledCalendar,
  type CompiledVersion,
  closeOfBusinessIn,
  type Interval,
  startOfDayIn,
  versionOfDay,
} from './compiled.ts';
import { type EpochDay, epochDayOfParts, SECONDS_OF_DAY } from './dates.ts';
import { instantOfLocal } from './zone.ts';

/** Dates outside 1900 to 2199 are beyond the horizon: questions answer NEVER instead of searching on. */
export const FIRST_DAY = epochDayOfParts(1900, 1, 1);
export const LAST_DAY = epochDayOfParts(2200, 1, 1);

const FIRST_YEARS = 3;

/** The index over at least the year round t, or up to the horizon; it at least doubles whenever it must grow. */
export function indexFor(cal: CompiledCalendar, t: Instant): CalendarIndex {
  const known = cal.index;
  if (known && t >= known.from && t < known.until) return known;
  const day = dayOfInstant(t);
  const endDay = known ? known.firstDay + known.days : day;
  const growth = Math.max(FIRST_YEARS * 366, known?.days ?? 0);
  const first = known && t >= known.from ? known.firstDay : day - (known ? growth : 366);
  const end = known && t < known.until ? endDay : day + growth;
  const within = { first: Math.max(FIRST_DAY, first), end: Math.min(LAST_DAY, end) };
  if (known && within.first === known.firstDay && within.end === endDay) return known;
  cal.index = makeIndex(cal, within.first, within.end);
  return cal.index;
}

/** Epoch day of an instant in UTC, within the horizon. */
function dayOfInstant(t: Instant): EpochDay {
  return Math.min(LAST_DAY - 1, Math.max(FIRST_DAY, Math.floor(t / SECONDS_OF_DAY)));
}

/** Builds the index over the dates from `firstDay` up to but not including `endDay`. */
function makeIndex(cal: CompiledCalendar, firstDay: EpochDay, endDay: EpochDay): CalendarIndex {
  const days = endDay - firstDay;
  const midnights = new Float64Array(days + 1);
  const closes = new Float64Array(days);
  const workingBefore = new Int32Array(days + 1);
  const workingDays: number[] = [];
  const isWorking = new Uint8Array(days);
  for (let i = 0; i < days; i++) {
    const version = versionOfDay(cal, firstDay + i);
    midnights[i] = startOfDayIn(version, firstDay + i);
    closes[i] = closeOfBusinessIn(version, firstDay + i);
    if (version.windowsOf(firstDay + i).length > 0) {
      workingDays.push(firstDay + i);
      isWorking[i] = 1;
    }
    workingBefore[i + 1] = workingDays.length;
  }
  midnights[days] = startOfDayIn(versionOfDay(cal, endDay), endDay);
  const from = midnights[0] ?? 0;
  const until = midnights[days] ?? 0;
  const open = subtract(mergedWindows(cal, firstDay, endDay, { from, until }), cal.removed);
  return {
    firstDay,
    days,
    from,
    until,
    ...prefixSums(open, from, days),
    midnights,
    closes,
    workingBefore,
    workingDays: Int32Array.from(workingDays),
    isWorking,
    wallTicks: new Map(),
  };
}

interface Span {
  from: Instant;
  until: Instant;
}

/** Open spans of all versions, each within the time it decides (T3), sorted and merged. */
function mergedWindows(cal: CompiledCalendar, firstDay: EpochDay, endDay: EpochDay, bounds: Span): Span[] {
  const spans: Span[] = [];
  for (const version of cal.versions) {
    const from = Math.max(bounds.from, version.from);
    const until = Math.min(bounds.until, version.until);
    // Two days more on each side: a window may reach into the next day, and versions may differ in zone.
    const first = Math.max(firstDay - 2, Math.floor(from / SECONDS_OF_DAY) - 3);
    const last = Math.min(endDay + 1, Math.floor(until / SECONDS_OF_DAY) + 3);
    for (let day = first; day <= last; day++) addWindows(spans, version, day, { from, until });
  }
  return merge(spans.sort((a, b) => a.from - b.from));
}

function addWindows(spans: Span[], version: CompiledVersion, day: EpochDay, within: Span): void {
  for (const window of version.windowsOf(day)) {
    const local = day * SECONDS_OF_DAY;
    const from = Math.max(within.from, instantOfLocal(version.zone, local + window.start, version.edges.start));
    const until = Math.min(within.until, instantOfLocal(version.zone, local + window.end, version.edges.end));
    if (from < until) spans.push({ from, until });
  }
}

function merge(spans: readonly Span[]): Span[] {
  const merged: Span[] = [];
  for (const span of spans) {
    const last = merged.at(-1);
    if (last && span.from <= last.until) last.until = Math.max(last.until, span.until);
    else merged.push({ ...span });
  }
  return merged;
}

function subtract(spans: Span[], removed: readonly Interval[]): Span[] {
  return removed.reduce<Span[]>(
    (left, hole) =>
      left.flatMap((span) => {
        if (hole.until <= span.from || hole.from >= span.until) return [span];
        const parts = [
          { from: span.from, until: hole.from },
          { from: hole.until, until: span.until },
        ];
        return parts.filter((part) => part.from < part.until);
      }),
    spans,
  );
}

type OpenTime = Pick<CalendarIndex, 'starts' | 'ends' | 'before' | 'startsByDay' | 'startsByShare' | 'openShare'>;

/** Prefix sums, and two tables that turn the search for an interval into a look-up and a step or two. */
function prefixSums(open: readonly Span[], from: Instant, days: number): OpenTime {
  const starts = Float64Array.from(open, (span) => span.from);
  const ends = Float64Array.from(open, (span) => span.until);
  const before = new Float64Array(open.length + 1);
  let sum = 0;
  for (const [i, span] of open.entries()) {
    sum += span.until - span.from;
    before[i + 1] = sum;
  }
  const openShare = Math.max(1, sum / (open.length + 1));
  return {
    starts,
    ends,
    before,
    startsByDay: lastAtMostEach(starts, days + 2, (i) => from + i * SECONDS_OF_DAY),
    startsByShare: lastAtMostEach(before, open.length + 2, (i) => i * openShare),
    openShare,
  };
}

/** For each of `count` rising limits the position of the last value <= it in a sorted array, -1 where there is none. */
function lastAtMostEach(sorted: Float64Array, count: number, limitOf: (i: number) => number): Int32Array {
  const positions = new Int32Array(count);
  let position = -1;
  for (let i = 0; i < count; i++) {
    const limit = limitOf(i);
    while (position + 1 < sorted.length && (sorted[position + 1] as number) <= limit) position++;
    positions[i] = position;
  }
  return positions;
}
