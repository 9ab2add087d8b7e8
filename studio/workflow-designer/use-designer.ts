import { useCallback, useMemo, useState } from 'react';
import type { Configuration } from '../../schemas/configuration.ts';
import type { Finding } from '../../schemas/finding.ts';
import { request } from '../api/client.ts';
import type { Checked } from '../document/checking.ts';
import { useDraft, useFindings, useOpenDraft } from '../document/draft-context.tsx';
import { type EditCommand, type EditResult, freeNodeKey, newTaskDocument, planOf } from '../document/engine.ts';
import { announce } from '../ui/announcer.tsx';
import { dateInWords, daysBetween } from '../words/date-words.ts';
import { lagInWords } from '../words/period-words.ts';
import type { Selected } from './canvas.tsx';
import type { ConnectSession } from './connect-dialog.tsx';
import { layoutByRank, placeBelow } from './layout.ts';

/** What the designer knows and can do; what is derived is derived from the draft at once. */
export function useDesigner(key: string, start: string) {
  const { store, autosave } = useOpenDraft();
  const { content, history } = useDraft();
  const { configuration } = content;
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

  const link = (settings: {
    linkType: 'FS' | 'SS' | 'FF' | 'SF';
    lag?: import('../../schemas/workflow.ts').Lag;
    branch?: string;
  }) => {
    if (!session?.to) return;
    const { from, to } = session;
    run(
      { type: 'linkTasks', workflow: key, from, to, ...settings },
      `Linked ${from} to ${to}, ${settings.linkType}, ${lagInWords(settings.lag)}`,
    );
    setSession(undefined);
  };

  /** Takes a step back or forward and says which and what that changed. */
  const step = (done: string, direction: 'undo' | 'redo', nothing: string) => {
    const before = store.getView().content.configuration;
    const label = store[direction]();
    if (label === undefined) return announce(nothing);
    const after = store.getView().content.configuration;
    announce([`${done}: ${label}`, effectOf(before, after)].filter(Boolean).join('. '));
  };
  const undo = () => step('Undone', 'undo', 'Nothing to undo');
  const redo = () => step('Done again', 'redo', 'Nothing to do again');

  return {
    workflow,
    configuration,
    positions,
    planned,
    findings,
    /** Whether the findings are those of the drawing as it stands. */
    settled,
    history,
    selected,
    setSelected,
    renaming,
    setRenaming,
    session,
    setSession,
    run,
    addTask,
    tidy: () =>
      workflow && run({ type: 'moveNodes', workflow: key, positions: layoutByRank(workflow) }, 'Tidied the drawing'),
    remove,
    link,
    undo,
    redo,
    save: () =>
      void autosave.flush().then(
        () => announce('Saved'),
        (error: Error) => announce(error.message),
      ),
  };
}

/** Loads the stored layout once; a workflow without one is laid out by its links. */
export async function loadLayout(key: string, draft: ReturnType<typeof useOpenDraft>): Promise<void> {
  if (draft.store.getView().content.layouts[key]) return;
  try {
    const { body } = await request<{ layout?: never; revision?: number } & Record<string, unknown>>(
      `/v1/layouts/${encodeURIComponent(key)}`,
    );
    const layout = (body.layout ?? (body['positions'] ? body : undefined)) as
      | Parameters<typeof draft.store.takeLayout>[0]
      | undefined;
    if (!layout) return;
    if (typeof body.revision === 'number') draft.autosave.setRevision(`layout/${key}`, body.revision);
    draft.store.takeLayout(layout);
  } catch {
    // No layout is stored yet: the drawing is laid out by its links.
  }
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

type Planned = ReturnType<typeof planOf>;

/** `Critical path now ends 14 March 2027, 3 days later`, or nothing when nothing moved. */
function effectInWords(before: Planned, after: Planned): string | undefined {
  if (!after.ok) return undefined;
  const same = before.ok && before.plan.finish === after.plan.finish;
  if (same)
    return before.plan.criticalPath.join() === after.plan.criticalPath.join()
      ? undefined
      : `Critical path is now ${after.plan.criticalPath.join(', ')}`;
  const moved = before.ok ? daysBetween(before.plan.finish, after.plan.finish) : 0;
  const days = `${Math.abs(moved)} day${Math.abs(moved) === 1 ? '' : 's'}`;
  return `Critical path now ends ${dateInWords(after.plan.finish)}${moved === 0 ? '' : `, ${days} ${moved > 0 ? 'later' : 'earlier'}`}`;
}
