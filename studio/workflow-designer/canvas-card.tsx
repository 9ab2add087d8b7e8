import { Handle, type NodeProps, Position as Side } from '@xyflow/react';
import { createContext, type KeyboardEvent, memo, use } from 'react';
import classes from './canvas.module.css';
import { ContextPad } from './context-pad.tsx';
import { type Card, type CardFacts, type CardNode, cardInWords, type Drawing } from './drawing.ts';
import type { CommandId } from './keys.ts';
import { TaskCard } from './task-card.tsx';
import type { KeptFacts } from './use-kept.ts';

/** What cards ask of the canvas they lie on. */
export interface CardActions {
  /** For what lies before and after a card, in words. */
  links: Drawing['workflow']['links'];
  renaming: string | undefined;
  /** The one card that Tab reaches. */
  focusable: string | undefined;
  /** The one card that has its commands beside it. */
  padOn: string | undefined;
  onRename: (node: string, title: string | undefined) => void;
  /** Without it a card is only shown. */
  onCommand: ((command: CommandId, node: string) => void) | undefined;
  onFocus: (node: string) => void;
  onKeyDown: (event: KeyboardEvent, node: string) => void;
}
export const CardContext = createContext<CardActions | undefined>(undefined);

/** What plan and rules say of the cards: they change with every edit, the cards do not. */
export const FactsContext = createContext<KeptFacts>({ of: () => ({ findingCount: 0 }) });

/** A card on the canvas with what is said of it now; drawn anew only when that is something else for it. */
export function CanvasCard({ id, data, selected, dragging }: NodeProps<CardNode>) {
  const actions = use(CardContext);
  const facts = use(FactsContext).of(id);
  if (!actions) throw new Error('expected a canvas around the card');
  const { links, renaming, focusable, padOn, onRename, onCommand, onFocus, onKeyDown } = actions;
  return (
    <Face
      card={data}
      facts={facts}
      selected={selected}
      links={links}
      renaming={renaming === id}
      focusable={focusable === id}
      hasPad={padOn === id && !dragging}
      onRename={onRename}
      onCommand={onCommand}
      onFocus={onFocus}
      onKeyDown={onKeyDown}
    />
  );
}

interface FaceProps extends Pick<CardActions, 'links' | 'onRename' | 'onCommand' | 'onFocus' | 'onKeyDown'> {
  card: Card;
  facts: CardFacts;
  selected: boolean;
  renaming: boolean;
  focusable: boolean;
  hasPad: boolean;
}

/** One tab stop among all, its commands beside it while it is chosen alone. */
const Face = memo(function Face({ card: bare, facts, selected, links, renaming, focusable, hasPad, ...on }: FaceProps) {
  const card = { ...bare, ...facts };
  const { key: id } = card;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a card holds an input while it is renamed, so it cannot be a button
    <div
      role="group"
      className={classes['card']}
      // One tab stop: the others are reached by arrows.
      tabIndex={focusable ? 0 : -1}
      data-node={id}
      data-place={`/nodes/${id}`}
      aria-roledescription={card.type}
      aria-label={cardInWords(card, links)}
      aria-current={selected ? 'true' : undefined}
      onFocus={(event) => event.target === event.currentTarget && on.onFocus(id)}
      onKeyDown={(event) => event.target === event.currentTarget && on.onKeyDown(event, id)}
      onDoubleClick={() => on.onCommand?.('rename', id)}
    >
      <Handle type="target" position={Side.Top} className={classes['handle'] ?? ''} tabIndex={-1} aria-hidden="true" />
      <TaskCard card={card} selected={selected} renaming={renaming} onRename={(title) => on.onRename(id, title)} />
      <Handle
        type="source"
        position={Side.Bottom}
        className={classes['handle'] ?? ''}
        tabIndex={-1}
        aria-hidden="true"
      />
      {on.onCommand && hasPad && !renaming ? <ContextPad node={id} onCommand={on.onCommand} /> : null}
    </div>
  );
});
