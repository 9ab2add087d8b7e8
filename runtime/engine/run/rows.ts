import type { Instant } from '../../../schemas/ids.ts';
import { earliest } from '../ladder/advance.ts';
import { slaStateOf } from './regions.ts';
import type { CaseRow, CaseState, ClockRow, ClockView, TaskRow, TaskState, Timekeeping } from './types.ts';

const openLives: readonly TaskState['life'][] = ['pending', 'ready', 'inProgress', 'onHold'];

/** Whether a task still has something to be done. */
export function isOpenTask(task: TaskState): boolean {
  return openLives.includes(task.life);
}

/** Whether the clock of a task that worklists show stands still. */
export function isPaused(state: CaseState, task: string): boolean {
  return mainClock(state.time[`task:${task}`])?.paused ?? false;
}

/** Whether a case still lives. */
export function isOpenCase(state: CaseState): boolean {
  return state.status === 'open' || state.status === 'onHold';
}

/** The earliest instant at which a clock, lag, ladder or hold of the case has something to say (D1); null when none has. */
export function wakeAt(state: CaseState): Instant | null {
  if (!isOpenCase(state)) return null;
  let next: Instant | null = null;
  for (const at of Object.values(state.releases)) next = earliest(next, at);
  for (const { nextDueAt } of Object.values(state.time)) next = earliest(next, nextDueAt);
  return next;
}

/** Worklist columns of a case: a cache of its state. */
export function toCaseRow(state: CaseState): CaseRow {
  const clock = mainClock(state.time['case:']);
  return {
    workflow: state.workflow,
    release: state.release,
    title: state.title,
    status: state.status,
    slaState: slaStateOf(state.value),
    owner: state.owner,
    group: state.group,
    stage: state.stage,
    outcome: state.outcome,
    receivedAt: state.receivedAt,
    launchedAt: state.launchedAt,
    closedAt: state.closedAt,
    amberAt: clock?.amberAt ?? null,
    dueAt: clock?.dueAt ?? null,
    breachedAt: clock?.breachedAt ?? null,
    paused: clock?.paused ?? false,
    wakeAt: wakeAt(state),
    revision: state.revision,
    openTasks: countOpen(state),
    privateToOwner: state.privateToOwner,
  };
}

function countOpen({ tasks }: CaseState): number {
  let open = 0;
  for (const task of Object.values(tasks)) if (isOpenTask(task)) open++;
  return open;
}

/** Worklist columns of every task of a case, or of those named. */
export function toTaskRows(state: CaseState, ids: readonly string[] = Object.keys(state.tasks)): TaskRow[] {
  return ids
    .flatMap((id) => state.tasks[id] ?? [])
    .map((task) => {
      const clock = mainClock(state.time[`task:${task.id}`]);
      const reviews = Object.values(task.holds);
      return {
        id: task.id,
        node: task.node,
        title: task.title,
        state: task.life,
        slaState: slaStateOf(task.value),
        owner: task.owner,
        group: task.group,
        delegate: task.delegate,
        activeAt: task.activeAt,
        startedAt: task.startedAt,
        endedAt: task.endedAt,
        releaseAt: state.releases[task.id] ?? null,
        amberAt: clock?.amberAt ?? null,
        dueAt: clock?.dueAt ?? null,
        breachedAt: clock?.breachedAt ?? null,
        paused: clock?.paused ?? false,
        reviewAt: reviews.length === 0 ? null : Math.min(...reviews),
        occurrence: task.occurrence,
        mandatory: task.mandatory,
        outcome: task.outcome,
        value: task.value,
      };
    });
}

/** Statutory clocks of a case. */
export function toClockViews(state: CaseState): ClockView[] {
  return Object.values(state.clocks).map((clock) => {
    const row = mainClock(state.time[`clock:${clock.id}`]);
    return {
      id: clock.id,
      key: clock.key,
      title: clock.title,
      startedAt: clock.startedAt,
      dueAt: row?.dueAt ?? null,
      // A right or duty that ran out was not breached.
      breachedAt: clock.outcome === 'lapsed' ? null : (row?.breachedAt ?? null),
      outcome: clock.outcome,
    };
  });
}

/** The clock shown in worklists: `completion`, else the one due first. */
function mainClock(time: Timekeeping | undefined): ClockRow | undefined {
  if (!time) return undefined;
  const { rows } = time;
  return rows['completion'] ?? Object.values(rows).sort((a, b) => (a.dueAt ?? Infinity) - (b.dueAt ?? Infinity))[0];
}
