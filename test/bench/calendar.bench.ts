// Prints the cost of compiling calendars and of one deadline (S10, T12). Run: npx tsx test/bench/calendar.bench.ts
import { shippedBankHolidays } from '../../runtime/engine/calendar/bank-holidays.ts';
import { compileCalendar } from '../../runtime/engine/calendar/compile.ts';
import type { CompiledCalendar } from '../../runtime/engine/calendar/compiled.ts';
import { dueFor } from '../../runtime/engine/calendar/due.ts';
import { fromIsoText } from '../../runtime/engine/calendar/iso.ts';
import { addOpenSeconds, isOpenAt } from '../../runtime/engine/calendar/time.ts';
import type { CalendarContent, Division } from '../../schemas/calendar.ts';
import type { Target } from '../../schemas/period.ts';

const DEADLINES = 1_000_000;

function office(division: Division): CalendarContent {
  const windows = [
    { start: '09:00', end: '12:30' },
    { start: '13:30', end: '17:00' },
  ];
  const weekly = { mon: windows, tue: windows, wed: windows, thu: windows, fri: windows };
  return { zone: 'Europe/London', weekly, closed: {}, openings: {}, division };
}

function compileFor24Years(content: CalendarContent): CompiledCalendar {
  const cal = compileCalendar([{ publishedAt: null, content }], shippedBankHolidays);
  isOpenAt(cal, fromIsoText('2010-06-01T00:00:00Z'));
  isOpenAt(cal, fromIsoText('2033-06-01T00:00:00Z'));
  return cal;
}

const from = fromIsoText('2019-01-01T00:00:00Z');
const span = fromIsoText('2028-01-01T00:00:00Z') - from;
const randomStarts = Float64Array.from({ length: 65_536 }, (_, i) => from + ((i * 104_729_003) % span));

function nanosecondsEach(work: (start: number) => unknown): number {
  for (const start of randomStarts) work(start);
  const before = performance.now();
  for (let i = 0; i < DEADLINES; i++) work(randomStarts[i & 65_535] ?? from);
  return ((performance.now() - before) * 1e6) / DEADLINES;
}

const before = performance.now();
const divisions: readonly Division[] = ['england-and-wales', 'scotland', 'northern-ireland'];
const [cal] = divisions.map((division) => compileFor24Years(office(division)));
compileFor24Years({ ...office('scotland'), zone: 'Europe/Dublin' });
console.log(`compile 4 calendars of 24 years: ${(performance.now() - before).toFixed(0)} ms`);

if (cal) {
  console.log(`16 open hours: ${nanosecondsEach((t) => addOpenSeconds(cal, t, 57_600)).toFixed(0)} ns a deadline`);
  const targets: Record<string, Target> = {
    '60 working days': { value: 60, unit: 'workingDays' },
    '56 calendar days': { value: 56, unit: 'calendarDays', dueAt: 'endOfDay' },
    '1 month, rolled': { value: 1, unit: 'months', roll: 'nextWorkingDay' },
    '16 hours': { value: 16, unit: 'hours' },
  };
  for (const [name, target] of Object.entries(targets)) {
    console.log(`${name}: ${nanosecondsEach((t) => dueFor(cal, target, t)).toFixed(0)} ns with its date`);
  }
}
