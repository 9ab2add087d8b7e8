import { useMemo } from 'react';
import { EmptyState } from '../ui/notice.tsx';
import { Canvas } from './canvas.tsx';
import classes from './designer.module.css';
import type { DesignerViewProps } from './view.ts';

/** The drawing of the designer's workflow, to be edited. */
export function CanvasView({ designer, onKey }: DesignerViewProps) {
  const { workflow, configuration, planned, findings, run } = designer;
  const plan = planned.ok ? planned.plan : undefined;
  const drawing = useMemo(
    () => (workflow ? { workflow, configuration, plan, findings } : undefined),
    [workflow, configuration, plan, findings],
  );
  if (!workflow || !drawing) return null;
  return (
    <>
      {Object.keys(workflow.nodes).length === 0 ? (
        <div className={classes['empty']}>
          <EmptyState title="Nothing drawn yet">Press N or choose “Add task” to draw the first one.</EmptyState>
        </div>
      ) : null}
      <Canvas
        drawing={drawing}
        positions={designer.positions}
        selected={designer.selected}
        onSelect={designer.setSelected}
        label={`Drawing of ${workflow.title}. Arrows walk from task to task, C links, question mark shows all keys.`}
        editing={{
          renaming: designer.renaming,
          onRename: designer.rename,
          onMove: (moved) => run({ type: 'moveNodes', workflow: workflow.key, positions: moved }),
          onConnect: (from, to) => designer.setSession({ from, to }),
          onKey,
        }}
      />
    </>
  );
}
