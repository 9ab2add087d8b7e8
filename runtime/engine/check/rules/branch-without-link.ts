import { inOrder } from '../../../../schemas/document.ts';
import { linksFrom } from '../links-of.ts';
import { defineRule, type RuleFinding } from '../rule.ts';

/** Every branch of a decision leads somewhere. */
export const branchWithoutLink = defineRule({
  name: 'branch-without-link',
  kind: 'workflow',
  reads: [],
  sees: 'shape',
  codes: [
    {
      code: 'BRANCH_WITHOUT_LINK',
      severity: 'warning',
      means: 'A branch of a decision leads nowhere: a case that takes it does nothing more on this way.',
      cure: 'Link the branch to what comes next, or to an end.',
    },
  ],
  check: (workflow) =>
    Object.entries(workflow.nodes).flatMap(([key, node]): RuleFinding[] => {
      if (node.type !== 'decision') return [];
      const outgoing = linksFrom(workflow, key);
      if (outgoing.some((link) => link.branch === undefined)) return [];
      const branches = [
        ...inOrder(node.branches).map((branch) => branch.key),
        ...(node.otherwise ? ['otherwise'] : []),
      ];
      return branches
        .filter((branch) => !outgoing.some((link) => link.branch === branch))
        .map((branch) => ({
          code: 'BRANCH_WITHOUT_LINK',
          severity: 'warning',
          path: ['nodes', key, ...(branch === 'otherwise' ? ['otherwise'] : ['branches', branch])],
          values: { node: key, branch },
          message: `Branch "${branch}" of decision ${key} leads nowhere. Link it to what comes next, or to an end.`,
        }));
    }),
});
