import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { caseTimeline } from '../../../../runtime/engine/observe/case-timeline.ts';
import { allowedCommands } from '../../../../runtime/engine/run/allowed.ts';
import { replay } from '../../../../runtime/engine/run/evolve.ts';
import { isOpenCase, wakeAt } from '../../../../runtime/engine/run/rows.ts';
import type { CaseCommand } from '../../../../schemas/case-command.ts';
import { CaseEvent } from '../../../../schemas/case-event.ts';
import { compiled, HOUR, launchedCase, MONDAY } from './drawing.ts';

const hours = (value: number) => ({ value, unit: 'hours' });
const drawing = {
  nodes: {
    A: { mandatory: true, task: { ladder: 'L', sla: { target: hours(6), amber: { percent: 50 } } } },
    B: { activation: { when: { op: 'is', of: { question: 'q' }, value: 'x' } } },
    C: { activation: 'manual', task: { repeatable: true, ladder: 'L' } },
    D: {
      type: 'decision',
      branches: { b: { order: 1, when: { op: 'is', of: { taskOutcome: 'A' }, value: 'no' }, label: 'b' } },
      otherwise: { label: 'o' },
    },
    E: { task: { ladder: 'L' } },
    F: {},
    M: { type: 'milestone', stage: 'late' },
  },
  links: [
    { from: 'A', to: 'B', lag: { value: 3, unit: 'hours', basis: 'working' } },
    'B>C',
    'A>D',
    { from: 'D', to: 'E', branch: 'otherwise' },
    { from: 'D', to: 'F', branch: 'b' },
    'E>M',
    'F>M',
  ],
  ladders: {
    L: {
      rungs: {
        amber: { trigger: { on: 'warning' } },
        late: {
          trigger: { on: 'breached' },
          to: ['group:leaders'],
          actions: [{ do: 'notify' }, { do: 'reassign', to: 'group:leaders' }],
        },
        stuck: { trigger: { on: 'stagnant', for: hours(5) }, repeat: { every: hours(2), max: 3 } },
      },
    },
  },
};
const bundle = compiled(drawing);

const step = fc.record({ wait: fc.integer({ min: 0, max: 40 * HOUR }), pick: fc.nat(1000), task: fc.nat(1000) });

function commandFor(type: string, task: string): CaseCommand {
  const more: Record<string, object> = {
    holdTask: { reason: 'waiting' },
    bypassTask: { reason: 'x' },
    reopenTask: { reason: 'x' },
    reassignTask: { to: 'ben', reason: 'x' },
    delegateTask: { to: 'cara' },
    retargetTask: { target: hours(9), reason: 'x' },
    addNote: { text: 'x' },
    logContact: { channel: 'call', direction: 'in', text: 'x' },
    recordReferral: { agency: 'a' },
    attachDocument: { document: 'd', name: 'n' },
    cancelTask: { reason: 'x' },
    holdCase: { reason: 'court' },
    closeCase: { reason: 'x' },
    cancelCase: { reason: 'x' },
    reopenCase: { reason: 'x' },
    changeCaseOwner: { to: 'cara', reason: 'x' },
    linkCase: { other: 'c2', relation: 'same household' },
    correctAnswers: { answers: { q: 'x' }, reason: 'x' },
    addTask: { node: 'C' },
  };
  return { type, ...(task === '' ? {} : { task }), ...more[type] } as CaseCommand;
}

describe('from any state, any sequence of commands', () => {
  it('replays to the state decided, wakes in time, adds nothing twice, starts nothing before its predecessors', () => {
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 14 }), fc.constantFrom<'x' | 'y'>('x', 'y'), (steps, q) => {
        const player = launchedCase(drawing, { bundle, answers: { q } });
        let now = MONDAY;
        for (const { wait, pick, task } of steps) {
          now += wait;
          player.runTo(now);
          const allowed = allowedCommands(bundle, player.state, { ...player.env, now });
          const tasks = Object.entries(allowed.tasks).filter(([, types]) => types.length > 0);
          const [id, own] = tasks[task % Math.max(1, tasks.length)] ?? ['', []];
          const choices = [
            ...own.map((type) => [type, id]),
            ...allowed.case.filter((type) => !own.includes(type)).map((type) => [type, '']),
          ];
          const [type = 'advance', target = ''] = choices[pick % Math.max(1, choices.length)] ?? [];
          let command = commandFor(type, target);
          if (command.type === 'cancelTask') {
            try {
              player.send(now, { ...command, confirmed: [] });
              continue;
            } catch {
              const { cascade } = player.refused(now, command);
              command = { ...command, confirmed: [...(cascade ?? [])] };
            }
          }
          if (command.type === 'retargetTask') continue;
          player.send(now, command);
          expect(player.state.revision).toBe(player.events.length);
        }
        expect(replay(player.events)).toEqual(player.state);
        expect(player.events.every((event) => CaseEvent.safeParse(event).success)).toBe(true);
        player.send(now, { type: 'advance' });
        expect(player.send(now, { type: 'advance' })).toEqual([]);
        const wake = wakeAt(player.state);
        if (wake !== null) expect(wake).toBeGreaterThan(now);
        if (!isOpenCase(player.state)) expect(wake).toBeNull();
        const { A, E } = player.state.tasks;
        if (E?.activeAt != null && A) expect(E.activeAt).toBeGreaterThanOrEqual(A.activeAt ?? Number.POSITIVE_INFINITY);
        expect(
          new Set(player.events.flatMap((event) => (event.type === 'rungFired' ? [event.payload.firing] : []))).size,
        ).toBe(player.events.filter(({ type }) => type === 'rungFired').length);
        expect(caseTimeline(bundle, player.events).every(({ text }) => !text.includes('undefined'))).toBe(true);
      }),
      { numRuns: 100 },
    );
  }, 120_000);
});
