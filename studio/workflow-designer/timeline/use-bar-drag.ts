import { type PointerEvent, type RefObject, useEffect, useRef } from 'react';

export type Edge = 'start' | 'finish';

/** A bar in the hand: which, by which end, and how many days from where it was. */
export interface Grip {
  readonly node: string;
  readonly edge: Edge;
  readonly days: number;
}

interface Held {
  readonly node: string;
  readonly edge: Edge;
  readonly pointer: number;
  readonly fromX: number;
  days: number;
  x: number;
  frame: number;
}

/** Drags bars by their ends: tells every day passed, once a frame, and at last whether it was dropped or let go. */
export function useBarDrag(
  scroller: RefObject<HTMLElement | null>,
  pixels: number,
  on: { drag: (grip: Grip) => void; drop: (grip: Grip) => void; cancel: () => void },
) {
  const held = useRef<Held | null>(null);
  const told = useRef(on);
  told.current = on;
  const place = (clientX: number) => clientX + (scroller.current?.scrollLeft ?? 0);
  const release = (): Held | null => {
    const one = held.current;
    if (one) cancelAnimationFrame(one.frame);
    held.current = null;
    return one;
  };
  useEffect(() => {
    const onEscape = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || !held.current) return;
      event.preventDefault();
      event.stopPropagation();
      cancelAnimationFrame(held.current.frame);
      held.current = null;
      told.current.cancel();
    };
    window.addEventListener('keydown', onEscape, true);
    return () => window.removeEventListener('keydown', onEscape, true);
  }, []);
  return {
    grab(event: PointerEvent<HTMLElement>, node: string, edge: Edge) {
      if (event.button !== 0) return;
      event.currentTarget.setPointerCapture(event.pointerId);
      const fromX = place(event.clientX);
      held.current = { node, edge, pointer: event.pointerId, fromX, days: 0, x: fromX, frame: 0 };
    },
    move(event: PointerEvent) {
      const one = held.current;
      if (!one || one.pointer !== event.pointerId) return;
      one.x = place(event.clientX);
      one.frame ||= requestAnimationFrame(() => {
        one.frame = 0;
        const days = Math.round((one.x - one.fromX) / pixels);
        if (days === one.days || held.current !== one) return;
        one.days = days;
        told.current.drag({ node: one.node, edge: one.edge, days });
      });
    },
    drop(event: PointerEvent) {
      const one = held.current;
      if (!one || one.pointer !== event.pointerId) return;
      const days = Math.round((place(event.clientX) - one.fromX) / pixels);
      release();
      if (days === 0) told.current.cancel();
      else told.current.drop({ node: one.node, edge: one.edge, days });
    },
    letGo() {
      if (release()) told.current.cancel();
    },
  };
}

export type BarDrag = ReturnType<typeof useBarDrag>;
