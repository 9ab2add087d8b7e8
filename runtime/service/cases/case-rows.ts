import { type CaseState, isOpenTask, type TaskRow, toCaseRow, toTaskRows } from '../../engine/index.ts';
import type { RowChange } from '../commit/tables.ts';
import type { CaseSnapshot } from './case-snapshots.ts';

/** The row of a case, a cache of its events: with its whole state where that is to be stored again, else what lists and timers need. */
export function toCaseChange(id: string, before: CaseSnapshot | null, after: CaseSnapshot): RowChange {
  const values = toCaseValues(id, after);
  if (before && before.stored === after.stored && before.state.receivedAt === after.state.receivedAt)
    return { table: 'case_heads', values };
  const { fixed, revision, state } = after;
  return {
    table: 'cases',
    values: {
      ...values,
      reference: fixed.reference,
      workflow: fixed.workflow,
      customer: fixed.customer,
      enquiry: fixed.enquiry,
      sample: fixed.sample,
      opened_at: state.receivedAt,
      state_revision: revision,
      state: JSON.stringify(state),
    },
  };
}

function toCaseValues(id: string, { state, revision, lastHash, fixed }: CaseSnapshot): RowChange['values'] {
  const row = toCaseRow(state);
  return {
    id,
    release: fixed.release,
    status: row.status,
    stage: row.stage,
    outcome: row.outcome,
    sla_state: row.slaState,
    owner: row.owner,
    owner_group: row.group,
    amber_at: row.amberAt,
    due_at: row.dueAt,
    breached_at: row.breachedAt,
    paused: row.paused ? 1 : 0,
    closed_at: row.closedAt,
    wake_at: row.wakeAt,
    revision,
    last_hash: lastHash,
    answers_ref: fixed.answersRef,
    private: row.privateToOwner ? 1 : 0,
  };
}

/** Rows of the tasks that differ from before; all of them for a new case. */
export function toTaskChanges(id: string, before: CaseState | null, after: CaseState): RowChange[] {
  const changed = Object.keys(after.tasks).filter((task) => !before || hasMoved(before, after, task));
  if (changed.length === 0) return [];
  return toTaskRows(after, changed).map((row) => ({ table: 'case_tasks', values: toTaskValues(id, row, after) }));
}

/** States share what did not change, so that most tasks are known to be as before without a look inside. */
export function hasMoved(before: CaseState, after: CaseState, task: string): boolean {
  return (
    before.tasks[task] !== after.tasks[task] ||
    before.time[`task:${task}`] !== after.time[`task:${task}`] ||
    before.releases[task] !== after.releases[task]
  );
}

function toTaskValues(caseId: string, row: TaskRow, state: CaseState): RowChange['values'] {
  const task = state.tasks[row.id];
  return {
    case_id: caseId,
    id: row.id,
    node: row.node,
    title: row.title,
    state: row.state,
    sla_state: row.slaState,
    owner: row.owner,
    owner_group: row.group,
    delegate: row.delegate,
    active_at: row.activeAt,
    amber_at: row.amberAt,
    due_at: row.dueAt,
    breached_at: row.breachedAt,
    paused: row.paused ? 1 : 0,
    occurrence: row.occurrence,
    mandatory: row.mandatory ? 1 : 0,
    is_open: task && row.state !== 'pending' && isOpenTask(task) ? 1 : 0,
    urgency: urgencyOf(row),
    machine: JSON.stringify({ row }),
  };
}

/** Order of the worklist (W2): exceeded, amber, on track, paused last. */
export function urgencyOf(row: Pick<TaskRow, 'slaState' | 'paused'>): number {
  if (row.paused) return 3;
  return { exceeded: 0, amber: 1, onTrack: 2 }[row.slaState];
}
