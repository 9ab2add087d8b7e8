import { useEffect, useRef } from 'react';

const PAINT_AT_LATEST_MS = 500;

/** Beside what a Suspense waits for: calls once that has been painted, so that what is needed later is not loaded before it. */
export function WhenPainted({ onPainted }: { onPainted: () => void }) {
  const latest = useRef(onPainted);
  latest.current = onPainted;
  useEffect(() => {
    const call = () => latest.current();
    // A page in the background paints nothing.
    let timer = setTimeout(call, PAINT_AT_LATEST_MS);
    const frame = requestAnimationFrame(() => {
      clearTimeout(timer);
      timer = setTimeout(call, 0);
    });
    return () => {
      cancelAnimationFrame(frame);
      clearTimeout(timer);
    };
  }, []);
  return null;
}
