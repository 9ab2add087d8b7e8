import '@xyflow/react/dist/style.css';
import {
  Background,
  BackgroundVariant,
  Controls,
  Handle,
  type NodeProps,
  ReactFlow,
  type ReactFlowInstance,
  ReactFlowProvider,
  Position as Side,
  useReactFlow,
} from '@xyflow/react';
import { createContext, type KeyboardEvent, use, useEffect, useMemo, useRef, useState } from 'react';
import { linkRefusal, type Position } from '../document/engine.ts';
import { announce } from '../ui/announcer.tsx';
import classes from './canvas.module.css';
import { type CardNode, cardInWords, type Drawing, type LineEdge, toCards, toEdges, toNodes } from './drawing.ts';
import { CARD, layoutByRank } from './layout.ts';
import { ArrowHeads, LinkLine } from './link-line.tsx';
import type { Selected } from './selection.ts';
import { TaskCard } from './task-card.tsx';
import { type Direction, walkFrom } from './walk.ts';

export interface CanvasProps {
  drawing: Drawing;
  positions: Readonly<Record<string, Position>>;
  selected?: Selected;
  onSelect?: (selected: Selected) => void;
  /** Without these the drawing is only shown. */
  editing?: {
    renaming: string | undefined;
    onRename: (node: string, title: string | undefined) => void;
    onMove: (positions: Record<string, Position>) => void;
    onConnect: (from: string, to: string) => void;
    onKey: (event: KeyboardEvent, node: string | undefined) => void;
  };
  label: string;
}

interface CardActions {
  editing: CanvasProps['editing'] | undefined;
  focusable: string | undefined;
  drawing: Drawing;
  onFocus: (node: string) => void;
  onKeyDown: (event: KeyboardEvent, node: string) => void;
}
const CardContext = createContext<CardActions | undefined>(undefined);
const nodeTypes = { card: CanvasCard };
const edgeTypes = { line: LinkLine };
const arrows: Readonly<Record<string, Direction>> = {
  ArrowUp: 'up',
  ArrowDown: 'down',
  ArrowLeft: 'left',
  ArrowRight: 'right',
};

const fitOptions = { padding: '28px', maxZoom: 1 } as const;
/** Below this the words on the cards cannot be read. */
const READABLE_ZOOM = 0.6;

/** The drawing of a workflow: one tab stop, arrows walk its links, the mouse moves and links. */
export function Canvas(props: CanvasProps) {
  return (
    <ReactFlowProvider>
      <CanvasInside {...props} />
    </ReactFlowProvider>
  );
}

function CanvasInside({ drawing, positions: stored, selected, onSelect, editing, label }: CanvasProps) {
  const { workflow } = drawing;
  const positions = useMemo(() => ({ ...layoutByRank(workflow), ...stored }), [workflow, stored]);
  const [dragged, setDragged] = useState<Record<string, Position>>({});
  const selectedNode = selected && 'node' in selected ? selected.node : undefined;
  const selectedLink = selected && 'link' in selected ? selected.link : undefined;
  const cards = useMemo(() => toCards(drawing), [drawing]);
  const nodes = useMemo(
    () => toNodes(cards, { ...positions, ...dragged }, selectedNode),
    [cards, positions, dragged, selectedNode],
  );
  const edges = useMemo(() => toEdges(drawing, selectedLink), [drawing, selectedLink]);
  const frame = useRef<HTMLDivElement>(null);
  const focusNode = useFocusNode(frame, positions);
  const focusable = selectedNode !== undefined && workflow.nodes[selectedNode] ? selectedNode : cards[0]?.key;

  const actions: CardActions = {
    editing,
    focusable,
    drawing,
    onFocus: (node) => node !== selectedNode && onSelect?.({ node }),
    onKeyDown: (event, node) => {
      const direction = event.altKey || event.ctrlKey || event.metaKey ? undefined : arrows[event.key];
      if (!direction) return editing?.onKey(event, node);
      event.preventDefault();
      const next = walkFrom(workflow, positions, node, direction);
      if (next) focusNode(next);
      else
        announce(
          { up: 'No predecessor', down: 'No successor', left: 'Nothing to the left', right: 'Nothing to the right' }[
            direction
          ],
        );
    },
  };

  // A task chosen elsewhere (a finding, a new task) comes into view; it takes the focus when a card or nothing had it.
  useEffect(() => {
    if (selectedNode !== undefined && isFocusFree()) focusNode(selectedNode, 'when free');
  }, [selectedNode, focusNode]);

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
          onInit={(flow) => void showFirst(flow, frame.current, nodes)}
          minZoom={0.15}
          maxZoom={2}
          nodesFocusable={false}
          edgesFocusable={false}
          disableKeyboardA11y
          deleteKeyCode={null}
          selectionKeyCode={null}
          multiSelectionKeyCode={null}
          nodesDraggable={editing !== undefined}
          nodesConnectable={editing !== undefined}
          elementsSelectable
          onlyRenderVisibleElements={cards.length > 300}
          isValidConnection={({ source, target }) =>
            !linkRefusal(workflow, { from: source, to: target, linkType: 'FS' })
          }
          onConnect={({ source, target }) => editing?.onConnect(source, target)}
          onConnectEnd={(event, { fromNode, fromHandle, isValid }) => {
            const dropped = findCardUnder(event);
            if (!editing || !fromNode || !dropped || isValid || dropped === fromNode.id) return;
            // Dropped anywhere on a card: its whole face is the target, not only its handle.
            const [from, to] = fromHandle?.type === 'target' ? [dropped, fromNode.id] : [fromNode.id, dropped];
            const refusal = linkRefusal(workflow, { from, to, linkType: 'FS' });
            if (refusal) announce(`Not linked: ${refusal.message}`);
            else editing.onConnect(from, to);
          }}
          onNodesChange={(changes) => {
            for (const change of changes) {
              if (change.type === 'position' && change.position && change.dragging) {
                const { id, position } = change;
                setDragged((now) => ({ ...now, [id]: position }));
              }
            }
          }}
          onNodeDragStop={(_, node) => {
            editing?.onMove({ [node.id]: node.position });
            setDragged({});
          }}
          onNodeClick={(_, node) => focusNode(node.id)}
          onEdgeClick={(_, edge) => onSelect?.({ link: edge.id })}
          onPaneClick={() => onSelect?.(undefined)}
          proOptions={{ hideAttribution: true }}
        >
          <Background variant={BackgroundVariant.Dots} gap={22} size={1.2} color="var(--line)" />
          <Controls showInteractive={false} fitViewOptions={fitOptions} />
        </ReactFlow>
      </div>
    </CardContext>
  );
}

function CanvasCard({ id, data, selected }: NodeProps<CardNode>) {
  const actions = use(CardContext);
  if (!actions) throw new Error('expected a canvas around the card');
  const renaming = actions.editing?.renaming === id;
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
      aria-label={cardInWords(data, actions.drawing.workflow)}
      aria-current={selected ? 'true' : undefined}
      onFocus={(event) => event.target === event.currentTarget && actions.onFocus(id)}
      onKeyDown={(event) => event.target === event.currentTarget && actions.onKeyDown(event, id)}
      onDoubleClick={() => actions.editing?.onKey(new window.KeyboardEvent('keydown', { key: 'F2' }) as never, id)}
    >
      <Handle type="target" position={Side.Top} className={classes['handle'] ?? ''} tabIndex={-1} aria-hidden="true" />
      <TaskCard
        card={data}
        selected={selected}
        renaming={renaming}
        onRename={(title) => actions.editing?.onRename(id, title)}
      />
      <Handle
        type="source"
        position={Side.Bottom}
        className={classes['handle'] ?? ''}
        tabIndex={-1}
        aria-hidden="true"
      />
    </div>
  );
}

/** The whole drawing where it can be read, else its beginning. */
async function showFirst(
  flow: ReactFlowInstance<CardNode, LineEdge>,
  frame: HTMLElement | null,
  nodes: readonly CardNode[],
): Promise<void> {
  await flow.fitView(fitOptions);
  const first = [...nodes].sort((a, b) => a.position.y - b.position.y)[0];
  if (!frame || !first || flow.getZoom() >= READABLE_ZOOM) return;
  const x = frame.clientWidth / 2 - (first.position.x + CARD.width / 2) * READABLE_ZOOM;
  await flow.setViewport({ x, y: 28 - first.position.y * READABLE_ZOOM, zoom: READABLE_ZOOM });
}

/** Whether no field or button has the focus: then a chosen card may take it. */
function isFocusFree(): boolean {
  const active = document.activeElement;
  return active === null || active === document.body || active.hasAttribute('data-node');
}

function findCardUnder(event: MouseEvent | TouchEvent): string | undefined {
  const at = 'changedTouches' in event ? event.changedTouches[0] : event;
  const found = at && document.elementFromPoint(at.clientX, at.clientY)?.closest('[data-node]');
  return found?.getAttribute('data-node') ?? undefined;
}

/** Focuses a card and brings it into view; the pane moves at once when people want less motion. */
function useFocusNode(frame: React.RefObject<HTMLDivElement | null>, positions: Readonly<Record<string, Position>>) {
  const flow = useReactFlow();
  const latest = useRef(positions);
  latest.current = positions;
  const focus = useRef((node: string, when: 'now' | 'when free' = 'now') => {
    const at = latest.current[node];
    const bounds = frame.current?.getBoundingClientRect();
    if (at && bounds) {
      const { x, y, zoom } = flow.getViewport();
      const [left, top] = [at.x * zoom + x, at.y * zoom + y];
      const isVisible =
        left > 0 && top > 0 && left + CARD.width * zoom < bounds.width && top + CARD.height * zoom < bounds.height;
      const duration = window.matchMedia('(prefers-reduced-motion: reduce)').matches ? 0 : 160;
      if (!isVisible) void flow.setCenter(at.x + CARD.width / 2, at.y + CARD.height / 2, { zoom, duration });
    }
    requestAnimationFrame(() => {
      const found = frame.current?.querySelector<HTMLElement>(`[data-node="${CSS.escape(node)}"]`);
      // A title being typed keeps the focus, and so does a field that took it in the meantime.
      const isKept = when === 'now' ? found?.contains(document.activeElement) : !isFocusFree();
      if (found && !isKept) found.focus({ preventScroll: true });
    });
  });
  return focus.current;
}
