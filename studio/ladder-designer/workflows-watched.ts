import type { Configuration } from '../../schemas/configuration.ts';
import type { WorkflowDocument } from '../../schemas/workflow.ts';

/** Workflows whose case, tasks or clocks a ladder watches; all of them while it watches none yet. */
export function workflowsWatched(ladder: string, configuration: Configuration): string[] {
  const all = Object.values(configuration.workflow);
  const watched = all.filter((workflow) => laddersOf(workflow, configuration).includes(ladder));
  return (watched.length > 0 ? watched : all).map(({ key }) => key);
}

function laddersOf({ ladder, clocks, nodes }: WorkflowDocument, { task }: Configuration): (string | undefined)[] {
  return [
    ladder,
    ...Object.values(clocks).map((clock) => clock.ladder),
    ...Object.values(nodes).map((node) =>
      node.type === 'task' ? (node.ladder ?? task[node.task]?.ladder) : undefined,
    ),
  ];
}
