import type { WorkflowDocument } from '../../schemas/workflow.ts';
import type { Position } from '../document/engine.ts';
import { CARD, layoutByRank, placeBelow } from '../workflow-designer/layout.ts';

type Positions = Readonly<Record<string, Position>>;

/** Places of every node of two versions: those stored, else by the links; none upon another. */
export function positionsOf(workflow: WorkflowDocument, stored: Positions): Positions {
  const places: Record<string, Position> = {};
  for (const [node, at] of Object.entries(stored)) if (workflow.nodes[node]) places[node] = at;
  for (const [node, wished] of Object.entries(layoutByRank(workflow))) {
    if (places[node]) continue;
    const others = Object.values(places);
    const isTaken = others.some(
      (other) => Math.abs(other.x - wished.x) < CARD.width && Math.abs(other.y - wished.y) < CARD.height,
    );
    const before = Object.values(workflow.links).find(({ from, to }) => to === node && places[from])?.from;
    places[node] = isTaken ? placeBelow(places, before) : wished;
  }
  return places;
}
