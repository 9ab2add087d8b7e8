import type { OpenDraft } from './draft-context.tsx';

let opened: { draft: OpenDraft; of: unknown } | undefined;

/** The draft that this page has open of an answer of the server. */
export function findOpened(answer: unknown): OpenDraft | undefined {
  return opened && opened.of === answer ? opened.draft : undefined;
}

export function setOpened(draft: OpenDraft, answer: unknown): void {
  opened = { draft, of: answer };
}

/** Saves what is not saved yet, as far as the server takes it now. */
export async function saveOpened(): Promise<void> {
  await opened?.draft.autosave.flush().catch(() => {});
}

/** From now on nothing of it is sent; what is unsaved stays on this computer for the same person. */
export async function closeOpened(): Promise<void> {
  const draft = opened?.draft;
  opened = undefined;
  draft?.otherTabs?.close();
  await draft?.autosave.stop();
  await draft?.journal?.close();
}
