import { Button, Group, NativeSelect } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useMemo } from 'react';
import { releaseDocumentsQuery } from '../api/queries.ts';
import type { ReleaseRow } from '../api/types.ts';
import { diffConfigurations } from '../document/engine.ts';
import { ErrorState, Loading } from '../ui/notice.tsx';
import { Panel } from '../ui/page.tsx';
import { ChangesView } from './changes-view.tsx';
import type { Change } from './queries.ts';

const DrawnChanges = lazy(() => import('./drawn-changes.tsx'));

export interface Pair {
  from: number;
  to: number;
}

/** What became of one release in another, in sentences; any two, in either order. */
export function CompareReleases({
  releases,
  pair: { from, to },
  onPair,
  onClose,
}: {
  releases: readonly ReleaseRow[];
  pair: Pair;
  onPair: (pair: Pair) => void;
  onClose: () => void;
}) {
  const before = useQuery(releaseDocumentsQuery(from));
  const after = useQuery(releaseDocumentsQuery(to));
  const changes = useMemo(
    () => (before.data && after.data ? (diffConfigurations(before.data, after.data) as Change[]) : undefined),
    [before.data, after.data],
  );
  const error = before.error ?? after.error;
  const choices = releases.map(({ number, note }) => ({
    value: String(number),
    label: note ? `${number}: ${note.slice(0, 60)}` : String(number),
  }));
  return (
    <>
      <Panel
        title={`From release ${from} to release ${to}`}
        actions={
          <Button variant="subtle" size="xs" onClick={onClose}>
            Close
          </Button>
        }
      >
        <Group gap="sm" mb="md">
          <NativeSelect
            label="From"
            data={choices}
            value={String(from)}
            onChange={(event) => onPair({ from: Number(event.currentTarget.value), to })}
          />
          <NativeSelect
            label="To"
            data={choices}
            value={String(to)}
            onChange={(event) => onPair({ from, to: Number(event.currentTarget.value) })}
          />
        </Group>
        {error ? <ErrorState title="A release cannot be loaded" error={error} /> : null}
        {!error && !changes ? <Loading label="Comparing" /> : null}
        {changes ? <ChangesView changes={changes} hasLinks={false} /> : null}
      </Panel>
      {before.data && after.data ? (
        <Suspense fallback={<Loading label="Loading the drawing" />}>
          <DrawnChanges key={`${from} ${to}`} before={before.data} after={after.data} />
        </Suspense>
      ) : null}
    </>
  );
}
