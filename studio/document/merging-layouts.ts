import type { LayoutDocument } from '../../schemas/settings.ts';

/** A drawing in which nobody has moved anything. */
export const emptyLayout = (workflow: string): LayoutDocument => ({
  kind: 'layout',
  format: 1,
  key: workflow,
  positions: {},
});

/** Places of one drawing from two people: each keeps what only they moved, and of a card that both moved mine stands. */
export function mergeLayouts(
  base: LayoutDocument | undefined,
  mine: LayoutDocument,
  theirs: LayoutDocument,
): LayoutDocument {
  const positions = { ...mine.positions };
  for (const [node, place] of Object.entries(theirs.positions)) {
    const before = base?.positions[node];
    const own = mine.positions[node];
    const isUntouched = own !== undefined && before !== undefined && own.x === before.x && own.y === before.y;
    if (isUntouched || (own === undefined && before === undefined)) positions[node] = place;
  }
  return { ...mine, positions };
}
