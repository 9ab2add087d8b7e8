import { useState } from 'react';
import type { PlanTimeline } from '../../document/engine.ts';
import { announce } from '../../ui/announcer.tsx';
import { dateInWords } from '../../words/date-words.ts';
import type { DesignerState } from '../use-designer.ts';
import { type BarChange, type Preview, previewChange } from './preview.ts';
import { dateOf, dayOf } from './scale.ts';
import type { Edge, Grip } from './use-bar-drag.ts';
import { finishInWords } from './what-moves.tsx';

/** Changes of bars: tried out while a bar is in the hand, made when it is let go or moved by a key; each says what it moves. */
export function useBarChanges(
  { configuration, start, run }: Pick<DesignerState, 'configuration' | 'start' | 'run'>,
  workflow: string,
  timeline: PlanTimeline,
) {
  const [tried, setTried] = useState<{ node: string; preview: Preview }>();
  const tryOut = (node: string, change: BarChange) => previewChange(configuration, { workflow, node, start }, change);
  const make = (node: string, preview: Preview) => {
    if (!preview.ok) return announce(`Not done: ${preview.reason}`);
    const bar = preview.timeline.bars[node];
    const dates = `${dateInWords(bar?.start ?? start)} to ${dateInWords(bar?.finish ?? start)}`;
    run(preview.command, `${node} is now ${dates}. ${finishInWords(preview.moves)}`);
  };
  const tryGrip = ({ node, edge, days }: Grip): Preview =>
    tryOut(node, changeTo(edge, dateOf(dayOf(timeline.bars[node]?.[edge] ?? start) + days)));
  return {
    tried,
    tryOut,
    make,
    onGrip: {
      drag: (grip: Grip) => setTried({ node: grip.node, preview: tryGrip(grip) }),
      drop: (grip: Grip) => {
        setTried(undefined);
        make(grip.node, tryGrip(grip));
      },
      cancel: () => setTried(undefined),
    },
    /** Moves an end of a bar to the next day in a direction that is no closed day. */
    shift: (node: string, edge: Edge, step: number, closedOn: ReadonlySet<string>) => {
      const bar = timeline.bars[node];
      if (bar) make(node, tryOut(node, changeTo(edge, workdayFrom(dayOf(bar[edge]), step, closedOn))));
    },
  };
}

function changeTo(edge: Edge, on: string): BarChange {
  return edge === 'start' ? { startOn: on } : { finishOn: on };
}

function workdayFrom(day: number, step: number, closedOn: ReadonlySet<string>): string {
  let next = day + step;
  while (closedOn.has(dateOf(next))) next += step;
  return dateOf(next);
}
