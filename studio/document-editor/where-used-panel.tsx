import { Link } from '@tanstack/react-router';
import type { MouseEvent, ReactNode } from 'react';
import type { Use } from '../document/engine.ts';
import { nameInWords } from '../words/kind-words.ts';
import { placeInWords } from '../words/place-words.ts';
import { usesByDocument } from './by-document.ts';
import { toEditor } from './document-link.tsx';
import classes from './panels.module.css';

/** Every place that names this document; choosing one goes to the field. */
export function WhereUsedPanel({ uses }: { uses: readonly Use[] }) {
  if (uses.length === 0) return <p className={classes['empty']}>Nothing uses it yet.</p>;
  return (
    <div className={classes['panel']}>
      {[...usesByDocument(uses)].map(([name, here]) => (
        <section key={name}>
          <h3 className={classes['heading']}>
            {here[0]?.title} <span>{nameInWords(name)}</span>
          </h3>
          <ul className={classes['places']}>
            {here.map((use) => (
              <li key={use.pointer}>
                <UseLink use={use} />
              </li>
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}

/** A link to one place that names a document. */
export function UseLink({
  use,
  children = placeInWords(use.pointer),
  onGo,
}: {
  use: Use;
  children?: ReactNode;
  /** Goes to a place of this page; answers false for any other. */
  onGo?: (use: Use) => boolean;
}) {
  const [kind = '', key = ''] = use.document.split('/');
  const go = (event: MouseEvent) => {
    const isPlain = !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);
    if (isPlain && onGo?.(use)) event.preventDefault();
  };
  return (
    <Link {...toEditor(kind, key, use.pointer)} onClick={go}>
      {children}
    </Link>
  );
}
