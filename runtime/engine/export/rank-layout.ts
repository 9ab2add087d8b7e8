import { inOrder } from '../../../schemas/document.ts';
import type { WorkflowDocument } from '../../../schemas/workflow.ts';
import type { Position } from '../edit/command.ts';

/** Size of a card on the drawing. */
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
  const incoming = new Map<string, string[]>();
  for (const { from, to } of links) incoming.set(to, [...(incoming.get(to) ?? []), from]);
  const middle = new Map<string, number>();
  const positions: Record<string, Position> = {};
  Array.from(rows, (row) => row ?? []).forEach((row, rank) => {
    const wished = row.map((key) => {
      const above = (incoming.get(key) ?? []).map((from) => middle.get(from)).filter((x) => x !== undefined);
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
