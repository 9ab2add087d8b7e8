import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addPeriod,
  amberFor,
  dueCounting,
  dueFor,
  latestStartFor,
  type TickCounts,
} from '../../../../runtime/engine/calendar/due.ts';
import { explainDue } from '../../../../runtime/engine/calendar/explain.ts';
import { NEVER, openSecondsBetween } from '../../../../runtime/engine/calendar/time.ts';
import type { Amber, Target } from '../../../../schemas/period.ts';
import { at, calendar, everyDay, everyWeekday, officeHours, text } from './calendars.ts';

const office = officeHours();
const due = (target: Target, start: string, cal = office): string => text(dueFor(cal, target, at(start)).dueAt);
const amber = (warning: Amber, target: Target, start: string, cal = office): string =>
  text(amberFor(cal, warning, target, { startedAt: at(start) }));

describe('deadlines of date targets (T6)', () => {
  it('V10 counts five working days from the day after receipt, across Easter', () => {
    const target: Target = { value: 5, unit: 'workingDays' };
    expect(due(target, '2026-04-02T15:30:00Z')).toBe('2026-04-13T16:00:00Z');
    const warning: Amber = { before: { value: 1, unit: 'workingDays' } };
    expect(amber(warning, target, '2026-04-02T15:30:00Z')).toBe('2026-04-10T16:00:00Z');
  });

  it('V11 counts a report after hours as received on its date', () => {
    expect(due({ value: 10, unit: 'workingDays', dueAt: 'endOfDay' }, '2026-12-18T19:40:00Z')).toBe(
      '2027-01-07T00:00:00Z',
    );
  });

  it('V13 ends 56 calendar days at local midnight in summer time', () => {
    expect(due({ value: 56, unit: 'calendarDays', dueAt: 'endOfDay' }, '2026-02-02T10:00:00Z')).toBe(
      '2026-03-30T23:00:00Z',
    );
  });

  it('counts the start date itself under `same`, unless it is no working day', () => {
    const target: Target = { value: 2, unit: 'workingDays', dayOne: 'same' };
    expect(due(target, '2026-03-02T16:00:00Z')).toBe('2026-03-03T17:00:00Z');
    expect(due({ ...target, value: 3 }, '2026-12-28T05:00:00Z')).toBe('2026-12-31T17:00:00Z');
    expect(due({ value: 1, unit: 'calendarDays', dayOne: 'same' }, '2026-03-07T16:00:00Z')).toBe(
      '2026-03-08T00:00:00Z',
    );
  });

  it('falls due at a wall time of the date', () => {
    expect(due({ value: 1, unit: 'workingDays', dueAt: '12:00' }, '2026-06-05T16:00:00Z')).toBe('2026-06-08T11:00:00Z');
  });

  it('is due on the date itself for nothing at all, and never before the start', () => {
    const nothing: Target = { value: 0, unit: 'workingDays' };
    expect(due(nothing, '2026-03-02T10:00:00Z')).toBe('2026-03-02T17:00:00Z');
    expect(due(nothing, '2026-03-02T18:00:00Z')).toBe('2026-03-02T18:00:00Z');
  });
});

describe('weeks and months (T7, T15)', () => {
  it('V12 clips a month to its end and rolls over the weekend', () => {
    const month: Target = { value: 1, unit: 'months', dueAt: 'endOfDay', roll: 'nextWorkingDay' };
    expect(due(month, '2026-01-31T11:00:00Z')).toBe('2026-03-03T00:00:00Z');
    expect(due({ ...month, roll: 'none' }, '2026-01-31T11:00:00Z')).toBe('2026-03-01T00:00:00Z');
  });

  it('ignores dayOne', () => {
    expect(due({ value: 2, unit: 'weeks', dayOne: 'same' }, '2026-03-02T10:00:00Z')).toBe('2026-03-16T17:00:00Z');
  });

  it('moves the corresponding date a calendar day for each tick in a pause, before rolling', () => {
    const ticks = ['2026-03-04', '2026-03-05'];
    const counts: TickCounts = (_tick, date) => !ticks.includes(date);
    const week: Target = { value: 1, unit: 'weeks', roll: 'nextWorkingDay' };
    const moved = dueCounting(office, week, { startedAt: at('2026-03-03T10:00:00Z'), counts });
    expect(moved).toEqual({ dueAt: at('2026-03-12T17:00:00Z'), dueOn: '2026-03-12' });
    const rolled = dueCounting(office, week, { startedAt: at('2026-02-27T10:00:00Z'), counts });
    expect(rolled.dueOn).toBe('2026-03-09');
  });
});

describe('paused ticks (C7)', () => {
  it('takes the n-th tick that counts', () => {
    const counts: TickCounts = (tick) => tick < at('2026-03-03T12:00:00Z') || tick > at('2026-03-05T12:00:00Z');
    const start = { startedAt: at('2026-03-02T10:00:00Z'), counts };
    expect(dueCounting(office, { value: 2, unit: 'workingDays' }, start).dueOn).toBe('2026-03-06');
    expect(dueCounting(office, { value: 3, unit: 'workingDays', dayOne: 'same' }, start).dueOn).toBe('2026-03-06');
  });

  it('ends with never, not with a hang, where no tick counts any more', () => {
    const start = { startedAt: at('2026-03-02T10:00:00Z'), counts: () => false };
    expect(dueCounting(office, { value: 1, unit: 'calendarDays' }, start)).toEqual({ dueAt: NEVER, dueOn: undefined });
  });
});

describe('amber (T8)', () => {
  it('counts a percentage of open time, rounded up to a whole second', () => {
    const hours: Target = { value: 8, unit: 'hours' };
    expect(amber({ percent: 75 }, hours, '2026-03-02T10:00:00Z')).toBe('2026-03-02T16:00:00Z');
    // 33 % of 100 minutes is 1980 s; of 1 minute 19.8 s, up to 20 s.
    expect(amber({ percent: 33 }, { value: 100, unit: 'minutes' }, '2026-03-02T10:00:00Z')).toBe(
      '2026-03-02T10:33:00Z',
    );
    expect(amber({ percent: 33 }, { value: 1, unit: 'minutes' }, '2026-03-02T10:00:00Z')).toBe('2026-03-02T10:00:20Z');
  });

  it('V08 counts back over lunch and lands on its beginning, where the time was consumed', () => {
    const lunch = calendar({ weekly: everyWeekday('09:00-12:30 13:30-17:00') });
    const warning: Amber = { before: { value: 1, unit: 'hours' } };
    expect(amber(warning, { value: 2, unit: 'hours' }, '2026-03-02T11:30:00Z', lunch)).toBe('2026-03-02T12:30:00Z');
  });

  it('rounds a percentage of days up to a whole tick', () => {
    // 60 % of 4 is 2.4, so the third tick.
    expect(amber({ percent: 60 }, { value: 4, unit: 'workingDays' }, '2026-03-02T10:00:00Z')).toBe(
      '2026-03-05T17:00:00Z',
    );
  });

  it('takes hours before a date target as open time before the deadline', () => {
    const warning: Amber = { before: { value: 4, unit: 'hours' } };
    expect(amber(warning, { value: 1, unit: 'workingDays' }, '2026-03-06T10:00:00Z')).toBe('2026-03-09T13:00:00Z');
  });

  it('counts calendar days back from the final date of a month', () => {
    const warning: Amber = { before: { value: 3, unit: 'calendarDays' } };
    const month: Target = { value: 1, unit: 'months', dueAt: 'endOfDay', roll: 'nextWorkingDay' };
    expect(amber(warning, month, '2026-01-31T11:00:00Z')).toBe('2026-02-28T00:00:00Z');
  });

  it('warns from the start where the warning is as long as the target', () => {
    const warning: Amber = { before: { value: 5, unit: 'workingDays' } };
    expect(amber(warning, { value: 5, unit: 'workingDays' }, '2026-03-02T10:00:00Z')).toBe('2026-03-02T10:00:00Z');
  });
});

describe('lags and offsets (T13, C16, E2)', () => {
  it('V06 follows tasks and lags from deadline to deadline', () => {
    const a = dueFor(office, { value: 2, unit: 'workingDays' }, at('2026-12-17T10:00:00Z'));
    expect(text(a.dueAt)).toBe('2026-12-21T17:00:00Z');
    const lag = addPeriod(office, a.dueAt, { value: 1, unit: 'workingDays' }, a.dueOn);
    expect(text(lag.dueAt)).toBe('2026-12-22T17:00:00Z');
    const b = dueFor(office, { value: 5, unit: 'workingDays' }, lag.dueAt, lag.dueOn);
    const c = dueFor(office, { value: 4, unit: 'workingDays' }, b.dueAt, b.dueOn);
    expect([text(b.dueAt), text(c.dueAt)]).toEqual(['2026-12-31T17:00:00Z', '2027-01-07T17:00:00Z']);
  });

  it('counts on from the date that ended at 24:00: Sunday and 5 calendar days is Friday', () => {
    const sunday = dueFor(office, { value: 1, unit: 'calendarDays', dueAt: 'endOfDay' }, at('2026-03-07T10:00:00Z'));
    expect(sunday.dueOn).toBe('2026-03-08');
    const next = dueFor(office, { value: 5, unit: 'calendarDays' }, sunday.dueAt, sunday.dueOn);
    expect(next.dueOn).toBe('2026-03-13');
    const always = calendar({ alwaysOpen: true });
    expect(dueFor(always, { value: 14, unit: 'hours' }, at('2026-03-08T10:00:00Z')).dueOn).toBe('2026-03-08');
  });

  it('goes back for negative amounts and stays for none', () => {
    const from = at('2026-12-29T12:00:00Z');
    expect(text(addPeriod(office, from, { value: -2, unit: 'hours' }).dueAt)).toBe('2026-12-29T10:00:00Z');
    expect(text(addPeriod(office, from, { value: -1, unit: 'workingDays' }).dueAt)).toBe('2026-12-24T17:00:00Z');
    expect(addPeriod(office, from, { value: -1, unit: 'months' }).dueOn).toBe('2026-11-29');
    expect(addPeriod(office, from, { value: 0, unit: 'weeks' })).toEqual({ dueAt: from, dueOn: '2026-12-29' });
  });
});

describe('the latest start (S11)', () => {
  const targets: readonly Target[] = [
    { value: 10, unit: 'workingDays' },
    { value: 3, unit: 'workingDays', dayOne: 'same', dueAt: 'endOfDay' },
    { value: 56, unit: 'calendarDays', dueAt: 'endOfDay' },
    { value: 1, unit: 'months', roll: 'nextWorkingDay' },
    { value: 16, unit: 'hours' },
  ];

  it('is in time, and a second later is not', () => {
    const anyFinish = fc.integer({ min: at('2024-01-01T00:00:00Z'), max: at('2028-01-01T00:00:00Z') });
    fc.assert(
      fc.property(fc.constantFrom(...targets), anyFinish, (target, finish) => {
        const start = latestStartFor(office, target, finish);
        expect(dueFor(office, target, start).dueAt).toBeLessThanOrEqual(finish);
        const late = start + 1;
        const isLater = dueFor(office, target, late).dueAt > finish;
        expect(isLater || openSecondsBetween(office, start, late) === 0).toBe(true);
      }),
    );
  });
});

describe('the explanation of a deadline', () => {
  it('names the target, the start, what was skipped, the date and the calendar', () => {
    const explained = explainDue(
      office,
      { value: 10, unit: 'workingDays', dueAt: 'endOfDay' },
      at('2026-12-18T19:40:00Z'),
    );
    expect(explained.text).toBe(
      '10 working days from Fri 18 Dec 2026; skipped 25, 28 Dec, 1 Jan; = Wed 6 Jan 2027; calendar test, version 1',
    );
    expect(explained.skipped.map(({ reason }) => reason)).toEqual(['Christmas Day', 'Boxing Day', 'New Year’s Day']);
  });

  it('gives times for open hours, and the date on which a night ends', () => {
    const night = calendar({ weekly: everyDay('22:00-06:00') });
    expect(explainDue(office, { value: 1, unit: 'hours' }, at('2026-06-05T15:30:00Z')).text).toBe(
      '1 open hour from Fri 5 Jun 2026 16:30; = Mon 8 Jun 2026 09:30; calendar test, version 1',
    );
    expect(explainDue(night, { value: 1, unit: 'workingDays' }, at('2026-06-05T15:30:00Z')).text).toBe(
      '1 working day from Fri 5 Jun 2026; = Sun 7 Jun 2026 06:00; calendar test, version 1',
    );
  });

  it('says so where the calendar never gets there', () => {
    const explained = explainDue(calendar(), { value: 1, unit: 'workingDays' }, at('2026-06-05T15:30:00Z'));
    expect(explained.text).toContain('never');
  });
});
