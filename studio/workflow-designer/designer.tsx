import { type KeyboardEvent, Suspense, useEffect, useRef, useState } from 'react';
import type { Finding } from '../../schemas/finding.ts';
import { ErrorState, Loading } from '../ui/notice.tsx';
import { useFocusPlace } from '../ui/use-focus-place.ts';
import classes from './designer.module.css';
import { DesignerBar } from './designer-bar.tsx';
import { findBinding, type KeyBinding } from './keys.ts';
import { OpenDialogs } from './open-dialogs.tsx';
import { ShortcutSheet } from './shortcut-sheet.tsx';
import { SidePanel, type SideTab } from './side-panel.tsx';
import { useDesigner } from './use-designer.ts';
import type { DesignerView } from './view.ts';
import { OpenView } from './views.tsx';

const NUDGE = 16;

/** One workflow over one draft: a view of it, what is chosen, and the findings. */
export function Designer({
  workflowKey,
  view,
  onView,
  pointer,
  onOpenElsewhere,
}: {
  workflowKey: string;
  view: DesignerView;
  onView: (view: DesignerView) => void;
  pointer?: string;
  onOpenElsewhere: (finding: Finding) => void;
}) {
  const designer = useDesigner(workflowKey);
  const [tab, setTab] = useState<SideTab>('inspector');
  const [sheet, setSheet] = useState(false);
  const frame = useRef<HTMLDivElement>(null);
  const { workflow, positions, run, setSelected, setSession } = designer;
  const focusPlace = useFocusPlace(frame);
  const goTo = (at: string) => {
    const [, part, key] = at.split('/');
    setSelected(part === 'nodes' && key ? { node: key } : part === 'links' && key ? { link: key } : undefined);
    setTab('inspector');
    focusPlace(at);
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: the address is followed once
  useEffect(() => {
    if (pointer) goTo(pointer);
  }, [pointer]);
  if (!workflow)
    return (
      <ErrorState
        title={`There is no workflow ${workflowKey}`}
        error={new Error('It may have been deleted. Choose another from the list of workflows.')}
      />
    );

  const onGo = (finding: Finding) => {
    const taskNode = Object.entries(workflow.nodes).find(
      ([, node]) => node.type === 'task' && finding.document === `task/${node.task}`,
    )?.[0];
    if (finding.document === `workflow/${workflowKey}` && /^\/(nodes|links|sla|clocks)\b/.test(finding.pointer))
      goTo(finding.pointer);
    else if (taskNode) goTo(`/nodes/${taskNode}${finding.pointer}`);
    else onOpenElsewhere(finding);
  };

  const onKey = (event: KeyboardEvent | globalThis.KeyboardEvent, node: string | undefined) => {
    const binding = findBinding(event);
    if (!binding || (binding.onTask && !node)) return;
    event.preventDefault?.();
    const nudge = (dx: number, dy: number) =>
      node &&
      run({
        type: 'moveNodes',
        workflow: workflowKey,
        positions: { [node]: { x: (positions[node]?.x ?? 0) + dx, y: (positions[node]?.y ?? 0) + dy } },
      });
    const actions: Record<KeyBinding['action'], () => void> = {
      rename: () => designer.setRenaming(node),
      connect: () => node && setSession({ from: node }),
      append: () => designer.addTask(node),
      add: () => designer.addTask(),
      delete: designer.remove,
      undo: designer.undo,
      redo: designer.redo,
      save: designer.save,
      inspect: () => {
        setTab('inspector');
        requestAnimationFrame(() => frame.current?.querySelector<HTMLElement>('[data-inspector] input')?.focus());
      },
      left: () => nudge(-NUDGE, 0),
      right: () => nudge(NUDGE, 0),
      up: () => nudge(0, -NUDGE),
      down: () => nudge(0, NUDGE),
      sheet: () => setSheet(true),
      escape: () => setSelected(undefined),
    };
    actions[binding.action]();
  };

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keys that work anywhere on the page; each has a button too
    <div
      className={classes['designer']}
      ref={frame}
      onKeyDown={(event) => !isTyping(event) && !event.defaultPrevented && !isOnCard(event) && onKey(event, undefined)}
    >
      <DesignerBar designer={designer} view={view} onView={onView} onSheet={() => setSheet(true)} />
      <div className={classes['body']} data-view={view}>
        <div className={classes['view']}>
          <Suspense fallback={<Loading label="Loading the view" />}>
            <OpenView view={view} designer={designer} onKey={onKey} pointer={pointer} />
          </Suspense>
        </div>
        {view === 'source' ? null : <SidePanel designer={designer} tab={tab} onTab={setTab} onGo={onGo} />}
      </div>
      <OpenDialogs designer={designer} />
      <ShortcutSheet opened={sheet} onClose={() => setSheet(false)} />
    </div>
  );
}

function isTyping(event: KeyboardEvent): boolean {
  const target = event.target as HTMLElement;
  return (
    target.closest(
      'input, textarea, select, [contenteditable="true"], [role="dialog"], [role="listbox"], button, a',
    ) !== null && !(event.ctrlKey && target.closest('input, textarea') === null)
  );
}

function isOnCard(event: KeyboardEvent): boolean {
  return (event.target as HTMLElement).hasAttribute('data-node');
}
