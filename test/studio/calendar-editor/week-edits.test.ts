import { describe, expect, it } from 'vitest';
import { Weekday } from '../../../schemas/calendar.ts';
import {
  blocksOf,
  freeWindow,
  nudge,
  openMinutes,
  replaceWindow,
  spanOf,
  windowOf,
} from '../../../studio/calendar-editor/week-edits.ts';

const night = { start: '22:00', end: '06:00' };
const office = { start: '09:00', end: '17:00' };

describe('the windows of a week', () => {
  it('lets a window that ends at or before its start end on the next day', () => {
    expect(spanOf(night)).toEqual({ from: 1320, until: 1800 });
    expect(spanOf({ start: '00:00', end: '24:00' })).toEqual({ from: 0, until: 1440 });
    expect(windowOf({ from: 1320, until: 1800 })).toEqual(night);
  });

  it('draws the tail of a night in the column of the next day, over the end of the week too', () => {
    expect(blocksOf({ sun: [night], mon: [office] }, Weekday.options, 'mon')).toEqual([
      { at: 0, from: 0, until: 360, isTail: true },
      { at: 0, from: 540, until: 1020, isTail: false },
    ]);
  });

  it('moves a window by quarters of an hour, and no further than the day', () => {
    expect(nudge(office, 2, 'whole')).toEqual({ start: '09:30', end: '17:30' });
    expect(nudge(office, -1, 'end')).toEqual({ start: '09:00', end: '16:45' });
    expect(nudge({ start: '00:00', end: '01:00' }, -4, 'whole')).toEqual({ start: '00:00', end: '01:00' });
    expect(nudge(night, 4, 'end')).toEqual({ start: '22:00', end: '07:00' });
    expect(nudge({ start: '09:00', end: '09:15' }, -4, 'end')).toEqual({ start: '09:00', end: '09:15' });
  });

  it('keeps the windows of a day in order', () => {
    const day = [
      { start: '09:00', end: '12:00' },
      { start: '13:00', end: '17:00' },
    ];
    expect(replaceWindow(day, 0, { start: '18:00', end: '19:00' }).map(({ start }) => start)).toEqual([
      '13:00',
      '18:00',
    ]);
    expect(replaceWindow(day, 1, undefined)).toEqual([day[0]]);
    expect(freeWindow(day)).toEqual({ start: '18:00', end: '19:00' });
    expect(freeWindow([])).toEqual(office);
  });

  it('counts the open time of a week', () => {
    expect(openMinutes({ mon: [office], tue: [night] })).toBe(16 * 60);
  });
});
