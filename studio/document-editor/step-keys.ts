import type { KeyboardEvent as ReactKeyboardEvent } from 'react';
import { useOpenDraft } from '../document/draft-context.tsx';
import { announce } from '../ui/announcer.tsx';

/** A key pressed on a part of the page, or anywhere on it. */
type StepKey = ReactKeyboardEvent | KeyboardEvent;

/** Undo, redo and save by keys, as in the workflow designer; inside a text they stay the text's own. */
export function useStepKeys(): (event: StepKey) => void {
  const { store, autosave } = useOpenDraft();
  return (event) => {
    if (event.defaultPrevented || !(event.ctrlKey || event.metaKey)) return;
    const key = event.key.toLowerCase();
    if (key === 's') {
      event.preventDefault();
      void autosave.flush().then(
        () => announce('Saved'),
        (error: Error) => announce(error.message),
      );
    }
    const isText = (event.target as HTMLElement).closest('textarea, input:not([type=checkbox], [type=radio])') !== null;
    if (isText || (key !== 'z' && key !== 'y')) return;
    event.preventDefault();
    const isRedo = key === 'y' || event.shiftKey;
    const label = isRedo ? store.redo() : store.undo();
    announce(label ? `${isRedo ? 'Done again' : 'Undone'}: ${label}` : `Nothing to ${isRedo ? 'do again' : 'undo'}`);
  };
}
