import { describe, expect, it } from 'vitest';
import { fromIsoText, toIsoText } from '../../../../runtime/engine/calendar/iso.ts';
import { applyToClock, makeClock } from '../../../../runtime/engine/clock/commands.ts';
import type { ClockSpec, CountedPeriod } from '../../../../runtime/engine/clock/state.ts';
import { advanceLadder } from '../../../../runtime/engine/ladder/advance.ts';
import { armLadder, muteDueRungs } from '../../../../runtime/engine/ladder/commands.ts';
import type { LadderRung, LadderSpec } from '../../../../runtime/engine/ladder/state.ts';
import { type PlayedTrace, playTrace, type TraceCommand } from '../../../../runtime/engine/simulate/trace.ts';
import { firingsOf, seconds, world } from '../clock/scenario.ts';

/** In March 2026 before the 29th London time is UTC; Monday is the 2nd. */
const days = { Tue24Feb: '02-24', Mon: '03-02', Tue: '03-03', Wed: '03-04', Thu: '03-05', Fri: '03-06', Mon9: '03-09' };

function at(day: keyof typeof days, time: string): number {
  return fromIsoText(`2026-${days[day]}T${time}:00Z`);
}

function shown(played: PlayedTrace): string[] {
  const names = Object.fromEntries(Object.entries(days).map(([name, date]) => [date, name]));
  return played.ladderFacts.flatMap((fact) => {
    if (fact.kind !== 'fired') return [];
    const text = toIsoText(fact.effectiveAt);
    const people = fact.recipients.map(({ id }) => id).join('+');
    return [`${fact.rung}.${fact.occurrence} ${names[text.slice(5, 10)] ?? text} ${text.slice(11, 16)} ${people}`];
  });
}

function rung(key: string, trigger: LadderRung['trigger'], more: Partial<LadderRung> = {}): LadderRung {
  const base = {
    to: ['owner'],
    fallback: [],
    channels: ['email'],
    template: key,
    actions: [{ do: 'notify' }],
    urgent: false,
  } as const;
  return { key, trigger, ...base, ...more };
}

const hours = (value: number): CountedPeriod => ({ value, unit: 'hours' });
const late = rung('late', { on: 'breached' });

function ladder(rungs: readonly LadderRung[], more: Partial<LadderSpec> = {}): LadderSpec {
  return { key: 'L', subject: 'task', calendar: 'EW-9-5', rungs, holdFor: hours(8), fallback: [], ...more };
}

/** Eight hours from Monday 10:00, so due on Tuesday 10:00; amber two hours before, on Monday 16:00. */
const clock: ClockSpec = { calendar: 'EW-9-5', target: hours(8), amber: { seconds: 7200 }, pausable: true };

function play(
  spec: LadderSpec,
  commands: readonly TraceCommand[],
  more: { clock?: ClockSpec; owner?: string | null; until?: number } = {},
) {
  const trace = {
    clock: more.clock ?? clock,
    ladder: { spec, owner: more.owner === undefined ? 'A' : more.owner },
    commands: [
      { at: at('Mon', '10:00'), verb: 'start' } as const,
      ...commands,
      { at: more.until ?? at('Mon9', '17:01'), verb: 'runTo' } as const,
    ],
  };
  return playTrace(trace, world);
}

const follow = (wait: CountedPeriod, more: Partial<LadderRung['trigger']> = {}) =>
  rung('next', { on: 'followOn', after: 'late', for: wait, ...more });

describe('the escalation ladder', () => {
  it('freezes a wait in a pause with its remaining open time (E3)', () => {
    const played = play(ladder([late, follow(hours(8))]), [
      { at: at('Tue', '12:00'), verb: 'pause', reason: 'a' },
      { at: at('Thu', '09:00'), verb: 'resume', reason: 'a' },
    ]);
    expect(shown(played)).toEqual(['late.1 Tue 10:00 A', 'next.1 Thu 15:00 A']);
  });

  it('does not lengthen a hold by a pause (E3)', () => {
    const played = play(ladder([late, follow(hours(2))]), [
      { at: at('Tue', '11:00'), verb: 'ack' },
      { at: at('Tue', '11:30'), verb: 'pause', reason: 'a' },
      { at: at('Wed', '09:00'), verb: 'resume', reason: 'a' },
    ]);
    expect(shown(played)).toEqual(['late.1 Tue 10:00 A', 'next.1 Wed 11:00 A']);
  });

  it('fires at the resume what a hold that ended in the pause had deferred', () => {
    const played = play(ladder([late, follow(hours(2))]), [
      { at: at('Tue', '11:00'), verb: 'ack' },
      { at: at('Tue', '13:00'), verb: 'pause', reason: 'a' },
      { at: at('Thu', '09:00'), verb: 'resume', reason: 'a' },
    ]);
    expect(shown(played)).toEqual(['late.1 Tue 10:00 A', 'next.1 Thu 09:00 A']);
  });

  it('clears an acknowledgement by a breach and fires the deferred rung with it (E7, E19)', () => {
    const rungs = [
      rung('warn', { on: 'warning' }),
      rung('soon', { on: 'followOn', after: 'warn', for: hours(1) }),
      late,
    ];
    const played = play(ladder(rungs), [{ at: at('Mon', '16:30'), verb: 'ack' }]);
    expect(shown(played)).toEqual(['warn.1 Mon 16:00 A', 'soon.1 Tue 10:00 A', 'late.1 Tue 10:00 A']);
    const cleared = played.ladderFacts.filter(({ kind }) => kind === 'holdCleared');
    expect(cleared.map(({ effectiveAt }) => effectiveAt)).toEqual([at('Tue', '10:00')]);
    expect(played.ladder?.hold).toBeNull();
  });

  it('fires a deferred rung at once to the new owner when a reassignment clears the hold (E9, E19)', () => {
    const played = play(ladder([late, follow(hours(2))]), [
      { at: at('Tue', '11:00'), verb: 'ack' },
      { at: at('Tue', '14:00'), verb: 'reassign', to: 'B' },
    ]);
    expect(shown(played)).toEqual(['late.1 Tue 10:00 A', 'next.1 Tue 14:00 B']);
    expect(played.messages.map(({ recipient, rung: key }) => `${recipient.id} ${key}`)).toEqual([
      'A late',
      'B assigned',
      'B next',
    ]);
  });

  it('lets a second acknowledgement replace the hold and takes one before any firing (E19)', () => {
    const spec = ladder([
      rung('warn', { on: 'warning' }),
      rung('soon', { on: 'followOn', after: 'warn', for: hours(1) }),
    ]);
    const once = play(spec, [{ at: at('Mon', '15:00'), verb: 'ack' }], { until: at('Tue', '09:59') });
    expect(shown(once)).toEqual(['warn.1 Mon 16:00 A']);
    const slow = { ...clock, target: hours(24), amber: { seconds: 18 * 3600 } };
    const twice = play(
      spec,
      [
        { at: at('Mon', '15:00'), verb: 'ack' },
        { at: at('Tue', '12:00'), verb: 'ack' },
      ],
      { clock: slow },
    );
    expect(shown(twice)).toEqual(['warn.1 Mon 16:00 A', 'soon.1 Wed 12:00 A']);
  });

  it('restarts a stagnant follow-on with each activity, an outstanding one not (E3)', () => {
    const activity: TraceCommand[] = [{ at: at('Tue', '15:00'), verb: 'activity' }];
    expect(shown(play(ladder([late, follow(hours(8), { mode: 'stagnant' })]), activity))[1]).toBe('next.1 Wed 15:00 A');
    expect(shown(play(ladder([late, follow(hours(8))]), activity))[1]).toBe('next.1 Wed 10:00 A');
  });

  it('fires for stagnation once an episode; paused time does not count (E4)', () => {
    const spec = ladder([rung('idle', { on: 'stagnant', for: hours(8) })]);
    const played = play(spec, [
      { at: at('Wed', '09:00'), verb: 'activity' },
      { at: at('Wed', '11:00'), verb: 'pause', reason: 'a' },
      { at: at('Thu', '09:00'), verb: 'resume', reason: 'a' },
    ]);
    expect(shown(played)).toEqual(['idle.1 Tue 10:00 A', 'idle.2 Thu 15:00 A']);
  });

  it('reads a negative offset from the breach as remaining time, a positive one as open time after it (E2)', () => {
    const rungs = [
      rung('before', { on: 'breached', offset: hours(-3) }),
      rung('after', { on: 'breached', offset: { value: 2, unit: 'workingDays' } }),
    ];
    expect(shown(play(ladder(rungs), []))).toEqual(['before.1 Mon 15:00 A', 'after.1 Thu 17:00 A']);
  });

  it('counts days after a deadline at 24:00 from the date that ended there (T13)', () => {
    const target: CountedPeriod = { value: 1, unit: 'workingDays', dueAt: 'endOfDay' };
    const spec = ladder([rung('after', { on: 'breached', offset: { value: 1, unit: 'workingDays' } })]);
    expect(shown(play(spec, [], { clock: { ...clock, target, amber: null } }))).toEqual(['after.1 Wed 17:00 A']);
  });

  it('warns once more when an extension brings a new amber (E2, C9)', () => {
    const played = play(ladder([rung('warn', { on: 'warning' })]), [
      { at: at('Mon', '16:30'), verb: 'retarget', target: hours(16) },
    ]);
    expect(shown(played)).toEqual(['warn.1 Mon 16:00 A', 'warn.1 Tue 16:00 A']);
    expect(played.ladderFacts.flatMap((fact) => (fact.kind === 'fired' ? [fact.revision] : []))).toEqual([0, 1]);
  });

  it('repeats a warning until the next one comes (E5)', () => {
    const spec = ladder([rung('warn', { on: 'warning' }, { repeat: { every: hours(2), max: 3 } })]);
    const played = play(spec, [{ at: at('Mon', '16:30'), verb: 'retarget', target: hours(16) }]);
    expect(shown(played)).toEqual([
      'warn.1 Mon 16:00 A',
      'warn.2 Tue 10:00 A',
      'warn.3 Tue 12:00 A',
      'warn.1 Tue 16:00 A',
      'warn.2 Wed 10:00 A',
      'warn.3 Wed 12:00 A',
    ]);
  });

  it('sends nothing at a re-opening and waits on for the rest of the follow-on (C11, E3)', () => {
    const played = play(ladder([late, follow(hours(8))]), [
      { at: at('Tue', '11:00'), verb: 'complete' },
      { at: at('Wed', '09:00'), verb: 'reopen', policy: 'resume' },
    ]);
    expect(shown(played)).toEqual(['late.1 Tue 10:00 A', 'next.1 Wed 16:00 A']);
  });

  it('records a breach of the time it was closed without a message under the policy continue (C11)', () => {
    const played = play(ladder([late, follow(hours(2))]), [
      { at: at('Mon', '15:00'), verb: 'complete' },
      { at: at('Wed', '09:00'), verb: 'reopen', policy: 'continue' },
    ]);
    expect(toIsoText(played.clock.breach?.at ?? 0)).toBe('2026-03-03T10:00:00Z');
    expect(shown(played)).toEqual(['next.1 Wed 11:00 A']);
  });

  it('climbs anew in a new cycle (C11)', () => {
    const played = play(ladder([late]), [
      { at: at('Tue', '11:00'), verb: 'complete' },
      { at: at('Wed', '09:00'), verb: 'reopen', policy: 'restart' },
    ]);
    expect(shown(played)).toEqual(['late.1 Tue 10:00 A', 'late.1 Wed 17:00 A']);
    expect(played.ladderFacts.flatMap((fact) => (fact.kind === 'fired' ? [fact.cycle] : []))).toEqual([0, 1]);
  });

  it('never defers the ladder of a statutory clock (E18)', () => {
    const spec = ladder(
      [rung('end', { on: 'clockEnd' }), rung('next', { on: 'followOn', after: 'end', for: hours(2) })],
      { subject: 'clock' },
    );
    const played = play(spec, [{ at: at('Tue', '11:00'), verb: 'ack' }], { clock: { ...clock, pausable: false } });
    expect(shown(played)).toEqual(['end.1 Tue 10:00 A', 'next.1 Tue 12:00 A']);
  });

  it('reminds when a pause goes on beyond its review date (C13)', () => {
    const spec = ladder([rung('paused', { on: 'pausedTooLong' }, { to: ['manager-of:owner'] })]);
    const pause: TraceCommand = { at: at('Mon', '11:00'), verb: 'pause', reason: 'a' };
    expect(shown(play(spec, [pause]))).toEqual(['paused.1 Mon9 17:00 M']);
    expect(shown(play(spec, [pause, { at: at('Fri', '11:00'), verb: 'resume', reason: 'a' }]))).toEqual([]);
  });

  it('asks for an owner only while there is none', () => {
    const spec = ladder([rung('nobody', { on: 'unassigned', for: hours(4) }, { to: ['role:duty'] })]);
    expect(shown(play(spec, [], { owner: null }))).toEqual(['nobody.1 Mon 14:00 d1+d2']);
    expect(shown(play(spec, [{ at: at('Mon', '12:00'), verb: 'reassign', to: 'B' }], { owner: null }))).toEqual([]);
  });

  it('skips a rung whose condition is false, with all that would follow on, and is exhausted there (E16, E6)', () => {
    const when = { question: 'priority', op: 'eq', value: 'high' } as unknown as NonNullable<LadderRung['when']>;
    const spec = ladder([rung('late', { on: 'breached' }, { when }), follow(hours(2))]);
    const started = applyToClock(makeClock(clock), { verb: 'start', at: at('Mon', '10:00') }, world.calendarOf).state;
    const breached = applyToClock(started, { verb: 'complete', at: at('Wed', '10:00') }, world.calendarOf).state;
    const until = { to: at('Fri', '10:00'), inclusive: true, pace: 'live' } as const;
    const step = advanceLadder(spec, armLadder(at('Mon', '10:00'), 'A'), breached, until, {
      ...world,
      holds: () => false,
    });
    expect(step.facts.map(({ kind, effectiveAt }) => [kind, toIsoText(effectiveAt)])).toEqual([
      ['skipped', '2026-03-03T10:00:00Z'],
      ['exhausted', '2026-03-03T10:00:00Z'],
    ]);
  });

  it('sends nothing for what was overdue when it was attached, if it is to record only (C12)', () => {
    const spec = ladder([rung('warn', { on: 'warning' }), late, follow(hours(2))]);
    const attachedAt = at('Wed', '09:00');
    const start = { verb: 'start', at: attachedAt, startedAt: at('Mon', '10:00') } as const;
    const step = applyToClock(makeClock(clock), start, world.calendarOf);
    expect(step.facts.map(({ kind, effectiveAt }) => [kind, toIsoText(effectiveAt)])).toEqual([
      ['started', '2026-03-02T10:00:00Z'],
      ['amber', '2026-03-02T16:00:00Z'],
      ['breached', '2026-03-03T10:00:00Z'],
    ]);
    const armed = armLadder(at('Mon', '10:00'), 'A', attachedAt);
    const until = { to: at('Fri', '17:00'), inclusive: true, pace: 'live' } as const;
    const acting = advanceLadder(spec, armed, step.state, { ...until, to: attachedAt, pace: 'catchUp' }, world);
    expect(firingsOf({ ladderFacts: acting.facts } as PlayedTrace)).toEqual([
      ['warn', 1, '2026-03-04T09:00:00Z', ['A']],
      ['late', 1, '2026-03-04T09:00:00Z', ['A']],
    ]);
    const view = { spec, state: armed, clock: step.state, calendarOf: world.calendarOf };
    const muted = muteDueRungs(view, attachedAt, () => true);
    const silent = advanceLadder(spec, muted, step.state, until, world);
    expect(firingsOf({ ladderFacts: silent.facts } as PlayedTrace)).toEqual([
      ['next', 1, '2026-03-04T11:00:00Z', ['A']],
    ]);
  });

  it('goes on from a rung that reached nobody at once and keeps its repeats (E13)', () => {
    const nobody = rung('late', { on: 'breached' }, { to: ['role:nobody'], repeat: { every: hours(2), max: 2 } });
    const played = play(ladder([nobody, follow(hours(8))]), []);
    expect(shown(played)).toEqual(['late.1 Tue 10:00 ', 'next.1 Tue 10:00 A', 'late.2 Tue 12:00 ']);
    const kinds = played.ladderFacts.map(({ kind }) => kind);
    expect(kinds).toEqual(['fired', 'noRecipient', 'fired', 'fired', 'noRecipient', 'exhausted']);
  });

  it('never fires a rung that follows itself or a circle of rungs', () => {
    const rungs = [
      rung('self', { on: 'followOn', after: 'self', for: seconds(60) }),
      rung('hen', { on: 'followOn', after: 'egg', for: seconds(60) }),
      rung('egg', { on: 'followOn', after: 'hen', for: seconds(60) }),
      late,
    ];
    expect(shown(play(ladder(rungs), []))).toEqual(['late.1 Tue 10:00 A']);
  });

  it('waits for ever on a calendar that never opens, without a hang', () => {
    const never = {
      ...world,
      calendarOf: (key: string) =>
        key === 'shut' ? { ...world.calendarOf('EW-9-5'), neverOpens: true } : world.calendarOf(key),
    };
    const spec = ladder([late, follow(hours(1))], { calendar: 'shut' });
    const commands = [
      { at: at('Mon', '10:00'), verb: 'start' } as const,
      { at: at('Fri', '10:00'), verb: 'runTo' } as const,
    ];
    expect(shown(playTrace({ clock, ladder: { spec, owner: 'A' }, commands }, never))).toEqual(['late.1 Tue 10:00 A']);
  });
});
