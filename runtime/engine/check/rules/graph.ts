import type { WorkflowDocument } from '../../../../schemas/workflow.ts';
import { findCycleGroups } from '../cycle-groups.ts';
import { defineRule, type RuleFinding } from '../rule.ts';

/** The drawing has no cycle (P3, S8), every node can be reached, and a decision has a default. */
export const graph = defineRule({
  name: 'graph',
  kind: 'workflow',
  reads: [],
  check: (workflow) => {
    const groups = findCycleGroups(Object.keys(workflow.nodes), Object.values(workflow.links));
    return [
      ...groups.map((group) => cycleFinding(workflow, group)),
      ...unreachable(workflow, new Set(groups.flatMap(({ members }) => members))),
      ...decisions(workflow),
    ];
  },
});

function cycleFinding(
  workflow: WorkflowDocument,
  { members, cycle }: { members: string[]; cycle: string[] },
): RuleFinding {
  const closed = [...cycle, cycle[0] ?? ''];
  const last = Object.entries(workflow.links).find(([, link]) => link.from === cycle.at(-1) && link.to === cycle[0]);
  return {
    code: 'PLAN_CYCLE',
    severity: 'error',
    path: last ? ['links', last[0]] : ['links'],
    values: { cycle, members },
    message: `These tasks wait for each other: ${closed.join(' -> ')}. Remove one of the links.`,
    ...(last ? { fix: { type: 'unlink', workflow: workflow.key, link: last[0] } } : {}),
  };
}

function unreachable(workflow: WorkflowDocument, inCycle: ReadonlySet<string>): RuleFinding[] {
  const links = Object.values(workflow.links).filter((link) => workflow.nodes[link.from] && workflow.nodes[link.to]);
  const live = links.filter((link) => canBeTaken(workflow, link));
  const hasIncoming = new Set(links.map((link) => link.to));
  const reached = new Set(Object.keys(workflow.nodes).filter((key) => !hasIncoming.has(key)));
  for (let grown = true; grown; ) {
    grown = false;
    for (const link of live) {
      if (!reached.has(link.from) || reached.has(link.to)) continue;
      reached.add(link.to);
      grown = true;
    }
  }
  return Object.keys(workflow.nodes)
    .filter((key) => !reached.has(key) && !inCycle.has(key))
    .map((key) => ({
      code: 'NODE_UNREACHABLE',
      severity: 'error',
      path: ['nodes', key],
      values: { node: key },
      message: `${key} can never be reached: every way to it comes from an end, a branch that does not exist, or a cycle. Link it from a node that is reached.`,
    }));
}

/** A link out of an end is never followed, nor one on a branch its decision does not have. */
function canBeTaken(workflow: WorkflowDocument, link: { from: string; branch?: string | undefined }): boolean {
  const from = workflow.nodes[link.from];
  if (!from || from.type === 'end') return false;
  if (from.type !== 'decision' || link.branch === undefined) return true;
  return link.branch === 'otherwise' ? from.otherwise !== undefined : Object.hasOwn(from.branches, link.branch);
}

function decisions(workflow: WorkflowDocument): RuleFinding[] {
  return Object.entries(workflow.nodes).flatMap(([key, node]): RuleFinding[] => {
    if (node.type !== 'decision' || node.otherwise) return [];
    const message = `Decision ${key} has no default: where no branch is true the case would stand still. Add "otherwise".`;
    return [
      { code: 'DECISION_WITHOUT_DEFAULT', severity: 'error', path: ['nodes', key], values: { node: key }, message },
    ];
  });
}
