import { type RefObject, useEffect, useState } from 'react';

/** Brings people to the place of a finding: the field that a pointer names, once it is on the page; else the task's card. */
export function useFocusPlace(frame: RefObject<HTMLElement | null>): (pointer: string) => void {
  const [place, setPlace] = useState<{ pointer: string }>();
  useEffect(() => {
    if (!place || !frame.current) return;
    const field = findField(frame.current, place.pointer);
    field?.focus();
    field?.scrollIntoView({ block: 'nearest' });
  }, [place, frame]);
  return (pointer) => setPlace({ pointer });
}

/** The field whose `data-place` is the longest part of the pointer. */
function findField(frame: HTMLElement, pointer: string): HTMLElement | null {
  const parts = pointer.split('/');
  for (let length = parts.length; length > 1; length--) {
    const part = CSS.escape(parts.slice(0, length).join('/'));
    const found = frame.querySelector<HTMLElement>(`[data-place="${part}"]`);
    if (found) return found.matches('input, button, [tabindex]') ? found : found.querySelector('input, button');
  }
  return null;
}
