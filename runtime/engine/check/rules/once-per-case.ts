import type { WorkflowDocument } from '../../../../schemas/workflow.ts';
import { defineRule, type RuleFinding } from '../rule.ts';

/** A task document stands on one node at most, but for repeatable ones outside housing options (P7). */
export const oncePerCase = defineRule({
  name: 'once-per-case',
  kind: 'workflow',
  reads: ['task'],
  sees: 'shape',
  codes: [
    {
      code: 'TASK_TWICE',
      severity: 'error',
      means: 'A task that happens once in a case stands on several nodes of its workflow.',
      cure: 'Make a second task document for the second need.',
      fixed: true,
    },
  ],
  check: (workflow, { configuration }) => {
    const places = placesOf(workflow);
    return [...places].flatMap(([task, nodes]): RuleFinding[] => {
      const repeatable = workflow.category !== 'housing-options' && configuration.task[task]?.repeatable === true;
      if (nodes.length < 2 || repeatable) return [];
      const last = nodes.at(-1) ?? '';
      const message = `Task ${task} stands on ${nodes.length} nodes (${nodes.join(', ')}), but happens once in a case. Make a second task document for the second need.`;
      return [
        {
          code: 'TASK_TWICE',
          severity: 'error',
          path: ['nodes', last, 'task'],
          values: { task, nodes },
          message,
          fix: { type: 'removeNodes', workflow: workflow.key, nodes: [last] },
        },
      ];
    });
  },
});

function placesOf(workflow: WorkflowDocument): Map<string, string[]> {
  const places = new Map<string, string[]>();
  for (const [key, node] of Object.entries(workflow.nodes)) {
    if (node.type === 'task') places.set(node.task, [...(places.get(node.task) ?? []), key]);
  }
  return places;
}
