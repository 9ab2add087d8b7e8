import type { OwnerRules } from '../../../../schemas/allocation.ts';
import type { WorkflowDocument } from '../../../../schemas/workflow.ts';
import { conditionsIn, leavesOf } from '../conditions.ts';
import { defineRule, type RuleFinding } from '../rule.ts';

type Path = readonly (string | number)[];

/** Links, clocks, owner rules and conditions of a workflow name nodes that are drawn. */
export const nodeUnknown = defineRule({
  name: 'node-unknown',
  kind: 'workflow',
  reads: [],
  sees: 'shape',
  codes: [
    {
      code: 'NODE_UNKNOWN',
      severity: 'error',
      means: 'A link, a clock, an owner rule or a condition names a node that the workflow does not have.',
      cure: 'Draw the node or name another.',
      fixed: true,
    },
  ],
  check: (workflow) => [
    ...linkEnds(workflow),
    ...namedNodes(workflow).flatMap(({ node, path }) => missingNode(workflow, node, path)),
  ],
});

/** A link that hangs in the air can only go. */
function linkEnds(workflow: WorkflowDocument): RuleFinding[] {
  const loose = Object.entries(workflow.links).filter(
    ([, { from, to }]) => !Object.hasOwn(workflow.nodes, from) || !Object.hasOwn(workflow.nodes, to),
  );
  return loose.flatMap(([key, link]) =>
    (['from', 'to'] as const).flatMap((end) =>
      missingNode(workflow, link[end], ['links', key, end]).map((found) => ({
        ...found,
        fix: { type: 'unlink' as const, workflow: workflow.key, links: [key] },
      })),
    ),
  );
}

function namedNodes(workflow: WorkflowDocument): { node: string; path: Path }[] {
  const clocks = Object.entries(workflow.clocks).flatMap(([key, clock]) => [
    ...placed('completionOf' in clock.anchor ? clock.anchor.completionOf : [], [
      'clocks',
      key,
      'anchor',
      'completionOf',
    ]),
    ...placed(clock.mustContain ?? [], ['clocks', key, 'mustContain']),
  ]);
  const nodes = Object.entries(workflow.nodes).flatMap(([key, node]) =>
    node.type === 'task' && node.ownerRules ? owners(node.ownerRules, ['nodes', key, 'ownerRules']) : [],
  );
  return [...clocks, ...owners(workflow.ownerRules, ['ownerRules']), ...nodes, ...inConditions(workflow)];
}

function placed(nodes: readonly string[], path: Path): { node: string; path: Path }[] {
  return nodes.map((node, at) => ({ node, path: [...path, at] }));
}

function owners(rules: OwnerRules, path: Path): { node: string; path: Path }[] {
  return Object.entries(rules).flatMap(([key, rule]) => [
    ...(rule.to.by === 'sameAs' ? [{ node: rule.to.node, path: [...path, key, 'to', 'node'] }] : []),
    ...placed(rule.excludeOwnersOf ?? [], [...path, key, 'excludeOwnersOf']),
  ]);
}

function inConditions(workflow: WorkflowDocument): { node: string; path: Path }[] {
  return conditionsIn(workflow)
    .flatMap(leavesOf)
    .flatMap(({ condition, path }) => {
      if (!('of' in condition)) return [];
      if ('taskOutcome' in condition.of)
        return [{ node: condition.of.taskOutcome, path: [...path, 'of', 'taskOutcome'] }];
      if ('taskField' in condition.of)
        return [{ node: condition.of.taskField.node, path: [...path, 'of', 'taskField', 'node'] }];
      return [];
    });
}

function missingNode(workflow: WorkflowDocument, node: string, path: Path): RuleFinding[] {
  if (Object.hasOwn(workflow.nodes, node)) return [];
  const message = `There is no node "${node}" in this workflow, named at /${path.join('/')}. Draw it or choose another.`;
  return [{ code: 'NODE_UNKNOWN', severity: 'error', path, values: { node }, message }];
}
