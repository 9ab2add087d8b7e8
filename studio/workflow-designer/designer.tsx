import { type KeyboardEvent, Suspense, useCallback, useRef, useState } from 'react';
import type { Finding } from '../../schemas/finding.ts';
import { MissingDocument } from '../document-editor/missing-document.tsx';
import { Loading } from '../ui/notice.tsx';
import { WhenPainted } from '../ui/when-painted.tsx';
import classes from './designer.module.css';
import { DesignerBar } from './designer-bar.tsx';
import { CommandPalette, OpenDialogs, ShortcutSheet, SidePanel, useAllParts } from './designer-parts.ts';
import { findCommand } from './keys.ts';
import type { SideTab } from './side-panel.tsx';
import { useClipboardKeys } from './use-clipboard-keys.ts';
import { useCommands } from './use-commands.ts';
import { useDesigner } from './use-designer.ts';
import { useGoTo } from './use-go-to.ts';
import { useViewOptions } from './use-view-options.ts';
import type { DesignerView } from './view.ts';
import { OpenView } from './views.tsx';

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
export function Designer(props: DesignerProps) {
  const { workflowKey, view, onView, pointer, onOpenElsewhere, onOpenDocument, onPlay } = props;
  const designer = useDesigner(workflowKey);
  const options = useViewOptions(view);
  const [tab, setTab] = useState<SideTab>('inspector');
  const [sheet, setSheet] = useState(false);
  const closeSheet = useCallback(() => setSheet(false), []);
  const [palette, setPalette] = useState(false);
  const [isDrawn, setDrawn] = useState(false);
  const isComplete = useAllParts();
  const frame = useRef<HTMLDivElement>(null);
  const onShowFields = () => {
    options.setPanel(true);
    setTab('inspector');
  };
  const { goTo, goToUse, goToFinding } = useGoTo(designer, { frame, pointer, onShowFields, onOpenElsewhere });
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
  if (!designer.workflow) return <MissingDocument kind="workflow" documentKey={workflowKey} />;

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
              <SidePanel
                designer={designer}
                tab={tab}
                onTab={setTab}
                onGo={goToFinding}
                onGoTo={goToUse}
                onPlay={onPlay}
              />
            ) : (
              <div className={classes['side']} />
            )}
          </Suspense>
        ) : null}
      </div>
      {isDrawn ? (
        <Suspense>
          <OpenDialogs designer={designer} />
          <ShortcutSheet opened={sheet} onClose={closeSheet} />
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
