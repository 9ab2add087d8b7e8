import { Button } from '@mantine/core';
import { ErrorState } from '../ui/notice.tsx';

/** What a page shows when it cannot be shown. */
export function RouteError({ error }: { error: unknown }) {
  return (
    <ErrorState
      title="This page cannot be shown"
      error={error}
      action={
        <Button variant="default" onClick={() => window.location.reload()}>
          Load again
        </Button>
      }
    />
  );
}
