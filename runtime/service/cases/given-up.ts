import type { CaseCommand } from '../../../schemas/case-command.ts';
import type { CaseEventPayloads } from '../../../schemas/case-event.ts';
import type { RowChange } from '../commit/tables.ts';

/** A rung could not add its task (`subject` is the node), or found nobody to give the work to (`subject` is the item). */
const TASK_NOT_ADDED = 'rungTaskNotAdded';
const NOBODY_FOUND = 'rungNobodyFound';

/** The incident of an action that a rung tried for a day and gave up (E14); the same rung giving up again opens it again. */
export function toGivenUpRow(caseId: string, fact: CaseEventPayloads['ladderFact'], now: number): RowChange {
  const { item, detail } = fact;
  const rung = String(detail['rung']);
  const isTask = detail['action'] === 'addTask';
  const node = String(detail['node']);
  const what = isTask ? `add the task "${node}"` : 'give the work to somebody';
  return {
    table: 'incidents',
    values: {
      id: `rung:${caseId}:${item}:${rung}`,
      kind: isTask ? TASK_NOT_ADDED : NOBODY_FOUND,
      case_id: caseId,
      subject: isTask ? node : item,
      detail: `Rung "${rung}" of ${item} could not ${what} in ${String(detail['tries'])} tries.`,
      seen: 1,
      state: 'open',
      created_at: now,
      closed_at: null,
      closed_by: null,
      resolution: null,
      reason: null,
    },
  };
}

/** What tries again what a rung gave up; undefined where a person has to choose, by forcing a command of their own. */
export function retryOfGivenUp(kind: string, subject: string | null): CaseCommand | undefined {
  return kind === TASK_NOT_ADDED && subject !== null ? { type: 'addTask', node: subject } : undefined;
}

/** Whether an incident is of a rung that gave up. */
export function isGivenUp(kind: string): boolean {
  return kind === TASK_NOT_ADDED || kind === NOBODY_FOUND;
}
