import { Tabs, TextInput } from '@mantine/core';
import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react';
import type { Finding } from '../../schemas/finding.ts';
import { ConflictNotice } from '../document/conflict-notice.tsx';
import { EmptyState, ErrorState } from '../ui/notice.tsx';
import { todayOn } from '../words/date-words.ts';
import { Canvas } from './canvas.tsx';
import { ConnectDialog } from './connect-dialog.tsx';
import classes from './designer.module.css';
import { DesignerBar } from './designer-bar.tsx';
import { nodeTitle } from './drawing.ts';
import { FindingsPanel, partFindings } from '../ui/findings-panel.tsx';
import { Inspector } from './inspector.tsx';
import { findBinding } from './keys.ts';
import { LinkRow } from './link-list.tsx';
import { ShortcutSheet } from './shortcut-sheet.tsx';
import { useDesigner } from './use-designer.ts';
import { useFocusPlace } from '../ui/use-focus-place.ts';
import { WorkflowSummary } from './workflow-summary.tsx';

const NUDGE = 16;

/** Canvas, inspector and findings of one workflow over one draft. */
export function Designer({
  workflowKey,
  pointer,
  onOpenElsewhere,
}: {
  workflowKey: string;
  pointer?: string;
  onOpenElsewhere: (finding: Finding) => void;
}) {
  const [start, setStart] = useState(() => todayOn());
  const designer = useDesigner(workflowKey, start);
  const [tab, setTab] = useState<string | null>('inspector');
  const [sheet, setSheet] = useState(false);
  const frame = useRef<HTMLDivElement>(null);
  const {
    workflow,
    configuration,
    planned,
    findings,
    settled,
    selected,
    positions,
    run,
    setSelected,
    setSession,
    setRenaming,
  } = designer;
  const plan = planned.ok ? planned.plan : undefined;
  const drawing = useMemo(
    () => (workflow ? { workflow, configuration, plan, findings } : undefined),
    [workflow, configuration, plan, findings],
  );
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
  if (!workflow || !drawing)
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
    const actions: Record<typeof binding.action, () => void> = {
      rename: () => setRenaming(node),
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

  const selectedLink = selected && 'link' in selected ? workflow.links[selected.link] : undefined;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keys that work anywhere on the page; each has a button too
    <div
      className={classes['designer']}
      ref={frame}
      onKeyDown={(event) => !isTyping(event) && !event.defaultPrevented && !isOnCard(event) && onKey(event, undefined)}
    >
      <DesignerBar designer={designer} start={start} onSheet={() => setSheet(true)} />
      <ConflictNotice />
      <div className={classes['body']}>
        <div className={classes['canvas']}>
          {Object.keys(workflow.nodes).length === 0 ? (
            <div className={classes['empty']}>
              <EmptyState title="Nothing drawn yet">Press N or choose “Add task” to draw the first one.</EmptyState>
            </div>
          ) : null}
          <Canvas
            drawing={drawing}
            positions={positions}
            selected={selected}
            onSelect={setSelected}
            label={`Drawing of ${workflow.title}. Arrows walk from task to task, C links, question mark shows all keys.`}
            editing={{
              renaming: designer.renaming,
              onRename: (node, title) => {
                setRenaming(undefined);
                if (title?.trim())
                  run({ type: 'renameNode', workflow: workflowKey, node, title }, `Renamed ${node} to ${title.trim()}`);
                requestAnimationFrame(() =>
                  frame.current?.querySelector<HTMLElement>(`[data-node="${CSS.escape(node)}"]`)?.focus(),
                );
              },
              onMove: (moved) => run({ type: 'moveNodes', workflow: workflowKey, positions: moved }),
              onConnect: (from, to) => setSession({ from, to }),
              onKey,
            }}
          />
        </div>
        <aside className={classes['side']} aria-label="Inspector and findings">
          <Tabs value={tab} onChange={setTab} keepMounted={false}>
            <Tabs.List>
              <Tabs.Tab value="inspector">{selected ? ('node' in selected ? 'Task' : 'Link') : 'Workflow'}</Tabs.Tab>
              <Tabs.Tab value="findings">
                Findings ({settled || findings.length > 0 ? partFindings(findings).serious.length : '…'})
              </Tabs.Tab>
            </Tabs.List>
            <Tabs.Panel value="inspector">
              {selected && 'node' in selected && workflow.nodes[selected.node] ? (
                <Inspector
                  workflow={workflow}
                  configuration={configuration}
                  node={selected.node}
                  plan={plan}
                  onRun={run}
                  onConnect={() => setSession({ from: selected.node })}
                  onDelete={designer.remove}
                />
              ) : selectedLink && selected && 'link' in selected ? (
                <ul className={classes['oneLink']}>
                  <LinkRow
                    key={selected.link}
                    open
                    linkKey={selected.link}
                    link={selectedLink}
                    workflow={workflowKey}
                    title={`${nodeTitle(workflow, configuration, selectedLink.from)} → ${nodeTitle(workflow, configuration, selectedLink.to)}`}
                    onRun={run}
                  />
                </ul>
              ) : (
                <WorkflowSummary
                  workflow={workflow}
                  configuration={configuration}
                  planned={planned}
                  start={start}
                  onRun={run}
                >
                  <TextInput
                    type="date"
                    label="Plan from"
                    value={start}
                    onChange={(event) => event.currentTarget.value && setStart(event.currentTarget.value)}
                  />
                </WorkflowSummary>
              )}
            </Tabs.Panel>
            <Tabs.Panel value="findings">
              <FindingsPanel findings={findings} settled={settled} onGo={onGo} />
            </Tabs.Panel>
          </Tabs>
        </aside>
      </div>
      {designer.session ? (
        <ConnectDialog
          session={designer.session}
          workflow={workflow}
          configuration={configuration}
          onChoose={(to) => setSession({ from: designer.session?.from ?? '', to })}
          onLink={(settings) => {
            const from = designer.session?.from ?? '';
            designer.link(settings);
            setTimeout(
              () => frame.current?.querySelector<HTMLElement>(`[data-node="${CSS.escape(from)}"]`)?.focus(),
              60,
            );
          }}
          onClose={() => setSession(undefined)}
        />
      ) : null}
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
