import { describe, expect, it } from 'vitest';
import { applyToClock, type ClockCommand, makeClock } from '../../../../runtime/engine/clock/commands.ts';
import { explainClock } from '../../../../runtime/engine/clock/explain-clock.ts';
import type { ClockState, CountedPeriod } from '../../../../runtime/engine/clock/state.ts';
import { compileCalendar, shippedBankHolidays } from '../../../../runtime/engine/index.ts';

const nine = [{ start: '09:00', end: '17:00' }];
const content = {
  zone: 'Europe/London',
  weekly: { mon: nine, tue: nine, wed: nine, thu: nine, fri: nine },
  closed: {},
  openings: {},
  division: 'england-and-wales' as const,
};
const calendar = compileCalendar(
  [1, 2, 3].map((publishedAt) => ({ publishedAt, content })),
  shippedBankHolidays,
  { title: 'England and Wales' },
);
const calendarOf = () => calendar;
const at = (text: string) => Date.parse(text) / 1000;

function played(target: CountedPeriod, commands: readonly ClockCommand[]): ClockState {
  const made = makeClock({ calendar: 'ew', target, amber: null, pausable: true });
  return commands.reduce((state, command) => applyToClock(state, command, calendarOf).state, made);
}

const tenDays: CountedPeriod = { value: 10, unit: 'workingDays', dueAt: 'endOfDay' };
const start: ClockCommand = { verb: 'start', at: at('2026-12-18T10:00:00Z') };

describe('the derivation of a date, in words', () => {
  it('names the target, the start, what was skipped, the date and the calendar with its version', () => {
    expect(explainClock(played(tenDays, [start]), calendarOf)).toBe(
      '10 working days from Fri 18 Dec 2026; skipped 25, 28 Dec, 1 Jan; = Wed 6 Jan 2027; calendar England and Wales, version 3',
    );
  });

  it('names a pause and ends later by the days whose end it covers (C7)', () => {
    const paused = played(tenDays, [
      start,
      { verb: 'pause', at: at('2026-12-21T12:00:00Z'), reason: 'r' },
      { verb: 'resume', at: at('2026-12-23T12:00:00Z') },
    ]);
    expect(explainClock(paused, calendarOf)).toBe(
      '10 working days from Fri 18 Dec 2026; skipped 25, 28 Dec, 1 Jan; paused Mon 21 Dec 2026 12:00 to Wed 23 Dec 2026 12:00; = Fri 8 Jan 2027; calendar England and Wales, version 3',
    );
  });

  it('moves open time by the open time of a pause', () => {
    const hours = played({ value: 4, unit: 'hours' }, [
      start,
      { verb: 'pause', at: at('2026-12-18T11:00:00Z'), reason: 'r' },
      { verb: 'resume', at: at('2026-12-18T16:00:00Z') },
    ]);
    // One hour before the pause, one after it that day, two on Monday.
    expect(explainClock(hours, calendarOf)).toBe(
      '4 open hours from Fri 18 Dec 2026 10:00; paused Fri 18 Dec 2026 11:00 to Fri 18 Dec 2026 16:00; = Mon 21 Dec 2026 11:00; calendar England and Wales, version 3',
    );
  });

  it('says when a paused clock would be due if it were resumed now (C5)', () => {
    const pause: ClockCommand = { verb: 'pause', at: at('2026-12-21T12:00:00Z'), reason: 'court' };
    // The days whose end the pause covers, 21 and 22 December, are made up for: 8 January instead of the 6th.
    expect(explainClock(played(tenDays, [start, pause]), calendarOf, at('2026-12-23T12:00:00Z'))).toContain(
      'no deadline while it is paused; if resumed now: due Fri 8 Jan 2027',
    );
    // Three of four hours are left on Friday at 16:00: one then, two on Monday from 09:00.
    const early: ClockCommand = { ...pause, at: at('2026-12-18T11:00:00Z') };
    expect(
      explainClock(played({ value: 4, unit: 'hours' }, [start, early]), calendarOf, at('2026-12-18T16:00:00Z')),
    ).toContain('if resumed now: due Mon 21 Dec 2026 11:00');
  });

  it('names no deadline while the clock is paused (C5), and says when the target was changed (C9)', () => {
    const paused = played(tenDays, [
      start,
      { verb: 'retarget', at: at('2026-12-21T10:00:00Z'), target: { ...tenDays, value: 12 }, reason: 'r' },
      { verb: 'pause', at: at('2026-12-21T12:00:00Z'), reason: 'r' },
    ]);
    const text = explainClock(paused, calendarOf);
    expect(text).toContain(
      '12 working days from Fri 18 Dec 2026; target changed on Mon 21 Dec 2026 10:00; no deadline',
    );
    expect(text).not.toContain('=');
  });

  it('is nothing before the clock starts', () => {
    expect(explainClock(played(tenDays, []), calendarOf)).toBeNull();
  });
});
