import type { Instant } from '../../../schemas/ids.ts';
import { epochDayOfParts, partsOfDay, SECONDS_OF_DAY } from './dates.ts';

/**
 * What a local time means where the clocks change. `windowStart` and `windowEnd` are T2; `moment` is S4: a time in a
 * gap moves on by the gap's length, one that occurs twice is the first.
 */
export type LocalMeaning = 'windowStart' | 'windowEnd' | 'moment';

interface Transition {
  readonly at: Instant;
  readonly offset: number;
}

interface ZoneTable {
  readonly format: Intl.DateTimeFormat;
  readonly years: Map<number, YearOfZone>;
  /** The year asked for last: questions come in runs. */
  recent: YearOfZone | undefined;
}

interface YearOfZone {
  readonly from: Instant;
  readonly until: Instant;
  /** The offset in force at the start of the year, then every change within it. */
  readonly transitions: readonly Transition[];
}

// Offsets follow from the zone's name alone, so keeping them changes no answer, only the cost of asking Intl again.
const tables = new Map<string, ZoneTable>();
const SAMPLE_SECONDS = 7 * SECONDS_OF_DAY;

/** Whether this machine's zone data knows the name. */
export function isKnownZone(zone: string): boolean {
  try {
    tableOf(zone);
    return true;
  } catch {
    return false;
  }
}

/** Seconds east of UTC at an instant. Throws RangeError on an unknown zone. */
export function offsetAt(zone: string, t: Instant): number {
  const { recent } = tableOf(zone);
  const { transitions } = recent && t >= recent.from && t < recent.until ? recent : yearOfZone(zone, yearOf(t));
  let offset = transitions[0]?.offset ?? 0;
  for (const transition of transitions) {
    if (transition.at > t) break;
    offset = transition.offset;
  }
  return offset;
}

/** Instant of a local time given as seconds since 1970-01-01T00:00 local (T2, S4). Throws RangeError on an unknown zone. */
export function instantOfLocal(zone: string, localSeconds: number, meaning: LocalMeaning): Instant {
  const before = offsetAt(zone, localSeconds - SECONDS_OF_DAY);
  const after = offsetAt(zone, localSeconds + SECONDS_OF_DAY);
  if (before === after) return localSeconds - before;
  return instantNearTransition(zone, localSeconds, meaning);
}

function instantNearTransition(zone: string, localSeconds: number, meaning: LocalMeaning): Instant {
  const year = yearOf(localSeconds);
  const near = [year - 1, year, year + 1].flatMap((each) => yearOfZone(zone, each).transitions);
  let found: Instant | undefined;
  for (let i = 0; i < near.length; i++) {
    const { at, offset } = near[i] as Transition;
    const until = near[i + 1]?.at ?? Number.POSITIVE_INFINITY;
    const instant = localSeconds - offset;
    if (instant >= at && instant < until) {
      if (found === undefined || meaning === 'windowEnd') found = instant;
    }
  }
  return found ?? instantInGap(near, localSeconds, meaning);
}

function instantInGap(near: readonly Transition[], localSeconds: number, meaning: LocalMeaning): Instant {
  for (let i = 1; i < near.length; i++) {
    const { at, offset } = near[i] as Transition;
    const offsetBefore = near[i - 1]?.offset ?? offset;
    if (localSeconds - offsetBefore >= at && localSeconds - offset < at) {
      return meaning === 'moment' ? localSeconds - offsetBefore : at;
    }
  }
  throw new Error(`no instant for local second ${localSeconds}; expected a gap of the zone there`);
}

function yearOfZone(zone: string, year: number): YearOfZone {
  const table = tableOf(zone);
  const known = table.years.get(year) ?? readYear(table, year);
  table.years.set(year, known);
  table.recent = known;
  return known;
}

/** Samples once a week, and searches between two samples that differ. */
function readYear(table: ZoneTable, year: number): YearOfZone {
  const from = epochDayOfParts(year, 1, 1) * SECONDS_OF_DAY;
  const until = epochDayOfParts(year + 1, 1, 1) * SECONDS_OF_DAY;
  let offset = readOffset(table, from);
  const transitions: Transition[] = [{ at: from, offset }];
  let low = from;
  while (low < until - 1) {
    const high = Math.min(low + SAMPLE_SECONDS, until - 1);
    const offsetThere = readOffset(table, high);
    if (offsetThere !== offset) transitions.push({ at: findChange(table, low, high), offset: offsetThere });
    offset = offsetThere;
    low = high;
  }
  return { from, until, transitions };
}

/** First instant in (low, high] whose offset is no longer the one at low. */
function findChange(table: ZoneTable, low: Instant, high: Instant): Instant {
  const offset = readOffset(table, low);
  let same = low;
  let other = high;
  while (other - same > 1) {
    const middle = Math.floor((same + other) / 2);
    if (readOffset(table, middle) === offset) same = middle;
    else other = middle;
  }
  return other;
}

function tableOf(zone: string): ZoneTable {
  const known = tables.get(zone);
  if (known) return known;
  const format = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' });
  const table: ZoneTable = { format, years: new Map(), recent: undefined };
  tables.set(zone, table);
  return table;
}

function readOffset(table: ZoneTable, t: Instant): number {
  const match = /GMT(?:([+-])(\d{2}):(\d{2})(?::(\d{2}))?)?$/.exec(table.format.format(t * 1000));
  if (!match) throw new Error('Intl printed no offset; expected a name like GMT+01:00');
  const [, sign, hours = '0', minutes = '0', seconds = '0'] = match;
  const size = Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
  return sign === '-' ? -size : size;
}

function yearOf(seconds: number): number {
  return partsOfDay(Math.floor(seconds / SECONDS_OF_DAY)).year;
}
