import { describe, expect, it } from 'vitest';
import { planOf } from '../../../studio/document/engine.ts';
import { alignCards, layoutByLane, layoutByTime, spreadCards } from '../../../studio/workflow-designer/arrange.ts';
import { lanesOf } from '../../../studio/workflow-designer/drawing.ts';
import { CARD, layoutByRank } from '../../../studio/workflow-designer/layout.ts';
import { housing } from '../../support/housing.ts';

const positions = { A: { x: 0, y: 10 }, B: { x: 100, y: 50 }, C: { x: 30, y: 200 }, D: { x: 999, y: 999 } };
const workflow = housing.workflow['HP'];
if (!workflow) throw new Error('HP is in the shipped configuration');

function touching(laid: Readonly<Record<string, { x: number; y: number }>>): string[] {
  const all = Object.entries(laid);
  return all.flatMap(([a, one], at) =>
    all
      .slice(at + 1)
      .filter(([, other]) => Math.abs(one.x - other.x) < CARD.width && Math.abs(one.y - other.y) < CARD.height)
      .map(([b]) => `${a} and ${b}`),
  );
}

describe('aligning', () => {
  it('puts one edge of the chosen cards in line and moves nothing else', () => {
    expect(alignCards(positions, ['A', 'B', 'C'], 'left')).toEqual({
      A: { x: 0, y: 10 },
      B: { x: 0, y: 50 },
      C: { x: 0, y: 200 },
    });
    expect(alignCards(positions, ['A', 'B'], 'bottom')).toEqual({ A: { x: 0, y: 50 }, B: { x: 100, y: 50 } });
    expect(alignCards(positions, ['A', 'B'], 'centre')).toEqual({ A: { x: 50, y: 10 }, B: { x: 50, y: 50 } });
  });

  it('spreads cards evenly between the outermost two', () => {
    expect(spreadCards(positions, ['A', 'B', 'C'], 'y')).toEqual({
      A: { x: 0, y: 10 },
      B: { x: 100, y: 105 },
      C: { x: 30, y: 200 },
    });
    expect(spreadCards(positions, ['A', 'B'], 'x')).toEqual({ A: { x: 0, y: 10 }, B: { x: 100, y: 50 } });
  });
});

describe('tidying', () => {
  it('by time puts every task right of those that end before it starts, and no card on another', () => {
    const planned = planOf(housing, 'HP', '2027-01-04');
    if (!planned.ok) throw new Error('HP can be planned');
    const laid = layoutByTime(workflow, planned.plan);
    expect(Object.keys(laid).sort()).toEqual(Object.keys(workflow.nodes).sort());
    expect(touching(laid)).toEqual([]);
    const { tasks } = planned.plan;
    for (const [a, one] of Object.entries(tasks))
      for (const [b, other] of Object.entries(tasks))
        if (one.start < other.start) expect(laid[a]?.x, `${a} before ${b}`).toBeLessThan(laid[b]?.x ?? 0);
  });

  it('by owner gives each owner a lane of its own, with all of its cards inside', () => {
    const lanes = lanesOf(workflow, housing);
    const laid = layoutByLane(layoutByRank(workflow), lanes);
    expect(touching(laid.positions)).toEqual([]);
    expect(new Set(laid.lanes.map(({ title }) => title)).size).toBe(laid.lanes.length);
    for (const [node, at] of Object.entries(laid.positions)) {
      const lane = laid.lanes.find(({ key }) => key === lanes[node]?.key);
      expect(lane && at.x >= lane.x && at.x + CARD.width <= lane.x + lane.width, node).toBe(true);
    }
  });
});
