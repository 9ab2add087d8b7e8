import { linksTo } from '../links-of.ts';
import { defineRule, type RuleFinding } from '../rule.ts';

/** A mandatory task does not stand behind manual ones alone: what nobody adds holds nothing back (P5). */
export const mandatoryBehindManual = defineRule({
  name: 'mandatory-behind-manual',
  kind: 'workflow',
  reads: [],
  sees: 'shape',
  codes: [
    {
      code: 'MANDATORY_BEHIND_MANUAL',
      severity: 'warning',
      means:
        'A mandatory task stands only behind manual ones: a manual task nobody has added holds nothing back, so it starts as if the link were not there.',
      cure: 'Make the manual task automatic or conditional, or link the mandatory one to an automatic task too.',
      fixed: true,
      shown: 'commands',
    },
  ],
  check: (workflow, { from }) =>
    Object.entries(workflow.nodes).flatMap(([key, node]): RuleFinding[] => {
      if (node.type !== 'task' || !node.mandatory || node.activation === 'manual') return [];
      const before = linksTo(workflow, key);
      const manual = before.filter(({ from }) => {
        const one = workflow.nodes[from];
        return one?.type === 'task' && one.activation === 'manual';
      });
      if (manual.length === 0 || manual.length < before.length) return [];
      const names = [...new Set(manual.map(({ from }) => from))];
      const message = `${key} is mandatory but stands only behind manual tasks (${names.join(', ')}): where nobody adds them it starts as if they were not there. Make them automatic or conditional, or link ${key} to an automatic task too.`;
      return [
        {
          code: 'MANDATORY_BEHIND_MANUAL',
          severity: 'warning',
          path: ['nodes', key],
          values: { node: key, manual: names },
          message,
          fix: {
            type: 'setNodeField',
            workflow: workflow.key,
            node: names[0] ?? '',
            field: 'activation',
            value: 'automatic',
          },
          counterexample: {
            answers: {},
            commands: [{ at: `${from}T09:00:00Z`, command: { type: 'launch', answers: {} } }],
            starts: key,
            without: names,
          },
        },
      ];
    }),
});
