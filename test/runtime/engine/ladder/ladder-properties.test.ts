import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromIsoText } from '../../../../runtime/engine/calendar/iso.ts';
import type { ClockSpec } from '../../../../runtime/engine/clock/state.ts';
import type { LadderRung, LadderSpec } from '../../../../runtime/engine/ladder/state.ts';
import {
  type PlayedTrace,
  playTrace,
  type Trace,
  type TraceCommand,
} from '../../../../runtime/engine/simulate/trace.ts';
import { seconds, world } from '../clock/scenario.ts';

const origin = fromIsoText('2026-03-23T07:00:00Z');
const hour = 3600;

const waits = fc.integer({ min: 1, max: 30 }).map((hours) => seconds(hours * hour));
const selectors = fc.constantFrom(
  ['owner'],
  ['owner', 'manager-of:owner'],
  ['group:stake'],
  ['role:nobody'],
  ['role:duty', 'owner'],
);
const repeats = fc.option(fc.record({ every: waits, max: fc.integer({ min: 1, max: 4 }) }), { nil: undefined });

function rung(
  key: string,
  trigger: LadderRung['trigger'],
  to: readonly string[],
  repeat: LadderRung['repeat'],
): LadderRung {
  return {
    key,
    trigger,
    to,
    repeat,
    fallback: [],
    channels: ['email'],
    template: key,
    actions: [{ do: 'notify' }],
    urgent: false,
  };
}

const ladders: fc.Arbitrary<LadderSpec['rungs']> = fc
  .record({
    wait: waits,
    idle: waits,
    mode: fc.constantFrom('outstanding' as const, 'stagnant' as const),
    lead: waits,
    to: fc.array(selectors, { minLength: 6, maxLength: 6 }),
    repeat: fc.array(repeats, { minLength: 6, maxLength: 6 }),
  })
  .map(({ wait, idle, mode, lead, to, repeat }) => [
    rung('R1', { on: 'warning' }, to[0] ?? [], repeat[0]),
    rung('R2', { on: 'breached', offset: seconds(-lead.value) }, to[1] ?? [], repeat[1]),
    rung('R3', { on: 'breached' }, to[2] ?? [], repeat[2]),
    rung('R4', { on: 'followOn', after: 'R3', for: wait, mode }, to[3] ?? [], repeat[3]),
    rung('R5', { on: 'followOn', after: 'R4', for: wait }, to[4] ?? [], repeat[4]),
    rung('R6', { on: 'stagnant', for: idle }, to[5] ?? [], repeat[5]),
  ]);
const clocks: fc.Arbitrary<ClockSpec> = fc.record({
  calendar: fc.constantFrom('EW-9-5', 'EW-9-5-lunch', '24x7', 'night'),
  target: fc.integer({ min: 4, max: 30 }).map((value) => ({ unit: 'hours' as const, value })),
  amber: fc.constantFrom({ percent: 50 }, { seconds: 7200 }, null),
  pausable: fc.constant(true),
});
const actions = fc.oneof(
  fc.record({ verb: fc.constantFrom('ack' as const, 'activity' as const) }),
  fc.record({ verb: fc.constantFrom('pause' as const, 'resume' as const), reason: fc.constant('a') }),
  fc.record({ verb: fc.constant('reassign' as const), to: fc.constantFrom('A', 'B') }),
  fc.record({
    verb: fc.constant('retarget' as const),
    target: fc.integer({ min: 4, max: 40 }).map((value) => ({ unit: 'hours' as const, value })),
  }),
  fc.constant({ verb: 'complete' as const }),
  fc.record({ verb: fc.constant('reopen' as const), policy: fc.constant('resume' as const) }),
);
type Walk = readonly (readonly [number, typeof actions extends fc.Arbitrary<infer T> ? T : never])[];
const walks: fc.Arbitrary<Walk> = fc.array(fc.tuple(fc.integer({ min: 0, max: 30 * 4 }), actions), { maxLength: 12 });
const traces: fc.Arbitrary<Trace> = fc
  .record({ clock: clocks, rungs: ladders, walk: walks })
  .map(({ clock, rungs, walk }) => {
    const commands: TraceCommand[] = [{ at: origin, verb: 'start' }];
    let at = origin;
    for (const [quarters, action] of walk) {
      at += quarters * 900;
      commands.push({ at, ...action });
    }
    const spec: LadderSpec = {
      key: 'L',
      subject: 'task',
      calendar: clock.calendar,
      rungs,
      holdFor: seconds(8 * hour),
      fallback: [],
    };
    return { clock, ladder: { spec, owner: 'A' }, commands: [...commands, { at: at + 120 * 86_400, verb: 'runTo' }] };
  });

function play(trace: Trace): PlayedTrace {
  return playTrace(trace, world);
}

/** The commands with moments of a live ticker strewn between them. */
function withTicker(trace: Trace, moments: readonly number[]): Trace {
  const ticks = moments.map((moment): TraceCommand => ({ at: origin + moment * 900 + 7, verb: 'runTo' }));
  const last = trace.commands.at(-1)?.at ?? origin;
  const commands = [...trace.commands, ...ticks.filter(({ at }) => at < last)];
  return { ...trace, commands: commands.sort((a, b) => a.at - b.at) };
}

describe('a ladder under any walk of commands', () => {
  it('fires the same, however often a live ticker runs (C3)', () => {
    fc.assert(
      fc.property(traces, fc.array(fc.integer({ min: 0, max: 2000 }), { maxLength: 40 }), (trace, moments) => {
        const restless = play(withTicker(trace, moments));
        const calm = play(trace);
        expect(restless.ladderFacts).toEqual(calm.ladderFacts);
        expect(restless.messages).toEqual(calm.messages);
      }),
    );
  });

  it('adds nothing in a second catch-up (D4)', () => {
    fc.assert(
      fc.property(traces, (trace) => {
        const at = (trace.commands.at(-1)?.at ?? origin) + 1;
        const once = play({ ...trace, commands: [...trace.commands.slice(0, -1), { at, verb: 'tick' }] });
        const twice = play({
          ...trace,
          commands: [...trace.commands.slice(0, -1), { at, verb: 'tick' }, { at, verb: 'tick' }],
        });
        expect(twice).toEqual(once);
      }),
    );
  });

  it('gives one message a person, channel and item after a downtime (D4)', () => {
    fc.assert(
      fc.property(traces, (trace) => {
        const [start] = trace.commands;
        if (!start) return;
        const caughtUp = play({ ...trace, commands: [start, { at: origin + 60 * 86_400, verb: 'tick' }] });
        const people = caughtUp.messages.map(({ recipient }) => recipient.id);
        expect(new Set(people).size).toBe(people.length);
        const occurrences = caughtUp.ladderFacts.flatMap((fact) => (fact.kind === 'fired' ? [fact.occurrence] : []));
        expect(occurrences.every((occurrence) => occurrence === 1)).toBe(true);
      }),
    );
  });

  it('never fires one key twice, beyond the bound of its repeats, while paused or after the end', () => {
    fc.assert(
      fc.property(traces, (trace) => {
        const played = play(trace);
        const fired = played.ladderFacts.flatMap((fact) => (fact.kind === 'fired' ? [fact] : []));
        const keys = fired.map((fact) => `${fact.rung} ${fact.cycle} ${fact.revision} ${fact.occurrence}`);
        expect(new Set(keys).size).toBe(keys.length);
        const exhausted = played.ladderFacts.filter(({ kind }) => kind === 'exhausted');
        expect(exhausted.length).toBeLessThanOrEqual(1);
        const runs = played.clock.runs;
        for (const { effectiveAt, rung: key } of fired) {
          const isRunning = runs.some(
            (run) => run.from <= effectiveAt && (run.until === null || effectiveAt <= run.until),
          );
          expect([key, isRunning]).toEqual([key, true]);
        }
      }),
    );
  });

  it('is plain JSON', () => {
    fc.assert(
      fc.property(traces, (trace) => {
        const { ladder } = play(trace);
        expect(JSON.parse(JSON.stringify(ladder))).toEqual(ladder);
      }),
    );
  });
});
