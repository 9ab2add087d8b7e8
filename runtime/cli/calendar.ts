import { z } from 'zod';
import type { CalendarContent, OpeningWindow } from '../../schemas/calendar.ts';
import { Division, Weekday } from '../../schemas/calendar.ts';
import { LocalDate, WallTime, ZoneId } from '../../schemas/ids.ts';
import {
  addOpenSeconds,
  addWorkingDays,
  type CompiledCalendar,
  compileCalendar,
  fromIsoText,
  isOpenAt,
  isWorkingDay,
  nextOpening,
  openSecondsBetween,
  previousClosing,
  shippedBankHolidays,
  subtractOpenSeconds,
  toIsoText,
  withoutIntervals,
  workingDaysInclusive,
} from '../engine/index.ts';
import { type Io, parseJson, UsageError } from './io.ts';

const WindowPair = z.tuple([WallTime, WallTime]);
const DateTime = z.string().transform((text, context) => {
  try {
    return fromIsoText(text);
  } catch (error) {
    context.addIssue({ code: 'custom', message: (error as Error).message });
    return z.NEVER;
  }
});

const VectorCalendar = z.object({
  zone: ZoneId,
  always: z.boolean().optional(),
  weekly: z.partialRecord(Weekday, z.array(WindowPair)).default({}),
  holidays: z.array(LocalDate).nullish(),
  holidaysRef: Division.nullish(),
  shifts: z.record(LocalDate, z.array(WindowPair)).nullish(),
  pauses: z.array(z.tuple([DateTime, DateTime])).nullish(),
});

const amount = { minutes: z.number().optional(), seconds: z.number().optional() };
const Question = z.discriminatedUnion('op', [
  z.object({ op: z.literal('add'), at: DateTime, ...amount }),
  z.object({ op: z.literal('sub'), at: DateTime, ...amount }),
  z.object({ op: z.literal('elapsed'), from: DateTime, to: DateTime }),
  z.object({ op: z.literal('isWorking'), at: DateTime }),
  z.object({ op: z.literal('nextOpen'), at: DateTime }),
  z.object({ op: z.literal('prevClose'), at: DateTime }),
  z.object({ op: z.literal('addDays'), date: LocalDate, days: z.number().int() }),
  z.object({ op: z.literal('workingDaysInclusive'), from: LocalDate, to: LocalDate }),
  z.object({ op: z.literal('isWorkingDay'), date: LocalDate }),
]);
type Question = z.infer<typeof Question>;

const Vector = z.object({ name: z.string(), calendar: VectorCalendar, cases: z.array(Question) });
type Vector = z.infer<typeof Vector>;
const VectorFile = z.object({ schema: z.literal('bizcal/1').optional(), vectors: z.array(Vector) });

type Answer = string | number | boolean | null;

/** `lintel calendar FILE --json`: answers the questions of `bizcal/1` vectors, one value a case. */
export async function run(args: readonly string[], io: Io): Promise<number> {
  const [path, ...extra] = args.filter((arg) => arg !== '--json');
  const option = [path, ...extra].find((arg) => arg?.startsWith('-') && arg !== '-');
  if (path === undefined || extra.length > 0 || option) throw new UsageError('usage: lintel calendar FILE [--json]');
  const vectors = readVectors(parseJson(io.read(path), path), path);
  const results = vectors.map((vector) => ({ name: vector.name, results: answerVector(vector) }));
  io.print(args.includes('--json') ? JSON.stringify({ results }) : JSON.stringify({ results }, null, 2));
  return 0;
}

/** A whole file or a single vector. */
function readVectors(document: unknown, path: string): readonly Vector[] {
  const isFile = typeof document === 'object' && document !== null && 'vectors' in document;
  const parsed = VectorFile.safeParse(isFile ? document : { vectors: [document] });
  if (parsed.success) return parsed.data.vectors;
  throw new UsageError(`${path} is not a bizcal/1 file:\n${z.prettifyError(parsed.error)}`);
}

function answerVector({ name, calendar, cases }: Vector): Answer[] {
  try {
    const compiled = toCalendar(calendar);
    return cases.map((question) => answer(compiled, question));
  } catch (cause) {
    if (cause instanceof RangeError) throw new UsageError(`${name}: ${cause.message}`, { cause });
    throw cause;
  }
}

function toCalendar(calendar: Vector['calendar']): CompiledCalendar {
  const bankHolidays = calendar.holidaysRef ? shippedBankHolidays[calendar.holidaysRef] : {};
  const content: CalendarContent = {
    zone: calendar.zone,
    alwaysOpen: calendar.always ?? false,
    weekly: Object.fromEntries(Object.entries(calendar.weekly).map(([day, pairs]) => [day, pairs.map(toWindow)])),
    // In these vectors a holiday closes its date also where shifts are listed for it, so both kinds are closed dates.
    closed: { ...bankHolidays, ...Object.fromEntries((calendar.holidays ?? []).map((date) => [date, 'holiday'])) },
    openings: Object.fromEntries(
      Object.entries(calendar.shifts ?? {}).map(([date, pairs]) => [date, pairs.map(toWindow)]),
    ),
  };
  // The vectors' note: edges in a gap move forward, repeated ones are the first occurrence.
  const compiled = compileCalendar([{ publishedAt: null, content }], shippedBankHolidays, { windowEdges: 'asMoment' });
  return withoutIntervals(
    compiled,
    (calendar.pauses ?? []).map(([from, until]) => ({ from, until })),
  );
}

function toWindow([start, end]: readonly [string, string]): OpeningWindow {
  return { start, end };
}

function answer(cal: CompiledCalendar, question: Question): Answer {
  switch (question.op) {
    case 'add':
      return toText(shift(cal, question.at, secondsOf(question)));
    case 'sub':
      return toText(shift(cal, question.at, secondsOf(question), 'back'));
    case 'elapsed':
      return openSecondsBetween(cal, question.from, question.to) / 60;
    case 'isWorking':
      return isOpenAt(cal, question.at);
    case 'nextOpen':
      return toText(nextOpening(cal, question.at));
    case 'prevClose':
      return toText(previousClosing(cal, question.at));
    case 'addDays':
      return stepWorkingDays(cal, question.date, question.days);
    case 'workingDaysInclusive':
      return workingDaysInclusive(cal, question.from, question.to);
    case 'isWorkingDay':
      return isWorkingDay(cal, question.date);
  }
}

function secondsOf({ minutes, seconds }: { minutes?: number | undefined; seconds?: number | undefined }): number {
  return (minutes ?? 0) * 60 + (seconds ?? 0);
}

/** Nothing to add is the next opening, nothing to take away the closing before; a negative amount turns round. */
function shift(cal: CompiledCalendar, at: number, seconds: number, direction: 'on' | 'back' = 'on'): number {
  if (seconds === 0) return direction === 'on' ? nextOpening(cal, at) : previousClosing(cal, at);
  return direction === 'on' ? addOpenSeconds(cal, at, seconds) : subtractOpenSeconds(cal, at, seconds);
}

/** A start that is no working day first rolls in the direction of the step, forward for 0. */
function stepWorkingDays(cal: CompiledCalendar, date: LocalDate, days: number): LocalDate | null {
  const start = isWorkingDay(cal, date) ? date : addWorkingDays(cal, date, days < 0 ? -1 : 1);
  return start === undefined ? null : (addWorkingDays(cal, start, days) ?? null);
}

function toText(t: number): string | null {
  return Number.isFinite(t) ? toIsoText(t) : null;
}
