import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromIsoText } from '../../../../runtime/engine/calendar/iso.ts';
import { advanceClock, clockDueAt } from '../../../../runtime/engine/clock/advance.ts';
import { applyToClock, type ClockCommand, makeClock } from '../../../../runtime/engine/clock/commands.ts';
import { readClock } from '../../../../runtime/engine/clock/readings.ts';
import type {
  AmberPoint,
  ClockFact,
  ClockSpec,
  ClockState,
  CountedPeriod,
} from '../../../../runtime/engine/clock/state.ts';
import { calendarOf } from './scenario.ts';

const origin = fromIsoText('2026-03-20T08:00:00Z');
const minute = 60;

const targets: fc.Arbitrary<CountedPeriod> = fc.oneof(
  fc.record({ unit: fc.constant('hours' as const), value: fc.integer({ min: 1, max: 40 }) }),
  fc.record({
    unit: fc.constantFrom('workingDays' as const, 'calendarDays' as const),
    value: fc.integer({ min: 1, max: 12 }),
    dayOne: fc.constantFrom('next' as const, 'same' as const),
    dueAt: fc.constantFrom('closeOfBusiness' as const, 'endOfDay' as const, '12:00'),
  }),
  fc.record({
    unit: fc.constantFrom('weeks' as const, 'months' as const),
    value: fc.integer({ min: 1, max: 2 }),
    dueAt: fc.constantFrom('closeOfBusiness' as const, 'endOfDay' as const),
    roll: fc.constantFrom('none' as const, 'nextWorkingDay' as const),
  }),
);
const ambers: fc.Arbitrary<AmberPoint | null> = fc.oneof(
  fc.constant(null),
  fc.record({ percent: fc.integer({ min: 10, max: 90 }) }),
  fc.record({ seconds: fc.integer({ min: 1, max: 8 }).map((hours) => hours * 3600) }),
);
const specs: fc.Arbitrary<ClockSpec> = fc.record({
  calendar: fc.constantFrom('EW-9-5', 'EW-9-5-lunch', '24x7', 'night', 'SCT-9-5'),
  target: targets,
  amber: ambers,
  pausable: fc.boolean(),
});

type Action =
  | { readonly verb: 'pause' | 'resume'; readonly reason: string }
  | { readonly verb: 'retarget'; readonly target: CountedPeriod }
  | { readonly verb: 'complete' | 'cancel' | 'reopen' };
const actions: fc.Arbitrary<Action> = fc.oneof(
  fc.record({ verb: fc.constantFrom('pause' as const, 'resume' as const), reason: fc.constantFrom('a', 'b') }),
  fc.record({ verb: fc.constantFrom('pause' as const, 'resume' as const), reason: fc.constant('a') }),
  fc.record({ verb: fc.constant('retarget' as const), target: targets }),
  fc.record({ verb: fc.constantFrom('complete' as const, 'cancel' as const, 'reopen' as const) }),
);
const walks = fc.array(fc.tuple(fc.integer({ min: 0, max: 4000 }), actions), { maxLength: 12 });

type Walk = readonly (readonly [number, Action])[];

function toCommands(walk: Walk): ClockCommand[] {
  const commands: ClockCommand[] = [{ verb: 'start', at: origin }];
  let at = origin;
  for (const [gap, action] of walk) {
    at += gap * minute;
    commands.push({ ...action, at });
  }
  return commands;
}

/** Plays commands; `ticks` are extra runs of the ticker, as a live ticker or a restless one would make them. */
function playAll(spec: ClockSpec, commands: readonly ClockCommand[], ticks: readonly number[] = []) {
  const facts: ClockFact[] = [];
  let state: ClockState = makeClock(spec);
  const take = (step: { state: ClockState; facts: readonly ClockFact[] }) => {
    state = step.state;
    facts.push(...step.facts);
  };
  const restless = [...ticks].sort((a, b) => a - b);
  for (const command of commands) {
    // A ticker at the very instant of a command comes after it (C2).
    for (; restless.length > 0 && (restless[0] ?? 0) < command.at; restless.shift()) {
      take(advanceClock(state, { to: restless[0] ?? 0, inclusive: true }, calendarOf));
    }
    take(applyToClock(state, command, calendarOf));
  }
  const end = (commands.at(-1)?.at ?? origin) + 200 * 86_400;
  take(advanceClock(state, { to: end, inclusive: true }, calendarOf));
  return { state, facts, end };
}

describe('a clock under any walk of commands', () => {
  it('records the same facts however often the ticker runs (C3)', () => {
    fc.assert(
      fc.property(
        specs,
        walks,
        fc.array(fc.integer({ min: 0, max: 40_000 }), { maxLength: 30 }),
        (spec, walk, ticks) => {
          const commands = toCommands(walk);
          const restless = playAll(
            spec,
            commands,
            ticks.map((tick) => origin + tick * minute),
          );
          expect(restless).toEqual(playAll(spec, commands));
        },
      ),
    );
  });

  it('adds nothing in a second run at the same instant (D4)', () => {
    fc.assert(
      fc.property(specs, walks, (spec, walk) => {
        const { state, end } = playAll(spec, toCommands(walk));
        expect(advanceClock(state, { to: end, inclusive: true }, calendarOf)).toEqual({ state, facts: [] });
      }),
    );
  });

  it('is not changed by a pause of no length', () => {
    fc.assert(
      fc.property(specs, walks, fc.nat(), (spec, walk, pick) => {
        const commands = toCommands(walk);
        const place = 1 + (pick % commands.length);
        const at = commands[place - 1]?.at ?? origin;
        const blink: ClockCommand[] = [
          { verb: 'pause', at, reason: 'blink' },
          { verb: 'resume', at, reason: 'blink' },
        ];
        const blinked = playAll(spec, [...commands.slice(0, place), ...blink, ...commands.slice(place)]);
        const plain = playAll(spec, commands);
        expect(blinked.state).toEqual(plain.state);
      }),
    );
  });

  it('breaches at most once a cycle, turns amber at most once a revision and never while paused or ended', () => {
    fc.assert(
      fc.property(specs, walks, (spec, walk) => {
        const { state, facts } = playAll(spec, toCommands(walk));
        expect(facts.filter(({ kind }) => kind === 'breached').length).toBeLessThanOrEqual(1);
        const revisions = state.ambers.map(({ revision }) => revision);
        expect(new Set(revisions).size).toBe(revisions.length);
        for (const at of [...state.ambers.map((amber) => amber.at), ...(state.breach ? [state.breach.at] : [])]) {
          expect(state.runs.some((run) => run.from <= at && (run.until === null || at <= run.until))).toBe(true);
        }
      }),
    );
  });

  it('wakes at the instant of its next fact and not before (D1)', () => {
    fc.assert(
      fc.property(specs, walks, (spec, walk) => {
        let state = makeClock(spec);
        for (const command of toCommands(walk)) state = applyToClock(state, command, calendarOf).state;
        const wakeAt = clockDueAt(state, calendarOf);
        if (wakeAt === null) return;
        expect(advanceClock(state, { to: wakeAt, inclusive: false }, calendarOf).facts).toEqual([]);
        expect(advanceClock(state, { to: wakeAt, inclusive: true }, calendarOf).facts[0]?.effectiveAt).toBe(wakeAt);
      }),
    );
  });

  it('survives being stored as JSON', () => {
    fc.assert(
      fc.property(specs, walks, (spec, walk) => {
        const { state, end } = playAll(spec, toCommands(walk));
        const stored = JSON.parse(JSON.stringify(state)) as ClockState;
        expect(stored).toEqual(state);
        expect(readClock(stored, end, calendarOf)).toEqual(readClock(state, end, calendarOf));
      }),
    );
  });
});
