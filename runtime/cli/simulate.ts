import { z } from 'zod';
import { type CalendarContent, Division, Weekday } from '../../schemas/calendar.ts';
import { LocalDate, WallTime, ZoneId } from '../../schemas/ids.ts';
import { DayOne, DueAt, PeriodUnit, Roll } from '../../schemas/period.ts';
import {
  type CompiledCalendar,
  compileCalendar,
  fromIsoText,
  type LadderRung,
  type LadderSpec,
  type LadderWorld,
  playTrace,
  shippedBankHolidays,
  type Trace,
  type TraceCommand,
  toClockResult,
  toLadderResult,
} from '../engine/index.ts';
import { type Io, parseJson, UsageError } from './io.ts';

const Instant = z.string().transform((text, context) => {
  try {
    return fromIsoText(text);
  } catch (error) {
    context.addIssue({ code: 'custom', message: (error as Error).message });
    return z.NEVER;
  }
});

const TraceCalendar = z.object({
  zone: ZoneId,
  always: z.boolean().optional(),
  weekly: z.partialRecord(Weekday, z.array(z.tuple([WallTime, WallTime]))).default({}),
  holidays: z.union([Division, z.array(LocalDate)]).nullish(),
});

const TraceTarget = z.object({
  value: z.number().int().min(0),
  unit: PeriodUnit,
  dayOne: DayOne.optional(),
  dueAt: DueAt.optional(),
  roll: Roll.optional(),
});

const TraceClock = z.object({
  calendar: z.string(),
  target: TraceTarget,
  amber: z
    .union([
      z.object({ percent: z.number() }),
      z.object({ beforeSecs: z.number() }),
      z.object({ beforeDays: z.number() }),
    ])
    .nullish(),
  pausable: z.boolean().default(true),
});

const TraceRung = z.object({
  id: z.string(),
  trigger: z.object({
    on: z.enum([
      'warning',
      'breached',
      'stagnant',
      'unassigned',
      'notStarted',
      'pausedTooLong',
      'followOn',
      'clockEnd',
    ]),
    secs: z.number().optional(),
    offset: z.number().optional(),
    after: z.string().optional(),
    mode: z.enum(['outstanding', 'stagnant']).optional(),
  }),
  to: z.array(z.string()),
  fallback: z.array(z.string()).nullish(),
  repeat: z.object({ every: z.number(), max: z.number().int() }).nullish(),
});
type TraceRung = z.infer<typeof TraceRung>;

const Command = z.union([
  z.tuple([Instant, z.enum(['start', 'complete', 'cancel', 'ack', 'activity', 'tick', 'runTo'])]),
  z.tuple([Instant, z.enum(['pause', 'resume']), z.string()]),
  z.tuple([Instant, z.literal('retarget'), TraceTarget]),
  z.tuple([Instant, z.literal('reassign'), z.string()]),
  z.tuple([Instant, z.literal('reopen')]),
  z.tuple([Instant, z.literal('reopen'), z.enum(['resume', 'continue', 'restart'])]),
]);
type Command = z.infer<typeof Command>;

const Vector = z.object({
  name: z.string(),
  kind: z.enum(['clock', 'ladder']),
  clock: TraceClock,
  owner: z.string().nullish(),
  rungs: z.array(TraceRung).default([]),
  ackHoldSeconds: z.number().optional(),
  fallback: z.array(z.string()).nullish(),
  commands: z.array(Command),
});
type Vector = z.infer<typeof Vector>;

const names = z.record(z.string(), z.array(z.string())).default({});
const TraceFile = z.object({
  schema: z.literal('sla-trace/1'),
  calendars: z.record(z.string(), TraceCalendar),
  directory: z
    .object({
      managerOf: z.record(z.string(), z.string()).default({}),
      groups: names,
      roles: names,
      stakeholders: names,
      absent: z.array(z.string()).default([]),
      coverFor: z.record(z.string(), z.string()).default({}),
    })
    .prefault({}),
  vectors: z.array(Vector),
});
type TraceFile = z.infer<typeof TraceFile>;

const defaultHoldSeconds = 8 * 3600;

/** `lintel simulate FILE --json` plays clock and ladder traces; `lintel simulate DIR --workflow KEY --script FILE` plays a case. */
export async function run(args: readonly string[], io: Io): Promise<number> {
  if (args.some((arg) => arg === '--workflow' || arg === '--script')) {
    const simulateCase = await import('./simulate-case.ts');
    return simulateCase.run(args, io);
  }
  const [path, ...extra] = args.filter((arg) => arg !== '--json');
  if (path === undefined || extra.length > 0 || (path.startsWith('-') && path !== '-')) {
    throw new UsageError(
      'usage: lintel simulate FILE [--json], or lintel simulate DIR --workflow KEY --script FILE [--json]',
    );
  }
  const file = readFile(parseJson(io.read(path), path), path);
  const world = makeWorld(file);
  const results = file.vectors.map((vector) => ({ name: vector.name, result: playVector(vector, world) }));
  io.print(JSON.stringify({ results }, null, args.includes('--json') ? 0 : 2));
  return 0;
}

function readFile(document: unknown, path: string): TraceFile {
  const parsed = TraceFile.safeParse(document);
  if (!parsed.success) throw new UsageError(`${path} is not an sla-trace/1 file:\n${z.prettifyError(parsed.error)}`);
  for (const { name, clock } of parsed.data.vectors) {
    if (Object.hasOwn(parsed.data.calendars, clock.calendar)) continue;
    throw new UsageError(
      `${path}: vector "${name}" names the calendar "${clock.calendar}", which the file does not define`,
    );
  }
  return parsed.data;
}

function playVector(vector: Vector, world: LadderWorld): Record<string, unknown> {
  const trace = toTrace(vector);
  const played = playTrace(trace, world);
  return trace.ladder ? toLadderResult(trace.ladder.spec, played) : toClockResult(played, world);
}

function toTrace(vector: Vector): Trace {
  const { calendar, target, pausable } = vector.clock;
  const amber = toAmber(vector.clock.amber, target.unit);
  const ladder = vector.kind === 'ladder' ? { spec: toSpec(vector), owner: vector.owner ?? null } : null;
  return { clock: { calendar, target, amber, pausable }, ladder, commands: vector.commands.map(toCommand) };
}

/** `beforeDays` counts in the target's own unit. */
function toAmber(amber: z.infer<typeof TraceClock>['amber'], unit: PeriodUnit): Trace['clock']['amber'] {
  if (!amber) return null;
  if ('percent' in amber) return amber.percent > 0 ? amber : null;
  if ('beforeSecs' in amber) return amber.beforeSecs > 0 ? { seconds: amber.beforeSecs } : null;
  if (amber.beforeDays <= 0) return null;
  return unit === 'minutes' || unit === 'hours' ? { seconds: amber.beforeDays * 86_400 } : { ticks: amber.beforeDays };
}

function toSpec(vector: Vector): LadderSpec {
  return {
    key: vector.name,
    subject: 'task',
    calendar: vector.clock.calendar,
    rungs: vector.rungs.map(toRung),
    holdFor: seconds(vector.ackHoldSeconds ?? defaultHoldSeconds),
    fallback: vector.fallback ?? [],
  };
}

function toRung(rung: TraceRung): LadderRung {
  const { on, secs, offset, after, mode } = rung.trigger;
  const follows = on === 'warning' || on === 'breached' || on === 'clockEnd';
  const shift = offset ?? (follows ? secs : undefined);
  return {
    key: rung.id,
    trigger: {
      on,
      offset: shift === undefined ? undefined : seconds(shift),
      for: follows || secs === undefined ? undefined : seconds(secs),
      after,
      mode,
    },
    to: rung.to,
    fallback: rung.fallback ?? [],
    channels: ['email'],
    template: rung.id,
    actions: [{ do: 'notify' }],
    repeat: rung.repeat ? { every: seconds(rung.repeat.every), max: rung.repeat.max } : undefined,
    urgent: false,
  };
}

function seconds(value: number) {
  return { value, unit: 'seconds' } as const;
}

function toCommand(command: Command): TraceCommand {
  const [at, verb, detail] = command;
  switch (verb) {
    case 'pause':
    case 'resume':
      return { at, verb, reason: detail };
    case 'retarget':
      return { at, verb, target: detail };
    case 'reassign':
      return { at, verb, to: detail };
    case 'reopen':
      return { at, verb, policy: detail ?? 'resume' };
    default:
      return { at, verb };
  }
}

function makeWorld(file: TraceFile): LadderWorld {
  const compiled = new Map<string, CompiledCalendar>();
  const { directory } = file;
  const lists = { role: directory.roles, group: directory.groups, stakeholders: directory.stakeholders };
  return {
    calendarOf: (key) => {
      const known = compiled.get(key);
      if (known) return known;
      const calendar = compileTraceCalendar(file, key);
      compiled.set(key, calendar);
      return calendar;
    },
    directory: {
      managerOf: (user) => directory.managerOf[user],
      members: (kind, key) => lists[kind][key] ?? [],
      isAbsent: (user) => directory.absent.includes(user),
      coverFor: (user) => directory.coverFor[user],
    },
  };
}

function compileTraceCalendar(file: TraceFile, key: string): CompiledCalendar {
  const calendar = file.calendars[key];
  if (!calendar) throw new UsageError(`the calendar "${key}" is not defined in the file`);
  const weekly = Object.entries(calendar.weekly).map(([day, windows]) => [
    day,
    windows.map(([start, end]) => ({ start, end })),
  ]);
  const closed = Array.isArray(calendar.holidays) ? calendar.holidays.map((date) => [date, 'closed']) : [];
  const content: CalendarContent = {
    zone: calendar.zone,
    weekly: Object.fromEntries(weekly),
    closed: Object.fromEntries(closed),
    openings: {},
    ...(calendar.always ? { alwaysOpen: true } : {}),
    ...(typeof calendar.holidays === 'string' ? { division: calendar.holidays } : {}),
  };
  return compileCalendar([{ publishedAt: null, content }], shippedBankHolidays, { title: key });
}
