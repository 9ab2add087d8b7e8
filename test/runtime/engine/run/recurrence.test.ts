import { describe, expect, it } from 'vitest';
import { DAY, launchedCase, lives, MONDAY } from './drawing.ts';

const every = { value: 7, unit: 'calendarDays' };
const outcomes = {
  again: { order: 1, label: 'Again', kind: 'neutral' },
  enough: { order: 2, label: 'Enough', kind: 'success' },
};
const midnight = (date: string): number => Date.parse(`${date}T00:00:00Z`) / 1000;
const drawing = (recurrence: object) => ({ nodes: { A: { task: { repeatable: true, outcomes, recurrence } } } });

describe('a recurrent task', () => {
  it('comes again a period after its completion, until its outcome (C15)', () => {
    const player = launchedCase(drawing({ every, anchor: 'completion', until: { outcome: 'enough' } }));
    player.send(MONDAY + 2 * DAY, { type: 'completeTask', task: 'A', outcome: 'again' });
    expect(lives(player)).toEqual({ A: 'complete', 'A.2': 'pending' });
    expect(player.state.releases).toEqual({ 'A.2': midnight('2027-01-13') });
    player.runTo(midnight('2027-01-14'));
    expect(player.state.tasks['A.2']).toMatchObject({ life: 'ready', activeAt: midnight('2027-01-13') });
    player.send(midnight('2027-01-14'), { type: 'completeTask', task: 'A.2', outcome: 'enough' });
    player.runTo(midnight('2027-12-01'));
    expect(Object.keys(player.state.tasks)).toEqual(['A', 'A.2']);
  });

  it('keeps to its schedule, never overlaps by default, and stops at its maximum', () => {
    const player = launchedCase(drawing({ every, anchor: 'schedule', until: 'none', max: 3 }));
    player.runTo(midnight('2027-01-20'));
    expect(lives(player)).toEqual({ A: 'ready' });
    player.send(midnight('2027-01-20'), { type: 'completeTask', task: 'A', outcome: 'again' });
    expect(lives(player)).toEqual({ A: 'complete', 'A.2': 'ready' });
    player.send(midnight('2027-01-20'), { type: 'completeTask', task: 'A.2', outcome: 'again' });
    // Started on 4 January: the third is due to start on the 18th, which has passed.
    expect(lives(player)).toEqual({ A: 'complete', 'A.2': 'complete', 'A.3': 'ready' });
    player.send(midnight('2027-01-20'), { type: 'completeTask', task: 'A.3', outcome: 'again' });
    expect(Object.keys(player.state.tasks)).toEqual(['A', 'A.2', 'A.3']);
  });

  it('overlaps where that is wanted, and ends on its date', () => {
    const player = launchedCase(drawing({ every, anchor: 'schedule', until: { date: '2027-01-18' }, overlap: 'yes' }));
    player.runTo(midnight('2027-03-01'));
    expect(lives(player)).toEqual({ A: 'ready', 'A.2': 'ready', 'A.3': 'ready' });
    expect(player.send(midnight('2027-03-01'), { type: 'advance' })).toEqual([]);
  });
});

describe('the end of a series', () => {
  it('comes with its outcome on any occurrence, also where they overlap', () => {
    const player = launchedCase(drawing({ every, anchor: 'schedule', until: { outcome: 'enough' }, overlap: 'yes' }));
    player.runTo(midnight('2027-01-12'));
    expect(Object.keys(player.state.tasks)).toEqual(['A', 'A.2', 'A.3']);
    player.send(midnight('2027-01-12'), { type: 'completeTask', task: 'A', outcome: 'enough' });
    player.runTo(midnight('2027-03-01'));
    expect(Object.keys(player.state.tasks)).toEqual(['A', 'A.2', 'A.3']);
  });

  it('comes when an occurrence is cancelled; bypassing skips that one', () => {
    const recurrence = { every, anchor: 'completion', until: 'none', max: 5 };
    const player = launchedCase(drawing(recurrence));
    player.send(MONDAY, { type: 'bypassTask', task: 'A', reason: 'on holiday' });
    expect(lives(player)).toEqual({ A: 'bypassed', 'A.2': 'pending' });
    player.send(MONDAY, { type: 'cancelTask', task: 'A.2', reason: 'moved away', confirmed: [] });
    player.runTo(midnight('2027-03-01'));
    expect(Object.keys(player.state.tasks)).toEqual(['A', 'A.2']);
  });

  it('counts hours of a schedule from the first occurrence, not from the last completion', () => {
    const hourly = { every: { value: 3, unit: 'hours' }, anchor: 'schedule', until: 'none', max: 3 };
    const player = launchedCase(drawing(hourly));
    player.send(MONDAY + 3600, { type: 'completeTask', task: 'A', outcome: 'again' });
    expect(player.state.releases['A.2']).toBe(MONDAY + 3 * 3600);
  });

  it('never makes an occurrence twice, whatever asks again', () => {
    const player = launchedCase(drawing({ every, anchor: 'completion', until: 'none', max: 9 }));
    player.send(MONDAY, { type: 'completeTask', task: 'A', outcome: 'again' });
    player.send(MONDAY, { type: 'advance' });
    player.send(MONDAY, { type: 'addNote', text: 'x' });
    player.send(MONDAY, { type: 'reopenTask', task: 'A', reason: 'x' });
    player.send(MONDAY, { type: 'completeTask', task: 'A', outcome: 'again' });
    expect(Object.keys(player.state.tasks)).toEqual(['A', 'A.2']);
  });

  it('does not hold back what comes after the task: its first completion is enough', () => {
    const { nodes } = drawing({ every, anchor: 'completion', until: 'none', max: 9 });
    const player = launchedCase({ nodes: { ...nodes, B: {} }, links: ['A>B'] });
    player.send(MONDAY, { type: 'completeTask', task: 'A', outcome: 'again' });
    expect(lives(player)).toMatchObject({ 'A.2': 'pending', B: 'ready' });
    player.runTo(MONDAY + 20 * DAY);
    expect(lives(player)).toMatchObject({ 'A.2': 'ready', B: 'ready' });
  });
});
