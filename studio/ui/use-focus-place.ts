import { type RefObject, useEffect, useState } from 'react';

/** Brings people to the place of a finding: the field that a pointer names, once it is on the page; else the part it stands in. */
export function useFocusPlace(frame: RefObject<HTMLElement | null>): (pointer: string) => void {
  const [place, setPlace] = useState<{ pointer: string }>();
  useEffect(() => {
    if (!place) return;
    // Editors and their parts are loaded when they are needed: the field may come a moment later.
    let tries = 0;
    const look = () => {
      const exact = frame.current && findField(frame.current, place.pointer);
      if (exact && (exact.isExact || tries > 20)) return focusOn(exact.field);
      if (tries++ < 40) timer = setTimeout(look, 50);
    };
    let timer = setTimeout(look, 0);
    return () => clearTimeout(timer);
  }, [place, frame]);
  return (pointer) => setPlace({ pointer });
}

const focusable = 'input, button, select, textarea, summary, a[href], [tabindex]';

/** The field whose `data-place` is the longest part of the pointer. */
function findField(frame: HTMLElement, pointer: string): { field: HTMLElement; isExact: boolean } | undefined {
  const parts = pointer.split('/');
  for (let length = parts.length; length > 1; length--) {
    const part = CSS.escape(parts.slice(0, length).join('/'));
    const found = frame.querySelector<HTMLElement>(`[data-place="${part}"]`);
    const field = found?.matches(focusable) ? found : found?.querySelector<HTMLElement>(focusable);
    if (field) return { field, isExact: length === parts.length };
  }
  return undefined;
}

function focusOn(field: HTMLElement): void {
  for (let fold = field.closest('details'); fold; fold = fold.parentElement?.closest('details') ?? null)
    fold.open = true;
  field.focus();
  field.scrollIntoView({ block: 'nearest' });
}
