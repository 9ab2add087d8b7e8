import { defineRule, type RuleFinding } from '../rule.ts';

/** A decision has a default branch (P6). */
export const decisionDefault = defineRule({
  name: 'decision-default',
  kind: 'workflow',
  reads: [],
  sees: 'shape',
  codes: [
    {
      code: 'DECISION_WITHOUT_DEFAULT',
      severity: 'error',
      means: 'A decision has no default branch: where none of its conditions is true the case would stand still.',
      cure: 'Add the branch "otherwise".',
      fixed: true,
    },
  ],
  check: (workflow) =>
    Object.entries(workflow.nodes).flatMap(([key, node]): RuleFinding[] => {
      if (node.type !== 'decision' || node.otherwise) return [];
      const message = `Decision ${key} has no default: where no branch is true the case would stand still. Add "otherwise".`;
      return [
        {
          code: 'DECISION_WITHOUT_DEFAULT',
          severity: 'error',
          path: ['nodes', key],
          values: { node: key },
          message,
          fix: {
            type: 'setNodeField',
            workflow: workflow.key,
            node: key,
            field: 'otherwise',
            value: { label: 'Otherwise' },
          },
        },
      ];
    }),
});
