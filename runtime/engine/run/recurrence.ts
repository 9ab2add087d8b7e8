import type { Instant } from '../../../schemas/ids.ts';
import type { Recurrence } from '../../../schemas/task.ts';
import { addPeriod } from '../calendar/due.ts';
import { startOfDate } from '../calendar/time.ts';
import type { CompiledWorkflow } from '../compile/compiled-workflow.ts';
import { addRecurrence } from './add-task.ts';
import { calendarsOf } from './timekeeping.ts';
import type { TaskState } from './types.ts';
import type { Work } from './work.ts';

/** Adds the next occurrence of each recurrent task once it is known when it starts; each is added once (C15, P7). */
export function planRecurrences(work: Work): void {
  for (const [node, recurrence] of recurrencesOf(work.bundle)) {
    const series = seriesOf(work, node);
    const last = series.at(-1);
    if (!last || last.activeAt === null) continue;
    const next = nextStart(work, recurrence, series, last);
    if (next !== undefined) addRecurrence(work, last, next);
  }
}

const recurrences = new WeakMap<CompiledWorkflow, [string, Recurrence][]>();

/** Nodes whose tasks recur: looked for once a bundle. */
function recurrencesOf(bundle: CompiledWorkflow): [string, Recurrence][] {
  const known = recurrences.get(bundle);
  if (known) return known;
  const found = Object.entries(bundle.tasks).flatMap(([node, { task }]): [string, Recurrence][] =>
    task.recurrence ? [[node, task.recurrence]] : [],
  );
  recurrences.set(bundle, found);
  return found;
}

function seriesOf(work: Work, node: string): TaskState[] {
  const series = Object.values(work.state.tasks).filter((task) => task.node === node && task.life !== 'notAdded');
  return series.sort((a, b) => a.occurrence - b.occurrence);
}

/** Start of the occurrence after the latest one; undefined while it is open, or when there is none to come. */
function nextStart(
  work: Work,
  recurrence: Recurrence,
  series: readonly TaskState[],
  last: TaskState,
): Instant | undefined {
  const isOver = last.life === 'complete' || last.life === 'bypassed';
  const mayOverlap = recurrence.anchor === 'schedule' && recurrence.overlap === 'yes';
  // Cancelling an occurrence ends the series; bypassing it skips this one.
  if (last.life === 'cancelled' || (!isOver && !mayOverlap)) return undefined;
  if (hasEnded(recurrence, series)) return undefined;
  const { every, anchor, until } = recurrence;
  const calendar = calendarsOf(work)(work.bundle.workflow.calendar);
  const [from, times] =
    anchor === 'schedule' ? [series[0]?.activeAt ?? work.at, series.length] : [last.endedAt ?? work.at, 1];
  const { dueAt, dueOn } = addPeriod(calendar, from, { ...every, value: every.value * times });
  if (dueOn === undefined || (typeof until === 'object' && 'date' in until && dueOn > until.date)) return undefined;
  const isElapsed = every.unit === 'minutes' || every.unit === 'hours';
  const at = isElapsed ? dueAt : startOfDate(calendar, dueOn);
  return isOver ? Math.max(at, last.endedAt ?? at) : at;
}

/** Whether the series has had its last occurrence: by count, by outcome, or because nothing ends it. */
function hasEnded({ until, max }: Recurrence, series: readonly TaskState[]): boolean {
  if (max !== undefined && series.length >= max) return true;
  if (typeof until === 'object' && 'outcome' in until)
    return series.some(({ life, outcome }) => life === 'complete' && outcome === until.outcome);
  // Without an end of any kind a check refuses the drawing; it is not lived for ever either.
  return until === 'none' && max === undefined;
}
