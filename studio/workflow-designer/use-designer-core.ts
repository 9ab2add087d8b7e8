import { useCallback, useMemo, useState } from 'react';
import type { Configuration } from '../../schemas/configuration.ts';
import { useDraft, useOpenDraft } from '../document/draft-context.tsx';
import { type EditCommand, type EditResult, planOf } from '../document/engine.ts';
import { announce } from '../ui/announcer.tsx';
import { todayOn } from '../words/date-words.ts';
import type { ConnectSession } from './connect-dialog.tsx';
import { effectInWords } from './effect-words.ts';
import { layoutByRank } from './layout.ts';
import { useSelection } from './selection.ts';

const none = {};

/** The open workflow with what follows from it, what is chosen, and the one way to change it. */
export function useDesignerCore(key: string) {
  const { store, autosave } = useOpenDraft();
  const { content, history } = useDraft();
  const { configuration } = content;
  const [start, setStart] = useState(() => todayOn());
  const workflow = configuration.workflow[key];
  const stored = content.layouts[key]?.positions;
  const planned = useMemo(() => planOf(configuration, key, start), [configuration, key, start]);
  const selection = useSelection(workflow?.nodes ?? none);
  const [renaming, setRenaming] = useState<string>();
  const [moving, setMoving] = useState<readonly string[]>([]);
  const [session, setSession] = useState<ConnectSession>();
  const byRank = workflow && layoutByRank(workflow);
  const positions = useMemo(() => ({ ...byRank, ...stored }), [byRank, stored]);

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

  /** Takes a step back or forward and says which and what that changed. */
  const step = (done: string, direction: 'undo' | 'redo', nothing: string) => {
    const before = store.getView().content.configuration;
    const label = store[direction]();
    if (label === undefined) return announce(nothing);
    const after = store.getView().content.configuration;
    announce([`${done}: ${label}`, effectOf(before, after)].filter(Boolean).join('. '));
  };

  return {
    key,
    workflow,
    configuration,
    content,
    /** Positions placed by hand; those of the others follow from their links. */
    stored,
    positions,
    planned,
    history,
    /** The date the plan is made from. */
    start,
    setStart,
    ...selection,
    renaming,
    setRenaming,
    session,
    setSession,
    /** What is on its way to a lane that is still to be chosen. */
    moving,
    setMoving,
    run,
    undo: () => step('Undone', 'undo', 'Nothing to undo'),
    redo: () => step('Done again', 'redo', 'Nothing to do again'),
    save: () =>
      void autosave.flush().then(
        () => announce('Saved'),
        (error: Error) => announce(error.message),
      ),
  };
}
