/** Days since 1970-01-01: the unit of the drawing. */
export type Day = number;

export type Zoom = 'day' | 'week' | 'month';

export const zooms: readonly { value: Zoom; label: string; pixels: number }[] = [
  { value: 'day', label: 'Days', pixels: 26 },
  { value: 'week', label: 'Weeks', pixels: 10 },
  { value: 'month', label: 'Months', pixels: 3.4 },
];

const DAY_MS = 86_400_000;

export function dayOf(date: string): Day {
  return Math.round(Date.parse(`${date}T00:00:00Z`) / DAY_MS);
}

export function dateOf(day: Day): string {
  return new Date(day * DAY_MS).toISOString().slice(0, 10);
}

/** Where dates lie on the drawing: `first` is its left edge. */
export interface Scale {
  readonly first: Day;
  readonly last: Day;
  /** Width of one day. */
  readonly pixels: number;
}

export function widthOf({ first, last, pixels }: Scale): number {
  return (last - first + 1) * pixels;
}

/** Left edge of a day. */
export function xOf(scale: Scale, day: Day): number {
  return (day - scale.first) * scale.pixels;
}

export interface Tick {
  readonly day: Day;
  readonly days: number;
  readonly label: string;
}

const month = new Intl.DateTimeFormat('en-GB', { month: 'long', year: 'numeric', timeZone: 'UTC' });
const shortMonth = new Intl.DateTimeFormat('en-GB', { month: 'short', year: '2-digit', timeZone: 'UTC' });

/** Months of the upper line of the axis. */
export function monthTicks(scale: Scale): Tick[] {
  const ticks: Tick[] = [];
  for (let day = scale.first; day <= scale.last; ) {
    const at = new Date(day * DAY_MS);
    const next = Math.round(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + 1, 1) / DAY_MS);
    const days = Math.min(next, scale.last + 1) - day;
    const format = days * scale.pixels < 110 ? shortMonth : month;
    ticks.push({ day, days, label: days * scale.pixels < 44 ? '' : format.format(at) });
    day = next;
  }
  return ticks;
}

/** Days or weeks of the lower line; weeks begin on Monday and say their first day. */
export function fineTicks(scale: Scale, from: Day, to: Day): Tick[] {
  const daily = scale.pixels >= 20;
  const step = daily ? 1 : 7;
  const start = daily ? from : from - ((from + 3) % 7);
  const ticks: Tick[] = [];
  for (let day = start; day <= to; day += step) {
    const label = scale.pixels < 6 || day < scale.first ? '' : String(new Date(day * DAY_MS).getUTCDate());
    ticks.push({ day, days: step, label });
  }
  return ticks;
}

/** Neighbouring closed days joined into stretches. */
export function stretchesOf(
  closed: readonly { on: string; reason: string | null }[],
): { from: Day; days: number; reason: string | null }[] {
  const stretches: { from: Day; days: number; reason: string | null }[] = [];
  for (const { on, reason } of closed) {
    const day = dayOf(on);
    const last = stretches.at(-1);
    if (last && last.from + last.days === day && last.reason === reason) last.days++;
    else stretches.push({ from: day, days: 1, reason });
  }
  return stretches;
}
