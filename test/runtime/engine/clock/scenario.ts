import { readFileSync } from 'node:fs';
import { shippedBankHolidays } from '../../../../runtime/engine/calendar/bank-holidays.ts';
import { compileCalendar } from '../../../../runtime/engine/calendar/compile.ts';
import { fromIsoText, toIsoText } from '../../../../runtime/engine/calendar/iso.ts';
import { readClock } from '../../../../runtime/engine/clock/readings.ts';
import type { AmberPoint, CalendarOf, ClockSpec, CountedPeriod } from '../../../../runtime/engine/clock/state.ts';
import type { LadderWorld } from '../../../../runtime/engine/ladder/advance.ts';
import type { LadderRung, LadderSpec } from '../../../../runtime/engine/ladder/state.ts';
import {
  type PlayedTrace,
  playTrace,
  type Trace,
  type TraceCommand,
} from '../../../../runtime/engine/simulate/trace.ts';
import type { CalendarContent } from '../../../../schemas/calendar.ts';

interface RawRung {
  readonly id: string;
  readonly trigger: { readonly on: LadderRung['trigger']['on']; readonly after?: string; readonly secs?: number };
  readonly to: readonly string[];
  readonly repeat?: { readonly every: number; readonly max: number };
}

interface RawClock {
  readonly calendar: string;
  readonly target: CountedPeriod;
  readonly amber: { readonly percent?: number; readonly beforeSecs?: number; readonly beforeDays?: number } | null;
  readonly pausable: boolean;
}

export type RawCommand = readonly [string, string, (string | CountedPeriod)?];

type RawTrace = { readonly commands: readonly RawCommand[] } & (
  | (RawClock & { readonly kind: 'clock' })
  | {
      readonly kind: 'ladder';
      readonly clock: RawClock;
      readonly owner: string;
      readonly rungs: readonly RawRung[];
      readonly ackHoldSecs: number;
    }
);

interface RawScenario {
  readonly id: string;
  readonly title: string;
  readonly given: { readonly trace: readonly RawTrace[] };
  readonly expect: Record<string, unknown>;
}

interface RawCalendar {
  readonly zone: string;
  readonly always?: boolean;
  readonly weekly?: Record<string, readonly (readonly [string, string])[]>;
  readonly holidays?: 'england-and-wales' | 'scotland';
}

interface RawFile {
  readonly calendars: Record<string, RawCalendar>;
  readonly directory: {
    readonly managerOf: Record<string, string>;
    readonly groups: Record<string, readonly string[]>;
    readonly roles: Record<string, readonly string[]>;
  };
}

function readCase<T>(name: string): T {
  return JSON.parse(readFileSync(new URL(`../../../cases/sla/${name}`, import.meta.url), 'utf8')) as T;
}

const scenarios = readCase<{ readonly scenarios: readonly RawScenario[] }>('scenarios.json').scenarios;
const traces = readCase<RawFile>('traces.json');
const calendars = new Map(
  Object.entries(traces.calendars).map(([key, raw]) => [
    key,
    compileCalendar([{ publishedAt: null, content: toContent(raw) }], shippedBankHolidays, { title: key }),
  ]),
);

function toContent(raw: RawCalendar): CalendarContent {
  const weekly = Object.entries(raw.weekly ?? {}).map(([day, windows]) => [
    day,
    windows.map(([start, end]) => ({ start, end })),
  ]);
  return {
    zone: raw.zone,
    weekly: Object.fromEntries(weekly),
    closed: {},
    openings: {},
    ...(raw.always ? { alwaysOpen: true } : {}),
    ...(raw.holidays ? { division: raw.holidays } : {}),
  };
}

export const calendarOf: CalendarOf = (key) => {
  const calendar = calendars.get(key);
  if (!calendar) throw new Error(`no calendar ${key} in traces.json`);
  return calendar;
};

export const world: LadderWorld = {
  calendarOf,
  directory: {
    managerOf: (user) => traces.directory.managerOf[user],
    members: (kind, key) => (kind === 'role' ? traces.directory.roles : traces.directory.groups)[key] ?? [],
    isAbsent: () => false,
    coverFor: () => undefined,
  },
};

/** A scenario by its number, with what is expected of it. */
export function scenario(id: string): {
  readonly title: string;
  readonly expect: Record<string, unknown>;
  readonly trace: (position: number) => Trace;
} {
  const found = scenarios.find((one) => one.id === id);
  if (!found) throw new Error(`no scenario ${id}`);
  return {
    title: `${found.id} ${found.title}`,
    expect: found.expect,
    trace: (position) => {
      const raw = found.given.trace[position];
      if (!raw) throw new Error(`no trace ${position} in ${id}`);
      return toTrace(raw);
    },
  };
}

function toTrace(raw: RawTrace): Trace {
  const clock = raw.kind === 'clock' ? raw : raw.clock;
  return {
    clock: toClockSpec(clock),
    ladder:
      raw.kind === 'clock' ? null : { owner: raw.owner, spec: toLadder(clock.calendar, raw.rungs, raw.ackHoldSecs) },
    commands: raw.commands.flatMap(toCommand),
  };
}

function toClockSpec({ calendar, target, amber, pausable }: RawClock): ClockSpec {
  return { calendar, target, amber: toPoint(amber), pausable };
}

function toPoint(amber: RawClock['amber']): AmberPoint | null {
  if (!amber) return null;
  if (amber.percent !== undefined) return { percent: amber.percent };
  return amber.beforeSecs !== undefined ? { seconds: amber.beforeSecs } : { ticks: amber.beforeDays ?? 0 };
}

export function toLadder(calendar: string, rungs: readonly RawRung[], holdSeconds = 28_800): LadderSpec {
  return {
    key: 'scenario',
    subject: 'task',
    calendar,
    rungs: rungs.map((rung) => ({
      key: rung.id,
      trigger: {
        on: rung.trigger.on,
        after: rung.trigger.after,
        ...(rung.trigger.secs === undefined ? {} : { for: seconds(rung.trigger.secs) }),
      },
      to: rung.to,
      fallback: [],
      channels: ['email'],
      template: rung.id,
      actions: [{ do: 'notify' }],
      urgent: false,
      ...(rung.repeat ? { repeat: { every: seconds(rung.repeat.every), max: rung.repeat.max } } : {}),
    })),
    holdFor: seconds(holdSeconds),
    fallback: [],
  };
}

export function seconds(value: number): CountedPeriod {
  return { value, unit: 'seconds' };
}

/** The verbs of scenarios.json beside those of the traces; `release` is the outbox's. */
function toCommand([time, verb, detail]: RawCommand): TraceCommand[] {
  const at = fromIsoText(time);
  const text = typeof detail === 'string' ? detail : '';
  switch (verb) {
    case 'start':
    case 'ack':
    case 'complete':
    case 'tick':
    case 'runTo':
    case 'activity':
      return [{ at, verb }];
    case 'stop':
      return [{ at, verb: 'complete' }];
    case 'advance':
      return [{ at, verb: 'tick' }];
    case 'run_to':
      return [{ at, verb: 'runTo' }];
    case 'act':
      return [{ at, verb: 'activity' }];
    case 'pause':
    case 'resume':
      return [{ at, verb, reason: text }];
    case 'reassign':
      return [{ at, verb, to: text }];
    case 'reopen':
      return [{ at, verb, policy: 'resume' }];
    case 'retarget':
      return typeof detail === 'object' ? [{ at, verb, target: detail }] : [];
    case 'release':
      return [];
    default:
      throw new Error(`unknown verb ${verb}`);
  }
}

/** Plays the first commands of a trace, all by default. */
export function play(trace: Trace, count = trace.commands.length): PlayedTrace {
  return playTrace({ ...trace, commands: trace.commands.slice(0, count) }, world);
}

/** Plays a trace and lets time pass with a live ticker up to a London or UTC instant given as ISO text. */
export function playTo(trace: Trace, time: string): PlayedTrace {
  const at = fromIsoText(time);
  const commands = trace.commands.filter((command) => command.at <= at);
  return playTrace({ ...trace, commands: [...commands, { at, verb: 'runTo' }] }, world);
}

/** What a played clock shows after its last command, instants as ISO text. */
export function reading(played: PlayedTrace) {
  const shown = readClock(played.clock, played.lastAt, calendarOf);
  return { ...shown, dueAt: iso(shown.dueAt), amberAt: iso(shown.amberAt), breachedAt: iso(shown.breachedAt) };
}

export function iso(at: number | null): string | null {
  return at === null ? null : toIsoText(at);
}

/** Effective times of the facts of a kind. */
export function factsOf(played: PlayedTrace, kind: string): string[] {
  return played.clockFacts.filter((fact) => fact.kind === kind).map((fact) => toIsoText(fact.effectiveAt));
}

/** Firings as `[rung, occurrence, firedAt, recipients]`. */
export function firingsOf(played: PlayedTrace): unknown[] {
  return played.ladderFacts.flatMap((fact) =>
    fact.kind === 'fired'
      ? [[fact.rung, fact.occurrence, toIsoText(fact.effectiveAt), fact.recipients.map(({ id }) => id)]]
      : [],
  );
}
