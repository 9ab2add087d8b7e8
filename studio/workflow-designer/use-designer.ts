import { useCallback, useMemo, useState } from 'react';
import type { Configuration } from '../../schemas/configuration.ts';
import type { Finding } from '../../schemas/finding.ts';
import type { Lag, LinkType } from '../../schemas/workflow.ts';
import type { Checked } from '../document/checking.ts';
import { useDraft, useFindings, useOpenDraft } from '../document/draft-context.tsx';
import { type EditCommand, type EditResult, freeNodeKey, newTaskDocument, planOf } from '../document/engine.ts';
import { announce } from '../ui/announcer.tsx';
import { todayOn } from '../words/date-words.ts';
import { lagInWords } from '../words/period-words.ts';
import type { ConnectSession } from './connect-dialog.tsx';
import { effectInWords } from './effect-words.ts';
import { layoutByRank, placeBelow } from './layout.ts';
import type { Selected } from './selection.ts';

/** What every view of the designer is given. */
export type DesignerState = ReturnType<typeof useDesigner>;

/** What the designer knows and can do; what is derived is derived from the draft at once. */
export function useDesigner(key: string) {
  const { store, autosave } = useOpenDraft();
  const { content, history } = useDraft();
  const { configuration } = content;
  const [start, setStart] = useState(() => todayOn());
  const workflow = configuration.workflow[key];
  const stored = content.layouts[key]?.positions;
  const planned = useMemo(() => planOf(configuration, key, start), [configuration, key, start]);
  const { findings, settled } = useWorkflowFindings(key);
  const [selected, setSelected] = useState<Selected>();
  const [renaming, setRenaming] = useState<string>();
  const [session, setSession] = useState<ConnectSession>();

  const effectOf = useCallback(
    (before: Configuration, after: Configuration) =>
      effectInWords(planOf(before, key, start), planOf(after, key, start)),
    [key, start],
  );

  /** Runs a command and says what it did and what that changed. */
  const run = useCallback(
    (command: EditCommand, said?: string): EditResult => {
      const before = store.getView().content.configuration;
      const result = store.run(command);
      if (!result.ok) announce(`Not done: ${result.refusal.message}`);
      else if (result.edit.patches.length > 0) {
        announce(
          [said ?? result.edit.label, effectOf(before, result.content.configuration)].filter(Boolean).join('. '),
        );
      }
      return result;
    },
    [store, effectOf],
  );

  const positions = useMemo(() => (workflow ? { ...layoutByRank(workflow), ...stored } : {}), [workflow, stored]);

  /** A new task, after another when one is named; its title is asked at once. */
  const addTask = (after?: string) => {
    const node = freeNodeKey(configuration, key);
    // Where every card was placed by hand the new one is too; else the drawing arranges itself by its links.
    const byHand = workflow !== undefined && Object.keys(workflow.nodes).every((other) => stored?.[other]);
    const at = byHand && stored ? { at: placeBelow(stored, after) } : {};
    const result = run(
      {
        type: 'addTask',
        workflow: key,
        node,
        task: newTaskDocument(node, 'New task'),
        ...at,
        ...(after ? { after } : {}),
      },
      after ? `Added task ${node} after ${after}` : `Added task ${node}`,
    );
    if (!result.ok) return;
    setSelected({ node });
    setRenaming(node);
  };

  /** Ends the renaming of a node; without a title it keeps the one it has. */
  const rename = (node: string, title: string | undefined) => {
    setRenaming(undefined);
    if (title?.trim()) run({ type: 'renameNode', workflow: key, node, title }, `Renamed ${node} to ${title.trim()}`);
    focusCard(node);
  };

  const remove = () => {
    if (!selected || !workflow) return;
    if ('link' in selected) {
      run({ type: 'unlink', workflow: key, links: [selected.link] });
      return setSelected(undefined);
    }
    const next = Object.values(workflow.links).find((link) => link.to === selected.node)?.from;
    run({ type: 'removeNodes', workflow: key, nodes: [selected.node] });
    setSelected(next ? { node: next } : undefined);
  };

  const link = (settings: { linkType: LinkType; lag?: Lag; branch?: string }) => {
    if (!session?.to) return;
    const { from, to } = session;
    run(
      { type: 'linkTasks', workflow: key, from, to, ...settings },
      `Linked ${from} to ${to}, ${settings.linkType}, ${lagInWords(settings.lag)}`,
    );
    setSession(undefined);
    focusCard(from);
  };

  /** Applies the mechanical cure of a finding. */
  const fix = (finding: Finding) => {
    if (finding.fix) run(finding.fix as unknown as EditCommand);
  };

  /** Takes a step back or forward and says which and what that changed. */
  const step = (done: string, direction: 'undo' | 'redo', nothing: string) => {
    const before = store.getView().content.configuration;
    const label = store[direction]();
    if (label === undefined) return announce(nothing);
    const after = store.getView().content.configuration;
    announce([`${done}: ${label}`, effectOf(before, after)].filter(Boolean).join('. '));
  };

  return {
    workflow,
    configuration,
    positions,
    planned,
    findings,
    /** Whether the findings are those of the drawing as it stands. */
    settled,
    history,
    /** The date the plan is made from. */
    start,
    setStart,
    selected,
    setSelected,
    renaming,
    setRenaming,
    session,
    setSession,
    run,
    addTask,
    rename,
    tidy: () =>
      workflow && run({ type: 'moveNodes', workflow: key, positions: layoutByRank(workflow) }, 'Tidied the drawing'),
    remove,
    link,
    fix,
    undo: () => step('Undone', 'undo', 'Nothing to undo'),
    redo: () => step('Done again', 'redo', 'Nothing to do again'),
    save: () =>
      void autosave.flush().then(
        () => announce('Saved'),
        (error: Error) => announce(error.message),
      ),
  };
}

/** Gives the focus back to a node's card or row once what held it is gone. */
function focusCard(node: string): void {
  setTimeout(() => document.querySelector<HTMLElement>(`[data-node="${CSS.escape(node)}"]`)?.focus(), 60);
}

function useWorkflowFindings(key: string): Checked {
  const checked = useFindings();
  const { configuration } = useDraft().content;
  return useMemo(() => {
    const tasks = new Set(
      Object.values(configuration.workflow[key]?.nodes ?? {}).map((node) =>
        node.type === 'task' ? `task/${node.task}` : '',
      ),
    );
    const isHere = (finding: Finding) => finding.document === `workflow/${key}` || tasks.has(finding.document);
    return { settled: checked.settled, findings: checked.findings.filter(isHere) };
  }, [checked, configuration, key]);
}
