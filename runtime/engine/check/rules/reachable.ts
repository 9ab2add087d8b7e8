import type { Link, WorkflowDocument } from '../../../../schemas/workflow.ts';
import { linksFrom, linksTo } from '../links-of.ts';
import { defineRule, type RuleFinding } from '../rule.ts';
import { cyclesOf } from './cycle.ts';

/** Every node can be reached from the start of the case; the first one cut off is named, not all behind it. */
export const reachable = defineRule({
  name: 'reachable',
  kind: 'workflow',
  reads: [],
  sees: 'shape',
  codes: [
    {
      code: 'NODE_UNREACHABLE',
      severity: 'error',
      means:
        'A node stands only behind an end, a branch that does not exist, or a cycle, so that no case ever gets there.',
      cure: 'Link it from a node that is reached, or delete it.',
      fixed: true,
    },
    {
      code: 'END_UNREACHABLE',
      severity: 'error',
      means: 'An end stands only behind another end or a branch that does not exist, so that no case can end there.',
      cure: 'Link it from a node that is reached, or delete it.',
      fixed: true,
    },
  ],
  check: (workflow) => {
    const inCycle = new Set(cyclesOf(workflow).flatMap(({ members }) => members));
    const reached = reachedNodes(workflow);
    const cutOff = Object.keys(workflow.nodes).filter((key) => !reached.has(key) && !inCycle.has(key));
    const behind = behindOthers(workflow, new Set([...cutOff, ...inCycle]));
    return cutOff.filter((key) => !behind.has(key)).map((key) => toFinding(workflow, key));
  },
});

function toFinding(workflow: WorkflowDocument, key: string): RuleFinding {
  const isEnd = workflow.nodes[key]?.type === 'end';
  return {
    code: isEnd ? 'END_UNREACHABLE' : 'NODE_UNREACHABLE',
    severity: 'error',
    path: ['nodes', key],
    values: { node: key },
    message: `${isEnd ? 'End ' : ''}${key} can never be reached: every way to it comes from an end, a branch that does not exist, or a cycle. Link it from a node that is reached.`,
    fix: { type: 'removeNodes', workflow: workflow.key, nodes: [key] },
  };
}

/** Nodes that some case can get to along the links as they are drawn. */
export function reachedNodes(workflow: WorkflowDocument): ReadonlySet<string> {
  const known = reachedIn.get(workflow);
  if (known) return known;
  const drawn = ({ from, to }: Link) => workflow.nodes[from] !== undefined && workflow.nodes[to] !== undefined;
  const reached = new Set(Object.keys(workflow.nodes).filter((key) => !linksTo(workflow, key).some(drawn)));
  // A set hands out what is put into it on the way.
  for (const key of reached)
    for (const link of linksFrom(workflow, key)) if (drawn(link) && canBeTaken(workflow, link)) reached.add(link.to);
  reachedIn.set(workflow, reached);
  return reached;
}

// A drawing never changes, and several rules ask for it.
const reachedIn = new WeakMap<WorkflowDocument, ReadonlySet<string>>();

/** Nodes all of whose live ways in come from other nodes that are cut off themselves. */
function behindOthers(workflow: WorkflowDocument, cutOff: ReadonlySet<string>): Set<string> {
  const behind = Object.values(workflow.links).filter((link) => cutOff.has(link.from) && canBeTaken(workflow, link));
  return new Set(behind.map((link) => link.to));
}

/** A link out of an end is never followed, nor one on a branch its decision does not have. */
function canBeTaken(workflow: WorkflowDocument, link: { from: string; branch?: string | undefined }): boolean {
  const from = workflow.nodes[link.from];
  if (!from || from.type === 'end') return false;
  if (from.type !== 'decision' || link.branch === undefined) return true;
  return link.branch === 'otherwise' ? from.otherwise !== undefined : Object.hasOwn(from.branches, link.branch);
}
