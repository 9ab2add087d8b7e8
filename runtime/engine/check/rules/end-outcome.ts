import { defineRule, type RuleFinding } from '../rule.ts';

/** An end closes the case with an outcome the workflow has. */
export const endOutcome = defineRule({
  name: 'end-outcome',
  kind: 'workflow',
  reads: [],
  sees: 'shape',
  codes: [
    {
      code: 'OUTCOME_UNKNOWN',
      severity: 'error',
      means: 'An end, a recurrence or a condition names an outcome that the workflow or the task does not have.',
      cure: 'Add the outcome or name another.',
      fixed: true,
    },
  ],
  check: (workflow) =>
    Object.entries(workflow.nodes).flatMap(([key, node]): RuleFinding[] => {
      if (node.type !== 'end' || Object.hasOwn(workflow.outcomes, node.outcome)) return [];
      const message = `${key} ends the case with outcome "${node.outcome}", which the workflow does not have. Add it to its outcomes.`;
      const order = Object.keys(workflow.outcomes).length + 1;
      return [
        {
          code: 'OUTCOME_UNKNOWN',
          severity: 'error',
          path: ['nodes', key, 'outcome'],
          values: { outcome: node.outcome },
          message,
          fix: {
            type: 'setDocumentField',
            kind: 'workflow',
            key: workflow.key,
            path: ['outcomes', node.outcome],
            value: { order, label: node.outcome },
          },
        },
      ];
    }),
});
