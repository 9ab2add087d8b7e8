import { inOrder } from '../../schemas/document.ts';
import type { WorkflowDocument } from '../../schemas/workflow.ts';
import type { Position } from '../document/engine.ts';

export const CARD = { width: 236, height: 92 };
const GAP = { x: 32, y: 42 };

/** Positions by rank from top to bottom: each task below its predecessors, near the middle of them. Cycles do not hang it. */
export function layoutByRank(workflow: WorkflowDocument): Record<string, Position> {
  const keys = inOrder(workflow.nodes).map((node) => node.key);
  const links = inOrder(workflow.links).filter((link) => workflow.nodes[link.from] && workflow.nodes[link.to]);
  const ranks = toRanks(keys, links);
  const rows: string[][] = [];
  for (const key of keys) {
    const rank = ranks.get(key) ?? 0;
    rows[rank] = [...(rows[rank] ?? []), key];
  }
  const middle = new Map<string, number>();
  const positions: Record<string, Position> = {};
  Array.from(rows, (row) => row ?? []).forEach((row, rank) => {
    const wished = row.map((key) => {
      const above = links
        .filter((link) => link.to === key)
        .map((link) => middle.get(link.from))
        .filter((x) => x !== undefined);
      return { key, x: above.length > 0 ? above.reduce((sum, x) => sum + x, 0) / above.length : 0 };
    });
    wished.sort((a, b) => a.x - b.x);
    const centre = wished.reduce((sum, { x }) => sum + x, 0) / Math.max(1, wished.length);
    wished.forEach(({ key }, at) => {
      const x = centre + (at - (wished.length - 1) / 2) * (CARD.width + GAP.x);
      middle.set(key, x);
      positions[key] = { x: Math.round(x - CARD.width / 2), y: rank * (CARD.height + GAP.y) };
    });
  });
  return positions;
}

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

function toRanks(keys: readonly string[], links: readonly { from: string; to: string }[]): Map<string, number> {
  const ranks = new Map(keys.map((key) => [key, 0]));
  for (let pass = 0; pass < keys.length; pass++) {
    let moved = false;
    for (const { from, to } of links) {
      const least = (ranks.get(from) ?? 0) + 1;
      if ((ranks.get(to) ?? 0) >= least || least >= keys.length + 1) continue;
      ranks.set(to, least);
      moved = true;
    }
    if (!moved) break;
  }
  return ranks;
}
