import type { Link, WorkflowDocument } from '../../../schemas/workflow.ts';

type Links = WorkflowDocument['links'];

const none: readonly Link[] = [];
const byFrom = new WeakMap<Links, ReadonlyMap<string, Link[]>>();
const byTo = new WeakMap<Links, ReadonlyMap<string, Link[]>>();

/** Links that leave a node, as listed. */
export function linksFrom({ links }: WorkflowDocument, node: string): readonly Link[] {
  return grouped(byFrom, links, 'from').get(node) ?? none;
}

/** Links that lead to a node, as listed. */
export function linksTo({ links }: WorkflowDocument, node: string): readonly Link[] {
  return grouped(byTo, links, 'to').get(node) ?? none;
}

// Links never change, and rules ask for those of every node: looking through all of them each time is a square.
function grouped(
  known: WeakMap<Links, ReadonlyMap<string, Link[]>>,
  links: Links,
  end: 'from' | 'to',
): ReadonlyMap<string, Link[]> {
  const kept = known.get(links);
  if (kept) return kept;
  const groups = new Map<string, Link[]>();
  for (const link of Object.values(links)) {
    const group = groups.get(link[end]);
    if (group) group.push(link);
    else groups.set(link[end], [link]);
  }
  known.set(links, groups);
  return groups;
}
