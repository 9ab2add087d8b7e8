import type { Connection, FinalConnectionState, NodeChange } from '@xyflow/react';
import { useReactFlow } from '@xyflow/react';
import { type MouseEvent as ReactMouseEvent, useEffect, useRef, useState } from 'react';
import { linkRefusal, type Position } from '../document/engine.ts';
import { announce } from '../ui/announcer.tsx';
import { useStable } from '../ui/use-stable.ts';
import type { Lane } from './arrange.ts';
import type { CanvasEditing } from './canvas-editing.ts';
import type { CardNode, Drawing, LineEdge } from './drawing.ts';
import { laneUnder } from './lane-moves.ts';
import { CARD } from './layout.ts';
import type { Chosen, Selected } from './selection.ts';

interface Canvas {
  workflow: Drawing['workflow'];
  chosen: Chosen;
  lanes: readonly Lane[] | undefined;
  editing: CanvasEditing | undefined;
  onSelect: ((selected: Selected) => void) | undefined;
  focusNode: (node: string) => void;
  onDragged: (moved: Readonly<Record<string, Position>>) => void;
  onDropped: () => void;
  onHover: (link: string | undefined) => void;
}

/** What the mouse does on the canvas. The same functions all the time: were they new, every card and line was drawn with each letter typed. */
export function useCanvasGestures({ workflow, chosen, lanes, editing, onSelect, focusNode, ...on }: Canvas) {
  const flow = useReactFlow<CardNode, LineEdge>();
  const lasso = useLasso(chosen.all, editing?.onChoose);
  return useStable({
    isValidConnection: ({ source, target }: Pick<Connection, 'source' | 'target'>) =>
      !linkRefusal(workflow, { from: source, to: target, linkType: 'FS' }),
    onConnect: ({ source, target }: Connection) => editing?.onConnect(source, target),
    onConnectEnd: (event: MouseEvent | TouchEvent, { fromNode, fromHandle, isValid }: FinalConnectionState) => {
      if (!editing || !fromNode || isValid) return;
      const dropped = findCardUnder(event);
      const isForward = fromHandle?.type !== 'target';
      if (dropped === fromNode.id) return;
      if (!dropped) return isForward ? askNew(event, fromNode.id, editing, flow.screenToFlowPosition) : undefined;
      // Dropped anywhere on a card: its whole face is the target, not only its handle.
      const [from, to] = isForward ? [fromNode.id, dropped] : [dropped, fromNode.id];
      const refusal = linkRefusal(workflow, { from, to, linkType: 'FS' });
      if (refusal) announce(`Not linked: ${refusal.message}`);
      else editing.onConnect(from, to);
    },
    onNodesChange: (changes: NodeChange<CardNode>[]) => {
      const moved: Record<string, Position> = {};
      for (const change of changes) {
        if (change.type === 'position' && change.position && change.dragging) moved[change.id] = change.position;
        if (change.type === 'select') lasso.note(change.id, change.selected);
      }
      if (Object.keys(moved).length > 0) on.onDragged(moved);
    },
    onNodeDragStop: (_: unknown, node: CardNode, all: CardNode[]) => {
      const moved = all.length > 0 ? all : [node];
      const lane = lanes && laneUnder(lanes, node.position.x + CARD.width / 2);
      const ids = moved.map(({ id }) => id);
      if (lane) editing?.onLane?.(ids, lane);
      else if (!lanes) editing?.onMove(Object.fromEntries(moved.map(({ id, position }) => [id, position])));
      on.onDropped();
    },
    onSelectionStart: lasso.begin,
    onSelectionEnd: lasso.end,
    onNodeClick: (event: ReactMouseEvent, node: CardNode) => {
      const isMore = event.ctrlKey || event.metaKey || event.shiftKey;
      const { all } = chosen;
      if (isMore && editing?.onChoose)
        editing.onChoose(all.has(node.id) ? [...all].filter((one) => one !== node.id) : [...all, node.id]);
      else if (all.size > 1) onSelect?.({ node: node.id });
      focusNode(node.id);
    },
    onEdgeClick: (_: unknown, edge: LineEdge) => onSelect?.({ link: edge.id }),
    onEdgeMouseEnter: (_: unknown, edge: LineEdge) => on.onHover(edge.id),
    onEdgeMouseLeave: () => on.onHover(undefined),
    onPaneClick: () => onSelect?.(undefined),
  });
}

/** Choosing by a frame drawn with Shift: what is in it comes to what was chosen, when it is let go. */
function useLasso(chosen: ReadonlySet<string>, onChoose: CanvasEditing['onChoose']) {
  const inside = useRef<Set<string> | undefined>(undefined);
  return {
    begin: () => {
      inside.current = new Set();
    },
    note: (node: string, isIn: boolean) => {
      if (isIn) inside.current?.add(node);
      else inside.current?.delete(node);
    },
    end: () => {
      const found = inside.current;
      inside.current = undefined;
      if (!found || !onChoose) return;
      const all = [...new Set([...chosen, ...found])];
      onChoose(all);
      announce(`${all.length} tasks chosen`);
    },
  };
}

/** How long the way from a line to the button on it may take: it leads over the pane. */
const HOVER_MS = 500;

/** The link under the mouse, for a moment longer than the mouse is there. */
export function useHoveredLink(): [string | undefined, (link: string | undefined) => void] {
  const [hovered, setHovered] = useState<string>();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const hover = (link: string | undefined) => {
    clearTimeout(timer.current);
    if (link === undefined) timer.current = setTimeout(() => setHovered(undefined), HOVER_MS);
    else setHovered(link);
  };
  return [hovered, hover];
}

/** A link that was dropped on the empty pane asks for what it should lead to. */
function askNew(
  event: MouseEvent | TouchEvent,
  from: string,
  editing: CanvasEditing,
  toDrawing: (place: Position) => Position,
): void {
  const point = 'changedTouches' in event ? event.changedTouches[0] : event;
  if (!point) return;
  const at = toDrawing({ x: point.clientX, y: point.clientY });
  editing.onQuickAdd?.({ from, x: point.clientX, y: point.clientY, at: { x: at.x - 118, y: at.y } });
}

function findCardUnder(event: MouseEvent | TouchEvent): string | undefined {
  const at = 'changedTouches' in event ? event.changedTouches[0] : event;
  const found = at && document.elementFromPoint(at.clientX, at.clientY)?.closest('[data-node]');
  return found?.getAttribute('data-node') ?? undefined;
}
