import type { LinkType } from '../../../schemas/workflow.ts';

/** A bar as it lies on the drawing. */
export interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

const REACH = 7;

/** The way of a link from one bar to another, with right angles; it ends in the arrow's tip. */
export function linkPath(type: LinkType, from: Box, to: Box): string {
  const fromEnd = type === 'FS' || type === 'FF';
  const toStart = type === 'FS' || type === 'SS';
  const [fromY, toY] = [(from.top + from.bottom) / 2, (to.top + to.bottom) / 2];
  const below = toY > fromY;
  if (type === 'FS' && to.left < from.right + REACH) {
    // The successor begins on the day its predecessor ends: straight down into its bar.
    const x = Math.min(Math.max(to.left + 4, Math.min(from.right - 3, to.right - 3)), to.right);
    const start = x <= from.right ? `M${x},${below ? from.bottom : from.top}` : `M${from.right},${fromY}H${x}`;
    return `${start}V${below ? to.top : to.bottom}`;
  }
  const x1 = fromEnd ? from.right : from.left;
  const x2 = toStart ? to.left : to.right;
  const turns = {
    FS: x1 + REACH,
    SS: Math.min(x1, x2) - REACH,
    FF: Math.max(x1, x2) + REACH,
    SF: x2 + REACH,
  };
  return `M${x1},${fromY}H${turns[type]}V${toY}H${x2}`;
}
