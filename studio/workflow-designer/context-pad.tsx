import { ActionIcon } from '@mantine/core';
import { IconCopy, IconPencil, IconPlugConnected, IconPlus, IconTrash } from '@tabler/icons-react';
import { NodeToolbar, type ReactFlowState, Position as Side, useConnection, useStore } from '@xyflow/react';
import { type MouseEvent, useCallback, useMemo } from 'react';
import { textSize } from '../ui/text-size.ts';
import classes from './canvas.module.css';
import type { CommandId } from './keys.ts';
import { CARD } from './layout.ts';
import { type Box, findPadSide, PAD_GAP, type PadSize } from './pad-place.ts';

const entries = [
  { command: 'append', label: 'Add a task after this one (A)', icon: IconPlus },
  { command: 'connect', label: 'Link to another (C)', icon: IconPlugConnected },
  { command: 'rename', label: 'Rename (F2)', icon: IconPencil },
  { command: 'duplicate', label: 'Duplicate (Ctrl+D)', icon: IconCopy },
  { command: 'delete', label: 'Delete (Delete)', icon: IconTrash },
] as const;

/** The least that a finger or a shaking hand hits. */
const BUTTON = 24;
const BORDER = 1;
/** About what the lag on a link takes up. */
const LABEL = { width: 56, height: 20 };

/** The commands of the chosen card, on the side where they cover least. For the mouse: each has a key, so none is a tab stop. */
export function ContextPad({
  node,
  onCommand,
}: {
  node: string;
  onCommand: (command: CommandId, node: string) => void;
}) {
  const size = useMemo(measurePad, []);
  const side = useStore(useCallback((flow: ReactFlowState) => findFreeSide(flow, node, size), [node, size]));
  const isLinking = useConnection(({ inProgress }) => inProgress);
  const press = (event: MouseEvent, command: CommandId) => {
    event.stopPropagation();
    onCommand(command, node);
  };
  // A link may be dropped anywhere on the card.
  if (isLinking) return null;
  return (
    // It keeps its size while the drawing is zoomed.
    <NodeToolbar isVisible position={side} align="start" offset={PAD_GAP}>
      <div
        className={`${classes['pad']} nodrag nopan`}
        role="toolbar"
        aria-orientation={isRow(side) ? 'horizontal' : 'vertical'}
        aria-label={`Commands of ${node}`}
      >
        {entries.map(({ command, label, icon: Icon }) => (
          <ActionIcon
            key={command}
            variant="subtle"
            color="gray"
            size={BUTTON}
            tabIndex={-1}
            aria-label={label}
            title={label}
            onMouseDown={(event) => event.preventDefault()}
            onDoubleClick={(event) => event.stopPropagation()}
            onClick={(event) => press(event, command)}
          >
            <Icon size="0.875rem" />
          </ActionIcon>
        ))}
      </div>
    </NodeToolbar>
  );
}

/** The buttons grow with the text. */
function measurePad(): PadSize {
  return { length: textSize(entries.length * BUTTON) + 2 * BORDER, depth: textSize(BUTTON) + 2 * BORDER };
}

function isRow(side: Side): boolean {
  return side === Side.Top || side === Side.Bottom;
}

/** Looked for on the page, not on the drawing: the pad does not shrink with the cards. */
function findFreeSide(flow: ReactFlowState, node: string, size: PadSize): Side {
  const { nodeLookup, edges, width, height } = flow;
  const [left, top, zoom] = flow.transform;
  const onPage = ({ x, y, width, height }: Box): Box => ({
    x: x * zoom + left,
    y: y * zoom + top,
    width: width * zoom,
    height: height * zoom,
  });
  const cardOf = (id: string): Box | undefined => {
    const at = nodeLookup.get(id)?.internals.positionAbsolute;
    return at && { ...at, ...CARD };
  };
  const card = cardOf(node);
  if (!card) return Side.Top;
  const cards = [...nodeLookup.keys()].flatMap((id) => (id === node ? [] : (cardOf(id) ?? [])));
  const labels = edges.flatMap(({ source, target, data }) => {
    const [from, to] = [cardOf(source), cardOf(target)];
    return from && to && data?.['label'] ? [labelBetween(from, to)] : [];
  });
  const frame = { x: 0, y: 0, width, height };
  return findPadSide(onPage(card), size, [...cards, ...labels].map(onPage), frame);
}

function labelBetween(from: Box, to: Box): Box {
  const x = (from.x + to.x + CARD.width - LABEL.width) / 2;
  const y = (from.y + CARD.height + to.y - LABEL.height) / 2;
  return { x, y, ...LABEL };
}
