import { describe, expect, it } from 'vitest';
import { shippedBankHolidays } from '../../../../runtime/engine/calendar/bank-holidays.ts';
import { fromIsoText, toIsoText } from '../../../../runtime/engine/calendar/iso.ts';
import { calculateDue, type TriedPause } from '../../../../runtime/engine/clock/calculate-due.ts';
import { compileCalendars } from '../../../../runtime/engine/plan/calendars.ts';
import type { Sla, Target } from '../../../../schemas/period.ts';
import { loadHousing } from '../../../support/configuration.ts';

const calendars = compileCalendars(loadHousing().configuration, shippedBankHolidays);
const calendarOf = (key: string) => {
  const found = calendars[key];
  if (!found) throw new RangeError(key);
  return found;
};

function due(target: Target, start: string, pauses: readonly TriedPause[] = [], more: Partial<Sla> = {}) {
  return calculateDue({ target, ...more }, 'england-and-wales', fromIsoText(start), pauses, calendarOf);
}
const at = (found: ReturnType<typeof due>) => (found.dueAt === null ? null : toIsoText(found.dueAt));
const five: Target = { value: 5, unit: 'workingDays' };

describe('when something would be due', () => {
  it('counts working days over Christmas and says which it left out', () => {
    // From Tuesday 22 December 2026: Wed 23, Thu 24, Tue 29, Wed 30, Thu 31.
    const found = due(five, '2026-12-22T10:00:00Z', [], { amber: { before: { value: 1, unit: 'workingDays' } } });
    expect(at(found)).toBe('2026-12-31T17:00:00Z');
    expect(toIsoText(found.amberAt ?? 0)).toBe('2026-12-30T17:00:00Z');
    expect(found.text).toMatch(/^5 working days from .*22 Dec.*skipped .*25.*28/);
    expect(found.dueOn).toBe('2026-12-31');
    const strip = Object.fromEntries(found.days.map(({ date, kind, reason }) => [date.slice(5), reason ?? kind]));
    expect(strip).toMatchObject({
      '12-22': 'open',
      '12-25': 'Christmas Day',
      '12-26': 'closed',
      '12-28': 'Boxing Day',
      '01-01': 'New Year’s Day',
    });
  });

  it('leaves paused days out, and has no date while a pause is on', () => {
    const pause = { from: fromIsoText('2026-12-23T12:00:00Z'), until: fromIsoText('2026-12-30T18:00:00Z') };
    // Nothing counts from Wed 23 to Wed 30: Thu 31, Mon 4, Tue 5, Wed 6, Thu 7.
    expect(at(due(five, '2026-12-22T10:00:00Z', [pause]))).toBe('2027-01-07T17:00:00Z');
    const open = due(five, '2026-12-22T10:00:00Z', [{ from: pause.from }]);
    expect([open.dueAt, open.dueOn]).toEqual([null, null]);
    expect(open.text).toContain('no deadline while it is paused');
  });

  it('never pauses what the law counts', () => {
    const pause = { from: fromIsoText('2026-12-23T12:00:00Z'), until: fromIsoText('2026-12-30T18:00:00Z') };
    expect(at(due(five, '2026-12-22T10:00:00Z', [pause], { pausable: false }))).toBe('2026-12-31T17:00:00Z');
  });

  it('marks the days on which the clocks change', () => {
    // The clocks go forward on Sunday 28 March 2027.
    const { days } = due({ value: 8, unit: 'calendarDays' }, '2027-03-24T10:00:00Z');
    expect(days.filter(({ clocks }) => clocks)).toEqual([{ date: '2027-03-28', kind: 'closed', clocks: 'forward' }]);
  });

  it('leaves out a pause that ends before it begins', () => {
    const wrong = { from: fromIsoText('2026-12-23T12:00:00Z'), until: fromIsoText('2026-12-22T12:00:00Z') };
    expect(at(due(five, '2026-12-22T10:00:00Z', [wrong]))).toBe('2026-12-31T17:00:00Z');
  });
});
