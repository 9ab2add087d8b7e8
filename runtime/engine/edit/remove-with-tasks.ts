import { type Configuration, documentKinds } from '../../../schemas/configuration.ts';
import { referencesOf } from '../check/rules/references.ts';
import type { EditCommand } from './command.ts';

/**
 * Deletes nodes and, in the same step, the task documents that nothing else names and no release holds:
 * a task drawn and deleted again leaves nothing behind. `tasks` are the documents taken along.
 */
export function removeWithTasks(
  configuration: Configuration,
  workflow: string,
  nodes: readonly string[],
  isReleased: (task: string) => boolean,
): { command: EditCommand; tasks: string[] } {
  const remove: EditCommand = { type: 'removeNodes', workflow, nodes: [...nodes] };
  const tasks = tasksLeftAlone(configuration, workflow, new Set(nodes)).filter((task) => !isReleased(task));
  if (tasks.length === 0) return { command: remove, tasks };
  const documents = tasks.map((key): EditCommand => ({ type: 'removeDocument', kind: 'task', key }));
  const label = nodes.length === 1 ? `Delete ${nodes[0]}` : `Delete ${nodes.length} tasks`;
  return { command: { type: 'batch', label, commands: [remove, ...documents] }, tasks };
}

/** Task documents of these nodes that no other node or document names. */
function tasksLeftAlone(configuration: Configuration, workflow: string, gone: ReadonlySet<string>): string[] {
  const drawn = configuration.workflow[workflow]?.nodes ?? {};
  const taskOf = (key: string) => {
    const node = drawn[key];
    return node?.type === 'task' ? node.task : undefined;
  };
  const wanted = new Set([...gone].map(taskOf).filter((task) => task !== undefined));
  if (wanted.size === 0) return [];
  const named = new Set<string>();
  for (const kind of documentKinds) {
    for (const document of Object.values(configuration[kind])) {
      for (const { kind: of, key, path } of referencesOf(document)) {
        const isGone =
          kind === 'workflow' && document.key === workflow && path[0] === 'nodes' && gone.has(String(path[1]));
        if (of === 'task' && !isGone) named.add(key);
      }
    }
  }
  return [...wanted].filter((task) => !named.has(task) && Object.hasOwn(configuration.task, task)).sort();
}
