import { useSuspenseQuery } from '@tanstack/react-query';
import { type ReactNode, useEffect, useMemo } from 'react';
import { draftQuery, meQuery } from '../api/queries.ts';
import { keepAnswer, keepSaved } from '../offline/keeping.ts';
import type { Saved } from '../offline/treatment.ts';
import { Autosave } from './autosave.ts';
import { bringBackAll } from './bring-back.ts';
import { Checking } from './checking.ts';
import { DraftContext, type OpenDraft } from './draft-context.tsx';
import { DraftNotices } from './draft-notices.tsx';
import { draftServerFor } from './draft-server.ts';
import { DraftStore, toDraft } from './draft-store.ts';
import { BrowserJournal } from './journal.ts';
import { emptyLayout, mergeLayouts } from './merging-layouts.ts';
import { closeOpened, findOpened, setOpened } from './opened-draft.ts';
import { OtherTabs } from './other-tabs.ts';
import { loadShapes } from './shapes.ts';
import { Watching } from './watching.ts';

/** When the first drawing stands; they must be here before the connection can be gone. */
const SHAPES_AFTER_MS = 1000;

/** Loads the draft once and keeps it open while people move between pages. */
export function DraftProvider({ children }: { children: ReactNode }) {
  const { data } = useSuspenseQuery(draftQuery);
  const { data: me } = useSuspenseQuery(meQuery);
  const [organisation, user] = [me.organisation.id, me.user.id];
  const draft = useMemo(() => openDraft(data, organisation, user), [data, organisation, user]);
  useEffect(() => {
    const saveNow = () => void draft.autosave.flush(true).catch(() => {});
    const onGone = () => {
      saveNow();
      draft.journal?.leave();
    };
    // Kept whole for the way back: what it had unsaved is another page's by now.
    const onBack = (event: PageTransitionEvent) => event.persisted && location.reload();
    const onHidden = () => document.visibilityState === 'hidden' && saveNow();
    const onLeave = (event: BeforeUnloadEvent) => isAtRisk(draft) && event.preventDefault();
    window.addEventListener('pagehide', onGone);
    window.addEventListener('pageshow', onBack);
    window.addEventListener('online', saveNow);
    window.addEventListener('beforeunload', onLeave);
    document.addEventListener('visibilitychange', onHidden);
    const stopWatching = draft.watching?.start();
    const later = setTimeout(() => void loadShapes().catch(() => {}), SHAPES_AFTER_MS);
    return () => {
      stopWatching?.();
      clearTimeout(later);
      window.removeEventListener('pagehide', onGone);
      window.removeEventListener('pageshow', onBack);
      window.removeEventListener('online', saveNow);
      window.removeEventListener('beforeunload', onLeave);
      document.removeEventListener('visibilitychange', onHidden);
    };
  }, [draft]);
  return (
    <DraftContext value={draft}>
      <DraftNotices />
      {children}
    </DraftContext>
  );
}

/** Leaving now would lose something: it is neither on the server nor on this computer. */
function isAtRisk({ autosave, journal }: OpenDraft): boolean {
  return journal?.getTrouble() !== undefined && autosave.getState().at !== 'saved';
}

function openDraft(answer: Parameters<typeof toDraft>[0], organisation: string, user: string): OpenDraft {
  const opened = findOpened(answer);
  if (opened) return opened;
  const closing = closeOpened();
  const { content, revisions } = toDraft(answer);
  const store = new DraftStore(content);
  const owner = `${organisation}/${user}`;
  const otherTabs = new OtherTabs(owner);
  const onSaved = (saved: Saved) => {
    keepSaved(saved);
    otherTabs.tell(saved);
  };
  const autosave = new Autosave(draftServerFor(onSaved), revisions, content);
  const journal = new BrowserJournal(owner);
  otherTabs.hear(store, autosave);
  autosave.keepIn(journal);
  store.onTouched((names, now, isStep) => autosave.touch(names, now, isStep));
  autosave.onLayoutConflict(({ name, base, theirs }) => {
    const key = name.slice('layout/'.length);
    const mine = store.getView().content.layouts[key] ?? emptyLayout(key);
    if (theirs?.body.kind === 'layout')
      store.takeLayout(mergeLayouts(base?.kind === 'layout' ? base : undefined, mine, theirs.body));
    autosave.touch([name], store.getView().content);
  });
  void closing.then(() => bringBackAll(store, autosave, journal));
  const worker = new Worker(new URL('./check-worker.ts', import.meta.url), { type: 'module' });
  const checking = new Checking(worker);
  checking.follow({ subscribe: store.subscribe, getConfiguration: () => store.getView().content.configuration });
  const draft = { store, autosave, checking, journal, otherTabs, watching: new Watching(autosave) };
  setOpened(draft, answer);
  keepAnswer('/v1/me');
  keepAnswer('/v1/drafts/main/configuration');
  return draft;
}
