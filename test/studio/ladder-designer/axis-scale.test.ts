import { describe, expect, it } from 'vitest';
import { calendarsOf, fromIsoText, toIsoText } from '../../../studio/document/time-engine.ts';
import { closedStretches, dropTrigger, makeScale, unitsBetween } from '../../../studio/ladder-designer/axis-scale.ts';
import { loadHousing } from '../../support/configuration.ts';

const office = calendarsOf(loadHousing().configuration)['england-and-wales'];
if (!office) throw new Error('the shipped configuration has the calendar england-and-wales');
const at = (text: string) => fromIsoText(`${text}Z`);
/** Thursday 17 December 2026 to Thursday 7 January 2027, both 09:00: 13 working days of eight hours. */
const [from, until] = [at('2026-12-17T09:00:00'), at('2027-01-07T09:00:00')];

describe('the axis of a ladder', () => {
  it('leaves nights, weekends and Christmas out of working time', () => {
    // Thu 17, Fri 18, Mon 21 to Thu 24, Tue 29 to Thu 31, Mon 4 to Wed 6 = 12 whole days up to Thursday 09:00.
    const scale = makeScale(office, 'working', from, until);
    expect(scale.toPlace(at('2026-12-24T17:00:00'))).toBeCloseTo(6 / 12);
    expect(scale.toPlace(at('2026-12-29T09:00:00'))).toBeCloseTo(6 / 12);
    expect(toIsoText(scale.toInstant(7 / 12))).toBe('2026-12-29T17:00:00Z');
    expect(scale.toPlace(at('2027-03-01T09:00:00'))).toBe(1);
  });

  it('shows elapsed time as it passes, with the stretches on which nobody works', () => {
    const scale = makeScale(office, 'elapsed', from, until);
    expect(scale.toPlace(at('2026-12-27T21:00:00'))).toBeCloseTo(0.5);
    expect(closedStretches(office, from, until)).toEqual([
      { from: '2026-12-19', to: '2026-12-21' },
      { from: '2026-12-25', to: '2026-12-29' },
      { from: '2027-01-01', to: '2027-01-04' },
    ]);
  });

  it('counts what lies between in the unit of the rung', () => {
    const breach = at('2026-12-24T17:00:00');
    expect(unitsBetween(office, 'workingDays', breach, at('2026-12-30T17:00:00'))).toBe(2);
    expect(unitsBetween(office, 'calendarDays', breach, at('2026-12-30T17:00:00'))).toBe(6);
    expect(unitsBetween(office, 'hours', breach, at('2026-12-29T11:00:00'))).toBe(2);
    expect(unitsBetween(office, 'workingDays', breach, at('2026-12-22T17:00:00'))).toBe(-2);
  });

  it('turns the place where a rung is dropped into its offset or wait', () => {
    const breach = at('2026-12-24T17:00:00');
    const dropped = at('2026-12-31T12:00:00');
    expect(dropTrigger(office, { on: 'breached' }, breach, dropped)).toEqual({
      on: 'breached',
      offset: { value: 3, unit: 'workingDays' },
    });
    expect(dropTrigger(office, { on: 'breached', offset: { value: 3, unit: 'workingDays' } }, breach, breach)).toEqual({
      on: 'breached',
    });
    const wait = { on: 'followOn', after: 'x', for: { value: 1, unit: 'hours' } } as const;
    expect(dropTrigger(office, wait, breach, at('2026-12-20T09:00:00')).for).toEqual({ value: 0, unit: 'hours' });
  });
});
