import { IconMinus, IconPencil, IconPlus } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { type DocumentKind, documentKinds } from '../../schemas/configuration.ts';
import { DocumentLink } from '../document-editor/document-link.tsx';
import { Badge, type Tone } from '../ui/badge.tsx';
import { EmptyState } from '../ui/notice.tsx';
import { nameInWords } from '../words/kind-words.ts';
import classes from './publish.module.css';
import type { Change } from './queries.ts';

const marks: Readonly<Record<Change['change'], { word: string; tone: Tone; icon: typeof IconPlus }>> = {
  added: { word: 'New', tone: 'good', icon: IconPlus },
  changed: { word: 'Changed', tone: 'accent', icon: IconPencil },
  removed: { word: 'Gone', tone: 'bad', icon: IconMinus },
};

/** What differs between two configurations, in sentences, document by document. */
export function ChangesView({ changes, hasLinks = true }: { changes: readonly Change[]; hasLinks?: boolean }) {
  if (changes.length === 0) return <EmptyState title="Nothing differs" />;
  return (
    <ul className={classes['changes']}>
      {changes.map((change) => (
        <li key={change.document} className={classes['change']}>
          <h3 className={classes['document']}>
            <Mark of={change.change} />
            <Name change={change} hasLink={hasLinks && change.change !== 'removed'} />
            <span className={classes['key']}>{nameInWords(change.document)}</span>
          </h3>
          <ul className={classes['sentences']}>
            {change.sentences.map((sentence) => (
              <li key={sentence}>{sentence}</li>
            ))}
          </ul>
          <Drawn change={change} hasLinks={hasLinks} />
        </li>
      ))}
    </ul>
  );
}

function Mark({ of }: { of: Change['change'] }) {
  const { word, tone, icon: Icon } = marks[of];
  return (
    <Badge tone={tone} icon={<Icon size={12} />}>
      {word}
    </Badge>
  );
}

function Name({ change, hasLink }: { change: Change; hasLink: boolean }) {
  const [kind = '', key = ''] = change.document.split('/');
  const isKnown = documentKinds.includes(kind as DocumentKind);
  return hasLink && isKnown ? (
    <DocumentLink document={{ kind: kind as DocumentKind, key, title: change.title }} />
  ) : (
    <span>{change.title}</span>
  );
}

/** Tasks and links of a drawing that differ, each leading to its place on the canvas. */
function Drawn({ change, hasLinks }: { change: Change; hasLinks: boolean }) {
  const [kind, key = ''] = change.document.split('/');
  const places = kind === 'workflow' ? placesIn(change) : [];
  if (places.length === 0) return null;
  return (
    <ul className={classes['places']} aria-label={`Changed on the canvas of ${change.title}`}>
      {places.map(({ pointer, name, mark }) => (
        <li key={pointer}>
          <Mark of={mark} />
          {hasLinks && mark !== 'removed' ? (
            <Link to="/workflow/$key" params={{ key }} search={{ pointer }}>
              {name}
            </Link>
          ) : (
            <span>{name}</span>
          )}
        </li>
      ))}
    </ul>
  );
}

interface Place {
  pointer: string;
  name: string;
  mark: Change['change'];
}

/** One place a task or link: it is new or gone where the whole of it stands on one side only. */
export function placesIn({ parts }: Pick<Change, 'parts'>): Place[] {
  const found = new Map<string, Place>();
  for (const { pointer, from, to } of parts) {
    const [, collection, place] = pointer.split('/');
    if ((collection !== 'nodes' && collection !== 'links') || place === undefined) continue;
    const whole = `/${collection}/${place}`;
    const isWhole = pointer === whole;
    const mark = isWhole && from === undefined ? 'added' : isWhole && to === undefined ? 'removed' : 'changed';
    found.set(whole, { pointer: whole, name: `${collection === 'nodes' ? 'Task' : 'Link'} ${place}`, mark });
  }
  return [...found.values()];
}
