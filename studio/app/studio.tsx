import { MantineProvider } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { makeQueryClient } from '../api/queries.ts';
import { Announcer } from '../ui/announcer.tsx';
import { makeRouter } from './router.tsx';
import { cssVariables, theme } from './theme.ts';

const queryClient = makeQueryClient();
const router = makeRouter(queryClient);

export function Studio() {
  return (
    <MantineProvider theme={theme} cssVariablesResolver={cssVariables} defaultColorScheme="auto">
      <QueryClientProvider client={queryClient}>
        <RouterProvider router={router} />
        <Announcer />
      </QueryClientProvider>
    </MantineProvider>
  );
}
