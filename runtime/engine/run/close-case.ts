import type { MachineEvent } from './machine.ts';
import { take } from './perform.ts';
import { isOpenTask } from './rows.ts';
import type { TaskState } from './types.ts';
import { caseItem, emit, personal, type Work } from './work.ts';

/** Closes the case when its machine takes the event: mandatory tasks complete, or a reason given (P9). */
export function closeCase(
  work: Work,
  outcome: string | null,
  reason: string | undefined,
  by: 'person' | 'end',
): boolean {
  const { ref, values } = personal(work, reason);
  return take(work, caseItem, closeEvent(work, outcome, reason), ({ value }) => {
    emit(
      work,
      'caseClosed',
      { value, outcome, ...(reason === undefined ? {} : { reason: ref }), by },
      { personal: values },
    );
  });
}

/** What the case's machine is asked when somebody closes it. */
export function closeEvent(
  work: Pick<Work, 'state'>,
  outcome: string | null,
  reason: string | undefined,
): MachineEvent {
  const open = mandatoryOpen(work).map(({ title }) => title);
  return { type: 'CLOSE', outcome, reason: reason !== undefined, mandatoryOpen: open };
}

/** Mandatory tasks that stand against closing: open ones, and those that were cancelled instead of done (P9). */
export function mandatoryOpen(work: Pick<Work, 'state'>): TaskState[] {
  return Object.values(work.state.tasks).filter(
    (task) => task.mandatory && (isOpenTask(task) || task.life === 'cancelled'),
  );
}
