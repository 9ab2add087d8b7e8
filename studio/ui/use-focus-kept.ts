import { type RefObject, useEffect, useRef } from 'react';

const focusable = 'input, button:not(:disabled), select, textarea, summary, a[href], [tabindex]';

/** Where what has the focus goes away with its entry, whatever took its place in the list takes the focus: keys go on where they were. */
export function useFocusKept<E extends HTMLElement>(list: RefObject<E | null>): void {
  const held = useRef<{ element: Element; at: number }>(undefined);
  useEffect(() => {
    const box = list.current;
    if (!box) return;
    const note = ({ target }: FocusEvent) => {
      const element = target as Element;
      held.current = { element, at: [...box.querySelectorAll(focusable)].indexOf(element) };
    };
    box.addEventListener('focusin', note);
    return () => box.removeEventListener('focusin', note);
  }, [list]);
  useEffect(() => {
    const last = held.current;
    if (!last || last.element.isConnected) return;
    held.current = undefined;
    // Somebody who went on to something else is not called back.
    if (document.activeElement !== document.body) return;
    const here = list.current?.querySelectorAll<HTMLElement>(focusable) ?? [];
    here[Math.min(last.at, here.length - 1)]?.focus({ preventScroll: true });
  });
}
