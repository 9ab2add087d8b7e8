import { describe, expect, it } from 'vitest';
import { shippedBankHolidays } from '../../../../runtime/engine/calendar/bank-holidays.ts';
import { importBankHolidays } from '../../../../runtime/engine/calendar/import-bank-holidays.ts';

const feed = {
  'england-and-wales': {
    division: 'england-and-wales',
    events: [
      { title: 'New Year’s Day', date: '2029-01-01', notes: '', bunting: true },
      { title: 'Good Friday', date: '2028-04-14', notes: '', bunting: false },
    ],
  },
  scotland: { division: 'scotland', events: [] },
  'northern-ireland': { division: 'northern-ireland', events: [{ title: 'no date' }] },
};

describe('bank holidays (T4)', () => {
  it('ships the substitute days and the late additions of 2019 to 2028', () => {
    const { scotland, 'england-and-wales': england } = shippedBankHolidays;
    expect(england['2026-12-28']).toBe('Boxing Day');
    expect(england['2026-12-26']).toBeUndefined();
    expect(scotland['2026-06-15']).toBe('World Cup bank holiday');
    const sizes = Object.values(shippedBankHolidays).map((dates) => Object.keys(dates).length);
    expect(sizes).toEqual([83, 94, 103]);
  });

  it('adds what is new and keeps what the feed no longer lists', () => {
    const { holidays, added, kept } = importBankHolidays(shippedBankHolidays, feed);
    expect(added).toEqual([{ division: 'england-and-wales', date: '2029-01-01', title: 'New Year’s Day' }]);
    expect(holidays['england-and-wales']['2019-01-01']).toBe('New Year’s Day');
    expect(Object.keys(holidays.scotland)).toHaveLength(94);
    expect(kept).toContainEqual({ division: 'scotland', date: '2019-01-02' });
    expect(Object.keys(shippedBankHolidays['england-and-wales'])).toHaveLength(83);
  });

  it('names events it cannot read and a file that is something else', () => {
    expect(importBankHolidays(shippedBankHolidays, feed).problems).toHaveLength(1);
    expect(importBankHolidays(shippedBankHolidays, []).problems).toHaveLength(3);
  });
});
