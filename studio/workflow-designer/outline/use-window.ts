import { type RefObject, useEffect, useState } from 'react';
import { usePrinting } from '../../ui/use-printing.ts';

/** Rows beyond the edges that are drawn too, so that scrolling shows no gaps. */
const OVERSCAN = 12;
/** Below this width rows stand as cards. */
const NARROW_PX = 620;
const ROW_REM = { wide: 2.375, narrow: 16.25 };

/** Which rows of a long list are in sight; only those are drawn. Heights are in pixels at the present size of text. */
export function useWindow(frame: RefObject<HTMLElement | null>, count: number) {
  const isPrinted = usePrinting();
  const [box, setBox] = useState({ top: 0, height: 800, width: 1200, rem: 16 });
  useEffect(() => {
    const element = frame.current;
    if (!element) return;
    const read = () => {
      const rem = Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
      setBox({ top: element.scrollTop, height: element.clientHeight, width: element.clientWidth, rem });
    };
    read();
    const observer = new ResizeObserver(read);
    observer.observe(element);
    element.addEventListener('scroll', read, { passive: true });
    return () => {
      observer.disconnect();
      element.removeEventListener('scroll', read);
    };
  }, [frame]);
  // Paper is not scrolled: there every row stands in the wide form.
  const narrow = box.width < NARROW_PX && !isPrinted;
  const rowHeight = Math.round(box.rem * (narrow ? ROW_REM.narrow : ROW_REM.wide));
  const first = isPrinted ? 0 : Math.max(0, Math.floor(box.top / rowHeight) - OVERSCAN);
  const last = isPrinted ? count : Math.min(count, Math.ceil((box.top + box.height) / rowHeight) + OVERSCAN);
  return { first, last, rowHeight, narrow, page: Math.max(1, Math.floor(box.height / rowHeight) - 2) };
}
