import { type KeyboardEvent, lazy, Suspense, useEffect, useRef, useState } from 'react';
import type { Finding } from '../../schemas/finding.ts';
import { loadShapes } from '../document/shapes.ts';
import { ErrorState, Loading } from '../ui/notice.tsx';
import { useFocusPlace } from '../ui/use-focus-place.ts';
import { WhenPainted } from '../ui/when-painted.tsx';
import classes from './designer.module.css';
import { DesignerBar } from './designer-bar.tsx';
import { findCommand } from './keys.ts';
import type { SideTab } from './side-panel.tsx';
import { useClipboardKeys } from './use-clipboard-keys.ts';
import { useCommands } from './use-commands.ts';
import { useDesigner } from './use-designer.ts';
import { useViewOptions } from './use-view-options.ts';
import type { DesignerView } from './view.ts';
import { OpenView } from './views.tsx';

// The drawing is painted first; what stands beside it and opens over it comes right after.
const parts = {
  side: () => import('./side-panel.tsx'),
  dialogs: () => import('./open-dialogs.tsx'),
  sheet: () => import('./shortcut-sheet.tsx'),
  palette: () => import('./command-palette.tsx'),
  quickAdd: () => import('./quick-add.tsx'),
  find: () => import('./find-bar.tsx'),
  settings: () => import('./workflow-settings.tsx'),
  due: () => import('../calendar-editor/due-button.tsx'),
  condition: () => import('../rule-builder/condition-field.tsx'),
};
const SidePanel = lazy(async () => ({ default: (await parts.side()).SidePanel }));
const OpenDialogs = lazy(async () => ({ default: (await parts.dialogs()).OpenDialogs }));
const ShortcutSheet = lazy(async () => ({ default: (await parts.sheet()).ShortcutSheet }));
const CommandPalette = lazy(async () => ({ default: (await parts.palette()).CommandPalette }));

/** Everything the designer may need is there before the connection can be gone. */
async function loadAllParts(): Promise<void> {
  await Promise.allSettled([loadShapes(), ...Object.values(parts).map((load) => load())]);
}

export interface DesignerProps {
  workflowKey: string;
  view: DesignerView;
  onView: (view: DesignerView) => void;
  pointer?: string;
  onOpenElsewhere: (finding: Finding) => void;
  /** Goes to another document, by `kind/key`. */
  onOpenDocument: (name: string) => void;
  /** Plays the workflow as a virtual case, or a finding's counterexample. */
  onPlay: (finding?: Finding) => void;
}

/** One workflow over one draft: a view of it, what is chosen, and the findings. */
export function Designer({
  workflowKey,
  view,
  onView,
  pointer,
  onOpenElsewhere,
  onOpenDocument,
  onPlay,
}: DesignerProps) {
  const designer = useDesigner(workflowKey);
  const options = useViewOptions(view);
  const [tab, setTab] = useState<SideTab>('inspector');
  const [sheet, setSheet] = useState(false);
  const [palette, setPalette] = useState(false);
  const [isDrawn, setDrawn] = useState(false);
  const [isComplete, setComplete] = useState(false);
  const frame = useRef<HTMLDivElement>(null);
  const { workflow, setSelected } = designer;
  const focusPlace = useFocusPlace(frame);
  const onCommand = useCommands({
    designer,
    options,
    frame,
    onView,
    onTab: setTab,
    onSheet: () => setSheet(true),
    onPalette: () => setPalette(true),
  });
  useClipboardKeys(frame, designer);
  useEffect(() => {
    const timer = setTimeout(() => void loadAllParts().then(() => setComplete(true)), 1000);
    return () => clearTimeout(timer);
  }, []);
  const goTo = (at: string) => {
    const [, part, key] = at.split('/');
    setSelected(part === 'nodes' && key ? { node: key } : part === 'links' && key ? { link: key } : undefined);
    options.setPanel(true);
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
    // Rules of advice are written where their statement is.
    if (finding.document === `workflow/${workflowKey}` && !finding.pointer.startsWith('/adviceRules'))
      goTo(finding.pointer);
    else if (taskNode) goTo(`/nodes/${taskNode}${finding.pointer}`);
    else onOpenElsewhere(finding);
  };

  const onKey = (event: KeyboardEvent | globalThis.KeyboardEvent, node: string | undefined) => {
    const command = findCommand(event);
    if (!command || (command.needs === 'task' && !node)) return;
    event.preventDefault?.();
    onCommand(command.id, node);
  };
  const hasPanel = options.panel && view !== 'source';

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keys that work anywhere on the page; each has a button too
    <div
      className={classes['designer']}
      data-complete={isComplete || undefined}
      ref={frame}
      onKeyDown={(event) => !isTyping(event) && !event.defaultPrevented && !isOnCard(event) && onKey(event, undefined)}
    >
      <DesignerBar
        designer={designer}
        options={options}
        onView={onView}
        onCommand={onCommand}
        onPlay={() => onPlay()}
      />
      <div className={classes['body']} data-view={view} data-panel={hasPanel ? 'open' : 'closed'}>
        <div className={classes['view']} data-view-pane tabIndex={-1}>
          <Suspense fallback={<Loading label="Loading the view" />}>
            <OpenView
              view={view}
              designer={designer}
              options={options}
              onKey={onKey}
              onCommand={onCommand}
              pointer={pointer}
            />
            <WhenPainted onPainted={() => setDrawn(true)} />
          </Suspense>
        </div>
        {hasPanel ? (
          <Suspense fallback={<div className={classes['side']} />}>
            {isDrawn ? (
              <SidePanel designer={designer} tab={tab} onTab={setTab} onGo={onGo} onPlay={onPlay} />
            ) : (
              <div className={classes['side']} />
            )}
          </Suspense>
        ) : null}
      </div>
      {isDrawn ? (
        <Suspense>
          <OpenDialogs designer={designer} />
          <ShortcutSheet opened={sheet} onClose={() => setSheet(false)} />
        </Suspense>
      ) : null}
      {palette ? (
        <Suspense>
          <CommandPalette
            designer={designer}
            onCommand={onCommand}
            onGo={goTo}
            onOpenDocument={onOpenDocument}
            onClose={() => setPalette(false)}
          />
        </Suspense>
      ) : null}
    </div>
  );
}

function isTyping(event: KeyboardEvent): boolean {
  const target = event.target as HTMLElement;
  return (
    target.closest(
      'input, textarea, select, [contenteditable="true"], [role="dialog"], [role="listbox"], button, a',
    ) !== null && !(event.ctrlKey && target.closest('input, textarea, [role="dialog"]') === null)
  );
}

function isOnCard(event: KeyboardEvent): boolean {
  return (event.target as HTMLElement).hasAttribute('data-node');
}
