import type { OwnerRules, OwnerStrategy } from '../../../schemas/allocation.ts';
import type { CompiledWorkflow } from '../compile/compiled-workflow.ts';

/** A strategy of a workflow under the name its round robin cursor has (L4). */
export interface NamedStrategy {
  readonly name: string;
  readonly to: OwnerStrategy;
}

/** Every strategy by which a case of this workflow may find an owner: of its rules, of its tasks and of the rungs of its ladders. */
export function strategiesOf(bundle: CompiledWorkflow): NamedStrategy[] {
  const tasks = Object.values(bundle.tasks).flatMap(({ task }) => namedIn(task.ownerRules, `task/${task.key}`));
  return [...namedIn(bundle.workflow.ownerRules, `workflow/${bundle.key}`), ...tasks, ...ofRungs(bundle)];
}

/** Name of the strategy of a rung that gives work away. */
export function rungCursor(ladder: string, rung: string): string {
  return `rung/${ladder}/${rung}`;
}

function namedIn(rules: OwnerRules, ruleSet: string): NamedStrategy[] {
  return Object.entries(rules).map(([key, { to }]) => ({ name: `${ruleSet}/${key}`, to }));
}

function ofRungs(bundle: CompiledWorkflow): NamedStrategy[] {
  const used = [...Object.values(bundle.tasks), ...Object.values(bundle.clocks)].map(({ ladder }) => ladder);
  return [...used, bundle.caseLadder].flatMap((ladder) =>
    Object.entries(ladder?.rungs ?? {}).flatMap(([rung, { actions }]) =>
      actions.flatMap((action) =>
        ladder && action.do === 'reassign' && typeof action.to !== 'string'
          ? [{ name: `${rungCursor(ladder.key, rung)}/only`, to: action.to }]
          : [],
      ),
    ),
  );
}
