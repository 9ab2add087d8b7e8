import { inOrder } from '../../../schemas/document.ts';
import type { LinkType, WorkflowDocument } from '../../../schemas/workflow.ts';
import type { EditRefusal } from './command.ts';

/** One possible end of a new link; `refusal` says why it cannot be chosen. */
export interface LinkTarget {
  node: string;
  refusal?: EditRefusal;
}

/** Every other node as the end of a new link from `from`, in drawing order, each with the reason where it is not allowed. */
export function linkTargets(workflow: WorkflowDocument, from: string, linkType: LinkType = 'FS'): LinkTarget[] {
  return inOrder(workflow.nodes)
    .filter((node) => node.key !== from)
    .map(({ key }) => {
      const refusal = linkRefusal(workflow, { from, to: key, linkType });
      return refusal ? { node: key, refusal } : { node: key };
    });
}

/** Why a link from one node to another cannot be drawn, or undefined; a cycle is named from its first node back to it (S8). */
export function linkRefusal(
  workflow: WorkflowDocument,
  link: { from: string; to: string; linkType: LinkType; branch?: string },
): EditRefusal | undefined {
  const { from, to, linkType, branch } = link;
  const missing = [from, to].find((node) => !Object.hasOwn(workflow.nodes, node));
  if (missing !== undefined) {
    return {
      code: 'NODE_MISSING',
      message: `there is no task ${missing} in ${workflow.key}`,
      values: { node: missing },
    };
  }
  if (from === to) return { code: 'LINK_TO_ITSELF', message: 'a task cannot wait for itself', values: { node: from } };
  if (workflow.nodes[from]?.type === 'end') {
    return { code: 'LINK_FROM_END', message: `${from} ends the case: nothing follows it`, values: { node: from } };
  }
  const twin = Object.entries(workflow.links).find(
    ([, other]) => other.from === from && other.to === to && other.type === linkType && other.branch === branch,
  );
  if (twin) {
    return {
      code: 'LINK_TWICE',
      message: `already linked ${linkType}: change its lag instead`,
      values: { link: twin[0] },
    };
  }
  const cycle = findCycle(workflow, from, to);
  if (!cycle) return undefined;
  const shown = [...cycle, cycle[0]].join(', ');
  return { code: 'PLAN_CYCLE', message: `would make a cycle: ${shown}`, values: { cycle } };
}

/** The cycle that a link from -> to would close, not repeated at its end, or undefined. Breadth first: the shortest one. */
function findCycle(workflow: WorkflowDocument, from: string, to: string): string[] | undefined {
  const successors = new Map<string, string[]>();
  for (const link of inOrder(workflow.links)) {
    const found = successors.get(link.from);
    if (found) found.push(link.to);
    else successors.set(link.from, [link.to]);
  }
  const cameFrom = new Map<string, string | undefined>([[to, undefined]]);
  const queue = [to];
  for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
    if (next === from) return [from, ...pathTo(next, cameFrom).slice(0, -1)];
    for (const successor of successors.get(next) ?? []) {
      if (cameFrom.has(successor)) continue;
      cameFrom.set(successor, next);
      queue.push(successor);
    }
  }
  return undefined;
}

function pathTo(node: string, cameFrom: ReadonlyMap<string, string | undefined>): string[] {
  const path: string[] = [];
  for (let at: string | undefined = node; at !== undefined; at = cameFrom.get(at)) path.unshift(at);
  return path;
}
