import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { withoutIntervals } from '../../../../runtime/engine/calendar/compile.ts';
import type { CompiledCalendar } from '../../../../runtime/engine/calendar/compiled.ts';
import {
  addOpenSeconds,
  addWorkingDays,
  isOpenAt,
  isWorkingDay,
  localDateOf,
  NEVER,
  nextOpening,
  openIntervalsBetween,
  openSecondsBetween,
  previousClosing,
  startOfDate,
  subtractOpenSeconds,
  tickOf,
  workingDaysInclusive,
} from '../../../../runtime/engine/calendar/time.ts';
import { at, calendar, everyDay, everyWeekday, officeHours, text, windows } from './calendars.ts';

const HOUR = 3600;

describe('open time (T5, S4)', () => {
  it('is due at closing when the time is used up exactly there', () => {
    expect(text(addOpenSeconds(officeHours(), at('2026-03-02T09:00:00Z'), 8 * HOUR))).toBe('2026-03-02T17:00:00Z');
  });

  it('goes back to the opening, not to the closing before', () => {
    const office = officeHours();
    expect(text(subtractOpenSeconds(office, at('2026-03-02T17:00:00Z'), 8 * HOUR))).toBe('2026-03-02T09:00:00Z');
    expect(text(subtractOpenSeconds(office, at('2026-03-03T09:00:00Z'), 1))).toBe('2026-03-02T16:59:59Z');
  });

  it('skips lunch, weekends, Easter and Christmas', () => {
    const lunch = calendar({ weekly: everyWeekday('09:00-12:30 13:30-17:00'), division: 'england-and-wales' });
    expect(text(addOpenSeconds(lunch, at('2026-03-02T11:00:00Z'), 4 * HOUR))).toBe('2026-03-02T16:00:00Z');
    expect(text(addOpenSeconds(officeHours(), at('2026-03-06T15:00:00Z'), 4 * HOUR))).toBe('2026-03-09T11:00:00Z');
    expect(text(addOpenSeconds(officeHours(), at('2026-04-02T12:00:00Z'), 16 * HOUR))).toBe('2026-04-08T12:00:00Z');
    expect(text(addOpenSeconds(officeHours(), at('2026-12-23T15:00:00Z'), 16 * HOUR))).toBe('2026-12-29T15:00:00Z');
  });

  it('is open from the first second of a window up to but not including its end', () => {
    const office = officeHours();
    const open = ['08:59:59', '09:00:00', '16:59:59', '17:00:00'].map((time) =>
      isOpenAt(office, at(`2026-03-02T${time}Z`)),
    );
    expect(open).toEqual([false, true, true, false]);
  });

  it('finds the next opening and the closing before, itself within a window', () => {
    const office = officeHours();
    expect(text(nextOpening(office, at('2026-03-06T17:00:00Z')))).toBe('2026-03-09T09:00:00Z');
    expect(text(nextOpening(office, at('2026-03-06T16:00:00Z')))).toBe('2026-03-06T16:00:00Z');
    expect(text(previousClosing(office, at('2026-03-09T09:00:00Z')))).toBe('2026-03-06T17:00:00Z');
    expect(text(previousClosing(office, at('2026-03-06T17:00:00Z')))).toBe('2026-03-06T17:00:00Z');
  });

  it('leaves removed intervals out of open time and keeps the working day', () => {
    const paused = withoutIntervals(officeHours(), [
      { from: at('2026-03-02T10:00:00Z'), until: at('2026-03-02T12:00:00Z') },
    ]);
    expect(text(addOpenSeconds(paused, at('2026-03-02T09:00:00Z'), 2 * HOUR))).toBe('2026-03-02T13:00:00Z');
    expect(isWorkingDay(paused, '2026-03-02')).toBe(true);
  });

  it('lists the open intervals of a span, clipped to it', () => {
    const found = openIntervalsBetween(officeHours(), at('2026-03-06T16:00:00Z'), at('2026-03-09T10:00:00Z'));
    expect(found.map(({ from, until }) => [text(from), text(until)])).toEqual([
      ['2026-03-06T16:00:00Z', '2026-03-06T17:00:00Z'],
      ['2026-03-09T09:00:00Z', '2026-03-09T10:00:00Z'],
    ]);
  });
});

describe('windows at night and closed dates (T14)', () => {
  const night = calendar({ weekly: everyDay('22:00-06:00'), closed: { '2026-06-10': 'training' } });

  it('keeps the tail of the night before a closed date and drops the night that starts on it', () => {
    expect(isOpenAt(night, at('2026-06-10T04:00:00Z'))).toBe(true);
    expect(isOpenAt(night, at('2026-06-10T22:00:00Z'))).toBe(false);
    expect(isOpenAt(night, at('2026-06-11T04:00:00Z'))).toBe(false);
    expect(isWorkingDay(night, '2026-06-10')).toBe(false);
  });

  it('closes business at the end of the last window that starts on the date', () => {
    expect(text(tickOf(night, '2026-06-09'))).toBe('2026-06-10T05:00:00Z');
    expect(text(tickOf(night, '2026-06-10'))).toBe('2026-06-10T23:00:00Z');
  });

  it('is open all day and closes business at 24:00 on a calendar that is always open', () => {
    const always = calendar({ alwaysOpen: true });
    expect(text(tickOf(always, '2026-06-10'))).toBe('2026-06-10T23:00:00Z');
    expect(isWorkingDay(always, '2026-06-14')).toBe(true);
    expect(text(addOpenSeconds(always, at('2026-03-28T12:00:00Z'), 24 * HOUR))).toBe('2026-03-29T12:00:00Z');
  });

  it('opens on a bank holiday with an extra opening, never on a date closed by hand', () => {
    const extra = calendar({
      weekly: everyWeekday('09:00-17:00'),
      division: 'england-and-wales',
      openings: { '2026-12-25': windows('10:00-12:00'), '2026-12-24': windows('10:00-12:00') },
      closed: { '2026-12-24': 'party' },
    });
    expect(text(tickOf(extra, '2026-12-25'))).toBe('2026-12-25T12:00:00Z');
    expect(isWorkingDay(extra, '2026-12-24')).toBe(false);
  });
});

describe('clock changes (T2, S4)', () => {
  it('keeps working hours in local time across the spring change', () => {
    expect(text(addOpenSeconds(officeHours(), at('2026-03-27T15:00:00Z'), 8 * HOUR))).toBe('2026-03-30T14:00:00Z');
  });

  it('reads a window edge in a gap as the first instant after the gap', () => {
    // London springs from 01:00 to 02:00 on 29 March 2026, at 01:00Z.
    const early = calendar({ weekly: everyDay('01:30-05:00') });
    expect(text(nextOpening(early, at('2026-03-29T00:00:00Z')))).toBe('2026-03-29T01:00:00Z');
    const late = calendar({ weekly: everyDay('00:30-01:30') });
    expect(openSecondsBetween(late, at('2026-03-29T00:00:00Z'), at('2026-03-29T12:00:00Z'))).toBe(HOUR / 2);
  });

  it('starts a window at the first and ends it at the second occurrence of a repeated hour', () => {
    // London repeats 01:00 to 02:00 on 25 October 2026: 00:00Z to 02:00Z.
    const start = calendar({ weekly: everyDay('01:30-05:00') });
    expect(text(nextOpening(start, at('2026-10-25T00:00:00Z')))).toBe('2026-10-25T00:30:00Z');
    const end = calendar({ weekly: everyDay('00:30-01:30') });
    expect(text(previousClosing(end, at('2026-10-25T12:00:00Z')))).toBe('2026-10-25T01:30:00Z');
  });

  it('gives a night across the change its true length', () => {
    const night = calendar({ weekly: everyDay('22:00-06:00') });
    const seconds = (from: string, to: string): number => openSecondsBetween(night, at(from), at(to));
    expect(seconds('2026-03-28T12:00:00Z', '2026-03-29T12:00:00Z')).toBe(7 * HOUR);
    expect(seconds('2026-10-24T12:00:00Z', '2026-10-25T12:00:00Z')).toBe(9 * HOUR);
  });

  it('starts a date whose midnight is skipped after the gap, and a wall time in a gap later by its length', () => {
    // Beirut skips 00:00 to 01:00 on 29 March 2026.
    const beirut = calendar({ zone: 'Asia/Beirut', weekly: everyDay('09:00-17:00') });
    expect(text(startOfDate(beirut, '2026-03-29'))).toBe('2026-03-28T22:00:00Z');
    expect(localDateOf(beirut, at('2026-03-28T21:59:59Z'))).toBe('2026-03-28');
    expect(text(tickOf(officeHours(), '2026-03-29', '01:30'))).toBe('2026-03-29T01:30:00Z');
    expect(text(tickOf(officeHours(), '2026-10-25', '01:30'))).toBe('2026-10-25T00:30:00Z');
  });

  it('knows zones of the southern half, with half hours, and with changes of half an hour', () => {
    const lordHowe = calendar({ zone: 'Australia/Lord_Howe', weekly: everyDay('09:00-17:00') });
    expect(text(tickOf(lordHowe, '2026-01-15'))).toBe('2026-01-15T06:00:00Z');
    expect(text(tickOf(lordHowe, '2026-07-15'))).toBe('2026-07-15T06:30:00Z');
    const kathmandu = calendar({ zone: 'Asia/Kathmandu', weekly: everyDay('09:00-17:00') });
    expect(text(tickOf(kathmandu, '2026-07-15'))).toBe('2026-07-15T11:15:00Z');
  });
});

describe('working days', () => {
  it('counts on and back over weekends and bank holidays', () => {
    const office = officeHours();
    expect(addWorkingDays(office, '2026-12-24', 1)).toBe('2026-12-29');
    expect(addWorkingDays(office, '2026-12-29', -1)).toBe('2026-12-24');
    expect(addWorkingDays(office, '2026-12-26', -2)).toBe('2026-12-23');
    expect(workingDaysInclusive(office, '2026-12-24', '2027-01-04')).toBe(5);
    expect(workingDaysInclusive(office, '2027-01-04', '2026-12-24')).toBe(0);
  });
});

describe('the horizon', () => {
  it('answers NEVER on a calendar that never opens', () => {
    const closed = calendar();
    expect(addOpenSeconds(closed, at('2026-03-02T09:00:00Z'), 1)).toBe(NEVER);
    expect(nextOpening(closed, at('2026-03-02T09:00:00Z'))).toBe(NEVER);
    expect(addWorkingDays(closed, '2026-03-02', 1)).toBeUndefined();
  });

  it('answers NEVER after the last extra opening and beyond the year 2199', () => {
    const once = calendar({ openings: { '2026-03-03': windows('09:00-10:00') } });
    expect(text(addOpenSeconds(once, at('2026-03-02T09:00:00Z'), HOUR))).toBe('2026-03-03T10:00:00Z');
    expect(addOpenSeconds(once, at('2026-03-02T09:00:00Z'), HOUR + 1)).toBe(NEVER);
    expect(addOpenSeconds(officeHours(), at('2026-03-02T09:00:00Z'), 1_000_000 * HOUR)).toBe(NEVER);
  });
});

describe('properties of open time', () => {
  const calendars: readonly CompiledCalendar[] = [
    officeHours(),
    calendar({ weekly: everyDay('22:00-06:00') }),
    calendar({ weekly: everyWeekday('08:30-12:30 13:30-17:30'), division: 'scotland' }),
    calendar({
      zone: 'America/New_York',
      weekly: { ...everyWeekday('00:00-08:00 18:00-24:00'), sat: windows('01:30-02:30') },
    }),
    calendar({ alwaysOpen: true }),
  ];
  const anyCalendar = fc.constantFrom(...calendars);
  const anyInstant = fc.integer({ min: at('2020-01-01T00:00:00Z'), max: at('2030-01-01T00:00:00Z') });
  const anySeconds = fc.integer({ min: 1, max: 2_000_000 });

  it('adding consumes exactly what was added, and no earlier instant does', () => {
    fc.assert(
      fc.property(anyCalendar, anyInstant, anySeconds, (cal, t, seconds) => {
        const end = addOpenSeconds(cal, t, seconds);
        expect(openSecondsBetween(cal, t, end)).toBe(seconds);
        expect(openSecondsBetween(cal, t, end - 1)).toBe(seconds - 1);
      }),
    );
  });

  it('subtracting gives back exactly what was taken, and no later instant does', () => {
    fc.assert(
      fc.property(anyCalendar, anyInstant, anySeconds, (cal, t, seconds) => {
        const start = subtractOpenSeconds(cal, t, seconds);
        expect(openSecondsBetween(cal, start, t)).toBe(seconds);
        expect(openSecondsBetween(cal, start + 1, t)).toBe(seconds - 1);
        expect(addOpenSeconds(cal, start, seconds)).toBeLessThanOrEqual(t);
      }),
    );
  });

  it('elapsed time adds up', () => {
    fc.assert(
      fc.property(anyCalendar, anyInstant, anyInstant, anyInstant, (cal, a, b, c) => {
        expect(openSecondsBetween(cal, a, b) + openSecondsBetween(cal, b, c)).toBe(openSecondsBetween(cal, a, c));
      }),
    );
  });

  it('every instant lies within its own date', () => {
    fc.assert(
      fc.property(anyCalendar, anyInstant, (cal, t) => {
        const date = localDateOf(cal, t);
        expect(startOfDate(cal, date)).toBeLessThanOrEqual(t);
        expect(tickOf(cal, date, 'endOfDay')).toBeGreaterThan(t);
      }),
    );
  });

  it('answers do not depend on which years were asked for first', () => {
    fc.assert(
      fc.property(anyInstant, anyInstant, anySeconds, (first, t, seconds) => {
        const warmed = officeHours();
        isOpenAt(warmed, first);
        expect(addOpenSeconds(warmed, t, seconds)).toBe(addOpenSeconds(officeHours(), t, seconds));
      }),
      { numRuns: 30 },
    );
  });
});
