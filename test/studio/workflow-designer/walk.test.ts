import { describe, expect, it } from 'vitest';
import type { WorkflowDocument } from '../../../schemas/workflow.ts';
import { CARD, layoutByRank, placeBelow } from '../../../studio/workflow-designer/layout.ts';
import { walkFrom } from '../../../studio/workflow-designer/walk.ts';

/** Links as `A>B`; nodes are whatever they name. */
function drawing(...links: string[]): WorkflowDocument {
  const ends = links.map((link) => link.split('>') as [string, string]);
  const nodes = [...new Set(ends.flat())].map((key, order) => [key, { type: 'task', order, task: key }]);
  const lines = ends.map(([from, to], order) => [`${from}-${to}`, { order, from, to, type: 'FS' }]);
  return { key: 'W', nodes: Object.fromEntries(nodes), links: Object.fromEntries(lines) } as never;
}

const diamond = drawing('A>B', 'A>C', 'B>D', 'C>D');
const overlap = (a: { x: number; y: number }, b: { x: number; y: number }) =>
  Math.abs(a.x - b.x) < CARD.width && Math.abs(a.y - b.y) < CARD.height;

describe('arrow keys', () => {
  const at = layoutByRank(diamond);
  it.each([
    ['B', 'up', 'A'],
    ['B', 'down', 'D'],
    ['B', 'right', 'C'],
    ['C', 'left', 'B'],
    ['A', 'up', undefined],
    ['D', 'down', undefined],
    ['B', 'left', undefined],
  ] as const)('from %s %s lead to %s', (from, direction, to) => {
    expect(walkFrom(diamond, at, from, direction)).toBe(to);
  });
});

describe('the layout by rank', () => {
  it('draws every task below its predecessors', () => {
    const at = layoutByRank(diamond);
    for (const { from, to } of Object.values(diamond.links)) expect(at[to]?.y).toBeGreaterThan(at[from]?.y ?? 0);
  });

  it('lays no card over another', () => {
    const wide = drawing('A>B', 'A>C', 'A>D', 'A>E', 'B>F', 'C>F', 'D>G', 'E>G', 'A>G');
    const places = Object.values(layoutByRank(wide));
    const pairs = places.flatMap((one, n) => places.slice(n + 1).map((other) => overlap(one, other)));
    expect(pairs).not.toContain(true);
  });

  it('comes to an end with a cycle', () => {
    expect(Object.keys(layoutByRank(drawing('A>B', 'B>C', 'C>A'))).sort()).toEqual(['A', 'B', 'C']);
  });

  it('puts a new task below another, beside what is there already', () => {
    const at = { A: { x: 0, y: 0 } };
    const first = placeBelow(at, 'A');
    const second = placeBelow({ ...at, B: first }, 'A');
    expect(first.y).toBeGreaterThanOrEqual(CARD.height);
    expect(overlap(first, second)).toBe(false);
    expect(second.y).toBe(first.y);
  });
});
