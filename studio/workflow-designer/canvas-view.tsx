import { ActionIcon, Button, Tooltip } from '@mantine/core';
import {
  IconCircleCheck,
  IconDoorExit,
  IconFlag,
  IconLayoutAlignCenter,
  IconLayoutAlignLeft,
  IconLayoutAlignMiddle,
  IconLayoutAlignTop,
  IconLayoutDistributeHorizontal,
  IconLayoutDistributeVertical,
  IconRouteAltLeft,
  IconSend,
} from '@tabler/icons-react';
import { type DragEvent, lazy, memo, Suspense, useMemo, useState } from 'react';
import { inOrder } from '../../schemas/document.ts';
import type { WorkflowNode } from '../../schemas/workflow.ts';
import { timelineOf } from '../document/engine.ts';
import { EmptyState } from '../ui/notice.tsx';
import { useStable } from '../ui/use-stable.ts';
import { layoutByLane } from './arrange.ts';
import { Canvas } from './canvas.tsx';
import type { QuickAddPlace } from './canvas-editing.ts';
import classes from './canvas-view.module.css';
import designerClasses from './designer.module.css';
import { type DrawnTarget, lanesOf, nodeTitle } from './drawing.ts';
import type { CommandId } from './keys.ts';
import { layoutByRank } from './layout.ts';
import { nodeKinds } from './new-node.ts';
import type { DesignerState } from './use-designer.ts';
import { useWorkflowFindings } from './use-workflow-findings.ts';
import type { DesignerViewProps } from './view.ts';

// Fields and their lists are heavy: they come when they are asked for, after the drawing stands.
const QuickAdd = lazy(async () => ({ default: (await import('./quick-add.tsx')).QuickAdd }));
const FindBar = lazy(async () => ({ default: (await import('./find-bar.tsx')).FindBar }));

/** The drawing of the designer's workflow, to be edited. */
export function CanvasView({ designer, options, onKey, onCommand }: DesignerViewProps) {
  const { key, workflow, configuration, planned, run } = designer;
  const findings = useWorkflowFindings({ key, nodes: workflow?.nodes });
  const { shown, show, canvas } = options;
  const [quick, setQuick] = useState<QuickAddPlace>();
  const plan = planned.ok ? planned.plan : undefined;
  const targets = useTargets(designer, shown.dates);
  const on = useStable({
    add: (type: WorkflowNode['type'], after: string | undefined) => designer.addNode(type, after),
  });
  const drawing = useMemo(
    () => (workflow ? { workflow, configuration, plan, findings, targets } : undefined),
    [workflow, configuration, plan, findings, targets],
  );
  const laned = useMemo(
    () =>
      workflow && shown.lanes ? layoutByLane(layoutByRank(workflow), lanesOf(workflow, configuration)) : undefined,
    [workflow, configuration, shown.lanes],
  );
  if (!workflow || !drawing) return null;
  const drop = (event: DragEvent) => {
    const type = nodeKinds.find((kind) => kind.type === event.dataTransfer.getData(DRAGGED))?.type;
    if (!type) return;
    event.preventDefault();
    designer.addNode(type, undefined, canvas.current?.toDrawing({ x: event.clientX - 60, y: event.clientY - 20 }));
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping from the palette; its buttons do the same
    <div className={designerClasses['drawing']} onDragOver={(event) => event.preventDefault()} onDrop={drop}>
      {Object.keys(workflow.nodes).length === 0 ? (
        <div className={designerClasses['empty']}>
          <EmptyState title="Nothing drawn yet">
            Press N or choose “Add task” to draw the first one; a list or spreadsheet cells can be pasted.
          </EmptyState>
        </div>
      ) : null}
      <Canvas
        drawing={drawing}
        positions={laned?.positions ?? designer.positions}
        lanes={laned?.lanes}
        map={shown.map}
        selected={designer.selected}
        chosen={designer.chosen}
        onSelect={designer.setSelected}
        onView={(view) => {
          canvas.current = view;
        }}
        label={`Drawing of ${workflow.title}. Arrows walk from task to task, C links, question mark shows all keys.`}
        editing={{
          renaming: designer.renaming,
          onRename: designer.rename,
          onLane: (nodes, lane) => designer.moveToLane(nodes, lane),
          onMove: (moved) => run({ type: 'moveNodes', workflow: workflow.key, positions: moved }),
          onConnect: (from, to) => designer.setSession({ from, to }),
          onKey,
          onChoose: designer.choose,
          onCommand,
          onQuickAdd: setQuick,
        }}
      />
      <Palette
        after={designer.selected && 'node' in designer.selected ? designer.selected.node : undefined}
        onAdd={on.add}
      />
      <Suspense>
        {shown.find ? (
          <FindBar
            titles={inOrder(workflow.nodes).map(({ key }) => ({
              node: key,
              text: `${key} ${nodeTitle(workflow, configuration, key)}`,
            }))}
            onFound={(node) => {
              designer.setSelected({ node });
              canvas.current?.show(node);
            }}
            onClose={() => {
              show('find', false);
              const node = designer.chosen.at(-1);
              if (node) canvas.current?.focus(node);
            }}
          />
        ) : null}
      </Suspense>
      {designer.chosen.length > 1 ? <SeveralBar count={designer.chosen.length} onCommand={onCommand} /> : null}
      <Suspense>
        {quick ? <OpenQuickAdd designer={designer} place={quick} onClose={() => setQuick(undefined)} /> : null}
      </Suspense>
    </div>
  );
}

/** The last days of the case and its clocks, only while they are shown. */
function useTargets({ configuration, key, start }: DesignerState, on: boolean): DrawnTarget[] | undefined {
  return useMemo(() => {
    if (!on) return undefined;
    const planned = timelineOf(configuration, key, start);
    if (!planned.ok) return undefined;
    return planned.timeline.targets.map(({ title, dueOn, clock, contains }) => ({
      title,
      dueOn,
      nodes: clock === null ? 'all' : contains,
    }));
  }, [configuration, key, start, on]);
}

const DRAGGED = 'application/x-lintel-node';
const nodeIcons: Readonly<Record<WorkflowNode['type'], typeof IconFlag>> = {
  task: IconCircleCheck,
  decision: IconRouteAltLeft,
  communication: IconSend,
  milestone: IconFlag,
  end: IconDoorExit,
};

/** What can be drawn: pressed it comes after what is chosen, dragged onto the drawing it stands alone. */
const Palette = memo(function Palette({
  after,
  onAdd,
}: {
  after: string | undefined;
  onAdd: (type: WorkflowNode['type'], after: string | undefined) => void;
}) {
  return (
    <div className={classes['palette']} role="toolbar" aria-label="Add to the drawing">
      {nodeKinds.map(({ type, title, does }) => {
        const Icon = nodeIcons[type];
        const label = after ? `New ${title.toLowerCase()} after ${after}` : `New ${title.toLowerCase()}`;
        return (
          <Tooltip key={type} label={`${label}. ${does}`} position="right">
            <ActionIcon
              variant="subtle"
              color="gray"
              size="lg"
              aria-label={label}
              draggable
              onDragStart={(event: DragEvent) => event.dataTransfer.setData(DRAGGED, type)}
              onClick={() => onAdd(type, after)}
            >
              <Icon size={18} stroke={1.7} />
            </ActionIcon>
          </Tooltip>
        );
      })}
    </div>
  );
});

const arrangements: readonly { command: CommandId; label: string; icon: typeof IconFlag }[] = [
  { command: 'alignLeft', label: 'Align left edges', icon: IconLayoutAlignLeft },
  { command: 'alignCentre', label: 'Align centres', icon: IconLayoutAlignCenter },
  { command: 'alignTop', label: 'Align top edges', icon: IconLayoutAlignTop },
  { command: 'alignMiddle', label: 'Align middles', icon: IconLayoutAlignMiddle },
  { command: 'spreadAcross', label: 'Spread evenly from left to right', icon: IconLayoutDistributeVertical },
  { command: 'spreadDown', label: 'Spread evenly from top to bottom', icon: IconLayoutDistributeHorizontal },
];

/** What several chosen cards can be told together. */
function SeveralBar({ count, onCommand }: { count: number; onCommand: (command: CommandId) => void }) {
  return (
    <div className={classes['several']} role="toolbar" aria-label={`${count} chosen tasks`}>
      <strong>{count} chosen</strong>
      {arrangements.map(({ command, label, icon: Icon }) => (
        <Tooltip key={command} label={label}>
          <ActionIcon variant="subtle" color="gray" aria-label={label} onClick={() => onCommand(command)}>
            <Icon size={17} />
          </ActionIcon>
        </Tooltip>
      ))}
      <Button variant="subtle" color="gray" onClick={() => onCommand('duplicate')}>
        Duplicate
      </Button>
      <Button variant="subtle" color="gray" onClick={() => onCommand('delete')}>
        Delete
      </Button>
    </div>
  );
}

function OpenQuickAdd({
  designer,
  place,
  onClose,
}: {
  designer: DesignerState;
  place: QuickAddPlace;
  onClose: () => void;
}) {
  const { workflow } = designer;
  const link = 'link' in place ? workflow?.links[place.link] : undefined;
  const from = 'from' in place ? place.from : link?.from;
  const source = from === undefined ? undefined : workflow?.nodes[from];
  const branches =
    'from' in place && source?.type === 'decision'
      ? [
          ...inOrder(source.branches).map(({ key, label }) => ({ value: key, label })),
          { value: 'otherwise', label: source.otherwise?.label ?? 'Otherwise' },
        ]
      : undefined;
  return (
    <QuickAdd
      title={link ? `New between ${link.from} and ${link.to}` : `New after ${from}`}
      place={place}
      lag={link?.lag}
      branches={branches}
      onAdd={(wish) => {
        onClose();
        designer.quickAdd(place, wish);
      }}
      onClose={onClose}
    />
  );
}
