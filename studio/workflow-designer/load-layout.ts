import type { LayoutDocument } from '../../schemas/settings.ts';
import { request } from '../api/client.ts';
import type { OpenDraft } from '../document/draft-context.tsx';
import { keepAnswer } from '../offline/keeping.ts';

/** Loads the stored layout once; a workflow without one is laid out by its links. */
export async function loadLayout(key: string, draft: OpenDraft): Promise<void> {
  const isPlaced = () => draft.store.getView().content.layouts[key] !== undefined;
  if (isPlaced()) return;
  const path = `/v1/layouts/${encodeURIComponent(key)}`;
  try {
    const { body } = await request<{ layout?: LayoutDocument; revision?: number } & Partial<LayoutDocument>>(path);
    keepAnswer(path);
    const layout = body.layout ?? (body.positions ? (body as LayoutDocument) : undefined);
    // Cards that were moved meanwhile lie where they were put: saving that puts both together.
    if (!layout || isPlaced()) return;
    // With its places: the next save may have to tell by them what somebody else moved.
    if (typeof body.revision === 'number')
      draft.autosave.setStored(`layout/${key}`, { revision: body.revision, body: layout });
    draft.store.takeLayout(layout);
  } catch {
    // No layout is stored yet: the drawing is laid out by its links.
  }
}
