// Prints the cost of 1,000 cases with a ladder each over a simulated year, woken only when something is due (D1). Run: npx tsx test/bench/ladder.bench.ts
import { shippedBankHolidays } from '../../runtime/engine/calendar/bank-holidays.ts';
import { compileCalendar } from '../../runtime/engine/calendar/compile.ts';
import { fromIsoText } from '../../runtime/engine/calendar/iso.ts';
import { applyToClock, makeClock } from '../../runtime/engine/clock/commands.ts';
import type { ClockSpec, CountedPeriod } from '../../runtime/engine/clock/state.ts';
import {
  advanceEscalation,
  type Escalation,
  escalationDueAt,
  type LadderWorld,
} from '../../runtime/engine/ladder/advance.ts';
import { applyToLadder, armLadder } from '../../runtime/engine/ladder/commands.ts';
import type { LadderRung, LadderSpec } from '../../runtime/engine/ladder/state.ts';

const CASES = 1000;
const LIMIT_MS = 10_000;
const DAY = 86_400;

const windows = [
  { start: '09:00', end: '12:30' },
  { start: '13:30', end: '17:00' },
];
const office = compileCalendar(
  [
    {
      publishedAt: null,
      content: {
        zone: 'Europe/London',
        weekly: { mon: windows, tue: windows, wed: windows, thu: windows, fri: windows },
        closed: {},
        openings: {},
        division: 'england-and-wales',
      },
    },
  ],
  shippedBankHolidays,
);
const world: LadderWorld = {
  calendarOf: () => office,
  directory: {
    managerOf: (user) => `manager of ${user}`,
    members: (_, key) => [`${key} 1`, `${key} 2`],
    isAbsent: () => false,
    coverFor: () => undefined,
  },
};

function rung(key: string, trigger: LadderRung['trigger'], to: string[], repeat?: LadderRung['repeat']): LadderRung {
  return {
    key,
    trigger,
    to,
    repeat,
    fallback: [],
    channels: ['email'],
    template: key,
    actions: [{ do: 'notify' }],
    urgent: false,
  };
}
const hours = (value: number): CountedPeriod => ({ value, unit: 'hours' });
const spec: LadderSpec = {
  key: 'bench',
  subject: 'task',
  calendar: 'office',
  rungs: [
    rung('warn', { on: 'warning' }, ['owner']),
    rung('late', { on: 'breached' }, ['owner', 'manager-of:owner'], { every: hours(16), max: 20 }),
    rung('group', { on: 'followOn', after: 'late', for: hours(24) }, ['group:stakeholders'], {
      every: hours(40),
      max: 20,
    }),
    rung('quiet', { on: 'stagnant', for: { value: 5, unit: 'workingDays' } }, ['owner']),
  ],
  holdFor: hours(8),
  fallback: ['role:duty'],
};
const clockSpec: ClockSpec = {
  calendar: 'office',
  target: { value: 10, unit: 'workingDays' },
  amber: { percent: 75 },
  pausable: true,
};

let firings = 0;
let wakes = 0;

/** A year of a case that stays open: a pause each quarter, an acknowledgement and an activity each month. */
function liveThroughYear(startedAt: number): void {
  let item: Escalation = {
    clock: applyToClock(makeClock(clockSpec), { verb: 'start', at: startedAt }, world.calendarOf).state,
    ladder: armLadder(startedAt, 'officer'),
  };
  const sleepUntil = (to: number) => {
    for (;;) {
      const wakeAt = escalationDueAt(spec, item, world.calendarOf);
      if (wakeAt === null || wakeAt >= to) break;
      const step = advanceEscalation(spec, item, { to: wakeAt, inclusive: true, pace: 'catchUp' }, world);
      wakes++;
      firings += step.ladderFacts.length;
      item = step.item;
    }
    item = advanceEscalation(spec, item, { to, inclusive: false, pace: 'catchUp' }, world).item;
  };
  for (let month = 1; month <= 12; month++) {
    const at = startedAt + month * 30 * DAY;
    sleepUntil(at);
    const act = (verb: 'activity' | 'acknowledge') => {
      item = { ...item, ladder: applyToLadder(spec, item.ladder, item.clock, { verb, at }, world).state };
    };
    act('activity');
    act('acknowledge');
    if (month % 3 !== 0) continue;
    const paused = applyToClock(item.clock, { verb: 'pause', at, reason: 'customer' }, world.calendarOf).state;
    item = {
      clock: paused,
      ladder: applyToLadder(spec, item.ladder, paused, { verb: 'pause', at, reviewAt: null }, world).state,
    };
    sleepUntil(at + 5 * DAY);
    const resumed = applyToClock(item.clock, { verb: 'resume', at: at + 5 * DAY }, world.calendarOf).state;
    item = {
      clock: resumed,
      ladder: applyToLadder(spec, item.ladder, resumed, { verb: 'resume', at: at + 5 * DAY }, world).state,
    };
  }
}

const origin = fromIsoText('2026-01-05T09:00:00Z');
// Processor time, so that what else runs on the machine counts little.
const began = process.cpuUsage().user;
for (let i = 0; i < CASES; i++) liveThroughYear(origin + i * 617);
const took = (process.cpuUsage().user - began) / 1000;
console.log(
  `${CASES} cases over a year: ${took.toFixed(0)} ms, ${wakes} wakes, ${firings} ladder facts (limit ${LIMIT_MS} ms, ratio ${(took / LIMIT_MS).toFixed(3)})`,
);
if (took > LIMIT_MS) process.exitCode = 1;
