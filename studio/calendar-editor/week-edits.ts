import type { CalendarDocument, OpeningWindow, Weekday } from '../../schemas/calendar.ts';

export const MINUTES_OF_DAY = 1440;
const STEP = 15;

/** Minutes after midnight of a wall time. */
export function minutesOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return hours * 60 + minutes;
}

/** `HH:MM` of minutes after midnight; the end of a day is `24:00`, what lies beyond is a time of the next day. */
function timeOf(minutes: number): string {
  const within = minutes > MINUTES_OF_DAY ? minutes - MINUTES_OF_DAY : minutes;
  return `${String(Math.floor(within / 60)).padStart(2, '0')}:${String(within % 60).padStart(2, '0')}`;
}

/** A window in minutes after the midnight of its day; an end at or before the start lies on the next day (T1). */
export function spanOf({ start, end }: OpeningWindow): { from: number; until: number } {
  const from = minutesOf(start);
  const until = minutesOf(end);
  return { from, until: until <= from ? until + MINUTES_OF_DAY : until };
}

/** The window of a span; a span never lasts longer than a day. */
export function windowOf({ from, until }: { from: number; until: number }): OpeningWindow {
  const start = Math.min(MINUTES_OF_DAY - STEP, Math.max(0, from));
  const end = Math.min(start + MINUTES_OF_DAY, Math.max(start + STEP, until));
  return { start: timeOf(start), end: timeOf(end) };
}

/** A window some steps of a quarter of an hour later (or earlier); `end` moves its end alone. */
export function nudge(window: OpeningWindow, steps: number, part: 'whole' | 'end'): OpeningWindow {
  const { from, until } = spanOf(window);
  if (part === 'end') return windowOf({ from, until: until + steps * STEP });
  const start = Math.min(MINUTES_OF_DAY - STEP, Math.max(0, from + steps * STEP));
  return windowOf({ from: start, until: start + (until - from) });
}

/** The windows of a day with one changed, put in order of their start. */
export function replaceWindow(
  windows: readonly OpeningWindow[],
  at: number,
  window: OpeningWindow | undefined,
): OpeningWindow[] {
  const changed = windows.flatMap((one, i) => (i === at ? (window ? [window] : []) : [one]));
  return changed.sort((a, b) => minutesOf(a.start) - minutesOf(b.start));
}

/** A new window where the day has room: office hours, or an hour after the last one. */
export function freeWindow(windows: readonly OpeningWindow[]): OpeningWindow {
  const last = Math.max(0, ...windows.map((window) => spanOf(window).until));
  if (windows.length === 0) return { start: '09:00', end: '17:00' };
  return windowOf({ from: Math.min(last + 60, MINUTES_OF_DAY - 60), until: Math.min(last + 120, MINUTES_OF_DAY) });
}

/** What is drawn in the column of a day: its own windows, and the tail of the night before. */
export function blocksOf(
  weekly: CalendarDocument['weekly'],
  days: readonly Weekday[],
  day: Weekday,
): { at: number; from: number; until: number; isTail: boolean }[] {
  const own = (weekly[day] ?? []).map((window, at) => {
    const { from, until } = spanOf(window);
    return { at, from, until: Math.min(until, MINUTES_OF_DAY), isTail: false };
  });
  const before = days[(days.indexOf(day) + days.length - 1) % days.length] ?? day;
  const tails = (weekly[before] ?? []).flatMap((window, at) => {
    const { until } = spanOf(window);
    return until > MINUTES_OF_DAY ? [{ at, from: 0, until: until - MINUTES_OF_DAY, isTail: true }] : [];
  });
  return [...tails, ...own];
}

/** Open hours of a week in minutes. */
export function openMinutes(weekly: CalendarDocument['weekly']): number {
  return Object.values(weekly)
    .flat()
    .reduce((sum, window) => {
      const { from, until } = spanOf(window);
      return sum + until - from;
    }, 0);
}
