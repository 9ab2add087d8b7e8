import { type RefObject, useEffect, useRef } from 'react';
import type { DesignerState } from './use-designer.ts';

/** The browser's own copy, cut and paste, wherever no text is being edited or marked. */
export function useClipboardKeys(frame: RefObject<HTMLElement | null>, designer: DesignerState): void {
  const latest = useRef(designer);
  latest.current = designer;
  useEffect(() => {
    const isOurs = (event: Event) => {
      const target = event.target as HTMLElement | null;
      const isHere = target === document.body || (target !== null && frame.current?.contains(target) === true);
      const isText = target?.closest?.(
        'input, textarea, select, [contenteditable="true"], [role="dialog"], .monaco-editor',
      );
      return isHere && !isText && !event.defaultPrevented;
    };
    const put = (event: ClipboardEvent, text: () => string | undefined) => {
      // Marked words on the page are copied as words.
      if (!isOurs(event) || document.getSelection()?.isCollapsed === false) return;
      const copied = text();
      if (copied === undefined) return;
      event.clipboardData?.setData('text/plain', copied);
      event.preventDefault();
    };
    const onCopy = (event: ClipboardEvent) => put(event, () => latest.current.copyText());
    const onCut = (event: ClipboardEvent) => put(event, () => latest.current.cutText());
    const onPaste = (event: ClipboardEvent) => {
      if (!isOurs(event)) return;
      event.preventDefault();
      void latest.current.pasteText(event.clipboardData?.getData('text/plain') ?? '');
    };
    document.addEventListener('copy', onCopy);
    document.addEventListener('cut', onCut);
    document.addEventListener('paste', onPaste);
    return () => {
      document.removeEventListener('copy', onCopy);
      document.removeEventListener('cut', onCut);
      document.removeEventListener('paste', onPaste);
    };
  }, [frame]);
}
