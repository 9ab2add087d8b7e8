import { useEffect, useState } from 'react';

/** After each of these the focus may be elsewhere; a field that is taken out while it has the focus tells nobody. */
const events = ['focusin', 'focusout', 'keyup', 'pointerup'] as const;
const withoutText = new Set(['button', 'checkbox', 'color', 'file', 'image', 'radio', 'range', 'reset', 'submit']);

/** Whether somebody is in a field where keys write text. */
export function useIsInText(): boolean {
  const [is, set] = useState(isInText);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    // On the way from one field to the next the focus is nowhere.
    const look = () => {
      clearTimeout(timer);
      timer = setTimeout(() => set(isInText()));
    };
    for (const event of events) document.addEventListener(event, look);
    look();
    return () => {
      clearTimeout(timer);
      for (const event of events) document.removeEventListener(event, look);
    };
  }, []);
  return is;
}

function isInText(): boolean {
  const at = document.activeElement;
  if (at instanceof HTMLInputElement) return !withoutText.has(at.type) && !at.readOnly;
  return at instanceof HTMLTextAreaElement || (at instanceof HTMLElement && at.isContentEditable);
}
