import type { AnyDocument, DocumentKind } from '../../schemas/configuration.ts';
import { announce } from '../ui/announcer.tsx';
import type { Autosave } from './autosave.ts';
import type { DraftStore } from './draft-store.ts';
import { type EditCommand, isSame } from './engine.ts';
import type { Adoption, Journal, KeptChange } from './journal.ts';
import { loadShapes } from './shapes.ts';

/** Brings back what pages that are gone left; what cannot stand beside changes of this page comes once those are saved. */
export async function bringBackAll(store: DraftStore, autosave: Autosave, journal: Journal): Promise<void> {
  const prepare = async (): Promise<Adoption> => {
    const [{ joinKept }] = await Promise.all([import('./joining.ts'), loadShapes()]);
    return { isFree: (name) => !autosave.isUnsaved(name), join: joinKept };
  };
  const { changes: kept, left } = await journal.adopt(prepare);
  const changes = bringBack(kept, store, autosave, journal);
  if (changes > 0)
    announce(`Brought back ${changes} ${changes === 1 ? 'change' : 'changes'} kept on this computer, saving them now`);
  if (left === 0) return;
  await isSaved(autosave);
  await bringBackAll(store, autosave, journal);
}

function isSaved(autosave: Autosave): Promise<void> {
  return new Promise((resolve) => {
    const look = () => {
      if (autosave.getState().at !== 'saved') return;
      stop();
      resolve();
    };
    const stop = autosave.subscribe(look);
    look();
  });
}

/** Puts changes that a closed page left on this computer into the draft, as one step, and sends them; answers how many. */
export function bringBack(
  kept: readonly KeptChange[],
  store: DraftStore,
  autosave: Autosave,
  journal: Pick<Journal, 'forget'>,
): number {
  const commands: EditCommand[] = [];
  let changes = 0;
  for (const change of kept) {
    const { name, body } = change;
    const [kind = '', key = ''] = name.split('/');
    const { configuration, layouts } = store.getView().content;
    const held = kind === 'layout' ? layouts[key] : configuration[kind as DocumentKind]?.[key];
    if (isSame(held ?? null, body)) {
      // The last thing that page did was to save it.
      journal.forget(name);
      continue;
    }
    changes += change.changes;
    autosave.adopt(change);
    if (body?.kind === 'layout') {
      store.takeLayout(body);
      autosave.touch([name], store.getView().content);
    } else if (body) commands.push({ type: 'putDocument', document: body as AnyDocument });
    else commands.push({ type: 'removeDocument', kind: kind as DocumentKind, key });
  }
  if (commands.length === 0) return changes;
  const result = store.run({ type: 'batch', label: 'Bring back changes kept on this computer', commands });
  // One that the draft cannot take any more must not keep the others out; it stays in the journal.
  if (!result.ok) for (const command of commands) store.run(command);
  return changes;
}
