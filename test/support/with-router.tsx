import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { createMemoryHistory, createRootRoute, createRouter, RouterProvider } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useState } from 'react';
import '../../studio/app/theme.css';

/** What pages give their parts: a router for links and a cache for server data, both empty. */
export function WithRouter({ children }: { children: ReactNode }) {
  const [router] = useState(() => {
    const root = createRootRoute({ component: () => children, notFoundComponent: () => children });
    return createRouter({ routeTree: root, history: createMemoryHistory({ initialEntries: ['/'] }) });
  });
  const [client] = useState(() => {
    const made = new QueryClient({ defaultOptions: { queries: { retry: false, enabled: false } } });
    made.setQueryData(['me'], {
      user: { id: 'amira', name: 'Amira Khan' },
      roles: ['administrator'],
      organisation: { name: 'Example' },
      previewClock: false,
    });
    return made;
  });
  return (
    <QueryClientProvider client={client}>
      <RouterProvider router={router as never} />
    </QueryClientProvider>
  );
}
