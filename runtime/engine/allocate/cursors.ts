import type { OwnerRules } from '../../../schemas/allocation.ts';
import type { CompiledWorkflow } from '../compile/compiled-workflow.ts';

/** Names of the round robin cursors that a case of this workflow may move (L4): those of its rules and of its rungs. */
export function roundRobinCursors(bundle: CompiledWorkflow): string[] {
  const tasks = Object.values(bundle.tasks).flatMap(({ task }) => namesIn(task.ownerRules, `task/${task.key}`));
  return [...new Set([...namesIn(bundle.workflow.ownerRules, `workflow/${bundle.key}`), ...tasks, ...ofRungs(bundle)])];
}

/** Name of the cursor of a rung that gives work away in turn. */
export function rungCursor(ladder: string, rung: string): string {
  return `rung/${ladder}/${rung}`;
}

function namesIn(rules: OwnerRules, ruleSet: string): string[] {
  return Object.entries(rules).flatMap(([key, { to }]) => (to.by === 'roundRobin' ? [`${ruleSet}/${key}`] : []));
}

function ofRungs(bundle: CompiledWorkflow): string[] {
  const used = [...Object.values(bundle.tasks), ...Object.values(bundle.clocks)].map(({ ladder }) => ladder);
  return [...used, bundle.caseLadder].flatMap((ladder) =>
    Object.entries(ladder?.rungs ?? {}).flatMap(([rung, { actions }]) => {
      const turns = actions.some(
        (action) => action.do === 'reassign' && typeof action.to !== 'string' && action.to.by === 'roundRobin',
      );
      return ladder && turns ? [`${rungCursor(ladder.key, rung)}/only`] : [];
    }),
  );
}
