import type { AnyDocument, DocumentKind } from '../../schemas/configuration.ts';
import type { Saved } from '../offline/treatment.ts';
import type { Autosave } from './autosave.ts';
import type { DraftStore } from './draft-store.ts';
import type { Body } from './journal.ts';

/** Tabs of one person tell each other what they saved: none takes it for the change of somebody else, or goes on from what was before. */
export class OtherTabs {
  #channel: BroadcastChannel | undefined;

  constructor(owner: string) {
    if (globalThis.BroadcastChannel) this.#channel = new BroadcastChannel(`lintel-saved ${owner}`);
  }

  tell(saved: Saved): void {
    this.#channel?.postMessage(saved);
  }

  /** From now on what another tab saved is taken over, but where this one has changes of its own: there the save will ask. */
  hear(store: DraftStore, autosave: Autosave): void {
    this.#channel?.addEventListener('message', ({ data }: MessageEvent<Saved>) => takeSaved(data, store, autosave));
  }

  close(): void {
    this.#channel?.close();
  }
}

function takeSaved({ name, body, revision }: Saved, store: DraftStore, autosave: Autosave): void {
  const before = autosave.storedOf(name);
  const isNews =
    body === null ? before !== undefined && before.revision <= revision : revision > (before?.revision ?? 0);
  if (!isNews || autosave.isUnsaved(name)) return;
  const [kind = '', key = ''] = name.split('/');
  if (kind === 'layout') {
    // One that is not open here is loaded once it is.
    const layout = body as Body | null;
    if (layout?.kind !== 'layout' || !store.getView().content.layouts[key]) return;
    autosave.setStored(name, { revision, body: layout });
    store.takeLayout(layout);
    return;
  }
  autosave.setStored(name, body === null ? undefined : { revision, body: body as Body });
  store.takeSaved(kind as DocumentKind, key, body as AnyDocument | null);
}
