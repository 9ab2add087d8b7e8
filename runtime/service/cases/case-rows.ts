import { type CaseState, isOpenTask, type TaskRow, toCaseRow, toTaskRows, wakeAt } from '../../engine/index.ts';
import type { RowChange } from '../commit/tables.ts';
import { intOf, intOrNull, jsonOf, type Row, textOf, textOrNull } from '../db/database.ts';
import type { CaseSnapshot } from './case-snapshots.ts';
import { NOT_YET } from './stored-state.ts';

/**
 * The row of a case, a cache of its events: with its whole state where that is to be stored, else what lists and timers need; where
 * nothing of that moved either, how far the case has come.
 */
export function toCaseChange(id: string, before: CaseSnapshot | null, after: CaseSnapshot): RowChange {
  const { fixed, revision, lastHash, state } = after;
  if (before && before.stored === after.stored && before.state.receivedAt === state.receivedAt) {
    if (!standsAsBefore(before, after)) return { table: 'case_heads', values: toCaseValues(id, after) };
    // Each column that is set costs, and every index it is in is written again.
    return { table: 'case_marks', values: { id, wake_at: wakeAt(state), revision, last_hash: lastHash } };
  }
  const values = toCaseValues(id, after);
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
      ...(after.stored === 0 ? NOT_YET : { state_revision: revision, state: JSON.stringify(state) }),
    },
  };
}

/** Whether lists would show the case as before: the parts that `toCaseValues` reads are the very same. */
function standsAsBefore({ state: before, fixed }: CaseSnapshot, { state: after, fixed: now }: CaseSnapshot): boolean {
  return (
    fixed === now &&
    headParts.every((part) => before[part] === after[part]) &&
    before.time['case:'] === after.time['case:']
  );
}

const headParts = [
  'status',
  'stage',
  'outcome',
  'value',
  'owner',
  'group',
  'closedAt',
  'privateToOwner',
] as const satisfies readonly (keyof CaseState)[];

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

/** Rows of the tasks that differ from before. A task has none until its turn first comes: no list asks for those that wait. */
export function toTaskChanges(id: string, before: CaseState | null, after: CaseState): RowChange[] {
  const changed = Object.keys(after.tasks).filter(
    (task) => !(isWaiting(before, task) && isWaiting(after, task)) && (!before || hasMoved(before, after, task)),
  );
  if (changed.length === 0) return [];
  return toTaskRows(after, changed).map((row) => ({ table: 'case_tasks', values: toTaskValues(id, row, after) }));
}

function isWaiting(state: CaseState | null, task: string): boolean {
  const { life } = state?.tasks[task] ?? { life: 'pending' };
  return life === 'pending';
}

/** States share what did not change, so that most tasks are known to be as before without a look inside. */
export function hasMoved(before: CaseState, after: CaseState, task: string): boolean {
  return (
    before.tasks[task] !== after.tasks[task] ||
    (before.time !== after.time && before.time[`task:${task}`] !== after.time[`task:${task}`]) ||
    (before.releases !== after.releases && before.releases[task] !== after.releases[task])
  );
}

function toTaskValues(caseId: string, row: TaskRow, state: CaseState): RowChange['values'] {
  const task = state.tasks[row.id];
  const isOpen = task !== undefined && row.state !== 'pending' && isOpenTask(task);
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
    is_open: isOpen ? 1 : 0,
    urgency: urgencyOf(row),
    machine: isOpen ? JSON.stringify({ row: restOf(row) }) : '{}',
  };
}

/** What lists show of an open task beside its columns. */
function restOf({ startedAt, endedAt, releaseAt, reviewAt, outcome, value }: TaskRow) {
  return { startedAt, endedAt, releaseAt, reviewAt, outcome, value };
}

/** An open task's row as it was stored. */
export function toTaskRow(row: Row): Record<string, unknown> {
  return {
    id: textOf(row, 'id'),
    node: textOf(row, 'node'),
    title: textOf(row, 'title'),
    state: textOf(row, 'state'),
    slaState: textOf(row, 'sla_state'),
    owner: textOrNull(row, 'owner'),
    group: textOrNull(row, 'owner_group'),
    delegate: textOrNull(row, 'delegate'),
    activeAt: intOrNull(row, 'active_at'),
    amberAt: intOrNull(row, 'amber_at'),
    dueAt: intOrNull(row, 'due_at'),
    breachedAt: intOrNull(row, 'breached_at'),
    paused: intOf(row, 'paused') === 1,
    occurrence: intOf(row, 'occurrence'),
    mandatory: intOf(row, 'mandatory') === 1,
    ...jsonOf<{ row?: Record<string, unknown> }>(row, 'machine').row,
  };
}

/** Order of the worklist (W2): exceeded, amber, on track, paused last. */
export function urgencyOf(row: Pick<TaskRow, 'slaState' | 'paused'>): number {
  if (row.paused) return 3;
  return { exceeded: 0, amber: 1, onTrack: 2 }[row.slaState];
}
