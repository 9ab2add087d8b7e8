import type { ItemId } from '../../../schemas/case-event.ts';
import type { LocalDate } from '../../../schemas/ids.ts';
import type { Channel } from '../../../schemas/ladder.ts';
import { toLadderDirectory } from '../allocate/staff.ts';
import type { ReopenPolicy } from '../clock/state.ts';
import type { Named } from '../compile/compiled-workflow.ts';
import { resolveRecipients } from '../ladder/recipients.ts';
import type { MachineEvent, MachineStep } from './machine.ts';
import { queueMessage } from './messages.ts';
import { allocateAll, checkOwner } from './ownership.ts';
import { isOpenTask } from './rows.ts';
import {
  armItemLadder,
  CASE_HOLD,
  commandClocks,
  commandLadder,
  followPause,
  knownTime,
  ladderOfItem,
  pauseForCase,
  queueOf,
  startClocks,
} from './timekeeping.ts';
import { caseItem, clockItem, emit, splitItem, taskItem, taskOf, tryStep, type Work } from './work.ts';

/** Facts of the command that actions need beside their parameters. */
export interface Doing {
  /** Reason key of a hold. */
  readonly reason?: string | undefined;
  /** Reasons of a hold that end. */
  readonly ended?: readonly string[] | undefined;
  readonly reviewAt?: number | undefined;
  readonly outcome?: string | null | undefined;
  /** Date on which the lag before it ended, where that was 24:00 (T13). */
  readonly endedOn?: LocalDate | undefined;
}

/** Sends an event to an item's machine; when it takes it, tells the event and carries out what the machine asks for. */
export function take(
  work: Work,
  item: ItemId,
  event: MachineEvent,
  tell: (step: MachineStep) => void,
  doing: Doing = {},
): boolean {
  const step = tryStep(work, item, event);
  if (!step) return false;
  tell(step);
  for (const action of step.actions) perform(work, item, action, doing);
  return true;
}

/** What the named actions of machines do; actions that only mark an event as taken are not among them. */
const actions: Readonly<Record<string, (work: Work, item: ItemId, params: Params, doing: Doing) => void>> = {
  startClocks: (work, item, _params, doing) => startClocks(work, item, doing.endedOn),
  withdrawTime: (work, item) => withdrawTime(work, item),
  armLadder: (work, item) => armLadderOf(work, item),
  pauseClocks: (work, item, _params, doing) => pause(work, item, doing),
  resumeClocks: (work, item, _params, doing) => resume(work, item, doing),
  endTime: (work, item, params) => endTime(work, item, params['outcome'] === 'complete' ? 'complete' : 'cancel'),
  reopenTime: (work, item) => reopenTime(work, item),
  allocateAll: (work) => allocateAll(work),
  checkOwner: (work, item) => checkOwner(work, taskOf(work, splitItem(item)[1])),
  noteActivity: (work, item) => commandLadder(work, item, { verb: 'begin', at: work.at }),
  raiseOutcome: (work, item, _params, doing) => raiseOutcome(work, splitItem(item)[1], doing.outcome ?? null),
  cancelOpenTasks: (work) => cancelOpenTasks(work),
};

type Params = Readonly<Record<string, unknown>>;

function perform(work: Work, item: ItemId, action: Named, doing: Doing): void {
  actions[action.type]?.(work, item, action.params ?? {}, doing);
}

function armLadderOf(work: Work, item: ItemId): void {
  const ladder = ladderOfItem(work, item);
  if (!ladder) return;
  if (knownTime(work, item).ladder?.phase === 'ended') rearm(work, item, 'restart');
  else armItemLadder(work, item, ladder);
  if (work.state.hold && item !== caseItem) followPause(work, item);
}

function pause(work: Work, item: ItemId, { reason = 'hold', reviewAt = work.at }: Doing): void {
  commandClocks(work, item, { verb: 'pause', at: work.at, reason, reviewAt });
  followPause(work, item);
  if (item !== caseItem) return;
  for (const task of openTasks(work)) pauseForCase(work, taskItem(task.id), reviewAt);
}

function resume(work: Work, item: ItemId, { ended = [] }: Doing): void {
  if (item === caseItem) {
    commandClocks(work, item, { verb: 'resume', at: work.at });
    for (const task of openTasks(work)) {
      commandClocks(work, taskItem(task.id), { verb: 'resume', at: work.at, reason: CASE_HOLD });
      followPause(work, taskItem(task.id));
    }
  }
  // Reason by reason, so that a hold of the case goes on pausing a task that is resumed.
  for (const reason of ended) commandClocks(work, item, { verb: 'resume', at: work.at, reason });
  followPause(work, item);
}

function openTasks(work: Work) {
  return Object.values(work.state.tasks).filter(
    ({ life }) => life === 'ready' || life === 'inProgress' || life === 'onHold',
  );
}

/** Ends clocks and ladder in the same transaction and drops unsent messages (E8). */
function endTime(work: Work, item: ItemId, verb: 'complete' | 'cancel'): void {
  commandClocks(work, item, { verb, at: work.at });
  const { ladder } = knownTime(work, item);
  if (!ladder || ladder.phase === 'ended') return;
  commandLadder(work, item, { verb: 'end', at: work.at });
  tryStep(work, item, { type: 'LADDER_ENDED' });
  if (Object.keys(ladder.rungs).length > 0)
    emit(work, 'messagesDropped', { item, reason: verb === 'complete' ? 'closed' : 'cancelled' });
}

/** Clocks and ladder of work that waits again end; what they showed is taken back. */
function withdrawTime(work: Work, item: ItemId): void {
  endTime(work, item, 'cancel');
  for (const clock of Object.keys(knownTime(work, item).clocks)) tryStep(work, item, { type: `ON_TRACK.${clock}` });
}

function reopenTime(work: Work, item: ItemId): void {
  const policy = work.bundle.workflow.reopen;
  commandClocks(work, item, { verb: 'reopen', at: work.at, policy });
  // Work that was bypassed before it was ready has no clocks yet.
  if (Object.keys(knownTime(work, item).clocks).length === 0) startClocks(work, item);
  if (knownTime(work, item).ladder) rearm(work, item, policy);
  // A case on hold pauses what is opened again in it (C13).
  if (work.state.hold && item.startsWith('task:')) pauseForCase(work, item, work.state.hold.reviewAt);
}

function rearm(work: Work, item: ItemId, policy: ReopenPolicy): void {
  commandLadder(work, item, { verb: 'reopen', at: work.at, policy });
  tryStep(work, item, { type: 'LADDER_ARMED' });
}

function raiseOutcome(work: Work, id: string, outcome: string | null): void {
  const task = work.bundle.tasks[taskOf(work, id).node]?.task;
  if (outcome === null) return;
  const { raises, raisesInterest } = task?.outcomes[outcome] ?? {};
  // A plan that was raised before is not raised again when its task is completed again.
  if (raises !== undefined && !work.state.links.some(({ relation }) => relation === `raised:${raises}`))
    emit(work, 'caseRaised', { workflow: raises, task: id, outcome });
  if (raisesInterest !== undefined) emit(work, 'interestRaised', { serviceType: raisesInterest, task: id, outcome });
}

/** Closing and cancelling a case cancels what is open, its statutory clocks too (P9). */
function cancelOpenTasks(work: Work): void {
  for (const task of Object.values(work.state.tasks)) {
    if (!isOpenTask(task)) continue;
    take(work, taskItem(task.id), { type: 'CANCEL', reason: true }, ({ value }) => {
      emit(work, 'taskCancelled', { task: task.id, value, because: 'caseEnded' });
    });
  }
  for (const clock of Object.values(work.state.clocks)) {
    if (clock.outcome === 'open' || clock.outcome === 'lapsed') endStatutoryClock(work, clock.id, 'CANCEL');
  }
}

/** Ends a statutory clock: what it had to contain is done, or the case is over. */
export function endStatutoryClock(work: Work, id: string, type: 'MET' | 'CANCEL'): void {
  const { breach } = knownTime(work, clockItem(id)).clocks['completion'] ?? { breach: null };
  const lapses = work.bundle.clocks[work.state.clocks[id]?.key ?? '']?.endIs === 'lapse';
  const late = lapses ? 'lapsed' : 'exceeded';
  const outcome = breach ? late : type === 'MET' ? 'met' : 'cancelled';
  take(work, clockItem(id), { type }, ({ value }) => emit(work, 'clockEnded', { clock: id, value, outcome }));
}

/** Sets a statutory clock going again when what it contains is open again. */
export function reopenStatutoryClock(work: Work, id: string): void {
  take(work, clockItem(id), { type: 'REOPEN' }, ({ value }) => emit(work, 'clockReopened', { clock: id, value }));
}

/** Tells the owner of the case something in the inbox here, in the built-in words when there is no template of that name (N5). */
export function tellCaseOwner(work: Work, template: string): void {
  const owner = work.state.owner ?? queueOf(work, work.state.group);
  const directory = toLadderDirectory(work.env.directory, work.bundle);
  for (const recipient of resolveRecipients(['owner'], { owner }, directory, work.env.now)) {
    queueMessage(work, {
      item: caseItem,
      recipient,
      channel: 'inApp',
      template,
      rung: template,
      firing: null,
      urgent: false,
    });
  }
}

/** Sends a communication node's template to its recipients (P1). */
export function communicate(work: Work, node: string, params: Readonly<Record<string, unknown>>): void {
  const people = {
    owner: work.state.owner ?? queueOf(work, work.state.group),
    caseOwner: work.state.owner ?? queueOf(work, work.state.group),
    customer: 'customer',
  };
  const directory = toLadderDirectory(work.env.directory, work.bundle);
  for (const recipient of resolveRecipients(params['to'] as string[], people, directory, work.env.now)) {
    queueMessage(work, {
      item: caseItem,
      recipient,
      channel: params['channel'] as Channel,
      template: params['template'] as string,
      rung: null,
      firing: `${node}/${recipient.id}`,
      urgent: false,
    });
  }
}
