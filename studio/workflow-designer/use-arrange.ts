import { useRef } from 'react';
import type { WorkflowDocument } from '../../schemas/workflow.ts';
import { announce } from '../ui/announcer.tsx';
import { alignCards, type Edge, layoutByLane, layoutByTime, spreadCards } from './arrange.ts';
import { lanesOf } from './drawing.ts';
import type { layoutByElk } from './elk-layout.ts';
import { layoutByRank } from './layout.ts';
import type { useDesignerCore } from './use-designer-core.ts';

/** Geometry only: where cards lie is outside of what is published; each gesture is one step. */
export function useArrange({
  key,
  workflow,
  configuration,
  planned,
  positions,
  chosen,
  run,
}: ReturnType<typeof useDesignerCore>) {
  const move = (moved: Record<string, { x: number; y: number }>, said: string) =>
    void run({ type: 'moveNodes', workflow: key, positions: moved }, said);
  const latest = useRef(workflow);
  if (latest.current !== workflow) latest.current = undefined;
  const several = () => {
    if (chosen.length > 1) return true;
    announce('Choose two or more tasks first');
    return false;
  };
  return {
    align: (edge: Edge) =>
      several() && move(alignCards(positions, chosen, edge), `Aligned ${chosen.length} tasks: ${edge}`),
    spread: (along: 'x' | 'y') =>
      several() && move(spreadCards(positions, chosen, along), `Spread ${chosen.length} tasks evenly`),
    /** Moves the chosen cards, or the one that is named, by some pixels. */
    nudge: (node: string | undefined, dx: number, dy: number) => {
      const nodes = node !== undefined && !chosen.includes(node) ? [node] : chosen;
      const moved = nodes.map((one) => [one, { x: (positions[one]?.x ?? 0) + dx, y: (positions[one]?.y ?? 0) + dy }]);
      if (nodes.length > 0) run({ type: 'moveNodes', workflow: key, positions: Object.fromEntries(moved) });
    },
    tidy: async () => {
      if (!workflow) return;
      latest.current = workflow;
      const laid = await layoutBesidePage(workflow);
      // Something else was done in the meantime: that counts.
      if (latest.current === workflow) move(laid, 'Tidied the drawing');
    },
    tidyByTime: () => {
      if (!workflow) return;
      latest.current = undefined;
      if (!planned.ok) return announce('There is no plan to tidy by: the links go round in a circle');
      move(layoutByTime(workflow, planned.plan), 'Tidied by time: earliest start from left to right');
    },
    tidyByOwner: () => {
      if (!workflow) return;
      const { positions: laid } = layoutByLane(layoutByRank(workflow), lanesOf(workflow, configuration));
      move(laid, 'Tidied into lanes by owner');
    },
  };
}

/** Without a worker the simpler layout does. */
async function layoutBesidePage(workflow: WorkflowDocument): ReturnType<typeof layoutByElk> {
  try {
    return await (await import('./elk-layout.ts')).layoutByElk(workflow);
  } catch {
    return layoutByRank(workflow);
  }
}
