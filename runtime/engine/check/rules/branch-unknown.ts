import type { Link } from '../../../../schemas/workflow.ts';
import { defineRule, type RuleFinding } from '../rule.ts';

/** A link that follows a branch follows one its decision has. */
export const branchUnknown = defineRule({
  name: 'branch-unknown',
  kind: 'workflow',
  reads: [],
  sees: 'shape',
  codes: [
    {
      code: 'BRANCH_UNKNOWN',
      severity: 'error',
      means: 'A link follows a branch that its decision does not have.',
      cure: 'Choose one of the branches of the decision, or "otherwise".',
      fixed: true,
    },
  ],
  check: (workflow) =>
    branching(workflow.links).flatMap(([key, link]): RuleFinding[] => {
      const from = workflow.nodes[link.from];
      if (!from) return [];
      const known =
        from.type === 'decision' && (link.branch === 'otherwise' || Object.hasOwn(from.branches, link.branch));
      if (known) return [];
      const message = `Link ${key} follows branch "${link.branch}" of ${link.from}, which has no such branch. Choose one of its branches.`;
      return [
        {
          code: 'BRANCH_UNKNOWN',
          severity: 'error',
          path: ['links', key, 'branch'],
          values: { branch: link.branch, node: link.from },
          message,
          fix: { type: 'unlink', workflow: workflow.key, links: [key] },
        },
      ];
    }),
});

function branching(links: Readonly<Record<string, Link>>): [string, Link & { branch: string }][] {
  return Object.entries(links).filter(
    (entry): entry is [string, Link & { branch: string }] => entry[1].branch !== undefined,
  );
}
