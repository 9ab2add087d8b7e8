import { useDeferredValue, useMemo } from 'react';
import { type DocumentPart, wherePartUsed } from '../document/engine.ts';
import { nameInWords } from '../words/kind-words.ts';
import { placeInWords } from '../words/place-words.ts';
import { useEditor } from './editor.ts';
import classes from './panels.module.css';
import { UseLink } from './where-used-panel.tsx';

/** Where others name an option, an outcome or a field, so that nobody takes it away blindly; nothing where nobody does. */
export function PartUses({ part }: { part: DocumentPart }) {
  const { configuration } = useEditor();
  const settled = useDeferredValue(configuration);
  const name = JSON.stringify(part);
  const uses = useMemo(() => wherePartUsed(settled, JSON.parse(name) as DocumentPart), [settled, name]);
  if (uses.length === 0) return null;
  return (
    <details className={classes['part']} data-wide>
      <summary>
        Named in {uses.length} {uses.length === 1 ? 'place' : 'places'}
      </summary>
      <ul className={classes['places']}>
        {uses.map((use) => (
          <li key={`${use.document} ${use.pointer}`}>
            <UseLink use={use}>
              {nameInWords(use.document)} ({use.title}), {placeInWords(use.pointer)}
            </UseLink>
          </li>
        ))}
      </ul>
    </details>
  );
}
