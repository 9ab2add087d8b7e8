import type { Moment } from '../api/types.ts';

const zone = 'Europe/London';
const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' });
const moment = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
  timeZone: zone,
});
const full = new Intl.DateTimeFormat('en-GB', { dateStyle: 'full', timeStyle: 'short', timeZone: zone });
const iso = new Intl.DateTimeFormat('en-CA', { dateStyle: 'short', timeZone: zone });

/** `12 Jan 2027` of `2027-01-12`; what is no date, as half-typed years are, stays as it is. */
export function dateInWords(date: string): string {
  const at = new Date(`${date}T00:00:00Z`);
  return Number.isNaN(at.getTime()) ? date : day.format(at);
}

/** Milliseconds since 1970 of an instant in seconds or ISO text. */
export function toMilliseconds(at: Moment): number {
  return typeof at === 'number' ? at * 1000 : Date.parse(at);
}

/** `12 Jan, 17:00`. */
export function momentInWords(at: Moment): string {
  return moment.format(toMilliseconds(at));
}

export function momentInFull(at: Moment): string {
  return full.format(toMilliseconds(at));
}

/** Today's date, `YYYY-MM-DD`, where the organisation is. */
export function todayOn(now: number = Date.now()): string {
  return iso.format(now);
}

/** Calendar days from one date to another. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000);
}

/** `in 3 days`, `2 hours ago`: to the unit people count in. */
export function distanceInWords(at: Moment, now: number): string {
  const minutes = Math.round((toMilliseconds(at) - now) / 60_000);
  const size = Math.abs(minutes);
  const [count, unit] =
    size < 60 ? [size, 'minute'] : size < 36 * 60 ? [Math.round(size / 60), 'hour'] : [Math.round(size / 1440), 'day'];
  const length = `${count} ${unit}${count === 1 ? '' : 's'}`;
  return minutes >= 0 ? `in ${length}` : `${length} ago`;
}
