import { describe, expect, it } from 'vitest';
import { shippedBankHolidays } from '../../../../runtime/engine/calendar/bank-holidays.ts';
import { compileCalendar } from '../../../../runtime/engine/calendar/compile.ts';
import { addOpenSeconds, isWorkingDay, openSecondsBetween, tickOf } from '../../../../runtime/engine/calendar/time.ts';
import { at, content, everyWeekday, text } from './calendars.ts';

const office = content({ weekly: everyWeekday('09:00-17:00') });
const longer = content({ weekly: everyWeekday('08:00-20:00') });

function publishedLater(later: typeof office, publishedAt: string) {
  return compileCalendar(
    [
      { publishedAt: null, content: office },
      { publishedAt: at(publishedAt), content: later },
    ],
    shippedBankHolidays,
  );
}

describe('versions of a calendar (T3)', () => {
  it('decides each instant by the newest version published at or before it', () => {
    const cal = publishedLater(longer, '2026-03-03T12:00:00Z');
    expect(openSecondsBetween(cal, at('2026-03-03T00:00:00Z'), at('2026-03-04T00:00:00Z'))).toBe(11 * 3600);
    expect(openSecondsBetween(cal, at('2026-03-02T00:00:00Z'), at('2026-03-03T00:00:00Z'))).toBe(8 * 3600);
    expect(text(addOpenSeconds(cal, at('2026-03-03T09:00:00Z'), 12 * 3600))).toBe('2026-03-04T09:00:00Z');
  });

  it('takes a date closed before its close of business out of the working days', () => {
    const closed = { ...office, closed: { '2026-03-03': 'flood' } };
    const cal = publishedLater(closed, '2026-03-03T12:00:00Z');
    expect(isWorkingDay(cal, '2026-03-03')).toBe(false);
    expect(openSecondsBetween(cal, at('2026-03-03T00:00:00Z'), at('2026-03-04T00:00:00Z'))).toBe(3 * 3600);
  });

  it('leaves a working day that has closed already as it was', () => {
    const closed = { ...office, closed: { '2026-03-03': 'flood' } };
    const cal = publishedLater(closed, '2026-03-03T17:00:01Z');
    expect(isWorkingDay(cal, '2026-03-03')).toBe(true);
    expect(text(tickOf(cal, '2026-03-03'))).toBe('2026-03-03T17:00:00Z');
  });

  it('takes versions in any order, and the last of two published at once', () => {
    const cal = compileCalendar(
      [
        { publishedAt: at('2026-03-03T12:00:00Z'), content: office },
        { publishedAt: at('2026-03-03T12:00:00Z'), content: longer },
        { publishedAt: at('2026-03-01T00:00:00Z'), content: office },
      ],
      shippedBankHolidays,
    );
    expect(text(tickOf(cal, '2026-03-02'))).toBe('2026-03-02T17:00:00Z');
    expect(text(tickOf(cal, '2026-03-03'))).toBe('2026-03-03T20:00:00Z');
  });

  it('refuses an unknown zone and a calendar without a version, saying what to do', () => {
    const mars = content({ zone: 'Mars/Olympus' });
    expect(() => compileCalendar([{ publishedAt: null, content: mars }], shippedBankHolidays)).toThrow(
      /Europe\/London/,
    );
    expect(() => compileCalendar([], shippedBankHolidays)).toThrow(/at least one/);
  });
});
