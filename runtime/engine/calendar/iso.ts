import type { Instant } from '../../../schemas/ids.ts';
import { dateOfDay, epochDayOf, pad, SECONDS_OF_DAY } from './dates.ts';
import { instantOfLocal, offsetAt } from './zone.ts';

const pattern = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?$/;

/** ISO text of an instant: `2026-03-02T10:00:00Z`, or with the zone's offset where a zone is given; `never` where it is not finite. */
export function toIsoText(t: Instant, zone?: string): string {
  if (!Number.isFinite(t)) return 'never';
  const offset = zone === undefined ? 0 : offsetAt(zone, t);
  const local = t + offset;
  const day = Math.floor(local / SECONDS_OF_DAY);
  const text = `${dateOfDay(day)}T${clockText(local - day * SECONDS_OF_DAY)}`;
  return zone === undefined ? `${text}Z` : `${text}${offsetText(offset)}`;
}

/** Instant of ISO text; text without an offset is local time of the zone, by default UTC (S4). Throws RangeError when it is no date-time. */
export function fromIsoText(text: string, zone?: string): Instant {
  const match = pattern.exec(text);
  if (!match) throw new RangeError(`"${text}" is not a date-time; write 2026-03-02T10:00:00Z`);
  const [, date = '', hours, minutes, seconds = '0', offset] = match;
  const local = epochDayOf(date) * SECONDS_OF_DAY + Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
  if (offset === undefined) return zone === undefined ? local : instantOfLocal(zone, local, 'moment');
  if (offset === 'Z') return local;
  const size = Number(offset.slice(1, 3)) * 3600 + Number(offset.slice(-2)) * 60;
  return offset.startsWith('-') ? local + size : local - size;
}

function clockText(secondsOfDay: number): string {
  const hours = Math.floor(secondsOfDay / 3600);
  const minutes = Math.floor((secondsOfDay % 3600) / 60);
  return `${pad(hours, 2)}:${pad(minutes, 2)}:${pad(secondsOfDay % 60, 2)}`;
}

function offsetText(offset: number): string {
  const minutes = Math.round(Math.abs(offset) / 60);
  return `${offset < 0 ? '-' : '+'}${pad(Math.floor(minutes / 60), 2)}:${pad(minutes % 60, 2)}`;
}
