import { type RefObject, useEffect, useRef, useState } from 'react';

/** Lists up to this long are drawn whole. */
const WHOLE = 150;
/** Rows drawn beyond what is seen, above and below. */
const MARGIN = 12;
const ROW_PX = 42;

export interface Window<E extends HTMLElement> {
  body: RefObject<E | null>;
  /** Rows to draw: from, up to but not including to. */
  from: number;
  to: number;
  /** Heights that stand for the rows above and below, in pixels. */
  before: number;
  after: number;
  /** Whether only a part is drawn. */
  isPart: boolean;
}

/** The part of a long list or table that is in sight: what is out of it is room alone, so that 5,000 rows scroll like 50. */
export function useWindow<E extends HTMLElement = HTMLTableSectionElement>(count: number): Window<E> {
  const body = useRef<E>(null);
  const height = useRef(ROW_PX);
  const [range, setRange] = useState({ from: 0, to: WHOLE });
  useEffect(() => {
    const element = body.current;
    if (!element || count <= WHOLE) return;
    let frame = 0;
    const look = () => {
      frame = 0;
      const rows = [...element.children].filter((row) => !row.hasAttribute('data-room'));
      const [top, bottom] = [rows[0], rows.at(-1)].map((row) => row?.getBoundingClientRect());
      if (top && bottom && bottom.bottom > top.top) height.current = (bottom.bottom - top.top) / rows.length;
      // Whatever scrolls, the page or a panel, what is seen lies within the window of the browser.
      const first = Math.floor(-element.getBoundingClientRect().top / height.current);
      const seen = Math.ceil(window.innerHeight / height.current);
      const from = Math.max(0, Math.min(first - MARGIN, count - seen));
      const to = Math.min(count, from + seen + 2 * MARGIN);
      setRange((old) =>
        Math.abs(old.from - from) < MARGIN / 2 && old.to >= Math.min(count, first + seen) ? old : { from, to },
      );
    };
    const lookSoon = () => {
      frame ||= requestAnimationFrame(look);
    };
    look();
    document.addEventListener('scroll', lookSoon, { capture: true, passive: true });
    window.addEventListener('resize', lookSoon);
    return () => {
      cancelAnimationFrame(frame);
      document.removeEventListener('scroll', lookSoon, { capture: true });
      window.removeEventListener('resize', lookSoon);
    };
  }, [count]);
  if (count <= WHOLE) return { body, from: 0, to: count, before: 0, after: 0, isPart: false };
  const from = Math.min(range.from, count);
  const to = Math.min(Math.max(range.to, from + 1), count);
  return { body, from, to, before: from * height.current, after: (count - to) * height.current, isPart: true };
}

/** Room for rows that are not drawn. */
export function Spacer({ height, columns }: { height: number; columns: number }) {
  return height > 0 ? (
    <tr data-room>
      <td colSpan={columns} style={{ height, padding: 0, border: 0 }} />
    </tr>
  ) : null;
}

/** Room for items of a list that are not drawn. */
export function ListSpacer({ height }: { height: number }) {
  return height > 0 ? <li data-room aria-hidden="true" style={{ height, padding: 0, border: 0 }} /> : null;
}
