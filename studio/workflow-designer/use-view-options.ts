import { useRef, useState } from 'react';
import type { CanvasView } from './canvas-focus.ts';
import type { DesignerView } from './view.ts';

export type ViewOption = 'lanes' | 'dates' | 'map' | 'find';

/** What is shown and how; none of it is stored or undone. */
export function useViewOptions(view: DesignerView) {
  const [shown, setShown] = useState<Readonly<Record<ViewOption, boolean>>>({
    lanes: false,
    dates: false,
    map: false,
    find: false,
  });
  const [panels, setPanels] = useState<Readonly<Record<DesignerView, boolean>>>({
    canvas: true,
    outline: false,
    timeline: true,
    source: false,
  });
  const canvas = useRef<CanvasView | undefined>(undefined);
  return {
    view,
    shown,
    show: (option: ViewOption, on: boolean) => setShown((now) => ({ ...now, [option]: on })),
    /** Whether the panel beside this view is open. */
    panel: panels[view],
    setPanel: (on: boolean) => setPanels((now) => ({ ...now, [view]: on })),
    /** The open drawing, to zoom it or to go to a card. */
    canvas,
  };
}

export type ViewOptions = ReturnType<typeof useViewOptions>;
