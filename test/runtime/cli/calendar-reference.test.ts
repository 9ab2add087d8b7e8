import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import { run } from '../../../runtime/cli/calendar.ts';

const zones = ['Europe/London', 'Europe/Berlin', 'America/New_York', 'Etc/UTC', 'Asia/Kolkata', 'Australia/Lord_Howe'];
const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
/** First days of weeks in which some of the zones change their clocks, and of one in which none does. */
const weeks = ['2026-03-27', '2026-10-23', '2026-03-06', '2026-10-30', '2026-04-03', '2026-06-12', '2026-12-21'];
const DAY = 1440;

type Pair = readonly [string, string];
interface Drawn {
  readonly zone: string;
  readonly weekly: Readonly<Record<string, readonly Pair[]>>;
  readonly holidays: readonly string[];
  readonly shifts: Readonly<Record<string, readonly Pair[]>>;
  readonly pauses: readonly Pair[];
}

const quarter = fc.nat(96).map((n) => n * 15);
const wall = (minute: number) => `${pad(Math.floor(minute / 60))}:${pad(minute % 60)}`;
const pad = (n: number) => String(n).padStart(2, '0');
const windows = fc
  .uniqueArray(quarter, { maxLength: 4 })
  .map((edges) => edges.sort((a, b) => a - b))
  .map((edges) => edges.flatMap((edge, i) => (i % 2 ? [[wall(edges[i - 1] as number), wall(edge)] as const] : [])));
/** The last window of a day may reach into the next one. */
const nightly = fc
  .tuple(fc.integer({ min: 72, max: 95 }), fc.integer({ min: 1, max: 24 }))
  .map(([from, to]) => [[wall(from * 15), wall(to * 15)]] as const);
const drawn = (first: string) =>
  fc.record({
    zone: fc.constantFrom(...zones),
    weekly: fc.record(
      Object.fromEntries(weekdays.map((day) => [day, fc.oneof({ weight: 5, arbitrary: windows }, nightly)])),
    ),
    holidays: fc.uniqueArray(
      fc.nat(9).map((n) => addDays(first, n)),
      { maxLength: 3 },
    ),
    shifts: fc.dictionary(
      fc.nat(9).map((n) => addDays(first, n)),
      windows,
      { maxKeys: 2 },
    ),
    pauses: fc.array(
      fc.tuple(fc.nat(10 * DAY), fc.integer({ min: 1, max: 2000 })).map(([from, length]) => {
        const start = epochMinute(first) + from;
        return [textOf(start), textOf(start + length)] as const;
      }),
      { maxLength: 2 },
    ),
  });

describe('lintel calendar beside a walk minute by minute', () => {
  it('answers every question as the walk does, also where the clocks change', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc
          .constantFrom(...weeks)
          .chain((first) =>
            fc.tuple(
              fc.constant(first),
              drawn(first),
              fc.array(fc.tuple(fc.nat(10 * DAY), fc.nat(10 * DAY), fc.nat(1500)), { minLength: 1, maxLength: 6 }),
            ),
          ),
        async ([first, calendar, questions]) => {
          const walk = walkOf(first, calendar);
          const cases = questions.flatMap(([a, b, minutes]) => {
            const [at, to] = [textOf(epochMinute(first) + a), textOf(epochMinute(first) + b)];
            return [
              { op: 'isWorking', at, expect: walk.isOpen(at) },
              { op: 'elapsed', from: at, to, expect: walk.between(at, to) },
              { op: 'add', at, minutes, expect: walk.add(at, minutes) },
              { op: 'sub', at, minutes, expect: walk.sub(at, minutes) },
              { op: 'nextOpen', at, expect: walk.add(at, 0) },
              { op: 'prevClose', at, expect: walk.sub(at, 0) },
            ].filter(({ expect: known }) => known !== undefined);
          });
          const results = await answers({ name: 'drawn', calendar, cases });
          expect(results.map((result, i) => [cases[i], result])).toEqual(cases.map((one) => [one, one.expect]));
        },
      ),
      { numRuns: 150 },
    );
  });
});

async function answers(vector: object): Promise<unknown[]> {
  const printed: string[] = [];
  const io = {
    read: () => JSON.stringify({ vectors: [vector] }),
    print: (text: string) => void printed.push(text),
    say: () => undefined,
  };
  await run(['-', '--json'], io);
  return JSON.parse(printed.join('')).results[0].results;
}

/** Every minute of forty days as open or closed; undefined where an answer may lie beyond them. */
function walkOf(first: string, calendar: Drawn) {
  const from = epochMinute(first) - 12 * DAY;
  const open = new Uint8Array(36 * DAY);
  for (let day = -14; day < 26; day++) {
    const date = addDays(first, day);
    for (const [start, end] of hoursOn(date, calendar)) {
      const until =
        end > start ? localMinute(date, end, calendar.zone) : localMinute(addDays(date, 1), end, calendar.zone);
      for (let t = localMinute(date, start, calendar.zone); t < until; t++) if (t >= from) open[t - from] = 1;
    }
  }
  for (const [start, end] of calendar.pauses) {
    for (let t = minuteOf(start); t < minuteOf(end); t++) open[t - from] = 0;
  }
  const isOpen = (t: number) => open[t - from] === 1;
  const isKnown = (t: number) => t > from + 2 * DAY && t < from + open.length - 2 * DAY;
  return {
    isOpen: (at: string) => isOpen(minuteOf(at)),
    between(a: string, b: string) {
      let sum = 0;
      const [low, high] = [minuteOf(a), minuteOf(b)].sort((x, y) => x - y) as [number, number];
      for (let t = low; t < high; t++) sum += isOpen(t) ? 1 : 0;
      return minuteOf(a) <= minuteOf(b) ? sum : -sum || 0;
    },
    /** Finish-like: the end of the last minute needed; none needed: the next opening. */
    add(at: string, minutes: number) {
      let left = minutes;
      for (let t = minuteOf(at); isKnown(t); t++) {
        if (minutes === 0 && isOpen(t)) return textOf(t);
        if (isOpen(t) && --left === 0) return textOf(t + 1);
      }
      return undefined;
    },
    /** Start-like: the beginning of the first minute needed; none needed: the closing before. */
    sub(at: string, minutes: number) {
      let left = minutes;
      for (let t = minuteOf(at) - 1; isKnown(t); t--) {
        if (minutes === 0 && isOpen(t)) return textOf(t + 1);
        if (isOpen(t) && --left === 0) return textOf(t);
      }
      return undefined;
    },
  };
}

function hoursOn(date: string, { weekly, holidays, shifts }: Drawn): readonly Pair[] {
  if (holidays.includes(date)) return [];
  return shifts[date] ?? weekly[weekdays[Temporal.PlainDate.from(date).dayOfWeek - 1] ?? 'mon'] ?? [];
}

/** A time in a gap moves forward by its length, one that occurs twice is the first. */
function localMinute(date: string, time: string, zone: string): number {
  const [on, at] = time === '24:00' ? [addDays(date, 1), '00:00'] : [date, time];
  const zoned = Temporal.PlainDateTime.from(`${on}T${at}`).toZonedDateTime(zone, { disambiguation: 'compatible' });
  return zoned.epochMilliseconds / 60_000;
}

function addDays(date: string, n: number): string {
  return Temporal.PlainDate.from(date).add({ days: n }).toString();
}

function epochMinute(date: string): number {
  return minuteOf(`${date}T00:00:00Z`);
}

function minuteOf(text: string): number {
  return Date.parse(text) / 60_000;
}

function textOf(minute: number): string {
  return new Date(minute * 60_000).toISOString().replace('.000Z', 'Z');
}
