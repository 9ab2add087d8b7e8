import type { WorkflowDocument } from '../../../../schemas/workflow.ts';
import { conditionsIn, leavesOf } from '../conditions.ts';
import { defineRule, type RuleFinding } from '../rule.ts';

/** Links, clocks, owner rules and conditions of a workflow name nodes, branches, lanes and named conditions that exist. */
export const nodeReferences = defineRule({
  name: 'node-references',
  kind: 'workflow',
  reads: [],
  check: (workflow) => [
    ...linkFindings(workflow),
    ...clockFindings(workflow),
    ...laneFindings(workflow),
    ...conditionFindings(workflow),
    ...outcomeFindings(workflow),
  ],
});

function linkFindings(workflow: WorkflowDocument): RuleFinding[] {
  return Object.entries(workflow.links).flatMap(([key, link]): RuleFinding[] => {
    const ends = (['from', 'to'] as const).flatMap((end) => missingNode(workflow, link[end], ['links', key, end]));
    const from = workflow.nodes[link.from];
    if (link.branch === undefined || !from) return ends;
    const known =
      from.type === 'decision' &&
      (link.branch === 'otherwise' ? from.otherwise !== undefined : Object.hasOwn(from.branches, link.branch));
    if (known) return ends;
    const message = `Link ${key} follows branch "${link.branch}" of ${link.from}, which has no such branch. Choose one of its branches.`;
    return [
      ...ends,
      {
        code: 'BRANCH_UNKNOWN',
        severity: 'error',
        path: ['links', key, 'branch'],
        values: { branch: link.branch, node: link.from },
        message,
      },
    ];
  });
}

function clockFindings(workflow: WorkflowDocument): RuleFinding[] {
  return Object.entries(workflow.clocks).flatMap(([key, clock]) => {
    const anchors = 'completionOf' in clock.anchor ? clock.anchor.completionOf : [];
    return [
      ...anchors.flatMap((node, at) => missingNode(workflow, node, ['clocks', key, 'anchor', 'completionOf', at])),
      ...(clock.mustContain ?? []).flatMap((node, at) =>
        missingNode(workflow, node, ['clocks', key, 'mustContain', at]),
      ),
    ];
  });
}

function laneFindings(workflow: WorkflowDocument): RuleFinding[] {
  return Object.entries(workflow.nodes).flatMap(([key, node]): RuleFinding[] => {
    if (node.lane === undefined || Object.hasOwn(workflow.lanes, node.lane)) return [];
    const message = `${key} stands in lane "${node.lane}", which does not exist. Add the lane or choose another.`;
    return [
      { code: 'LANE_UNKNOWN', severity: 'error', path: ['nodes', key, 'lane'], values: { lane: node.lane }, message },
    ];
  });
}

function outcomeFindings(workflow: WorkflowDocument): RuleFinding[] {
  return Object.entries(workflow.nodes).flatMap(([key, node]): RuleFinding[] => {
    if (node.type !== 'end' || Object.hasOwn(workflow.outcomes, node.outcome)) return [];
    const message = `${key} ends the case with outcome "${node.outcome}", which the workflow does not have. Add it to its outcomes.`;
    return [
      {
        code: 'OUTCOME_UNKNOWN',
        severity: 'error',
        path: ['nodes', key, 'outcome'],
        values: { outcome: node.outcome },
        message,
      },
    ];
  });
}

function conditionFindings(workflow: WorkflowDocument): RuleFinding[] {
  return conditionsIn(workflow)
    .flatMap(leavesOf)
    .flatMap(({ condition, path }): RuleFinding[] => {
      if (condition.op === 'named') {
        if (Object.hasOwn(workflow.namedConditions, condition.name)) return [];
        const message = `There is no named condition "${condition.name}". Add it to the workflow or choose another.`;
        return [
          { code: 'NAMED_CONDITION_UNKNOWN', severity: 'error', path, values: { name: condition.name }, message },
        ];
      }
      if (!('of' in condition)) return [];
      if ('taskOutcome' in condition.of)
        return missingNode(workflow, condition.of.taskOutcome, [...path, 'of', 'taskOutcome']);
      if ('taskField' in condition.of)
        return missingNode(workflow, condition.of.taskField.node, [...path, 'of', 'taskField', 'node']);
      return [];
    });
}

function missingNode(workflow: WorkflowDocument, node: string, path: (string | number)[]): RuleFinding[] {
  if (Object.hasOwn(workflow.nodes, node)) return [];
  const message = `There is no node "${node}" in this workflow, named at /${path.join('/')}. Draw it or choose another.`;
  return [{ code: 'NODE_UNKNOWN', severity: 'error', path, values: { node }, message }];
}
