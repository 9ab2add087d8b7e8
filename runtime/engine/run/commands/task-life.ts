import type { MachineEvent } from '../machine.ts';
import { reopenStatutoryClock, take } from '../perform.ts';
import { startAnchoredClocks } from '../planner.ts';
import { refusal } from '../refusal.ts';
import { finishWaitsFor } from '../releases.ts';
import { isOpenTask } from '../rows.ts';
import { emit, personal, taskItem, taskOf, type Work } from '../work.ts';
import { ask, type CommandOf, type Handler, isRefusal, noteActivity, reviewOf } from './handler.ts';
import { readFields, storedFields } from './task-fields.ts';

export const startTask: Handler<'startTask'> = (work, { task }) =>
  ask(work, taskItem(task), { type: 'START' }, ({ value }) => {
    emit(work, 'taskStarted', { task, value });
    noteActivity(work, taskItem(task));
  });

/** Outcome and mandatory fields are asked for by the machine's guard (P8). */
export const completeTask: Handler<'completeTask'> = (work, command) => {
  const { task, fields = {} } = command;
  const outcome = command.outcome ?? null;
  const { refs, cleared, values } = storedFields(work, fields);
  const before = taskOf(work, task).fields ?? {};
  const kept = Object.fromEntries(Object.entries(before).filter(([field]) => !cleared.includes(field)));
  const refused = ask(
    work,
    taskItem(task),
    completionEvent(work, command),
    ({ value }) =>
      emit(work, 'taskCompleted', { task, value, outcome, fields: { ...kept, ...refs } }, { personal: values }),
    { outcome },
  );
  if (refused) return refused;
  noteActivity(work, taskItem(task));
  const { node, title } = taskOf(work, task);
  startAnchoredClocks(work, { completionOf: node, task }, title);
  return undefined;
};

/** What a task's machine is asked when somebody completes it. */
export function completionEvent(work: Work, { task, outcome, fields = {} }: CommandOf<'completeTask'>): MachineEvent {
  const { delegate, fields: recorded = {} } = taskOf(work, task);
  const { given, wrongFields } = readFields(work, task, fields);
  const kept = Object.keys(recorded).filter((key) => !Object.hasOwn(fields, key));
  return {
    type: 'COMPLETE',
    outcome: outcome ?? null,
    fields: [...kept, ...given],
    wrongFields,
    delegatedTo: delegate === null ? null : (work.env.directory.users[delegate]?.name ?? delegate),
    waitsFor: finishWaitsFor(work, taskOf(work, task)),
  };
}

export const holdTask: Handler<'holdTask'> = (work, { task, reason, note, reviewOn }) => {
  const review = reviewOf(work, reviewOn);
  if (isRefusal(review)) return review;
  const { ref, values } = personal(work, note);
  return ask(
    work,
    taskItem(task),
    { type: 'HOLD', reason },
    ({ value }) => {
      emit(
        work,
        'taskHeld',
        { task, value, reason, ...review, ...(note === undefined ? {} : { note: ref }) },
        { personal: values },
      );
      noteActivity(work, taskItem(task));
    },
    { reason, reviewAt: review.reviewAt },
  );
};

export const resumeTask: Handler<'resumeTask'> = (work, { task, reason }) => {
  const held = Object.keys(taskOf(work, task).holds);
  const reasons = reason === undefined ? held : held.filter((one) => one === reason);
  const remaining = held.filter((one) => !reasons.includes(one));
  const started = taskOf(work, task).startedAt !== null;
  return ask(
    work,
    taskItem(task),
    { type: 'RESUME', isActive: reasons.length > 0, remaining: remaining.length, started },
    ({ value }) => {
      emit(work, 'taskResumed', { task, value, reasons, remaining });
      noteActivity(work, taskItem(task));
    },
    { ended: reasons },
  );
};

export const bypassTask: Handler<'bypassTask'> = (work, { task, reason }) => {
  const { ref, values } = personal(work, reason);
  return ask(work, taskItem(task), { type: 'BYPASS' }, ({ value }) => {
    emit(work, 'taskBypassed', { task, value, reason: ref }, { personal: values });
  });
};

/** Lists the dependants first; those confirmed are cancelled with it (P8). */
export const cancelTask: Handler<'cancelTask'> = (work, { task, reason, confirmed }) => {
  const { ref, values } = personal(work, reason);
  const cascade = dependantsOf(work, task);
  const refused = ask(work, taskItem(task), { type: 'CANCEL', reason: reason !== undefined }, ({ value }) => {
    emit(
      work,
      'taskCancelled',
      { task, value, ...(reason === undefined ? {} : { reason: ref }), because: 'command' },
      { personal: values },
    );
  });
  if (refused) return refused;
  if (confirmed === undefined ? cascade.length > 0 : !sameIds(cascade, confirmed)) {
    const titles = cascade.map((id) => taskOf(work, id).title).join(', ') || 'nothing';
    return {
      code: 'CASCADE_UNCONFIRMED',
      reason: `Cancelling this task also cancels what depends on it: ${titles}. Confirm the list to go on.`,
      cascade,
    };
  }
  for (const id of cascade) {
    take(work, taskItem(id), { type: 'CANCEL', reason: true }, ({ value }) => {
      emit(work, 'taskCancelled', { task: id, value, because: 'cascade' });
    });
  }
  return undefined;
};

function sameIds(a: readonly string[], b: readonly string[]): boolean {
  return a.length === new Set(b).size && a.every((id) => b.includes(id));
}

/** Open tasks that come after a task, however far, in the order of the plan. */
export function dependantsOf(work: Work, id: string): string[] {
  const reached = new Set<string>();
  const visit = (node: string): void => {
    for (const { to } of work.bundle.outgoing[node] ?? []) {
      if (reached.has(to)) continue;
      reached.add(to);
      visit(to);
    }
  };
  visit(taskOf(work, id).node);
  const added = (task: { id: string }): boolean =>
    taskOf(work, task.id).added.some((link) => link.task === id || found.has(link.task));
  const found = new Set(
    Object.values(work.state.tasks)
      .filter((task) => task.id !== id && reached.has(task.node) && isOpenTask(task))
      .map((task) => task.id),
  );
  for (const task of Object.values(work.state.tasks))
    if (task.id !== id && isOpenTask(task) && added(task)) found.add(task.id);
  return Object.values(work.state.tasks)
    .filter((task) => found.has(task.id))
    .map((task) => task.id);
}

export const reopenTask: Handler<'reopenTask'> = (work, { task, reason }) => {
  const { ref, values } = personal(work, reason);
  const refused = ask(work, taskItem(task), reopenEvent(work, task), ({ value }) => {
    emit(work, 'taskReopened', { task, value, reason: ref, policy: work.bundle.workflow.reopen }, { personal: values });
  });
  if (refused) return refused;
  noteActivity(work, taskItem(task));
  const { node } = taskOf(work, task);
  for (const clock of Object.values(work.state.clocks)) {
    const isContained = work.bundle.workflow.clocks[clock.key]?.mustContain?.includes(node) ?? false;
    if (isContained && clock.outcome !== 'open') reopenStatutoryClock(work, clock.id);
  }
  return undefined;
};

/** What a task's machine is asked when it is reopened: it goes back to how far it had come (C11). */
export function reopenEvent(work: Work, id: string): MachineEvent {
  const task = taskOf(work, id);
  return { type: 'REOPEN', started: task.startedAt !== null, ready: task.activeAt !== null };
}

export const addNote: Handler<'addNote'> = (work, { task, text }) => {
  const { ref, values } = personal(work, text);
  return record(work, task, 'NOTE', () =>
    emit(work, 'noteAdded', { ...(task === undefined ? {} : { task }), text: ref }, { personal: values }),
  );
};

export const logContact: Handler<'logContact'> = (work, { task, channel, direction, text }) => {
  const { ref, values } = personal(work, text);
  return record(work, task, 'CONTACT', () =>
    emit(
      work,
      'contactLogged',
      { ...(task === undefined ? {} : { task }), channel, direction, text: ref },
      { personal: values },
    ),
  );
};

export const attachDocument: Handler<'attachDocument'> = (work, { task, document, name }) => {
  const { ref, values } = personal(work, name);
  return record(work, task, 'ATTACH', () =>
    emit(
      work,
      'documentAttached',
      { ...(task === undefined ? {} : { task }), document, name: ref },
      { personal: values },
    ),
  );
};

export const recordReferral: Handler<'recordReferral'> = (work, { task, agency, text }) => {
  const agencies = work.bundle.tasks[taskOf(work, task).node]?.task.agencies;
  const known = work.bundle.agencies ?? {};
  if (Object.keys(known).length > 0 && !Object.hasOwn(known, agency)) {
    return refusal('UNKNOWN_AGENCY', `There is no agency "${agency}"; there are: ${Object.keys(known).join(', ')}.`);
  }
  if (agencies && agencies.length > 0 && !agencies.includes(agency)) {
    return refusal('UNKNOWN_AGENCY', `This task refers to ${agencies.join(', ')}; "${agency}" is not among them.`);
  }
  const { ref, values } = personal(work, text);
  return record(work, task, 'REFER', () =>
    emit(
      work,
      'referralRecorded',
      { task, agency, ...(text === undefined ? {} : { text: ref }) },
      { personal: values },
    ),
  );
};

function record(work: Work, task: string | undefined, type: string, tell: () => void) {
  const item = task === undefined ? 'case:' : taskItem(task);
  return ask(work, item, { type }, () => {
    tell();
    noteActivity(work, item);
  });
}
