import type { WorkflowDocument } from '../../schemas/workflow.ts';
import type { Position } from '../document/engine.ts';

export type Direction = 'up' | 'down' | 'left' | 'right';

/** The next task by arrow key: up to a predecessor, down to a successor, left and right among siblings (same height). */
export function walkFrom(
  workflow: WorkflowDocument,
  positions: Readonly<Record<string, Position>>,
  from: string,
  direction: Direction,
): string | undefined {
  const at = positions[from] ?? { x: 0, y: 0 };
  const links = Object.values(workflow.links);
  if (direction === 'up')
    return nearest(
      links.filter((link) => link.to === from).map((link) => link.from),
      positions,
      at,
    );
  if (direction === 'down')
    return nearest(
      links.filter((link) => link.from === from).map((link) => link.to),
      positions,
      at,
    );
  const sign = direction === 'right' ? 1 : -1;
  const siblings = Object.keys(workflow.nodes).filter(
    (key) =>
      key !== from && Math.abs((positions[key]?.y ?? 0) - at.y) < 70 && sign * ((positions[key]?.x ?? 0) - at.x) > 0,
  );
  return nearest(siblings, positions, at);
}

function nearest(
  keys: readonly string[],
  positions: Readonly<Record<string, Position>>,
  at: Position,
): string | undefined {
  const distance = (key: string) => Math.hypot((positions[key]?.x ?? 0) - at.x, (positions[key]?.y ?? 0) - at.y);
  return [...keys].sort((a, b) => distance(a) - distance(b) || (a < b ? -1 : 1))[0];
}
