import { inOrder } from '../../../schemas/document.ts';
import type { CompiledTask, MachineConfig, MachineState, MachineTransition } from './compiled-workflow.ts';
import { accepting, named, parallelMachine, stay, to } from './states.ts';
import { clockRegions, ladderRegions } from './time-regions.ts';

/** Recorded in any state of an open task; notes and documents also afterwards. */
const always = ['NOTE', 'CONTACT', 'ATTACH'];
const whileOpen = ['FIELDS', 'REFER', 'REASSIGN', 'RETARGET', 'ACKNOWLEDGE'];

/** Machine of one task as used in a workflow: life, one region a clock, one a rung (R3). */
export function taskMachine(task: CompiledTask): MachineConfig {
  return parallelMachine(task.node, task.title, {
    life: taskLife(task),
    ...clockRegions(task.slas),
    ...ladderRegions(task.ladder),
  });
}

function taskLife(task: CompiledTask): MachineState {
  const on = transitions(task);
  const left = { BYPASS: on.bypass, CANCEL: on.cancel };
  const recorded = accepting(always);
  const open = { ...recorded, ...accepting(whileOpen), ...left };
  const owned = {
    ...open,
    CLAIM: [stay([named('record')], named('unclaimed'))],
    RELEASE_OWNER: [stay([named('record')], named('hasOwner'))],
    DELEGATE: [stay([named('record')], named('notDelegated'))],
    RETURN: [stay([named('record')], named('isDelegated'))],
  };
  const reopenable = { ...recorded, REOPEN: on.reopen };
  return {
    initial: task.activation === 'manual' ? 'notAdded' : 'pending',
    states: {
      notAdded: { on: { ADD: [to('pending')] } },
      pending: {
        on: { ...recorded, ...left, ...accepting(['REASSIGN']), RELEASE: on.release, DEAD: [to('notApplicable')] },
      },
      notApplicable: { on: recorded },
      ready: {
        on: {
          ...owned,
          START: [to('inProgress', [named('noteActivity')])],
          COMPLETE: on.complete,
          HOLD: on.hold,
          // A predecessor added or reopened takes back what nobody has begun (P5).
          HOLD_BACK: [to('pending', [named('withdrawTime')])],
        },
      },
      inProgress: { on: { ...owned, COMPLETE: on.complete, HOLD: on.hold } },
      onHold: { on: { ...owned, HOLD: on.holdAgain, RESUME: on.resume } },
      complete: { on: reopenable },
      bypassed: { on: reopenable },
      cancelled: { on: reopenable },
    },
  };
}

function transitions(
  task: CompiledTask,
): Record<
  'release' | 'complete' | 'hold' | 'holdAgain' | 'resume' | 'bypass' | 'cancel' | 'reopen',
  readonly MachineTransition[]
> {
  const reasons = named('reasonKnown', { reasons: inOrder(task.task.holdReasons).map(({ key }) => key) });
  const begin = [named('startClocks'), named('armLadder'), named('checkOwner')];
  const conditional = typeof task.activation === 'object';
  return {
    release: conditional ? [to('ready', begin, named('activationHolds')), to('notApplicable')] : [to('ready', begin)],
    complete: [to('complete', [named('endTime', { outcome: 'complete' }), named('raiseOutcome')], completion(task))],
    hold: [to('onHold', [named('pauseClocks')], reasons)],
    holdAgain: [stay([named('pauseClocks')], reasons)],
    resume: [
      to('inProgress', [named('resumeClocks')], named('lastReasonOfStarted')),
      to('ready', [named('resumeClocks')], named('lastReason')),
      stay([named('resumeClocks')], named('reasonActive')),
    ],
    bypass: [
      to('bypassed', [named('endTime', { outcome: 'cancel' })], named('notMandatory', { mandatory: task.mandatory })),
    ],
    cancel: [
      to(
        'cancelled',
        [named('endTime', { outcome: 'cancel' })],
        named('reasonGiven', { required: task.task.cancelReason !== 'optional' }),
      ),
    ],
    reopen: [
      to('inProgress', [named('reopenTime')], named('wasStarted')),
      to('ready', [named('reopenTime')], named('wasReady')),
      to('pending', [], named('neverReady')),
    ],
  };
}

function completion(task: CompiledTask) {
  return named('completionInOrder', {
    outcomes: inOrder(task.task.outcomes).map(({ key }) => key),
    mandatoryFields: inOrder(task.task.fields)
      .filter((field) => field.mandatory)
      .map(({ key }) => key),
    fields: inOrder(task.task.fields).map(({ key }) => key),
  });
}
