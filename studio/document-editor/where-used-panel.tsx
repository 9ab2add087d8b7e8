import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { Use } from '../document/engine.ts';
import { nameInWords } from '../words/kind-words.ts';
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
export function UseLink({ use, children = placeInWords(use.pointer) }: { use: Use; children?: ReactNode }) {
  const [kind = '', key = ''] = use.document.split('/');
  return <Link {...toEditor(kind, key, use.pointer)}>{children}</Link>;
}

/** `/adviceRules/HP3/when/conditions/0/of/question` as people read it: `advice rules, HP3, when`. */
export function placeInWords(pointer: string): string {
  const parts = pointer.split('/').slice(1);
  const end = parts.findIndex((part) => part === 'conditions' || part === 'condition' || part === 'of');
  return parts
    .slice(0, end === -1 ? parts.length : end)
    .filter((part) => !/^\d+$/.test(part))
    .map((part) => (/^[a-z]+(?:[A-Z][a-z]+)+$/.test(part) ? part.replaceAll(/([A-Z])/g, ' $1').toLowerCase() : part))
    .join(', ');
}
