import { createContext, use, useEffect, useSyncExternalStore } from 'react';
import { todayOn } from '../words/date-words.ts';
import type { Autosave, SaveState } from './autosave.ts';
import type { Checked, Checking } from './checking.ts';
import type { DraftStore, DraftView } from './draft-store.ts';
import type { Journal } from './journal.ts';
import type { OtherTabs } from './other-tabs.ts';
import type { Watching } from './watching.ts';

export interface OpenDraft {
  store: DraftStore;
  autosave: Autosave;
  checking: Checking;
  journal?: Journal;
  watching?: Watching;
  otherTabs?: OtherTabs;
}

export const DraftContext = createContext<OpenDraft | undefined>(undefined);

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

const untroubled: Pick<Journal, 'subscribe' | 'getTrouble' | 'isWriting'> = {
  subscribe: () => () => {},
  getTrouble: () => undefined,
  isWriting: () => false,
};

/** Why unsaved changes cannot be kept on this computer; undefined while they can. */
export function useStorageTrouble(): string | undefined {
  const { journal = untroubled } = useOpenDraft();
  return useSyncExternalStore(journal.subscribe, journal.getTrouble);
}

/** Whether a change is still on its way to this computer's disk. */
export function useIsWriting(): boolean {
  const { journal = untroubled } = useOpenDraft();
  return useSyncExternalStore(journal.subscribe, journal.isWriting);
}

/** Findings of the draft; they follow an edit without holding it up. */
export function useFindings(): Checked {
  const checking = useChecking();
  return useSyncExternalStore(checking.subscribe, checking.get);
}

/** The findings alone: who shows nothing else is not drawn anew while the checker is at work. */
export function useFindingList(): Checked['findings'] {
  const checking = useChecking();
  return useSyncExternalStore(checking.subscribe, () => checking.get().findings);
}

/** How far the checker is, for who shows that. */
export function useChecked(): Checked {
  const { checking } = useOpenDraft();
  return useSyncExternalStore(checking.subscribe, checking.get);
}

function useChecking(): Checking {
  const { checking } = useOpenDraft();
  const { configuration } = useDraft().content;
  useEffect(() => {
    checking.check(configuration, todayOn());
    // The rules began before this was drawn: where they are done their say goes into the same frame.
    checking.takeShared();
  }, [checking, configuration]);
  return checking;
}
