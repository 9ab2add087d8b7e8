import { describe, expect, it } from 'vitest';
import { fromIsoText, toIsoText } from '../../../../runtime/engine/calendar/iso.ts';
import type { ClockSpec, CountedPeriod } from '../../../../runtime/engine/clock/state.ts';
import { toAmberPoint, toClockSpec } from '../../../../runtime/engine/clock/state.ts';
import { type PlayedTrace, playTrace, type TraceCommand } from '../../../../runtime/engine/simulate/trace.ts';
import { factsOf, reading, world } from './scenario.ts';

/** In March 2026 before the 29th London time is UTC; the 2nd is a Monday. */
function at(day: number, time: string): number {
  return fromIsoText(`2026-03-${String(day).padStart(2, '0')}T${time}:00Z`);
}

const hours = (value: number): CountedPeriod => ({ value, unit: 'hours' });
const office: ClockSpec = { calendar: 'EW-9-5', target: hours(8), amber: { seconds: 7200 }, pausable: true };

function play(spec: Partial<ClockSpec>, ...commands: TraceCommand[]): PlayedTrace {
  const start: TraceCommand = { at: at(2, '10:00'), verb: 'start' };
  return playTrace({ clock: { ...office, ...spec }, ladder: null, commands: [start, ...commands] }, world);
}

const pause = (day: number, time: string, reason = 'a'): TraceCommand => ({ at: at(day, time), verb: 'pause', reason });
const resume = (day: number, time: string, reason = 'a'): TraceCommand => ({
  at: at(day, time),
  verb: 'resume',
  reason,
});
const retarget = (day: number, time: string, target: CountedPeriod): TraceCommand => ({
  at: at(day, time),
  verb: 'retarget',
  target,
});
const tick = (day: number, time: string): TraceCommand => ({ at: at(day, time), verb: 'tick' });

describe('a retarget', () => {
  it('takes effect at the change when the shorter target is already used up, amber with it (C9)', () => {
    const played = play({}, retarget(2, '14:30', hours(4)));
    expect(factsOf(played, 'amber')).toEqual(['2026-03-02T14:30:00Z']);
    expect(played.clock.breach).toEqual({ at: at(2, '14:30'), revision: 1, reason: 'target-shortened' });
    expect(reading(played)).toMatchObject({ dueAt: '2026-03-02T14:00:00Z', colour: 'exceeded' });
  });

  it('breaches at the resume when it shortened a paused clock (C9)', () => {
    const played = play({}, pause(2, '13:00'), retarget(2, '14:00', hours(2)), tick(3, '09:00'));
    expect(reading(played)).toMatchObject({ phase: 'paused', breachedAt: null, dueAt: null, colour: 'onTrack' });
    const resumed = play({}, pause(2, '13:00'), retarget(2, '14:00', hours(2)), resume(3, '11:00'));
    expect(resumed.clock.breach).toEqual({ at: at(3, '11:00'), revision: 1, reason: 'target-shortened' });
  });

  it('recolours after a breach but does not erase it, and turns no amber again (C9)', () => {
    const extended = play({}, retarget(3, '12:00', hours(24)));
    expect(reading(extended)).toMatchObject({
      breachedAt: '2026-03-03T10:00:00Z',
      dueAt: '2026-03-05T10:00:00Z',
      colour: 'onTrack',
    });
    const later = play({}, retarget(3, '12:00', hours(24)), tick(6, '12:00'));
    expect(factsOf(later, 'amber')).toEqual(['2026-03-02T16:00:00Z']);
    expect(factsOf(later, 'breached')).toEqual(['2026-03-03T10:00:00Z']);
    expect(reading(later).colour).toBe('exceeded');
  });

  it('lets absent keys of the new target take their defaults (C9)', () => {
    const target: CountedPeriod = { value: 2, unit: 'workingDays', dayOne: 'same', dueAt: 'endOfDay' };
    const played = play({ target, amber: null }, retarget(2, '11:00', { value: 2, unit: 'workingDays' }));
    expect(reading(played).dueAt).toBe('2026-03-04T17:00:00Z');
  });

  it('does nothing to an ended clock', () => {
    const ended = play({}, { at: at(2, '12:00'), verb: 'complete' });
    const again = play({}, { at: at(2, '12:00'), verb: 'complete' }, retarget(2, '13:00', hours(1)));
    expect(again.clock).toEqual(ended.clock);
  });
});

describe('a pause', () => {
  it('costs a date target the days on whose tick it was on, and no other (C7)', () => {
    const target: CountedPeriod = { value: 3, unit: 'workingDays' };
    const dueAfter = (...commands: TraceCommand[]) => reading(play({ target, amber: null }, ...commands)).dueAt;
    expect(dueAfter()).toBe('2026-03-05T17:00:00Z');
    expect(dueAfter(pause(3, '09:00'), resume(3, '16:59'))).toBe('2026-03-05T17:00:00Z');
    expect(dueAfter(pause(3, '16:59'), resume(3, '17:01'))).toBe('2026-03-06T17:00:00Z');
    expect(dueAfter(pause(3, '17:00'), resume(4, '09:00'))).toBe('2026-03-05T17:00:00Z');
    expect(dueAfter(pause(3, '09:00'), resume(3, '17:00'))).toBe('2026-03-06T17:00:00Z');
  });

  it('never costs the start date under "same" (C7)', () => {
    const target: CountedPeriod = { value: 2, unit: 'workingDays', dayOne: 'same' };
    expect(reading(play({ target, amber: null }, pause(2, '12:00'), resume(3, '09:00'))).dueAt).toBe(
      '2026-03-03T17:00:00Z',
    );
  });

  it('moves a week target by one calendar day a tick before it rolls (T15)', () => {
    const target: CountedPeriod = { value: 1, unit: 'weeks', roll: 'nextWorkingDay' };
    const due = (...commands: TraceCommand[]) => reading(play({ target, amber: null }, ...commands)).dueAt;
    expect(due()).toBe('2026-03-09T17:00:00Z');
    expect(due(pause(3, '12:00'), resume(5, '09:00'))).toBe('2026-03-11T17:00:00Z');
    expect(due(pause(2, '18:00'), resume(7, '09:00'))).toBe('2026-03-13T17:00:00Z');
    expect(due(pause(3, '12:00'), resume(8, '09:00'))).toBe('2026-03-16T17:00:00Z');
  });

  it('has a review date, by default the fifth working day (C13)', () => {
    expect(play({}, pause(2, '12:00')).clock.pauses).toEqual([
      { reason: 'a', since: at(2, '12:00'), reviewAt: at(9, '17:00') },
    ]);
  });

  it('shows the deadline as if it were resumed now (C5)', () => {
    const shown = reading(play({}, pause(2, '12:00'), tick(4, '12:00')));
    expect(toIsoText(shown.dueIfResumedNow ?? 0)).toBe('2026-03-05T10:00:00Z');
  });

  it('does not touch a clock that is not pausable, and says so each time (C17, T9)', () => {
    const played = play({ pausable: false }, pause(2, '12:00'), pause(2, '13:00'), resume(2, '14:00'));
    expect(played.clockFacts.map(({ kind }) => kind)).toEqual(['started', 'pauseIgnored', 'pauseIgnored']);
    expect(reading(played)).toMatchObject({ phase: 'running', dueAt: '2026-03-03T10:00:00Z' });
  });

  it('at the very deadline comes before the breach, which then waits for the resume (C2, C5)', () => {
    const played = play({ amber: null }, pause(3, '10:00'), resume(4, '09:00'), tick(4, '12:00'));
    expect(factsOf(played, 'breached')).toEqual(['2026-03-04T09:00:00Z']);
    expect(reading(played).overdue).toBe(10_800);
  });
});

describe('an end', () => {
  it('by cancelling counts as breached only where a breach was recorded', () => {
    expect(reading(play({}, { at: at(2, '12:00'), verb: 'cancel' })).outcome).toBe('cancelled');
    expect(reading(play({}, { at: at(4, '12:00'), verb: 'cancel' })).outcome).toBe('breached');
  });

  it('at the instant of the deadline is met even when the ticker comes at the same instant after it (C2)', () => {
    expect(reading(play({}, { at: at(3, '10:00'), verb: 'complete' }, tick(3, '10:00'))).outcome).toBe('met');
    expect(reading(play({}, tick(3, '10:00'), { at: at(3, '10:00'), verb: 'complete' })).outcome).toBe('breached');
  });
});

describe('a re-opening', () => {
  const complete: TraceCommand = { at: at(2, '15:00'), verb: 'complete' };
  const reopen = (policy: 'resume' | 'continue' | 'restart'): TraceCommand => ({
    at: at(3, '13:00'),
    verb: 'reopen',
    policy,
  });

  it('leaves out, counts or starts anew by its policy (C11)', () => {
    expect(reading(play({}, complete, reopen('resume')))).toMatchObject({
      dueAt: '2026-03-03T16:00:00Z',
      consumed: 18_000,
      breachedAt: null,
    });
    expect(reading(play({}, complete, reopen('continue')))).toMatchObject({
      consumed: 39_600,
      breachedAt: '2026-03-03T10:00:00Z',
    });
    const restarted = play({}, complete, reopen('restart'));
    expect(reading(restarted)).toMatchObject({ dueAt: '2026-03-04T13:00:00Z', consumed: 0 });
    expect(restarted.clock.pastCycles).toEqual([
      { cycle: 0, startedAt: at(2, '10:00'), endedAt: at(2, '15:00'), outcome: 'met', breachedAt: null },
    ]);
  });

  it('withdraws a met outcome and keeps an earlier breach (C11)', () => {
    const late: TraceCommand = { at: at(3, '11:00'), verb: 'complete' };
    const played = play({}, late, { ...reopen('resume'), at: at(4, '09:00') }, tick(4, '10:00'));
    expect(reading(played)).toMatchObject({ outcome: 'open', breachedAt: '2026-03-03T10:00:00Z', overdue: 7200 });
    expect(factsOf(played, 'breached')).toHaveLength(1);
  });
});

describe('the points of a target', () => {
  it('put amber hours before a date deadline back over closed time (T8)', () => {
    const target: CountedPeriod = { value: 3, unit: 'workingDays', dueAt: '12:00' };
    expect(reading(play({ target, amber: { seconds: 4 * 3600 } })).amberAt).toBe('2026-03-04T16:00:00Z');
    expect(reading(play({ target, amber: { seconds: 3 * 3600 } })).amberAt).toBe('2026-03-04T17:00:00Z');
  });

  it('count amber of months back in calendar days from the final date (T15)', () => {
    const target: CountedPeriod = { value: 1, unit: 'months', roll: 'nextWorkingDay' };
    const shown = reading(play({ target, amber: { ticks: 3 } }));
    expect(shown).toMatchObject({ dueAt: '2026-04-02T16:00:00Z', amberAt: '2026-03-30T16:00:00Z' });
  });

  it('round a percentage up to a whole second or tick (T8)', () => {
    expect(reading(play({ target: { value: 1, unit: 'minutes' }, amber: { percent: 33 } })).amberAt).toBe(
      '2026-03-02T10:00:20Z',
    );
    const target: CountedPeriod = { value: 5, unit: 'workingDays' };
    expect(reading(play({ target, amber: { percent: 50 } })).amberAt).toBe('2026-03-05T17:00:00Z');
  });

  it('breach at the start a target whose only tick was before it (T6)', () => {
    const target: CountedPeriod = { value: 1, unit: 'workingDays', dayOne: 'same', dueAt: '09:30' };
    const played = play({ target, amber: null }, tick(2, '10:01'));
    expect(reading(played)).toMatchObject({ dueAt: '2026-03-02T09:30:00Z', breachedAt: '2026-03-02T10:00:00Z' });
  });

  it('are read from an SLA of the configuration, no amber at zero before the deadline (T8)', () => {
    const sla = {
      target: { value: 2, unit: 'weeks' as const },
      amber: { before: { value: 1, unit: 'weeks' as const } },
    };
    expect(toClockSpec(sla, 'office')).toEqual({
      calendar: 'office',
      target: sla.target,
      amber: { ticks: 7 },
      pausable: true,
    });
    expect(toAmberPoint({ before: { value: 0, unit: 'hours' } })).toBeNull();
  });
});
