import { afterEach, describe, expect, it, vi } from 'vitest';
import { emptyConfiguration } from '../../../schemas/empty-configuration.ts';
import type { LayoutDocument } from '../../../schemas/settings.ts';
import { Autosave, type DraftServer } from '../../../studio/document/autosave.ts';
import type { OpenDraft } from '../../../studio/document/draft-context.tsx';
import { DraftStore } from '../../../studio/document/draft-store.ts';
import { loadLayout } from '../../../studio/workflow-designer/load-layout.ts';

afterEach(() => void vi.unstubAllGlobals());

describe('the places of a drawing, once loaded', () => {
  it('are what the first save began from: a conflict tells by them who moved what', async () => {
    const layout: LayoutDocument = { kind: 'layout', format: 1, key: 'HP', positions: { A: { x: 1, y: 1 } } };
    vi.stubGlobal('fetch', async () => Response.json({ layout, revision: 4 }));
    const store = new DraftStore({ configuration: emptyConfiguration() as never, layouts: {} });
    const autosave = new Autosave({} as DraftServer, {});
    await loadLayout('HP', { store, autosave } as OpenDraft);
    expect(store.getView().content.layouts).toEqual({ HP: layout });
    expect(autosave.storedOf('layout/HP')).toEqual({ revision: 4, body: layout });
  });
});
