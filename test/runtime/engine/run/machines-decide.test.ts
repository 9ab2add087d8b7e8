import { describe, expect, it } from 'vitest';
import type { CompiledWorkflow } from '../../../../runtime/engine/compile/compiled-workflow.ts';
import { compiled, HOUR, launchedCase, lives, MONDAY } from './drawing.ts';

const ladders = { L: { rungs: { amber: { trigger: { on: 'warning' } }, late: { trigger: { on: 'breached' } } } } };
const drawing = {
  ladders,
  nodes: {
    A: { mandatory: true, task: { ladder: 'L', sla: { target: { value: 4, unit: 'hours' }, amber: { percent: 50 } } } },
    D: {
      type: 'decision',
      branches: { owes: { order: 1, when: { op: 'is', of: { question: 'arrears' }, value: 'yes' }, label: 'owes' } },
      otherwise: { label: 'no' },
    },
    B: {},
    C: {},
  },
  links: ['A>D', { from: 'D', to: 'B', branch: 'owes' }, { from: 'D', to: 'C', branch: 'otherwise' }],
};

type Changeable = { -readonly [K in keyof CompiledWorkflow]: CompiledWorkflow[K] };
// biome-ignore lint/suspicious/noExplicitAny: a test reaches into the JSON of a machine wherever it likes
type Json = any;

function altered(change: (machines: Json) => void): CompiledWorkflow {
  const bundle = compiled(drawing) as Changeable;
  change(bundle.machines);
  return bundle;
}

describe('the compiled machines decide', () => {
  it('are plain JSON', () => {
    const bundle = compiled(drawing);
    expect(JSON.parse(JSON.stringify(bundle.machines))).toEqual(bundle.machines);
    expect(JSON.stringify(bundle.machines)).not.toMatch(/"(after|invoke|spawn)"/);
  });

  it('a mandatory task is bypassed once its machine drops the guard', () => {
    expect(launchedCase(drawing).refused(MONDAY, { type: 'bypassTask', task: 'A', reason: 'x' }).code).toBe(
      'MANDATORY_TASK',
    );
    const bundle = altered(({ nodes }) => {
      for (const transition of nodes.A.states.life.states.ready.on.BYPASS) delete transition.guard;
    });
    const player = launchedCase(drawing, { bundle });
    player.send(MONDAY, { type: 'bypassTask', task: 'A', reason: 'x' });
    expect(lives(player)['A']).toBe('bypassed');
  });

  it('a task goes where its machine says', () => {
    const bundle = altered(({ nodes }) => {
      nodes.A.states.life.states.ready.on.START[0].target = 'onHold';
    });
    const player = launchedCase(drawing, { bundle });
    player.send(MONDAY, { type: 'startTask', task: 'A' });
    expect(lives(player)['A']).toBe('onHold');
  });

  it('a command is refused when its machine no longer takes the event', () => {
    const bundle = altered(({ nodes }) => {
      delete nodes.A.states.life.states.ready.on.START;
    });
    expect(launchedCase(drawing, { bundle }).refused(MONDAY, { type: 'startTask', task: 'A' })).toMatchObject({
      code: 'COMMAND_NOT_ALLOWED',
      allowed: expect.not.arrayContaining(['startTask']),
    });
  });

  it('no clock runs when the machine does not start it', () => {
    const bundle = altered(({ nodes }) => {
      const [release] = nodes.A.states.life.states.pending.on.RELEASE;
      release.actions = release.actions.filter(({ type }: { type: string }) => type !== 'startClocks');
    });
    const player = launchedCase(drawing, { bundle });
    player.runTo(MONDAY + 100 * HOUR);
    expect(player.events.filter(({ type }) => type === 'slaBreached')).toEqual([]);
  });

  it('a rung stays silent when its machine does not take the firing, and uses the channels the machine says', () => {
    const silent = launchedCase(drawing, {
      bundle: altered(({ nodes }) => {
        nodes.A.states.rung_amber.states.armed.on = {};
      }),
    });
    silent.runTo(MONDAY + 30 * HOUR);
    expect(silent.events.flatMap((event) => (event.type === 'rungFired' ? [event.payload.rung] : []))).toEqual([
      'late',
    ]);
    const loud = launchedCase(drawing, {
      bundle: altered(({ nodes }) => {
        nodes.A.states.rung_amber.states.armed.on['FIRE.amber'][0].actions[0].params.channels = ['sms'];
      }),
    });
    loud.runTo(MONDAY + 3 * HOUR);
    expect(
      new Set(loud.events.flatMap((event) => (event.type === 'messageQueued' ? [event.payload.channel] : []))),
    ).toEqual(new Set(['sms']));
  });

  it('a decision takes the branch its machine takes', () => {
    const bundle = altered(({ nodes }) => {
      delete nodes.D.states.life.states.pending.on.REACH[0].guard;
    });
    const player = launchedCase(drawing, { bundle });
    player.send(MONDAY, { type: 'completeTask', task: 'A' });
    expect(lives(player)).toMatchObject({ B: 'ready', C: 'notApplicable' });
  });

  it('the case closes when its machine says so', () => {
    const bundle = altered((machines) => {
      delete machines.case.states.life.states.open.on.CLOSE[0].guard;
    });
    const player = launchedCase(drawing, { bundle });
    player.send(MONDAY, { type: 'closeCase' });
    expect(player.state.status).toBe('closed');
  });
});
