import { defineRule, type RuleFinding } from '../rule.ts';

/** A node stands in a lane that exists. */
export const laneUnknown = defineRule({
  name: 'lane-unknown',
  kind: 'workflow',
  reads: [],
  sees: 'shape',
  codes: [
    {
      code: 'LANE_UNKNOWN',
      severity: 'error',
      means: 'A node stands in a lane that the workflow does not have.',
      cure: 'Add the lane or choose another.',
      fixed: true,
    },
  ],
  check: (workflow) =>
    Object.entries(workflow.nodes).flatMap(([key, node]): RuleFinding[] => {
      if (node.lane === undefined || Object.hasOwn(workflow.lanes, node.lane)) return [];
      const message = `${key} stands in lane "${node.lane}", which does not exist. Add the lane or choose another.`;
      return [
        {
          code: 'LANE_UNKNOWN',
          severity: 'error',
          path: ['nodes', key, 'lane'],
          values: { lane: node.lane },
          message,
          fix: { type: 'setNodeField', workflow: workflow.key, node: key, field: 'lane' },
        },
      ];
    }),
});
