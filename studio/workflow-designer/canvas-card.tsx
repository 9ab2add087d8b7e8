import { ActionIcon } from '@mantine/core';
import { IconCopy, IconPencil, IconPlugConnected, IconPlus, IconTrash } from '@tabler/icons-react';
import { Handle, type NodeProps, NodeToolbar, Position as Side } from '@xyflow/react';
import { createContext, type KeyboardEvent, type MouseEvent, use } from 'react';
import classes from './canvas.module.css';
import { type CardNode, cardInWords, type Drawing } from './drawing.ts';
import type { CommandId } from './keys.ts';
import { TaskCard } from './task-card.tsx';

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

/** A card on the canvas: one tab stop among all, its commands beside it while it is chosen alone. */
export function CanvasCard({ id, data, selected }: NodeProps<CardNode>) {
  const actions = use(CardContext);
  if (!actions) throw new Error('expected a canvas around the card');
  const { onCommand, onRename } = actions;
  const renaming = actions.renaming === id;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a card holds an input while it is renamed, so it cannot be a button
    <div
      role="group"
      className={classes['card']}
      // One tab stop: the others are reached by arrows.
      tabIndex={actions.focusable === id ? 0 : -1}
      data-node={id}
      data-place={`/nodes/${id}`}
      aria-roledescription={data.type}
      aria-label={cardInWords(data, actions.links)}
      aria-current={selected ? 'true' : undefined}
      onFocus={(event) => event.target === event.currentTarget && actions.onFocus(id)}
      onKeyDown={(event) => event.target === event.currentTarget && actions.onKeyDown(event, id)}
      onDoubleClick={() => onCommand?.('rename', id)}
    >
      <Handle type="target" position={Side.Top} className={classes['handle'] ?? ''} tabIndex={-1} aria-hidden="true" />
      <TaskCard card={data} selected={selected} renaming={renaming} onRename={(title) => onRename(id, title)} />
      <Handle
        type="source"
        position={Side.Bottom}
        className={classes['handle'] ?? ''}
        tabIndex={-1}
        aria-hidden="true"
      />
      {onCommand && actions.padOn === id && !renaming ? <ContextPad node={id} onCommand={onCommand} /> : null}
    </div>
  );
}

const pad = [
  { command: 'append', label: 'Add a task after this one (A)', icon: IconPlus },
  { command: 'connect', label: 'Link to another (C)', icon: IconPlugConnected },
  { command: 'rename', label: 'Rename (F2)', icon: IconPencil },
  { command: 'duplicate', label: 'Duplicate (Ctrl+D)', icon: IconCopy },
  { command: 'delete', label: 'Delete (Delete)', icon: IconTrash },
] as const;

/** For the mouse: each of these has a key, so none is a tab stop. */
function ContextPad({ node, onCommand }: { node: string; onCommand: (command: CommandId, node: string) => void }) {
  const press = (event: MouseEvent, command: CommandId) => {
    event.stopPropagation();
    onCommand(command, node);
  };
  return (
    // It keeps its size while the drawing is zoomed.
    <NodeToolbar isVisible position={Side.Right} align="start" offset={8}>
      <div className={`${classes['pad']} nodrag nopan`} role="toolbar" aria-label={`Commands of ${node}`}>
        {pad.map(({ command, label, icon: Icon }) => (
          <ActionIcon
            key={command}
            variant="default"
            size={26}
            tabIndex={-1}
            aria-label={label}
            title={label}
            onMouseDown={(event) => event.preventDefault()}
            onDoubleClick={(event) => event.stopPropagation()}
            onClick={(event) => press(event, command)}
          >
            <Icon size={14} />
          </ActionIcon>
        ))}
      </div>
    </NodeToolbar>
  );
}
