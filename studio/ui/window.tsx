import { type RefObject, useEffect, useRef, useState } from 'react';

/** Lists up to this long are drawn whole. */
const WHOLE = 150;
/** Rows drawn beyond what is seen, above and below. */
const MARGIN = 25;
const ROW_PX = 42;

export interface Window {
  body: RefObject<HTMLTableSectionElement | null>;
  /** Rows to draw: from, up to but not including to. */
  from: number;
  to: number;
  /** Heights that stand for the rows above and below, in pixels. */
  before: number;
  after: number;
}

/** The part of a long table that is in sight: what is out of it is room alone, so that 5,000 rows scroll like 50. */
export function useWindow(count: number): Window {
  const body = useRef<HTMLTableSectionElement>(null);
  const height = useRef(ROW_PX);
  const [range, setRange] = useState({ from: 0, to: WHOLE });
  useEffect(() => {
    const element = body.current;
    if (!element || count <= WHOLE) return;
    const scroller = element.closest('main') ?? document.scrollingElement ?? document.documentElement;
    const look = () => {
      const rows = [...element.querySelectorAll<HTMLElement>('tr:not([data-room])')];
      const drawn = rows.reduce((sum, row) => sum + row.offsetHeight, 0);
      if (rows.length > 0 && drawn > 0) height.current = drawn / rows.length;
      const top = element.getBoundingClientRect().top - scroller.getBoundingClientRect().top;
      const first = Math.floor(-top / height.current);
      const seen = Math.ceil(scroller.clientHeight / height.current);
      const from = Math.max(0, Math.min(first - MARGIN, count - seen));
      const to = Math.min(count, from + seen + 2 * MARGIN);
      setRange((old) =>
        Math.abs(old.from - from) < MARGIN / 2 && old.to >= Math.min(count, first + seen) ? old : { from, to },
      );
    };
    look();
    scroller.addEventListener('scroll', look, { passive: true });
    window.addEventListener('resize', look);
    return () => {
      scroller.removeEventListener('scroll', look);
      window.removeEventListener('resize', look);
    };
  }, [count]);
  if (count <= WHOLE) return { body, from: 0, to: count, before: 0, after: 0 };
  const from = Math.min(range.from, count);
  const to = Math.min(Math.max(range.to, from + 1), count);
  return { body, from, to, before: from * height.current, after: (count - to) * height.current };
}

/** Room for rows that are not drawn. */
export function Spacer({ height, columns }: { height: number; columns: number }) {
  return height > 0 ? (
    <tr data-room>
      <td colSpan={columns} style={{ height, padding: 0, border: 0 }} />
    </tr>
  ) : null;
}
