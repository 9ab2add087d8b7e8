import type { CaseEventPayloads } from '../../../schemas/case-event.ts';
import type { Instant } from '../../../schemas/ids.ts';
import { lifeOf } from './evolve.ts';
import { initialValue, stepMachine } from './machine.ts';
import { allocateTask } from './ownership.ts';
import type { TaskState } from './types.ts';
import { emit, taskItem, taskOf, type Work } from './work.ts';

type Predecessors = CaseEventPayloads['taskAdded']['predecessors'];

/** Adds a manual task, or one more occurrence of a repeatable one (P4, P7); undefined when the node takes none. */
export function addManualTask(
  work: Work,
  node: string,
  predecessors: Predecessors,
  by: CaseEventPayloads['taskAdded']['by'],
): string | undefined {
  const id = nextTaskId(work, node);
  const config = work.bundle.machines.nodes[node];
  if (id === undefined || !config) return undefined;
  const compiled = work.bundle.tasks[node];
  const start = initialValue(config);
  const value = lifeOf(start) === 'notAdded' ? stepMachine(config, start, { type: 'ADD' })?.value : start;
  if (!compiled || value === undefined) return undefined;
  const occurrence = Number(id.split('.')[1] ?? 1);
  const { title, mandatory } = compiled;
  emit(work, 'taskAdded', { id, node, occurrence, title, mandatory, state: lifeOf(value), value, predecessors, by });
  work.values.set(taskItem(id), value);
  allocateTask(work, taskOf(work, id));
  return id;
}

/** Adds the next occurrence of a recurrent task; later ones may be left undone when the case closes (C15). */
export function addRecurrence(work: Work, last: TaskState, notBefore: Instant): void {
  const config = work.bundle.machines.nodes[last.node];
  if (!config) return;
  const start = initialValue(config);
  const value = lifeOf(start) === 'notAdded' ? stepMachine(config, start, { type: 'ADD' })?.value : start;
  if (value === undefined) return;
  const occurrence = last.occurrence + 1;
  const id = `${last.node}.${occurrence}`;
  const told = { id, node: last.node, occurrence, title: last.title, mandatory: false, state: lifeOf(value), value };
  emit(work, 'taskAdded', { ...told, predecessors: [], by: 'recurrence', notBefore });
  work.values.set(taskItem(id), value);
  allocateTask(work, taskOf(work, id));
}

/** Id the next occurrence of a node would have; undefined when none may be added (P7). */
export function nextTaskId(work: Pick<Work, 'bundle' | 'state'>, node: string): string | undefined {
  const compiled = work.bundle.tasks[node];
  if (!compiled) return undefined;
  const occurrences = Object.values(work.state.tasks).filter((task) => task.node === node);
  if (occurrences.some(({ life }) => life === 'notAdded')) return node;
  // Housing-options tasks appear once a case; a second need of the same kind is a second document (P7).
  if (!compiled.task.repeatable || work.bundle.workflow.category === 'housing-options') return undefined;
  return `${node}.${Math.max(...occurrences.map(({ occurrence }) => occurrence), 0) + 1}`;
}

/** Why a task may not wait for these: unknown ones, or a circle; undefined where it may. */
export function predecessorProblem(
  work: Pick<Work, 'bundle' | 'state'>,
  node: string,
  predecessors: Predecessors,
): string | undefined {
  const id = nextTaskId(work, node);
  for (const { task } of predecessors) {
    const before = Object.hasOwn(work.state.tasks, task) ? work.state.tasks[task] : undefined;
    if (task === id) return 'a task cannot wait for itself';
    if (!before || !waitsFor(work, before, node, new Set())) continue;
    return `${before.title} itself waits for ${work.bundle.tasks[node]?.title ?? node}, so it cannot come first`;
  }
  return undefined;
}

/** Whether a task comes after a node, by the drawing or by links added by hand. */
function waitsFor(work: Pick<Work, 'bundle' | 'state'>, task: TaskState, node: string, seen: Set<string>): boolean {
  if (seen.has(task.id)) return false;
  seen.add(task.id);
  if (drawnBefore(work, task.node, new Set()).has(node)) return true;
  return task.added.some((link) => {
    const before = work.state.tasks[link.task];
    return before !== undefined && (before.node === node || waitsFor(work, before, node, seen));
  });
}

function drawnBefore(work: Pick<Work, 'bundle'>, node: string, found: Set<string>): Set<string> {
  for (const { from } of work.bundle.incoming[node] ?? []) {
    if (found.has(from)) continue;
    found.add(from);
    drawnBefore(work, from, found);
  }
  return found;
}
