import type { Instant } from '../../../schemas/ids.ts';
import type { Recurrence } from '../../../schemas/task.ts';
import { addPeriod } from '../calendar/due.ts';
import { startOfDate } from '../calendar/time.ts';
import { addRecurrence } from './add-task.ts';
import { latestOf } from './releases.ts';
import { calendarsOf } from './timekeeping.ts';
import type { TaskState } from './types.ts';
import type { Work } from './work.ts';

/** Adds the next occurrence of each recurrent task once it is known when it starts; each is added once (C15, P7). */
export function planRecurrences(work: Work): void {
  for (const [node, { task }] of Object.entries(work.bundle.tasks)) {
    const last = task.recurrence ? latestOf(work, node) : undefined;
    if (!task.recurrence || !last || last.activeAt === null) continue;
    const next = nextStart(work, task.recurrence, last);
    if (next !== undefined) addRecurrence(work, last, next);
  }
}

/** Start of the occurrence after the latest one; undefined while it is open, or when there is none to come. */
function nextStart(work: Work, recurrence: Recurrence, last: TaskState): Instant | undefined {
  const { every, anchor, until, max, overlap } = recurrence;
  const isOver = last.life === 'complete' || last.life === 'bypassed';
  const mayOverlap = anchor === 'schedule' && overlap === 'yes';
  if (last.life === 'cancelled' || (!isOver && !mayOverlap)) return undefined;
  if (max !== undefined && last.occurrence >= max) return undefined;
  if (typeof until === 'object' && 'outcome' in until && last.outcome === until.outcome) return undefined;
  // Without an end of any kind a check refuses the drawing; it is not lived for ever either.
  if (until === 'none' && max === undefined) return undefined;
  const calendar = calendarsOf(work)(work.bundle.workflow.calendar);
  const first = work.state.tasks[last.node]?.activeAt ?? last.activeAt ?? work.at;
  const { dueOn } =
    anchor === 'schedule'
      ? addPeriod(calendar, first, { ...every, value: every.value * last.occurrence })
      : addPeriod(calendar, last.endedAt ?? work.at, every);
  if (dueOn === undefined) return undefined;
  if (typeof until === 'object' && 'date' in until && dueOn > until.date) return undefined;
  const isElapsed = every.unit === 'minutes' || every.unit === 'hours';
  const at = isElapsed ? addPeriod(calendar, last.endedAt ?? work.at, every).dueAt : startOfDate(calendar, dueOn);
  return Math.max(at, isOver ? (last.endedAt ?? at) : at);
}
