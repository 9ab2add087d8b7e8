import { useSuspenseQuery } from '@tanstack/react-query';
import { type ReactNode, useEffect, useMemo } from 'react';
import { draftQuery, meQuery } from '../api/queries.ts';
import { keepAnswer } from '../offline/keeping.ts';
import { announce } from '../ui/announcer.tsx';
import { Autosave } from './autosave.ts';
import { bringBack } from './bring-back.ts';
import { Checking } from './checking.ts';
import { DraftContext, type OpenDraft } from './draft-context.tsx';
import { DraftNotices } from './draft-notices.tsx';
import { draftServer } from './draft-server.ts';
import { DraftStore, toDraft } from './draft-store.ts';
import { BrowserJournal } from './journal.ts';
import { mergeLayouts } from './merging-layouts.ts';
import { loadShapes } from './shapes.ts';
import { Watching } from './watching.ts';

/** When the first drawing stands; they must be here before the connection can be gone. */
const SHAPES_AFTER_MS = 1000;

let opened: { of: unknown; draft: OpenDraft } | undefined;

/** Loads the draft once and keeps it open while people move between pages. */
export function DraftProvider({ children }: { children: ReactNode }) {
  const { data } = useSuspenseQuery(draftQuery);
  const { data: me } = useSuspenseQuery(meQuery);
  const owner = `${me.organisation.id}/${me.user.id}`;
  const draft = useMemo(() => openDraft(data, owner), [data, owner]);
  useEffect(() => {
    const saveNow = () => void draft.autosave.flush(true).catch(() => {});
    const onHidden = () => document.visibilityState === 'hidden' && saveNow();
    const onLeave = (event: BeforeUnloadEvent) => isAtRisk(draft) && event.preventDefault();
    window.addEventListener('pagehide', saveNow);
    window.addEventListener('online', saveNow);
    window.addEventListener('beforeunload', onLeave);
    document.addEventListener('visibilitychange', onHidden);
    const stopWatching = draft.watching?.start();
    const later = setTimeout(() => void loadShapes().catch(() => {}), SHAPES_AFTER_MS);
    return () => {
      stopWatching?.();
      clearTimeout(later);
      window.removeEventListener('pagehide', saveNow);
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

function openDraft(answer: Parameters<typeof toDraft>[0], owner: string): OpenDraft {
  if (opened?.of === answer) return opened.draft;
  const { content, revisions } = toDraft(answer);
  const store = new DraftStore(content);
  const autosave = new Autosave(draftServer, revisions, content);
  const journal = new BrowserJournal(owner);
  autosave.keepIn(journal);
  store.onTouched((names, now, isStep) => autosave.touch(names, now, isStep));
  autosave.onLayoutConflict(({ name, base, theirs }) => {
    const mine = store.getView().content.layouts[name.slice('layout/'.length)];
    if (mine && theirs?.body.kind === 'layout')
      store.takeLayout(mergeLayouts(base?.kind === 'layout' ? base : undefined, mine, theirs.body));
    autosave.touch([name], store.getView().content);
  });
  void journal.adopt().then(async (kept) => {
    if (kept.length > 0) await loadShapes();
    const changes = bringBack(kept, store, autosave, journal);
    if (changes > 0)
      announce(
        `Brought back ${changes} ${changes === 1 ? 'change' : 'changes'} kept on this computer, saving them now`,
      );
  });
  const worker = new Worker(new URL('./check-worker.ts', import.meta.url), { type: 'module' });
  const checking = new Checking(worker);
  checking.follow({ subscribe: store.subscribe, getConfiguration: () => store.getView().content.configuration });
  const draft = { store, autosave, checking, journal, watching: new Watching(autosave) };
  opened = { of: answer, draft };
  keepAnswer('/v1/me');
  keepAnswer('/v1/drafts/main/configuration');
  return draft;
}
