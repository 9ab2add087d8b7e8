import { addManualTask, nextTaskId, predecessorProblem } from '../add-task.ts';
import { queueMessage } from '../messages.ts';
import { reassign } from '../reassign.ts';
import { findOwner, refusal } from '../refusal.ts';
import { commandLadder, knownTime, tellLadderOwner } from '../timekeeping.ts';
import { emit, personal, taskItem, taskOf, type Work } from '../work.ts';
import { ask, type Handler, isRefusal, noteActivity } from './handler.ts';

export const reassignTask: Handler<'reassignTask'> = (work, { task, to, reason }) => {
  const found = findOwner(work, to, taskOf(work, task));
  if (isRefusal(found)) return found;
  return ask(work, taskItem(task), { type: 'REASSIGN' }, () => reassign(work, task, found, reason, 'person'));
};

/** Compare and set: the second to claim hears who was first (L8). */
export const claimTask: Handler<'claimTask'> = (work, { task }) => {
  const { actor } = work.env;
  const refused = ask(work, taskItem(task), ownerEvent(work, 'CLAIM', task), () =>
    emit(work, 'taskClaimed', { task, owner: actor }),
  );
  if (refused) return refused;
  const found = findOwner(work, actor, taskOf(work, task));
  if (isRefusal(found)) return found;
  tellLadderOwner(work, taskItem(task));
  noteActivity(work, taskItem(task));
  return undefined;
};

export const releaseTask: Handler<'releaseTask'> = (work, { task }) => {
  const { owner } = taskOf(work, task);
  return ask(work, taskItem(task), ownerEvent(work, 'RELEASE_OWNER', task), () => {
    emit(work, 'taskReleased', { task, from: owner });
    tellLadderOwner(work, taskItem(task));
    noteActivity(work, taskItem(task));
  });
};

/** The owner keeps the task; the delegate works on it and returns it (L8). */
export const delegateTask: Handler<'delegateTask'> = (work, { task, to, reason }) => {
  const found = findOwner(work, to, taskOf(work, task));
  if (isRefusal(found)) return found;
  if (found.owner === null)
    return refusal('UNKNOWN_USER', 'Work is delegated to a person; give it to a team by reassigning it.');
  const { ref, values } = personal(work, reason);
  const delegate = found.owner;
  return ask(work, taskItem(task), ownerEvent(work, 'DELEGATE', task), () => {
    emit(
      work,
      'taskDelegated',
      { task, delegate, ...(reason === undefined ? {} : { reason: ref }) },
      { personal: values },
    );
    noteActivity(work, taskItem(task));
    const recipient = { id: delegate, kind: 'user' as const };
    queueMessage(work, {
      item: taskItem(task),
      recipient,
      channel: 'inApp',
      template: 'assigned',
      rung: 'assigned',
      firing: null,
      urgent: false,
    });
  });
};

export const returnTask: Handler<'returnTask'> = (work, { task, note }) => {
  const { ref, values } = personal(work, note);
  const delegate = taskOf(work, task).delegate ?? '';
  return ask(work, taskItem(task), ownerEvent(work, 'RETURN', task), () => {
    emit(work, 'taskReturned', { task, delegate, ...(note === undefined ? {} : { note: ref }) }, { personal: values });
    noteActivity(work, taskItem(task));
  });
};

/** What a task's machine is asked about its owner. */
export function ownerEvent(work: Work, type: string, task: string) {
  const { owner, delegate } = taskOf(work, task);
  return { type, owner, delegate };
}

/** E7: defers what follows on; it needs a ladder to hold. */
export const acknowledge: Handler<'acknowledge'> = (work, { task }) => {
  const refused = ask(work, taskItem(task), { type: 'ACKNOWLEDGE' }, () =>
    emit(work, 'escalationAcknowledged', { task }),
  );
  if (refused) return refused;
  const { ladder } = knownTime(work, taskItem(task));
  if (!ladder)
    return refusal('NOTHING_TO_ACKNOWLEDGE', 'This task has no escalation ladder, so there is nothing to acknowledge.');
  commandLadder(work, taskItem(task), { verb: 'acknowledge', at: work.at, by: work.env.actor });
  return undefined;
};

export const addTask: Handler<'addTask'> = (work, { node, predecessors = [] }) => {
  const compiled = Object.hasOwn(work.bundle.tasks, node) ? work.bundle.tasks[node] : undefined;
  if (!compiled) return refusal('UNKNOWN_NODE', `There is no task "${node}" in this workflow.`);
  if (nextTaskId(work, node) === undefined) {
    return refusal('ALREADY_IN_CASE', `${compiled.title} is already in this case and is not repeatable.`);
  }
  const links = predecessors.map(({ task, linkType = 'FS', lag }) => ({ task, linkType, ...(lag ? { lag } : {}) }));
  const unknown = links.find(({ task }) => !Object.hasOwn(work.state.tasks, task));
  if (unknown && unknown.task !== nextTaskId(work, node))
    return refusal('UNKNOWN_TASK', `There is no task "${unknown.task}" in this case for the new one to wait for.`);
  const problem = predecessorProblem(work, node, links);
  if (problem !== undefined) return refusal('PLAN_CYCLE', `The task cannot be added: ${problem}.`);
  const refused = ask(work, 'case:', { type: 'ADD_TASK' }, () => {});
  if (refused) return refused;
  if (addManualTask(work, node, links, 'hand') === undefined) {
    return refusal('COMMAND_NOT_ALLOWED', `${compiled.title} cannot be added now.`);
  }
  noteActivity(work, 'case:');
  return undefined;
};
