import { useDeferredValue, useMemo } from 'react';
import type { Configuration } from '../../schemas/configuration.ts';
import { type DocumentPart, type Use, wherePartUsed } from '../document/engine.ts';
import { nameInWords } from '../words/kind-words.ts';
import { placeInWords } from '../words/place-words.ts';
import { useEditor } from './editor.ts';
import classes from './panels.module.css';
import { UseLink } from './where-used-panel.tsx';

/** Where others name an option, an outcome or a field of the open document. */
export function PartUses({ part }: { part: DocumentPart }) {
  return <NamedIn part={part} configuration={useEditor().configuration} />;
}

interface NamedInProps {
  part: DocumentPart;
  configuration: Configuration;
  /** Goes to a place; answers whether that place is on this page. */
  onGo?: ((use: Use) => boolean) | undefined;
}

/** Where others name a part of a document, so that nobody takes it away blindly; nothing where nobody does. */
export function NamedIn({ part, configuration, onGo }: NamedInProps) {
  const settled = useDeferredValue(configuration);
  const name = JSON.stringify(part);
  const uses = useMemo(() => wherePartUsed(settled, JSON.parse(name) as DocumentPart), [settled, name]);
  if (uses.length === 0) return null;
  const [first, others] = uses.length > FIRST + 1 ? [uses.slice(0, FIRST), uses.slice(FIRST)] : [uses, []];
  return (
    <details className={classes['part']} data-wide>
      <summary>
        Named in {uses.length} {uses.length === 1 ? 'place' : 'places'}
      </summary>
      <Places uses={first} onGo={onGo} />
      {others.length > 0 ? (
        <details className={classes['part']}>
          <summary>and {others.length} more</summary>
          <Places uses={others} onGo={onGo} />
        </details>
      ) : null}
    </details>
  );
}

/** Places shown at once; a node of a drawing may be named by every test of it. */
const FIRST = 5;

function Places({ uses, onGo }: { uses: readonly Use[]; onGo: NamedInProps['onGo'] }) {
  return (
    <ul className={classes['places']}>
      {uses.map((use) => (
        <li key={`${use.document} ${use.pointer}`}>
          <UseLink use={use} {...(onGo ? { onGo } : {})}>
            {nameInWords(use.document)} ({use.title}), {placeInWords(use.pointer)}
          </UseLink>
        </li>
      ))}
    </ul>
  );
}
