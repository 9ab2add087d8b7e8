import { type RefObject, useEffect, useState } from 'react';

/** The part of a scrolled element that can be seen. */
export interface SeenWindow {
  readonly top: number;
  readonly left: number;
  readonly width: number;
  readonly height: number;
}

const unseen: SeenWindow = { top: 0, left: 0, width: 1000, height: 800 };

/** Follows scrolling and resizing of an element, once a frame. */
export function useSeenWindow(scroller: RefObject<HTMLElement | null>): SeenWindow {
  const [seen, setSeen] = useState(unseen);
  useEffect(() => {
    const element = scroller.current;
    if (!element) return;
    let frame = 0;
    const look = () => {
      frame = 0;
      const { scrollTop: top, scrollLeft: left, clientWidth: width, clientHeight: height } = element;
      setSeen((now) =>
        now.top === top && now.left === left && now.width === width && now.height === height
          ? now
          : { top, left, width, height },
      );
    };
    const soon = () => {
      frame ||= requestAnimationFrame(look);
    };
    const observer = new ResizeObserver(soon);
    observer.observe(element);
    element.addEventListener('scroll', soon, { passive: true });
    look();
    return () => {
      cancelAnimationFrame(frame);
      observer.disconnect();
      element.removeEventListener('scroll', soon);
    };
  }, [scroller]);
  return seen;
}

/** Width of an element as it changes. */
export function useWidth(of: RefObject<HTMLElement | null>): number {
  const [width, setWidth] = useState(1000);
  useEffect(() => {
    const element = of.current;
    if (!element) return;
    const observer = new ResizeObserver(() => setWidth(element.clientWidth));
    observer.observe(element);
    setWidth(element.clientWidth);
    return () => observer.disconnect();
  }, [of]);
  return width;
}
