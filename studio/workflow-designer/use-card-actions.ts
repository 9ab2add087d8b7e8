import { type KeyboardEvent, useMemo } from 'react';
import type { Position } from '../document/engine.ts';
import { announce } from '../ui/announcer.tsx';
import { useStable } from '../ui/use-stable.ts';
import type { CardActions } from './canvas-card.tsx';
import type { CanvasEditing } from './canvas-editing.ts';
import type { Drawing } from './drawing.ts';
import type { CommandId } from './keys.ts';
import type { Chosen, Selected } from './selection.ts';
import { type Direction, walkFrom } from './walk.ts';

const arrows: Readonly<Record<string, Direction>> = {
  ArrowUp: 'up',
  ArrowDown: 'down',
  ArrowLeft: 'left',
  ArrowRight: 'right',
};

const nothingThere: Readonly<Record<Direction, string>> = {
  up: 'No predecessor',
  down: 'No successor',
  left: 'Nothing to the left',
  right: 'Nothing to the right',
};

interface Canvas {
  workflow: Drawing['workflow'];
  positions: Readonly<Record<string, Position>>;
  chosen: Chosen;
  /** The card that Tab reaches while none is chosen. */
  first: string | undefined;
  editing: CanvasEditing | undefined;
  onSelect: ((selected: Selected) => void) | undefined;
  focusNode: (node: string) => void;
}

/** What cards ask of their canvas; the same while none of it is something else for a card, so that an edit draws none of them anew. */
export function useCardActions({ workflow, positions, chosen, first, editing, onSelect, focusNode }: Canvas) {
  const walk = (node: string, direction: Direction, isMore: boolean) => {
    const next = walkFrom(workflow, positions, node, direction);
    if (!next) return announce(nothingThere[direction]);
    if (isMore && editing?.onChoose) editing.onChoose([...[...chosen.all].filter((one) => one !== next), next]);
    else if (chosen.all.size > 1) onSelect?.({ node: next });
    focusNode(next);
  };
  const card = useStable({
    onRename: (node: string, title: string | undefined) => editing?.onRename(node, title),
    onCommand: (command: CommandId, node: string) => editing?.onCommand?.(command, node),
    onFocus: (node: string) => !chosen.all.has(node) && onSelect?.({ node }),
    onKeyDown: (event: KeyboardEvent, node: string) => {
      const direction = event.altKey || event.ctrlKey || event.metaKey ? undefined : arrows[event.key];
      if (!direction) return editing?.onKey(event, node);
      event.preventDefault();
      walk(node, direction, event.shiftKey);
    },
  });
  const { links } = workflow;
  const renaming = editing?.renaming;
  const padOn = chosen.all.size === 1 ? chosen.node : undefined;
  const hasCommands = editing?.onCommand !== undefined;
  const focusable = chosen.node !== undefined && workflow.nodes[chosen.node] ? chosen.node : first;
  return useMemo(
    (): CardActions => ({
      ...card,
      onCommand: hasCommands ? card.onCommand : undefined,
      links,
      renaming,
      focusable,
      padOn,
    }),
    [card, hasCommands, links, renaming, focusable, padOn],
  );
}
