import { inOrder } from '../../../schemas/document.ts';
import type { LadderDocument } from '../../../schemas/ladder.ts';
import type { Sla } from '../../../schemas/period.ts';
import type { WorkflowDocument, WorkflowNode } from '../../../schemas/workflow.ts';
import type { CompiledClock, MachineConfig, MachineState } from './compiled-workflow.ts';
import { accepting, lifeMachine, named, parallelMachine, stay, to } from './states.ts';
import { clockRegions, ladderRegions } from './time-regions.ts';

/** Machine of the case: its life, its SLA clocks, its ladder (R3). */
export function caseMachine(
  workflow: WorkflowDocument,
  slas: Readonly<Record<string, Sla>>,
  ladder: LadderDocument | null,
): MachineConfig {
  return parallelMachine(workflow.key, workflow.title, {
    life: caseLife(workflow),
    ...clockRegions(slas),
    ...ladderRegions(ladder),
  });
}

function caseLife(workflow: WorkflowDocument): MachineState {
  const recorded = accepting(['NOTE', 'CONTACT', 'ATTACH', 'LINK', 'CORRECT']);
  const open = {
    ...recorded,
    ...accepting(['CHANGE_OWNER', 'PROPOSE_CLOSE', 'ADD_TASK', 'MONEY']),
    CLOSE: [
      to(
        'closed',
        [named('endTime', { outcome: 'complete' }), named('cancelOpenTasks')],
        named('mayClose', { outcomes: inOrder(workflow.outcomes).map(({ key }) => key) }),
      ),
    ],
    CANCEL: [to('cancelled', [named('endTime', { outcome: 'cancel' }), named('cancelOpenTasks')])],
  };
  const reasons = named('reasonKnown', { reasons: inOrder(workflow.holdReasons).map(({ key }) => key) });
  const reopen = [to('open', [named('reopenTime')])];
  return {
    initial: 'new',
    states: {
      new: { on: { LAUNCH: [to('open', [named('startClocks'), named('armLadder'), named('allocateAll')])] } },
      open: {
        on: { ...open, TASK_COMMAND: [stay([named('record')])], HOLD: [to('onHold', [named('pauseClocks')], reasons)] },
      },
      onHold: {
        on: { ...open, TASK_COMMAND: [stay([named('record')])], RESUME: [to('open', [named('resumeClocks')])] },
      },
      closed: { on: { ...recorded, REOPEN: reopen } },
      cancelled: { on: { ...recorded, REOPEN: reopen } },
    },
  };
}

/** Machine of a statutory clock: it runs, is met, exceeded or runs out, and never pauses (T9, E18). */
export function clockMachine(clock: CompiledClock): MachineConfig {
  const ends = {
    MET: [to('ended', [named('endTime', { outcome: 'complete' })])],
    CANCEL: [to('ended', [named('endTime', { outcome: 'cancel' })])],
  };
  return parallelMachine(clock.key, clock.title, {
    life: {
      initial: 'new',
      states: {
        new: { on: { START: [to('running', [named('startClocks'), named('armLadder')])] } },
        running: { on: clock.endIs === 'lapse' ? { ...ends, LAPSE: [to('lapsed')] } : ends },
        // Its ladder goes on: rungs may lie after the end (E18).
        ...(clock.endIs === 'lapse' ? { lapsed: { on: ends } } : {}),
        ended: { on: { REOPEN: [to('running', [named('reopenTime')])] } },
      },
    },
    ...clockRegions({ completion: clock.sla }),
    ...ladderRegions(clock.ladder),
  });
}

/** Machine of a node that is no task: reached once, or dead (P1, P6). */
export function stepMachine(key: string, node: Exclude<WorkflowNode, { type: 'task' }>): MachineConfig {
  return lifeMachine(key, node.title ?? key, {
    initial: 'pending',
    states: {
      pending: { on: { REACH: reach(node), DEAD: [to('dead')] } },
      ...(node.type === 'decision' ? branchStates(node) : { reached: {} }),
      dead: {},
    },
  });
}

type Step = Exclude<WorkflowNode, { type: 'task' }>;

function reach(node: Step) {
  switch (node.type) {
    case 'communication':
      return [to('reached', [named('communicate', { to: node.to, channel: node.channel, template: node.template })])];
    case 'milestone':
      return [to('reached', [named('reachStage', { stage: node.stage })])];
    case 'end':
      return [to('reached', [named('endCase', { outcome: node.outcome })])];
    case 'decision':
      return [
        ...inOrder(node.branches).map(({ key }) =>
          to(branchState(key), [named('take', { branch: key })], named('branchTrue', { branch: key })),
        ),
        ...(node.otherwise ? [to(branchState('otherwise'), [named('take', { branch: 'otherwise' })])] : []),
        // Without a default and with no true condition every branch is dead: the decision took none.
        ...(node.otherwise ? [] : [to('undecided')]),
      ];
  }
}

function branchStates(node: Extract<Step, { type: 'decision' }>): Record<string, MachineState> {
  const keys = [...inOrder(node.branches).map(({ key }) => key), 'otherwise'];
  return { ...Object.fromEntries(keys.map((key) => [branchState(key), {}])), undecided: {} };
}

const branchState = (key: string): string => `took_${key}`;
