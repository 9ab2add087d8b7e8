import { describe, expect, it } from 'vitest';
import { shippedBankHolidays } from '../../../../runtime/engine/calendar/bank-holidays.ts';
import { calendarProblems } from '../../../../runtime/engine/calendar/problems.ts';
import type { CalendarContent } from '../../../../schemas/calendar.ts';
import { content, everyDay, everyWeekday, windows } from './calendars.ts';

const codes = (parts: Partial<CalendarContent>): string[] =>
  calendarProblems(content(parts), shippedBankHolidays).map(({ code, pointer }) => `${code} ${pointer}`);

describe('problems of a calendar', () => {
  it('accepts windows that touch, also over midnight, and refuses windows that overlap', () => {
    expect(codes({ weekly: everyDay('00:00-06:00 06:00-12:00 22:00-24:00') })).toEqual([]);
    expect(codes({ weekly: everyWeekday('22:00-06:00') })).toEqual([]);
    expect(codes({ weekly: { mon: windows('09:00-12:01 12:00-17:00') } })).toEqual([
      'CALENDAR_WINDOWS_OVERLAP /weekly/mon/1',
    ]);
    expect(codes({ weekly: { sun: windows('22:00-06:00'), mon: windows('05:59-09:00') } })).toEqual([
      'CALENDAR_WINDOWS_OVERLAP /weekly/mon/0',
    ]);
  });

  it('names an unknown zone', () => {
    expect(codes({ zone: 'Europe/Lundon', alwaysOpen: true })).toEqual(['CALENDAR_ZONE_UNKNOWN /zone']);
  });

  it('names a calendar that never opens; an extra opening is enough to open', () => {
    expect(codes({})).toEqual(['CALENDAR_NEVER_OPENS /weekly']);
    expect(codes({ openings: { '2026-03-03': windows('09:00-10:00') } })).toEqual([]);
  });

  it('warns of an extra opening on a closed date', () => {
    const parts = {
      alwaysOpen: true,
      closed: { '2026-03-03': 'x' },
      openings: { '2026-03-03': windows('09:00-10:00') },
    };
    expect(codes(parts)).toEqual(['CALENDAR_OPENING_ON_CLOSED_DATE /openings/2026-03-03']);
  });

  it('warns when a service with bank holidays is open on Boxing Day itself', () => {
    const saturdays = { weekly: { sat: windows('09:00-13:00') }, division: 'england-and-wales' } as const;
    const days = calendarProblems(content(saturdays), shippedBankHolidays).map(({ values }) => values['date']);
    expect(days).toEqual(['2020-12-26', '2021-12-25', '2022-01-01', '2026-12-26', '2027-12-25', '2028-01-01']);
    expect(
      calendarProblems(content({ ...saturdays, weekly: everyWeekday('09:00-17:00') }), shippedBankHolidays),
    ).toEqual([]);
  });
});
