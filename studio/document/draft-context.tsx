import { useSuspenseQuery } from '@tanstack/react-query';
import { createContext, type ReactNode, use, useEffect, useMemo, useSyncExternalStore } from 'react';
import { draftQuery } from '../api/queries.ts';
import { todayOn } from '../words/date-words.ts';
import { Autosave, type SaveState } from './autosave.ts';
import { type Checked, Checking } from './checking.ts';
import { draftServer } from './draft-server.ts';
import { DraftStore, type DraftView, toDraft } from './draft-store.ts';

export interface OpenDraft {
  store: DraftStore;
  autosave: Autosave;
  checking: Checking;
}

export const DraftContext = createContext<OpenDraft | undefined>(undefined);

let opened: { of: unknown; draft: OpenDraft } | undefined;

/** Loads the draft once and keeps it open while people move between pages. */
export function DraftProvider({ children }: { children: ReactNode }) {
  const { data } = useSuspenseQuery(draftQuery);
  const draft = useMemo(() => openDraft(data), [data]);
  useEffect(() => {
    const saveNow = () => void draft.autosave.flush(true).catch(() => {});
    const onHidden = () => document.visibilityState === 'hidden' && saveNow();
    window.addEventListener('pagehide', saveNow);
    document.addEventListener('visibilitychange', onHidden);
    return () => {
      window.removeEventListener('pagehide', saveNow);
      document.removeEventListener('visibilitychange', onHidden);
    };
  }, [draft]);
  return <DraftContext value={draft}>{children}</DraftContext>;
}

export function useOpenDraft(): OpenDraft {
  const draft = use(DraftContext);
  if (!draft) throw new Error('expected a DraftProvider above this component');
  return draft;
}

export function useDraft(): DraftView {
  const { store } = useOpenDraft();
  return useSyncExternalStore(store.subscribe, store.getView);
}

export function useSaveState(): SaveState {
  const { autosave } = useOpenDraft();
  return useSyncExternalStore(autosave.subscribe, autosave.getState);
}

/** Findings of the draft; they follow an edit without holding it up. */
export function useFindings(): Checked {
  const { checking } = useOpenDraft();
  const { configuration } = useDraft().content;
  useEffect(() => checking.check(configuration, todayOn()), [checking, configuration]);
  return useSyncExternalStore(checking.subscribe, checking.get);
}

function openDraft(answer: Parameters<typeof toDraft>[0]): OpenDraft {
  if (opened?.of === answer) return opened.draft;
  const { content, revisions } = toDraft(answer);
  const store = new DraftStore(content);
  const autosave = new Autosave(draftServer, revisions);
  store.onTouched((names, now) => autosave.touch(names, now));
  const worker = new Worker(new URL('./check-worker.ts', import.meta.url), { type: 'module' });
  opened = { of: answer, draft: { store, autosave, checking: new Checking(worker) } };
  return opened.draft;
}
