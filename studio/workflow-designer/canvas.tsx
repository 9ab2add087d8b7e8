import '@xyflow/react/dist/style.css';
import {
  Background,
  BackgroundVariant,
  Controls,
  MiniMap,
  ReactFlow,
  type ReactFlowInstance,
  ReactFlowProvider,
  useReactFlow,
} from '@xyflow/react';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { Position } from '../document/engine.ts';
import { useStable } from '../ui/use-stable.ts';
import type { Lane } from './arrange.ts';
import classes from './canvas.module.css';
import { CanvasCard, CardContext, FactsContext } from './canvas-card.tsx';
import type { CanvasEditing } from './canvas-editing.ts';
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
import type { CardNode, Drawing, LineEdge } from './drawing.ts';
import { layoutByRank } from './layout.ts';
import { ArrowHeads, LinkLine } from './link-line.tsx';
import { type Selected, useChosen } from './selection.ts';
import { useCanvasGestures, useHoveredLink } from './use-canvas-gestures.ts';
import { useCardActions } from './use-card-actions.ts';
import { useKeptCards, useKeptEdges, useKeptFacts, useKeptNodes } from './use-kept.ts';

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

/** The drawing of a workflow: one tab stop, arrows walk its links, the mouse moves and links. */
export function Canvas(props: CanvasProps) {
  return (
    <ReactFlowProvider>
      <CanvasInside {...props} />
    </ReactFlowProvider>
  );
}

function CanvasInside(props: CanvasProps) {
  const { drawing, onSelect, editing, label, lanes, map = false, onView } = props;
  const { workflow } = drawing;
  const { positions, placed, drag, drop } = usePlaces(workflow, props.positions);
  const chosen = useChosen(props.selected, props.chosen);
  const cards = useKeptCards(drawing);
  const facts = useKeptFacts(drawing);
  const nodes = useKeptNodes(cards, placed, chosen.all);
  const edges = useKeptEdges(drawing, chosen.link);
  const frame = useRef<HTMLDivElement>(null);
  const focusNode = useFocusNode(frame, positions);
  useTold(onView, useCanvasView(focusNode, positions));
  usePrintedWhole(frame, nodes);
  const [hovered, hover] = useHoveredLink();
  const canvas = { workflow, chosen, editing, onSelect, focusNode };
  const actions = useCardActions({ ...canvas, positions, first: cards[0]?.key });
  const gestures = useCanvasGestures({ ...canvas, lanes, onDragged: drag, onDropped: drop, onHover: hover });
  const { init } = useStable({
    init: (started: ReactFlowInstance<CardNode, LineEdge>) =>
      void showFirst(started, frame.current, nodes, editing !== undefined),
  });

  // A task chosen elsewhere (a finding, a new task) comes into view; it takes the focus when a card or nothing had it.
  useEffect(() => {
    if (chosen.node !== undefined && isFocusFree()) focusNode(chosen.node, 'when free');
  }, [chosen.node, focusNode]);

  return (
    <CardContext value={actions}>
      <FactsContext value={facts}>
        <div className={classes['frame']} ref={frame}>
          <ArrowHeads />
          <ReactFlow
            nodes={nodes}
            edges={edges}
            nodeTypes={nodeTypes}
            edgeTypes={edgeTypes}
            aria-label={label}
            onInit={init}
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
            proOptions={withoutMark}
            {...gestures}
          >
            <Background variant={BackgroundVariant.Dots} gap={22} size={1.2} color="var(--line)" />
            <Controls showInteractive={false} fitViewOptions={editing ? editingFit : fitOptions} />
            {lanes ? <LaneLayer lanes={lanes} /> : null}
            {map ? <MiniMap pannable zoomable className={classes['map'] ?? ''} ariaLabel="Map of the drawing" /> : null}
            <InsertPlace
              workflow={workflow}
              positions={positions}
              link={hovered ?? chosen.link}
              onHover={hover}
              onQuickAdd={editing?.onQuickAdd}
            />
          </ReactFlow>
        </div>
      </FactsContext>
    </CardContext>
  );
}

/** Where the cards lie: as stored, the others by their links, and those in the hand where it holds them. */
function usePlaces(workflow: Drawing['workflow'], stored: CanvasProps['positions']) {
  const byRank = layoutByRank(workflow);
  const positions = useMemo(() => ({ ...byRank, ...stored }), [byRank, stored]);
  const [dragged, setDragged] = useState<Readonly<Record<string, Position>>>({});
  const placed = useMemo(() => ({ ...positions, ...dragged }), [positions, dragged]);
  return {
    positions,
    placed,
    drag: (moved: Readonly<Record<string, Position>>) => setDragged((now) => ({ ...now, ...moved })),
    drop: () => setDragged({}),
  };
}

/** Lets whoever holds the canvas have its view while it stands. */
function useTold(onView: CanvasProps['onView'], view: CanvasView): void {
  useEffect(() => {
    onView?.(view);
    return () => onView?.(undefined);
  }, [onView, view]);
}

/** The link under the mouse, or the chosen one: a node can be put into it. */
function InsertPlace({
  workflow,
  positions,
  link: key,
  onHover,
  onQuickAdd,
}: {
  workflow: Drawing['workflow'];
  positions: Readonly<Record<string, Position>>;
  link: string | undefined;
  onHover: (link: string | undefined) => void;
  onQuickAdd: CanvasEditing['onQuickAdd'];
}) {
  const flow = useReactFlow();
  const link = key === undefined ? undefined : workflow.links[key];
  const [start, end] = [link && positions[link.from], link && positions[link.to]];
  if (!onQuickAdd || key === undefined || !start || !end) return null;
  const press = () => {
    const middle = { x: (start.x + end.x) / 2, y: (start.y + end.y) / 2 };
    const place = flow.flowToScreenPosition({ x: middle.x + 150, y: middle.y + 46 });
    onQuickAdd({ link: key, at: middle, ...place });
  };
  return (
    <InsertButton
      from={start}
      to={end}
      onEnter={() => onHover(key)}
      onLeave={() => onHover(undefined)}
      onPress={press}
    />
  );
}
