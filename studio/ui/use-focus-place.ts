import { type RefObject, useEffect, useState } from 'react';

const LOOK_EACH_MS = 50;
const LOOKS = 600;
const NEAR_AFTER = 30;

/** Brings people to the place of a finding: the field that a pointer names, once it is on the page; else the part it stands in. */
export function useFocusPlace(frame: RefObject<HTMLElement | null>): (pointer: string) => void {
  const [place, setPlace] = useState<{ pointer: string }>();
  useEffect(() => {
    if (!place) return;
    // Editors and their parts are loaded when they are needed: the field may come a moment later.
    let tries = 0;
    let isNear = false;
    const look = () => {
      const found = frame.current && findField(frame.current, place.pointer);
      if (found?.isExact) return focusOn(found.field);
      if (frame.current) openFoldOf(frame.current, place.pointer);
      // The part it stands in, meanwhile: over a slow connection the field itself comes later still.
      if (found && !isNear && tries > NEAR_AFTER) {
        isNear = true;
        focusOn(found.field);
      }
      if (tries++ < LOOKS) timer = setTimeout(look, LOOK_EACH_MS);
    };
    let timer = setTimeout(look, 0);
    // Whoever has begun with something else meanwhile is not pulled away from it.
    const stop = () => clearTimeout(timer);
    const inputs = ['keydown', 'pointerdown'] as const;
    for (const input of inputs) window.addEventListener(input, stop, { capture: true, once: true });
    return () => {
      stop();
      for (const input of inputs) window.removeEventListener(input, stop, { capture: true });
    };
  }, [place, frame]);
  return (pointer) => setPlace({ pointer });
}

const focusable = 'input, button, select, textarea, summary, a[href], [tabindex]';
/** What moves or deletes a whole entry often stands before its fields: nobody is sent to that. */
const withoutTools = `:is(${focusable}):not([data-entry-tool])`;

/** The field whose `data-place` is the longest part of the pointer. */
function findField(frame: HTMLElement, pointer: string): { field: HTMLElement; isExact: boolean } | undefined {
  const parts = pointer.split('/');
  for (let length = parts.length; length > 1; length--) {
    const part = CSS.escape(parts.slice(0, length).join('/'));
    const found = [...frame.querySelectorAll<HTMLElement>(`[data-place="${part}"]`)];
    // A row that is the place itself comes before the frame around it.
    const field =
      found.find((one) => one.matches(focusable)) ??
      found[0]?.querySelector<HTMLElement>(withoutTools) ??
      found[0]?.querySelector<HTMLElement>(focusable);
    // A sentence of a rule holds all its parts itself.
    if (field) return { field, isExact: length === parts.length || field.hasAttribute('data-place-whole') };
  }
  return undefined;
}

/** A fold that draws its fields only once it is open says what it is of (`data-fold-of`), and what below that it does not hold. */
function openFoldOf(frame: HTMLElement, pointer: string): void {
  const isAt = (place: string) => pointer === place || pointer.startsWith(place.endsWith('/') ? place : `${place}/`);
  for (const fold of frame.querySelectorAll<HTMLDetailsElement>('details[data-fold-of]')) {
    const { foldOf = '', foldBut } = fold.dataset;
    if (isAt(foldOf) && !foldBut?.split(' ').some(isAt)) fold.open = true;
  }
}

function focusOn(field: HTMLElement): void {
  for (let fold = field.closest('details'); fold; fold = fold.parentElement?.closest('details') ?? null)
    fold.open = true;
  field.focus();
  field.scrollIntoView({ block: 'nearest' });
}
