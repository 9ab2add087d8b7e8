import {
  getNodesBounds,
  getViewportForBounds,
  type ReactFlowInstance,
  useReactFlow,
  type Viewport,
} from '@xyflow/react';
import { type RefObject, useEffect, useMemo, useRef } from 'react';
import type { Position } from '../document/engine.ts';
import type { CardNode, LineEdge } from './drawing.ts';
import { CARD } from './layout.ts';

/** Pixels kept free around a drawing, and where the palette lies. */
const EDGE = 28;
const BESIDE_PALETTE = 72;
export const fitOptions = { padding: `${EDGE}px`, maxZoom: 1 } as const;
export const editingFit = {
  padding: { top: `${EDGE}px`, right: `${EDGE}px`, bottom: `${EDGE}px`, left: `${BESIDE_PALETTE}px` },
  maxZoom: 1,
} as const;
/** Below this the words on the cards cannot be read. */
const READABLE_ZOOM = 0.6;

/** What commands do to the view of the drawing. */
export interface CanvasView {
  fit: () => void;
  full: () => void;
  zoomIn: () => void;
  zoomOut: () => void;
  /** Brings a card into view and gives it the focus. */
  focus: (node: string) => void;
  /** Brings a card into the middle; the focus stays where it is. */
  show: (node: string) => void;
  /** Where a point of the page lies on the drawing. */
  toDrawing: (point: Position) => Position;
}

/** The whole drawing where it can be read, else its beginning. */
export async function showFirst(
  flow: ReactFlowInstance<CardNode, LineEdge>,
  frame: HTMLElement | null,
  nodes: readonly CardNode[],
  isEditing: boolean,
): Promise<void> {
  const scale = Number.parseFloat(getComputedStyle(document.documentElement).fontSize) / 16;
  await flow.fitView({ ...(isEditing ? editingFit : fitOptions), maxZoom: scale });
  const readable = READABLE_ZOOM * scale;
  const first = [...nodes].sort((a, b) => a.position.y - b.position.y)[0];
  if (!frame || !first || flow.getZoom() >= readable) return;
  const middle = frame.clientWidth / 2 - (first.position.x + CARD.width / 2) * readable;
  const bounds = getNodesBounds([...nodes]);
  // The first card in the middle, but no room left on one side while cards are cut off on the other.
  const [least, most] = [
    frame.clientWidth - EDGE - (bounds.x + bounds.width) * readable,
    (isEditing ? BESIDE_PALETTE : EDGE) - bounds.x * readable,
  ];
  const x = least > most ? (least + most) / 2 : Math.min(most, Math.max(least, middle));
  await flow.setViewport({ x, y: 28 - first.position.y * readable, zoom: readable });
}

/** The whole drawing on the sheet while it is printed, and afterwards as it lay. */
export function usePrintedWhole(frame: RefObject<HTMLElement | null>, nodes: readonly CardNode[]): void {
  const flow = useReactFlow<CardNode, LineEdge>();
  const latest = useRef(nodes);
  latest.current = nodes;
  useEffect(() => {
    let before: Viewport | undefined;
    const fit = () => {
      if (!frame.current) return;
      before = flow.getViewport();
      const { clientWidth, clientHeight } = frame.current;
      const bounds = getNodesBounds([...latest.current]);
      void flow.setViewport(
        getViewportForBounds(
          bounds,
          Math.min(clientWidth, SHEET.width),
          Math.min(clientHeight, SHEET.height),
          0.05,
          1,
          '12px',
        ),
      );
    };
    const putBack = () => void (before && flow.setViewport(before));
    window.addEventListener('beforeprint', fit);
    window.addEventListener('afterprint', putBack);
    return () => {
      window.removeEventListener('beforeprint', fit);
      window.removeEventListener('afterprint', putBack);
    };
  }, [flow, frame]);
}

/** What an A4 sheet across holds beside its margins, in pixels. */
const SHEET = { width: 1040, height: 620 };

/** Whether no field or button has the focus: then a chosen card may take it. */
export function isFocusFree(): boolean {
  const active = document.activeElement;
  return active === null || active === document.body || active.hasAttribute('data-node');
}

/** Focuses a card and brings it into view; the pane moves at once when people want less motion. */
export function useFocusNode(frame: RefObject<HTMLDivElement | null>, positions: Readonly<Record<string, Position>>) {
  const flow = useReactFlow();
  const latest = useRef(positions);
  latest.current = positions;
  const focus = useRef((node: string, when: 'now' | 'when free' = 'now') => {
    const at = latest.current[node];
    const bounds = frame.current?.getBoundingClientRect();
    if (at && bounds) {
      const { x, y, zoom } = flow.getViewport();
      const [left, top] = [at.x * zoom + x, at.y * zoom + y];
      const isVisible =
        left > 0 && top > 0 && left + CARD.width * zoom < bounds.width && top + CARD.height * zoom < bounds.height;
      if (!isVisible) void flow.setCenter(at.x + CARD.width / 2, at.y + CARD.height / 2, { zoom, duration: motion() });
    }
    requestAnimationFrame(() => {
      const found = frame.current?.querySelector<HTMLElement>(`[data-node="${CSS.escape(node)}"]`);
      // A title being typed keeps the focus, and so does a field that took it in the meantime.
      const isKept = when === 'now' ? found?.contains(document.activeElement) : !isFocusFree();
      if (found && !isKept) found.focus({ preventScroll: true });
    });
  });
  return focus.current;
}

/** Zooming and fitting, for keys and the command palette. */
export function useCanvasView(
  focus: (node: string) => void,
  positions: Readonly<Record<string, Position>>,
): CanvasView {
  const flow = useReactFlow();
  const latest = useRef(positions);
  latest.current = positions;
  return useMemo(
    () => ({
      fit: () => void flow.fitView({ ...editingFit, duration: motion() }),
      full: () => void flow.zoomTo(1, { duration: motion() }),
      zoomIn: () => void flow.zoomIn({ duration: motion() }),
      zoomOut: () => void flow.zoomOut({ duration: motion() }),
      focus,
      toDrawing: (point) => flow.screenToFlowPosition(point),
      show: (node) => {
        const at = latest.current[node];
        if (at)
          void flow.setCenter(at.x + CARD.width / 2, at.y + CARD.height / 2, {
            zoom: flow.getZoom(),
            duration: motion(),
          });
      },
    }),
    [flow, focus],
  );
}

function motion(): number {
  return window.matchMedia('(prefers-reduced-motion: reduce)').matches ? 0 : 160;
}
