import { closeCase as close, closeEvent } from '../close-case.ts';
import { lifeOf } from '../evolve.ts';
import { initialValue } from '../machine.ts';
import { reopenStatutoryClock, take } from '../perform.ts';
import { startAnchoredClocks } from '../planner.ts';
import { tellAssigned } from '../reassign.ts';
import { findOwner, machineRefusal, refusal } from '../refusal.ts';
import { commandLadder, knownTime, queueOf } from '../timekeeping.ts';
import { caseItem, emit, personal, taskItem, truthOf, type Work } from '../work.ts';
import { ask, type Handler, isRefusal, noteActivity, reviewOf } from './handler.ts';
import { reopenEvent } from './task-life.ts';

/** One submitted enquiry makes one case (P13); its clocks may start in the past (C12). */
export const launch: Handler<'launch'> = (work, command) => {
  const { receivedAt = work.env.now, owner } = command;
  if (receivedAt > work.env.now)
    return refusal('RECEIVED_IN_FUTURE', 'The enquiry cannot have been received in the future.');
  if (owner !== undefined) {
    const found = findOwner(work, owner, undefined);
    if (isRefusal(found)) return found;
  }
  work.at = receivedAt;
  work.values.set(caseItem, initialValue(work.bundle.machines.case));
  const refused = ask(work, caseItem, { type: 'LAUNCH' }, ({ value }) => {
    const { workflow, key, release, digest } = work.bundle;
    const { title, category, calendar, privateToOwner } = workflow;
    const planned = { tasks: newTasks(work), steps: newSteps(work) };
    emit(work, 'caseLaunched', {
      workflow: key,
      release,
      digest,
      title,
      category,
      calendar,
      ...(privateToOwner ? { privateToOwner } : {}),
      receivedAt,
      value,
      ...planned,
    });
  });
  if (refused) return refused;
  startAnchoredClocks(work, { caseLaunch: true }, 'launch of the case');
  return undefined;
};

function newTasks({ bundle }: Work) {
  return bundle.order.flatMap((node) => {
    const [task, machine] = [bundle.tasks[node], bundle.machines.nodes[node]];
    if (!task || !machine) return [];
    const value = initialValue(machine);
    return [
      { id: node, node, occurrence: 1, title: task.title, mandatory: task.mandatory, state: lifeOf(value), value },
    ];
  });
}

function newSteps({ bundle }: Work) {
  return bundle.order.flatMap((node) => {
    const [drawn, machine] = [bundle.nodes[node], bundle.machines.nodes[node]];
    if (!drawn || drawn.type === 'task' || !machine) return [];
    return [{ node, type: drawn.type, title: drawn.title ?? node, value: initialValue(machine) }];
  });
}

export const holdCase: Handler<'holdCase'> = (work, { reason, note, reviewOn }) => {
  const review = reviewOf(work, reviewOn);
  if (isRefusal(review)) return review;
  const { ref, values } = personal(work, note);
  return ask(
    work,
    caseItem,
    { type: 'HOLD', reason },
    ({ value }) =>
      emit(
        work,
        'caseHeld',
        { value, reason, ...review, ...(note === undefined ? {} : { note: ref }) },
        { personal: values },
      ),
    { reason, reviewAt: review.reviewAt },
  );
};

export const resumeCase: Handler<'resumeCase'> = (work) =>
  ask(work, caseItem, { type: 'RESUME' }, ({ value }) => {
    emit(work, 'caseResumed', { value });
    noteActivity(work, caseItem);
  });

export const changeCaseOwner: Handler<'changeCaseOwner'> = (work, { to, reason }) => {
  const found = findOwner(work, to, undefined);
  if (isRefusal(found)) return found;
  const { ref, values } = personal(work, reason);
  const from = work.state.owner;
  return ask(work, caseItem, { type: 'CHANGE_OWNER' }, () => {
    emit(
      work,
      'caseOwnerChanged',
      { from, owner: found.owner, group: found.group ?? work.state.group, reason: ref },
      { personal: values },
    );
    const to = found.owner ?? queueOf(work, found.group);
    const { ladder } = knownTime(work, caseItem);
    if (ladder && ladder.phase !== 'ended') commandLadder(work, caseItem, { verb: 'reassign', at: work.at, to });
    else tellAssigned(work, caseItem, to);
  });
};

export const linkCase: Handler<'linkCase'> = (work, { other, relation }) =>
  ask(work, caseItem, { type: 'LINK' }, () => emit(work, 'caseLinked', { other, relation }));

/** Corrected answers re-open nothing by themselves; what would differ is listed (documents.md). */
export const correctAnswers: Handler<'correctAnswers'> = (work, { answers, reason }) => {
  const { ref, values } = personal(work, reason);
  const given = Object.entries({ ...work.env.answers, ...answers }).filter(([, value]) => value !== '');
  const corrected: Work = { ...work, env: { ...work.env, answers: Object.fromEntries(given) } };
  return ask(work, caseItem, { type: 'CORRECT' }, () => {
    const questions = Object.keys(answers).sort();
    const { advised } = work.env;
    const statements = advised ? { statements: { gained: [...advised.gained], lost: [...advised.lost] } } : {};
    const differs = differencesIn(corrected);
    emit(work, 'answersCorrected', { questions, reason: ref, differs, ...statements }, { personal: values });
  });
};

/** Budget fields of support types; the amounts are personal, so events hold only references. */
export const recordMoney: Handler<'recordMoney'> = (work, { amounts }) => {
  const known = Object.keys(work.bundle.workflow.money ?? {});
  const unknown = Object.keys(amounts).filter((field) => !known.includes(field));
  if (unknown.length > 0 || Object.keys(amounts).length === 0) {
    const there = known.join(', ') || 'none';
    return refusal('UNKNOWN_MONEY_FIELD', `Give amounts of the budget fields of this workflow: ${there}.`);
  }
  const stored = Object.entries(amounts).map(([field, amount]) => ({ field, amount, ref: personal(work, amount).ref }));
  return ask(work, caseItem, { type: 'MONEY' }, () => {
    emit(
      work,
      'moneyRecorded',
      { amounts: Object.fromEntries(stored.map(({ field, ref }) => [field, ref])) },
      { personal: Object.fromEntries(stored.map(({ ref, amount }) => [ref, amount])) },
    );
    noteActivity(work, caseItem);
  });
};

/** Nodes whose conditions would come out otherwise now. */
function differencesIn(work: Work): string[] {
  return work.bundle.order.filter((key) => {
    const drawn = work.bundle.nodes[key];
    if (drawn?.type === 'decision') {
      const branch = work.state.steps[key]?.branch;
      if (work.state.steps[key]?.state !== 'reached') return false;
      const entries = Object.entries(drawn.branches).sort(([, a], [, b]) => a.order - b.order);
      const now =
        entries.find(([, { when }]) => truthOf(work, when) === 'true')?.[0] ?? (drawn.otherwise ? 'otherwise' : null);
      return now !== branch;
    }
    if (drawn?.type !== 'task' || typeof drawn.activation !== 'object') return false;
    const task = work.state.tasks[key];
    if (!task || task.life === 'pending' || task.notApplicableBy === 'path') return false;
    return (truthOf(work, drawn.activation.when) === 'true') !== (task.notApplicableBy !== 'condition');
  });
}

export const closeCase: Handler<'closeCase'> = (work, { outcome, reason }) => {
  const chosen = outcome ?? work.state.proposedOutcome;
  const why = machineRefusal(work, caseItem, closeEvent(work, chosen, reason), 'closeCase');
  return close(work, chosen, reason, 'person') ? undefined : why;
};

export const cancelCase: Handler<'cancelCase'> = (work, { reason }) => {
  const { ref, values } = personal(work, reason);
  return ask(work, caseItem, { type: 'CANCEL' }, ({ value }) => {
    emit(work, 'caseCancelled', { value, reason: ref }, { personal: values });
  });
};

/** What ended with the case goes on from where it stood; what was done before stays done (C11). */
export const reopenCase: Handler<'reopenCase'> = (work, { reason }) => {
  const { ref, values } = personal(work, reason);
  const refused = ask(work, caseItem, { type: 'REOPEN' }, ({ value }) => {
    emit(work, 'caseReopened', { value, reason: ref }, { personal: values });
  });
  if (refused) return refused;
  for (const clock of Object.values(work.state.clocks))
    if (clock.outcome === 'cancelled') reopenStatutoryClock(work, clock.id);
  for (const task of Object.values(work.state.tasks)) {
    if (task.life !== 'cancelled' || !task.endedWithCase) continue;
    take(work, taskItem(task.id), reopenEvent(work, task.id), ({ value }) => {
      emit(work, 'taskReopened', { task: task.id, value, policy: work.bundle.workflow.reopen });
    });
  }
  return undefined;
};
