import type { Configuration } from '../../schemas/configuration.ts';
import type { TaskDocument } from '../../schemas/task.ts';
import type { Link, TaskNode, WorkflowDocument } from '../../schemas/workflow.ts';

const CHAINS = 20;

/** The shipped configuration with one more workflow, MANY: so many tasks in twenty chains that cross, two links a task. */
export function manyTasks(count: number, shipped: Configuration): Configuration {
  const model = shipped.workflow['RG'];
  const task = shipped.task['RG01'];
  if (!model || !task) throw new Error('the shipped configuration has lost RG');
  const keyOf = (at: number) => `M${String(at + 1).padStart(4, '0')}`;
  const nodes: Record<string, TaskNode> = {};
  const tasks: Record<string, TaskDocument> = {};
  const links: Record<string, Link> = {};
  for (let at = 0; at < count; at++) {
    const key = keyOf(at);
    const target = { value: 1 + (at % 5), unit: 'workingDays' as const };
    tasks[key] = { ...task, key, title: `Task ${at + 1}`, sla: { target } };
    nodes[key] = { type: 'task', order: at, task: key, activation: 'automatic', mandatory: true };
    for (const before of [at - CHAINS, at - CHAINS - 1]) {
      if (before < 0 || (before === at - CHAINS - 1 && at % 3 > 0)) continue;
      links[`${keyOf(before)}-${key}`] = { order: Object.keys(links).length, from: keyOf(before), to: key, type: 'FS' };
    }
  }
  const workflow: WorkflowDocument = {
    ...model,
    key: 'MANY',
    title: `${count} tasks`,
    nodes,
    links,
    clocks: {},
    sla: { target: { value: 400, unit: 'calendarDays' } },
  };
  return {
    ...shipped,
    workflow: { ...shipped.workflow, MANY: workflow },
    task: { ...shipped.task, ...tasks },
  };
}
