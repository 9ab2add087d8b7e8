import { keysInOrder } from '../../schemas/document.ts';
import type { WorkflowDocument } from '../../schemas/workflow.ts';
import { CARD, type Position, layoutByRank as rankLayout } from '../document/engine.ts';

export { CARD };

interface LaidOut {
  nodes: WorkflowDocument['nodes'];
  keys: readonly string[];
  positions: Readonly<Record<string, Position>>;
}

const laidOut = new WeakMap<WorkflowDocument['links'], LaidOut>();

/** Positions by rank, the very same as long as the links and the order of the nodes are: they follow from nothing else. */
export function layoutByRank(workflow: WorkflowDocument): Readonly<Record<string, Position>> {
  const known = laidOut.get(workflow.links);
  if (known?.nodes === workflow.nodes) return known.positions;
  const keys = keysInOrder(workflow.nodes);
  if (known && known.keys.length === keys.length && known.keys.every((key, at) => key === keys[at])) {
    known.nodes = workflow.nodes;
    return known.positions;
  }
  const positions = rankLayout(workflow);
  laidOut.set(workflow.links, { nodes: workflow.nodes, keys, positions });
  return positions;
}

const GAP = { x: 32, y: 42 };

/** Where a new task goes when nobody says: below the lowest of its predecessor's row, or below everything. */
export function placeBelow(positions: Readonly<Record<string, Position>>, after: string | undefined): Position {
  const anchor = after === undefined ? undefined : positions[after];
  const all = Object.values(positions);
  if (!anchor) return { x: all[0]?.x ?? 0, y: Math.max(0, ...all.map(({ y }) => y + CARD.height + GAP.y)) };
  const y = anchor.y + CARD.height + GAP.y;
  let x = anchor.x;
  while (all.some((other) => Math.abs(other.y - y) < CARD.height && Math.abs(other.x - x) < CARD.width + 12))
    x += CARD.width + GAP.x;
  return { x, y };
}
