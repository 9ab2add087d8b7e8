import { MantineProvider } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { createRoot, type Root } from 'react-dom/client';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { makeQueryClient } from '../../../studio/api/queries.ts';
import { makeRouter } from '../../../studio/app/router.tsx';
import { cssVariables, theme } from '../../../studio/app/theme.ts';
// The parts have arrived: what is looked at is the time after that.
import '../../../studio/workflow-designer/canvas-view.tsx';
import '../../../studio/workflow-designer/designer-page.tsx';
import { housing } from '../../support/housing.ts';
import { PATIENCE_MS } from '../../support/patience.ts';

const me = {
  user: { id: 'amira', name: 'Amira Khan' },
  roles: ['administrator'],
  organisation: { id: 'example', name: 'Example' },
  previewClock: false,
};
const documents = Object.fromEntries(
  Object.entries(housing).map(([kind, all]) => [
    kind,
    Object.fromEntries(Object.entries(all).map(([key, document]) => [key, { document, revision: 1 }])),
  ]),
);

describe('the first screen of a drawing', () => {
  const before = location.href;
  let root: Root | undefined;
  afterEach(() => {
    root?.unmount();
    vi.unstubAllGlobals();
    document.body.replaceChildren();
    history.replaceState(null, '', before);
  });

  /**
   * Opens the address as a page does, the frame alone after `frameAfterMs`; answers every placeholder that stood in the page
   * until the drawing did.
   */
  async function open(draftAfterMs: number, frameAfterMs: number): Promise<Set<string>> {
    vi.stubGlobal('fetch', async (path: string) => {
      if (path === '/v1/drafts/main/configuration') {
        await new Promise((resolve) => setTimeout(resolve, draftAfterMs));
        return Response.json({ documents, baseRelease: 1 });
      }
      return path === '/v1/me' ? Response.json(me) : Response.json({}, { status: 404 });
    });
    history.replaceState(null, '', '/studio/workflow/HP');
    const place = document.body.appendChild(document.createElement('div'));
    place.style.height = '800px';
    const seen = new Set<string>();
    const drawn = new Promise<void>((resolve) => {
      new MutationObserver((_changes, observer) => {
        for (const waiting of place.querySelectorAll('[role="status"]')) seen.add(waiting.textContent ?? '');
        if (!place.querySelector('[data-node="HP13"]')) return;
        observer.disconnect();
        resolve();
      }).observe(place, { subtree: true, childList: true });
    });
    const client = makeQueryClient();
    const router = makeRouter(client);
    router.routesById['/signed-in/workflow/$key'].options.pendingMs = frameAfterMs;
    root = createRoot(place);
    root.render(
      <MantineProvider theme={theme} cssVariablesResolver={cssVariables}>
        <QueryClientProvider client={client}>
          <RouterProvider router={router} />
        </QueryClientProvider>
      </MantineProvider>,
    );
    await drawn;
    return seen;
  }

  it('is drawn once and whole when all of it is here: what stands for it would stay for 0.3 seconds', async () => {
    expect([...(await open(0, PATIENCE_MS))].filter((text) => text.startsWith('Loading'))).toEqual([]);
  });

  it('shows the frame while the draft is on its way', async () => {
    expect([...(await open(600, 100))]).toContain('Loading');
  });
});
