import { existsSync, readFileSync } from 'node:fs';
import { run } from '../../../../runtime/cli/schedule.ts';

export interface Vector {
  readonly name: string;
  readonly expected?: unknown;
  readonly [key: string]: unknown;
}

export interface VectorFile {
  readonly schema: string;
  readonly vectors: readonly Vector[];
}

/** Lists whose order means nothing. */
const sets =
  /\.(critical|criticalLinks|negativeFloat|infeasible|targetOutsideSla|targetBeforeEarliestFinish|outOfSequence|nearCritical\.\d+)$/;

/** Runs the command itself on a file and answers its document and exit code. */
export async function runSchedule(
  path: string,
  args: readonly string[] = [],
  text?: string,
): Promise<{ code: number; document: unknown; said: string }> {
  let printed = '';
  let said = '';
  const code = await run([path, '--json', ...args], {
    read: (name) => text ?? readFileSync(name, 'utf8'),
    print: (line) => {
      printed = line;
    },
    say: (line) => {
      said += line;
    },
  });
  return { code, document: JSON.parse(printed), said };
}

export function loadVectors(path: string): VectorFile {
  return JSON.parse(readFileSync(path, 'utf8')) as VectorFile;
}

/** Whether a folder of cases is there; where it is not, a line says that its tests are left out. */
export function hasCases(path: string): boolean {
  if (existsSync(path)) return true;
  console.log(`skipped: ${path} is absent`);
  return false;
}

/** Every place where the answer to a vector is not what it expects. */
export function mistakesIn(schema: string, vector: Vector, result: Record<string, unknown>): string[] {
  switch (schema) {
    case 'cpm-compact/1':
      return differences(result, { mpm: vector['mpm'], crit: vector['crit'] });
    case 'cpm-incremental/1':
      return differences(result, { edits: (vector['edits'] as { expect: unknown }[]).map((edit) => edit.expect) });
    case 'cpm-cycle/1':
      return checkCycle(vector, result);
    case 'cal-schedule/1':
      return differences(result, vector.expected, '', workingInstant(vector));
    default: {
      const clamp = 'startClampActive' in vector ? { startClampActive: vector['startClampActive'] } : {};
      const published = 'publishedMpmTime' in vector ? { makespan: vector['publishedMpmTime'] } : {};
      return [...differences(result, vector.expected), ...differences(result, { ...clamp, ...published })];
    }
  }
}

function checkCycle(vector: Vector, result: Record<string, unknown>): string[] {
  const [finding] = result['findings'] as { code: string; values: { sccs: string[][]; cycle: string[] } }[];
  if (finding === undefined) return ['no finding'];
  const { sccs } = vector.expected as { sccs: string[][] };
  const { cycle } = finding.values;
  const links = new Set((vector['links'] as { from: string; to: string }[]).map(({ from, to }) => `${from} ${to}`));
  const broken = cycle.filter((id, i) => !links.has(`${id} ${cycle[(i + 1) % cycle.length]}`));
  return [
    ...differences(finding.code, 'PLAN_CYCLE'),
    ...differences(normal(finding.values.sccs), normal(sccs)),
    ...broken.map((id) => `no link leaves ${id} in the cycle`),
  ];
}

function normal(sccs: readonly (readonly string[])[]): string[] {
  return sccs.map((set) => [...set].sort().join(' ')).sort();
}

/** Every place where an answer is not what a vector expects; null expectations are not compared where `dates` is given. */
function differences(actual: unknown, expected: unknown, path = '', dates?: (text: string) => number): string[] {
  if (expected === null && dates) return [];
  if (Array.isArray(expected)) return same(ordered(actual, path), ordered(expected, path), path);
  if (typeof expected === 'object' && expected !== null) {
    if (typeof actual !== 'object' || actual === null) return [`${path} is missing`];
    const entries = Object.entries(expected);
    const extra =
      path === '' ? [] : Object.keys(actual).filter((key) => !(key in expected) && !path.endsWith('nearCritical'));
    return [
      ...extra.map((key) => `${path}.${key} is too much`),
      ...entries.flatMap(([key, value]) =>
        differences((actual as Record<string, unknown>)[key], value, `${path}.${key}`, dates),
      ),
    ];
  }
  if (dates && typeof expected === 'string' && typeof actual === 'string') {
    return dates(actual) === dates(expected) ? [] : [`${path}: ${actual}, expected ${expected}`];
  }
  return same(actual, expected, path);
}

function same(actual: unknown, expected: unknown, path: string): string[] {
  const [a, b] = [JSON.stringify(actual), JSON.stringify(expected)];
  return a === b ? [] : [`${path}: ${a}, expected ${b}`];
}

function ordered(list: unknown, path: string): unknown {
  if (!Array.isArray(list) || !sets.test(path)) return list;
  return list.map((item) => JSON.stringify(item)).sort();
}

interface WireCalendar {
  readonly id: string;
  readonly week: Readonly<Record<string, readonly (readonly [string, string])[]>>;
  readonly exceptions: readonly { from: string; to: string; hours: readonly (readonly [string, string])[] }[];
}

const weekdays = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];
const DAY = 1440;

/** The next open minute at or after a date-time: two texts of one working instant come to the same number. Plain search, not the product's. */
function workingInstant(vector: Vector): (text: string) => number {
  const calendars = vector['calendars'] as readonly WireCalendar[];
  const calendar = calendars.find(({ id }) => id === vector['defaultCalendar']) as WireCalendar;
  return (text) => {
    const minute = Date.parse(`${text}:00Z`) / 60_000;
    const today = Math.floor(minute / DAY);
    for (let day = today - 1; day < today + 40; day++) {
      for (const [from, to] of hoursOf(calendar, day)) {
        const start = day * DAY + clock(from);
        const end = day * DAY + clock(to) + (clock(to) <= clock(from) ? DAY : 0);
        if (minute < end) return Math.max(minute, start);
      }
    }
    return minute;
  };
}

function hoursOf(calendar: WireCalendar, day: number): readonly (readonly [string, string])[] {
  const date = new Date(day * DAY * 60_000);
  const iso = date.toISOString().slice(0, 10);
  const special = calendar.exceptions.find(({ from, to }) => from <= iso && iso <= to);
  return special?.hours ?? calendar.week[weekdays[date.getUTCDay()] ?? ''] ?? [];
}

function clock(text: string): number {
  return Number(text.slice(0, 2)) * 60 + Number(text.slice(3, 5));
}
