import '@xyflow/react/dist/style.css';
import {
  Background,
  BackgroundVariant,
  type Connection,
  Controls,
  type FinalConnectionState,
  MiniMap,
  type NodeChange,
  ReactFlow,
  type ReactFlowInstance,
  ReactFlowProvider,
  useReactFlow,
} from '@xyflow/react';
import { type KeyboardEvent, type MouseEvent as ReactMouseEvent, useEffect, useMemo, useRef, useState } from 'react';
import { linkRefusal, type Position } from '../document/engine.ts';
import { announce } from '../ui/announcer.tsx';
import { useStable } from '../ui/use-stable.ts';
import type { Lane } from './arrange.ts';
import classes from './canvas.module.css';
import { CanvasCard, type CardActions, CardContext } from './canvas-card.tsx';
import {
  type CanvasView,
  editingFit,
  fitOptions,
  isFocusFree,
  showFirst,
  useCanvasView,
  useFocusNode,
  usePrintedWhole,
} from './canvas-focus.ts';
import { InsertButton, LaneLayer } from './canvas-layers.tsx';
import {
  type Card,
  type CardNode,
  type Drawing,
  type LineEdge,
  toBareCards,
  toEdges,
  toNodes,
  withFindings,
} from './drawing.ts';
import type { CommandId } from './keys.ts';
import { laneUnder } from './lane-moves.ts';
import { CARD, layoutByRank } from './layout.ts';
import { ArrowHeads, LinkLine } from './link-line.tsx';
import type { Selected } from './selection.ts';
import { useKeptCards, useKeptEdges, useKeptNodes } from './use-kept.ts';
import { type Direction, walkFrom } from './walk.ts';

/** Where a new node was asked for: after a node or inside a link, with the place on the page and on the drawing. */
export type QuickAddPlace = ({ from: string } | { link: string }) & { x: number; y: number; at?: Position };

export interface CanvasEditing {
  renaming: string | undefined;
  onRename: (node: string, title: string | undefined) => void;
  onMove: (positions: Record<string, Position>) => void;
  /** Cards were dropped on a lane; then who owns them changes, not where they lie. */
  onLane?: (nodes: readonly string[], lane: Lane) => void;
  onConnect: (from: string, to: string) => void;
  onKey: (event: KeyboardEvent, node: string | undefined) => void;
  /** Several cards were chosen, or one more or less. */
  onChoose?: (nodes: readonly string[]) => void;
  onCommand?: (command: CommandId, node: string) => void;
  onQuickAdd?: (place: QuickAddPlace) => void;
}

export interface CanvasProps {
  drawing: Drawing;
  positions: Readonly<Record<string, Position>>;
  selected?: Selected;
  /** Every chosen card; by default the selected one. */
  chosen?: readonly string[];
  onSelect?: (selected: Selected) => void;
  /** Without these the drawing is only shown. */
  editing?: CanvasEditing;
  label: string;
  /** Lanes to draw behind the cards. */
  lanes?: readonly Lane[] | undefined;
  map?: boolean;
  onView?: (view: CanvasView | undefined) => void;
}

const nodeTypes = { card: CanvasCard };
const edgeTypes = { line: LinkLine };
const withoutMark = { hideAttribution: true };
const arrows: Readonly<Record<string, Direction>> = {
  ArrowUp: 'up',
  ArrowDown: 'down',
  ArrowLeft: 'left',
  ArrowRight: 'right',
};

/** The drawing of a workflow: one tab stop, arrows walk its links, the mouse moves and links. */
export function Canvas(props: CanvasProps) {
  return (
    <ReactFlowProvider>
      <CanvasInside {...props} />
    </ReactFlowProvider>
  );
}

function CanvasInside(props: CanvasProps) {
  const { drawing, positions: stored, selected, onSelect, editing, label, lanes, map = false, onView } = props;
  const { workflow } = drawing;
  const byRank = layoutByRank(workflow);
  const positions = useMemo(() => ({ ...byRank, ...stored }), [byRank, stored]);
  const [dragged, setDragged] = useState<Record<string, Position>>({});
  const selectedNode = selected && 'node' in selected ? selected.node : undefined;
  const selectedLink = selected && 'link' in selected ? selected.link : undefined;
  const chosen = useMemo(
    () => new Set(props.chosen ?? (selectedNode === undefined ? [] : [selectedNode])),
    [props.chosen, selectedNode],
  );
  const cards = useCards(drawing);
  const nodes = useKeptNodes(
    useMemo(() => toNodes(cards, { ...positions, ...dragged }, chosen), [cards, positions, dragged, chosen]),
  );
  const { plan, marks } = drawing;
  const edges = useKeptEdges(
    useMemo(() => toEdges({ workflow, plan, marks }, selectedLink), [workflow, plan, marks, selectedLink]),
  );
  const frame = useRef<HTMLDivElement>(null);
  const focusNode = useFocusNode(frame, positions);
  const view = useCanvasView(focusNode, positions);
  usePrintedWhole(frame, nodes);
  const lasso = useLasso(chosen, editing?.onChoose);
  const insert = useInsert(editing, selectedLink);
  const focusable = selectedNode !== undefined && workflow.nodes[selectedNode] ? selectedNode : cards[0]?.key;
  const flow = useReactFlow<CardNode, LineEdge>();

  useEffect(() => {
    onView?.(view);
    return () => onView?.(undefined);
  }, [onView, view]);

  const card = useStable({
    onRename: (node: string, title: string | undefined) => editing?.onRename(node, title),
    onCommand: (command: CommandId, node: string) => editing?.onCommand?.(command, node),
    onFocus: (node: string) => !chosen.has(node) && onSelect?.({ node }),
    onKeyDown: (event: KeyboardEvent, node: string) => {
      const direction = event.altKey || event.ctrlKey || event.metaKey ? undefined : arrows[event.key];
      if (!direction) return editing?.onKey(event, node);
      event.preventDefault();
      const next = walkFrom(workflow, positions, node, direction);
      if (!next) return announce(nothingThere[direction]);
      if (event.shiftKey && editing?.onChoose) editing.onChoose([...[...chosen].filter((one) => one !== next), next]);
      else if (chosen.size > 1) onSelect?.({ node: next });
      focusNode(next);
    },
  });
  const { links } = workflow;
  const renaming = editing?.renaming;
  const padOn = chosen.size === 1 ? selectedNode : undefined;
  const hasCommands = editing?.onCommand !== undefined;
  const actions: CardActions = useMemo(
    () => ({ ...card, onCommand: hasCommands ? card.onCommand : undefined, links, renaming, focusable, padOn }),
    [card, hasCommands, links, renaming, focusable, padOn],
  );

  // A task chosen elsewhere (a finding, a new task) comes into view; it takes the focus when a card or nothing had it.
  useEffect(() => {
    if (selectedNode !== undefined && isFocusFree()) focusNode(selectedNode, 'when free');
  }, [selectedNode, focusNode]);

  // Handed to every card and line: were they new each time, all of these were drawn with each letter typed.
  const on = useStable({
    init: (started: ReactFlowInstance<CardNode, LineEdge>) =>
      void showFirst(started, frame.current, nodes, editing !== undefined),
    isValid: ({ source, target }: Pick<Connection, 'source' | 'target'>) =>
      !linkRefusal(workflow, { from: source, to: target, linkType: 'FS' }),
    connect: ({ source, target }: Connection) => editing?.onConnect(source, target),
    connectEnd: (event: MouseEvent | TouchEvent, { fromNode, fromHandle, isValid }: FinalConnectionState) => {
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
    nodesChange: (changes: NodeChange<CardNode>[]) => {
      const moved: Record<string, Position> = {};
      for (const change of changes) {
        if (change.type === 'position' && change.position && change.dragging) moved[change.id] = change.position;
        if (change.type === 'select') lasso.note(change.id, change.selected);
      }
      if (Object.keys(moved).length > 0) setDragged((now) => ({ ...now, ...moved }));
    },
    dragStop: (_: unknown, node: CardNode, all: CardNode[]) => {
      const moved = all.length > 0 ? all : [node];
      const lane = lanes && laneUnder(lanes, node.position.x + CARD.width / 2);
      const ids = moved.map(({ id }) => id);
      if (lane) editing?.onLane?.(ids, lane);
      else if (!lanes) editing?.onMove(Object.fromEntries(moved.map(({ id, position }) => [id, position])));
      setDragged({});
    },
    selectionStart: () => lasso.begin(),
    selectionEnd: () => lasso.end(),
    nodeClick: (event: ReactMouseEvent, node: CardNode) => {
      const isMore = event.ctrlKey || event.metaKey || event.shiftKey;
      if (isMore && editing?.onChoose)
        editing.onChoose(chosen.has(node.id) ? [...chosen].filter((one) => one !== node.id) : [...chosen, node.id]);
      else if (chosen.size > 1) onSelect?.({ node: node.id });
      focusNode(node.id);
    },
    edgeClick: (_: unknown, edge: LineEdge) => onSelect?.({ link: edge.id }),
    edgeEnter: (_: unknown, edge: LineEdge) => insert.enter(edge.id),
    edgeLeave: () => insert.leave(),
    paneClick: () => onSelect?.(undefined),
  });

  const hovered = insert.link === undefined ? undefined : workflow.links[insert.link];
  const [start, end] = [hovered && positions[hovered.from], hovered && positions[hovered.to]];
  return (
    <CardContext value={actions}>
      <div className={classes['frame']} ref={frame}>
        <ArrowHeads />
        <ReactFlow
          nodes={nodes}
          edges={edges}
          nodeTypes={nodeTypes}
          edgeTypes={edgeTypes}
          aria-label={label}
          onInit={on.init}
          minZoom={0.1}
          maxZoom={2}
          nodesFocusable={false}
          edgesFocusable={false}
          disableKeyboardA11y
          deleteKeyCode={null}
          selectionKeyCode={editing ? 'Shift' : null}
          multiSelectionKeyCode={null}
          panOnScroll={editing !== undefined}
          nodesDraggable={editing !== undefined}
          nodesConnectable={editing !== undefined}
          elementsSelectable
          onlyRenderVisibleElements={cards.length > 300}
          isValidConnection={on.isValid}
          onConnect={on.connect}
          onConnectEnd={on.connectEnd}
          onNodesChange={on.nodesChange}
          onNodeDragStop={on.dragStop}
          onSelectionStart={on.selectionStart}
          onSelectionEnd={on.selectionEnd}
          onNodeClick={on.nodeClick}
          onEdgeClick={on.edgeClick}
          onEdgeMouseEnter={on.edgeEnter}
          onEdgeMouseLeave={on.edgeLeave}
          onPaneClick={on.paneClick}
          proOptions={withoutMark}
        >
          <Background variant={BackgroundVariant.Dots} gap={22} size={1.2} color="var(--line)" />
          <Controls showInteractive={false} fitViewOptions={editing ? editingFit : fitOptions} />
          {lanes ? <LaneLayer lanes={lanes} /> : null}
          {map ? <MiniMap pannable zoomable className={classes['map'] ?? ''} ariaLabel="Map of the drawing" /> : null}
          {insert.link !== undefined && start && end ? (
            <InsertButton from={start} to={end} onLeave={insert.leave} onPress={() => insert.press(start, end)} />
          ) : null}
        </ReactFlow>
      </div>
    </CardContext>
  );
}

/** What the rules say comes after the drawing: then only cards of which it says something else are made anew. */
function useCards(drawing: Drawing): Card[] {
  const { workflow, configuration, plan, live, targets, marks, findings } = drawing;
  const bare = useKeptCards(
    useMemo(
      () => toBareCards({ workflow, configuration, plan, live, targets, marks }),
      [workflow, configuration, plan, live, targets, marks],
    ),
  );
  return useKeptCards(
    useMemo(() => withFindings(bare, { workflow, configuration, findings }), [bare, workflow, configuration, findings]),
  );
}

const nothingThere: Readonly<Record<Direction, string>> = {
  up: 'No predecessor',
  down: 'No successor',
  left: 'Nothing to the left',
  right: 'Nothing to the right',
};

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

/** The link under the mouse, or the chosen one: a node can be put into it. */
function useInsert(editing: CanvasEditing | undefined, selectedLink: string | undefined) {
  const [hovered, setHovered] = useState<string>();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const flow = useReactFlow();
  const link = editing?.onQuickAdd ? (hovered ?? selectedLink) : undefined;
  const enter = (edge: string) => {
    clearTimeout(timer.current);
    setHovered(edge);
  };
  return {
    link,
    enter,
    // The way from the line to the button leads over the pane.
    leave: () => {
      timer.current = setTimeout(() => setHovered(undefined), 500);
    },
    press: (start: Position, end: Position) => {
      const middle = { x: (start.x + end.x) / 2, y: (start.y + end.y) / 2 };
      const place = flow.flowToScreenPosition({ x: middle.x + 150, y: middle.y + 46 });
      if (link !== undefined) editing?.onQuickAdd?.({ link, at: middle, ...place });
    },
  };
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
