// Prints the cost of compiling calendars and of one deadline of each kind beside their limits, and beside a plain walk in the same run (S10, T12).
// Run: npx tsx test/bench/calendar.bench.ts
import { shippedBankHolidays } from '../../runtime/engine/calendar/bank-holidays.ts';
import { compileCalendar } from '../../runtime/engine/calendar/compile.ts';
import type { CompiledCalendar } from '../../runtime/engine/calendar/compiled.ts';
import { addDays as addDaysTo, addMonthsClipped, dateOfDay } from '../../runtime/engine/calendar/dates.ts';
import { deadlineOf, dueFor } from '../../runtime/engine/calendar/due.ts';
import { fromIsoText } from '../../runtime/engine/calendar/iso.ts';
import {
  dayOf,
  isOpenAt,
  isWorkingDay,
  nextOpening,
  previousClosing,
  tickOf,
} from '../../runtime/engine/calendar/time.ts';
import type { CalendarContent, Division } from '../../schemas/calendar.ts';
import type { Target } from '../../schemas/period.ts';

const COMPILE_LIMIT_MS = 500;
const DEADLINE_LIMIT_NS = 100;
const ROUNDS = 12;
const DEADLINES = 100_000;
const WALKED = 300;

const divisions: readonly Division[] = ['england-and-wales', 'scotland', 'northern-ireland'];
const from = fromIsoText('2019-01-01T00:00:00Z');
const span = fromIsoText('2028-01-01T00:00:00Z') - from;
const randomStarts = Float64Array.from({ length: 65_536 }, (_, i) => from + ((i * 104_729_003) % span));

const before = cpuMilliseconds();
const [cal] = [
  ...divisions.map((division) => compileFor24Years(office(division))),
  compileFor24Years({ ...office('scotland'), zone: 'Europe/Dublin' }),
];
const compiled = cpuMilliseconds() - before;
report('compile 4 calendars of 24 years', compiled, COMPILE_LIMIT_MS, 'ms');

const targets: Record<string, Target> = {
  '16 open hours': { value: 16, unit: 'hours' },
  '10 working days': { value: 10, unit: 'workingDays' },
  '60 working days': { value: 60, unit: 'workingDays' },
  '10 working days beginning with the day': { value: 10, unit: 'workingDays', dayOne: 'same' },
  '5 working days, at 12:00': { value: 5, unit: 'workingDays', dueAt: '12:00' },
  '56 calendar days, end of day': { value: 56, unit: 'calendarDays', dueAt: 'endOfDay' },
  '3 weeks, rolled': { value: 3, unit: 'weeks', roll: 'nextWorkingDay' },
  '1 month, rolled': { value: 1, unit: 'months', roll: 'nextWorkingDay' },
};
if (cal) for (const [name, target] of Object.entries(targets)) timeDeadline(cal, name, target);

function timeDeadline(calendar: CompiledCalendar, name: string, target: Target): void {
  const deadline = nanosecondsEach(DEADLINES, (t) => deadlineOf(calendar, target, t));
  const dated = nanosecondsEach(DEADLINES, (t) => dueFor(calendar, target, t));
  const walked = nanosecondsEach(WALKED, (t) => walk(calendar, target, t));
  const beside = `1/${(walked / deadline).toFixed(0)} of a walk of ${(walked / 1000).toFixed(1)} us`;
  report(
    `a deadline, ${name}`,
    deadline,
    DEADLINE_LIMIT_NS,
    'ns',
    `${beside}; ${dated.toFixed(0)} ns with its date in words`,
  );
}

/** The peer: day by day, or window by window, with the same calendar. */
function walk(calendar: CompiledCalendar, { value, unit, dayOne, dueAt, roll }: Target, startedAt: number): number {
  let date = dateOfDay(dayOf(calendar, startedAt));
  if (unit === 'hours') return walkOpenTime(calendar, startedAt, value * 3600);
  if (unit === 'weeks' || unit === 'months') {
    date = unit === 'weeks' ? addDaysTo(date, 7 * value) : addMonthsClipped(date, value);
    while (roll === 'nextWorkingDay' && !isWorkingDay(calendar, date)) date = addDaysTo(date, 1);
    return tickOf(calendar, date, dueAt);
  }
  let left = value - (dayOne === 'same' && isWorkingDay(calendar, date) ? 1 : 0);
  while (left > 0) {
    date = addDaysTo(date, 1);
    if (unit === 'calendarDays' || isWorkingDay(calendar, date)) left--;
  }
  return tickOf(calendar, date, dueAt);
}

function walkOpenTime(calendar: CompiledCalendar, startedAt: number, seconds: number): number {
  let at = nextOpening(calendar, startedAt);
  for (let left = seconds; ; ) {
    let closes = at;
    for (const step of [3600, 60, 1]) while (previousClosing(calendar, closes + step) === closes + step) closes += step;
    if (closes - at >= left) return at + left;
    left -= closes - at;
    at = nextOpening(calendar, closes);
  }
}

function office(division: Division): CalendarContent {
  const windows = [
    { start: '09:00', end: '12:30' },
    { start: '13:30', end: '17:00' },
  ];
  const weekly = { mon: windows, tue: windows, wed: windows, thu: windows, fri: windows };
  return { zone: 'Europe/London', weekly, closed: {}, openings: {}, division };
}

function compileFor24Years(content: CalendarContent): CompiledCalendar {
  const calendar = compileCalendar([{ publishedAt: null, content }], shippedBankHolidays);
  isOpenAt(calendar, fromIsoText('2010-06-01T00:00:00Z'));
  isOpenAt(calendar, fromIsoText('2033-06-01T00:00:00Z'));
  return calendar;
}

/** Middle of some rounds in processor time, so that what else runs on the machine counts little. */
function nanosecondsEach(count: number, work: (start: number) => number | object): number {
  const rounds = Array.from({ length: ROUNDS }, () => {
    const started = cpuMilliseconds();
    for (let i = 0; i < count; i++) work(randomStarts[i & 65_535] ?? from);
    return ((cpuMilliseconds() - started) * 1e6) / count;
  });
  return rounds.sort((a, b) => a - b)[ROUNDS >> 1] ?? Number.NaN;
}

function cpuMilliseconds(): number {
  return process.cpuUsage().user / 1000;
}

function report(what: string, taken: number, limit: number, unit: string, more = ''): void {
  console.log(
    `${what}: ${taken.toFixed(0)} ${unit}, ${(taken / limit).toFixed(2)} of the limit of ${limit} ${unit}${more ? `, ${more}` : ''}`,
  );
  if (taken > limit) process.exitCode = 1;
}
