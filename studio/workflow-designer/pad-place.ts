import { Position as Side } from '@xyflow/react';

/** A rectangle of the page, in pixels. */
export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** Above first: between two rows is room for a row of buttons, and what follows the card stays in sight. */
const sides = [Side.Top, Side.Right, Side.Bottom, Side.Left] as const;

/** Between a card and its pad. */
export const PAD_GAP = 1;

/** How long a row or column of buttons is and how deep, in pixels. */
export interface PadSize {
  length: number;
  depth: number;
}

/** The side of a card on which its pad covers least of what lies around it and of what is outside of the frame. */
export function findPadSide(card: Box, size: PadSize, around: readonly Box[], frame: Box): Side {
  let best: { side: Side; covered: number } | undefined;
  for (const side of sides) {
    const pad = padBeside(card, side, size);
    const outside = pad.width * pad.height - sharedArea(pad, frame);
    const covered = around.reduce((sum, box) => sum + sharedArea(pad, box), outside);
    // Less by a hair is no reason to go to another side.
    if (!best || covered < best.covered - size.depth) best = { side, covered };
  }
  return best?.side ?? Side.Top;
}

/** Where the pad lies on a side: along the card from its corner, a row above and below, a column at the sides. */
function padBeside({ x, y, width, height }: Box, side: Side, { length, depth }: PadSize): Box {
  switch (side) {
    case Side.Top:
      return { x, y: y - PAD_GAP - depth, width: length, height: depth };
    case Side.Bottom:
      return { x, y: y + height + PAD_GAP, width: length, height: depth };
    case Side.Right:
      return { x: x + width + PAD_GAP, y, width: depth, height: length };
    case Side.Left:
      return { x: x - PAD_GAP - depth, y, width: depth, height: length };
  }
}

function sharedArea(a: Box, b: Box): number {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  return width > 0 && height > 0 ? width * height : 0;
}
