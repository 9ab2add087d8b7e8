import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { EmptyState, ErrorState } from '../ui/notice.tsx';

/** How browsers, and the loader of styles, say that a part of the studio did not come. */
const PART_MISSING = /dynamically imported module|preload CSS|module script/i;

const partMissing =
  'A part of the studio could not be loaded: the server cannot be reached, or it was updated. Nothing is lost: load again.';

/** What a page shows when it cannot be shown. */
export function RouteError({ error }: { error: unknown }) {
  return (
    <ErrorState
      title="This page cannot be shown"
      error={error instanceof Error && PART_MISSING.test(error.message) ? partMissing : error}
      action={
        <Button variant="default" onClick={() => window.location.reload()}>
          Load again
        </Button>
      }
    />
  );
}

/** What an address shows that leads nowhere. */
export function PageNotFound() {
  return (
    <EmptyState
      title="There is no such page"
      action={
        <Button variant="default" renderRoot={(props) => <Link to="/" {...props} />}>
          To the workflows
        </Button>
      }
    >
      The address may have been cut off or written by hand.
    </EmptyState>
  );
}
