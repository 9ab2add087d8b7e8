import { useQueryClient } from '@tanstack/react-query';
import { type RefObject, useEffect, useRef, useState } from 'react';
import type { AnyDocument } from '../../schemas/configuration.ts';
import { toDocumentText } from '../../schemas/document-text.ts';
import { meQuery } from '../api/queries.ts';
import { useOpenDraft } from '../document/draft-context.tsx';
import { isSame } from '../document/engine.ts';
import { announce } from '../ui/announcer.tsx';
import { keepText, readKeptText } from './kept-text.ts';
import type { SourceHandle } from './source-editor.tsx';
import { type HeldText, takeText } from './take-text.ts';

/** The text of a document beside the draft: valid text goes there at once, other text is held, with the state it was begun on. */
export function useSourceText(name: string, document: AnyDocument, editor: RefObject<SourceHandle | null>) {
  const { store } = useOpenDraft();
  const owner = useQueryClient().getQueryData(meQuery.queryKey)?.user.id ?? '';
  const [first] = useState(() => readHeld(owner, name, document));
  const [held, setHeld] = useState(first.held);
  /** What the text goes on from. */
  const known = useRef(first.begunOn);
  // The store, not what was rendered: while typing goes on the rendered document is one behind the text.
  const inDraft = () => (store.getView().content.configuration[document.kind][document.key] as AnyDocument) ?? document;
  const hold = (next: HeldText | undefined) => {
    if (next || held) keepHeld(owner, name, next, known.current);
    setHeld(next);
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is in the draft is read anew each time
  useEffect(() => {
    const now = inDraft();
    // By what it says: text that only differs in its layout is the same document, and stays as it was typed.
    if (held || isSame(now, known.current)) return;
    known.current = now;
    editor.current?.write(toDocumentText(now));
  }, [document, held]);
  const put = (put: AnyDocument, written: AnyDocument) => {
    hold(undefined);
    // What it brings beside what is written comes into the text when the draft has it.
    known.current = written;
    store.run({ type: 'putDocument', document: put });
    if (!isSame(put, written)) announce('What was changed in the draft meanwhile is in the text too');
  };
  return {
    held,
    isBehind: held !== undefined && !isSame(known.current, document),
    change: (text: string) => {
      const taken = takeText(text, known.current, inDraft());
      if ('document' in taken) put(taken.document, taken.written);
      else hold(taken);
    },
    /** The text stands where both changed something. */
    useText: () => {
      const taken = held && takeText(held.text, known.current, inDraft());
      if (!taken) return;
      if ('document' in taken) put(taken.document, taken.written);
      else if (taken.overlap) {
        // The editor shows what comes of both.
        put(taken.overlap.document, taken.overlap.document);
        editor.current?.write(toDocumentText(taken.overlap.document));
      }
    },
    drop: () => {
      hold(undefined);
      known.current = inDraft();
      editor.current?.write(toDocumentText(known.current));
      announce('The text is again what the draft says');
    },
  };
}

const begunName = (name: string) => `${name} begun on`;

function keepHeld(owner: string, name: string, held: HeldText | undefined, begunOn: AnyDocument | undefined): void {
  keepText(owner, name, held?.text);
  keepText(owner, begunName(name), held && begunOn && JSON.stringify(begunOn));
}

/** Kept text only while the draft does not have it. Text kept by an earlier build does not tell what it was begun on. */
function readHeld(
  owner: string,
  name: string,
  document: AnyDocument,
): { held: HeldText | undefined; begunOn: AnyDocument | undefined } {
  const text = readKeptText(owner, name);
  if (text === undefined) return { held: undefined, begunOn: document };
  const begun = readKeptText(owner, begunName(name));
  const begunOn = begun === undefined ? undefined : (JSON.parse(begun) as AnyDocument);
  const taken = takeText(text, begunOn, document);
  return 'document' in taken ? { held: undefined, begunOn: document } : { held: taken, begunOn };
}
