import { Button } from '@mantine/core';
import { useDeferredValue, useState } from 'react';

/** How many pages of a list are asked for, and those shown until they are here. */
export function usePages(): { wanted: number; isWaiting: boolean; more: () => void } {
  const [pages, setPages] = useState(1);
  const wanted = useDeferredValue(pages);
  return { wanted, isWaiting: wanted !== pages, more: () => setPages(pages + 1) };
}

/** The end of a list that has more rows than were asked for. */
export function MoreRows({ pages, rows }: { pages: ReturnType<typeof usePages>; rows: number }) {
  return (
    <div style={{ display: 'flex', justifyContent: 'center', padding: 'var(--space-4)' }}>
      <Button variant="default" loading={pages.isWaiting} onClick={pages.more}>
        Show {rows} more
      </Button>
    </div>
  );
}
