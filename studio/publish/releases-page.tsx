import { Button } from '@mantine/core';
import { useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { directoryQuery, releasesQuery } from '../api/queries.ts';
import type { ReleaseRow } from '../api/types.ts';
import { EmptyState } from '../ui/notice.tsx';
import { Page } from '../ui/page.tsx';
import { CompareReleases, type Pair } from './compare-releases.tsx';
import { MoveCases } from './move-cases.tsx';
import { MovesPanel } from './moves-panel.tsx';
import { ProposalsPanel } from './proposals-panel.tsx';
import classes from './publish.module.css';
import { PublishButton } from './publish-button.tsx';
import { movesQuery, proposalsQuery } from './queries.ts';
import { ReleaseTable } from './release-table.tsx';
import { RestoreDialog } from './restore-dialog.tsx';

/** Every release, the newest first: compared, restored, and what became of open cases. */
export function ReleasesPage() {
  const { data: releases } = useSuspenseQuery(releasesQuery);
  const { data: directory } = useQuery(directoryQuery);
  const { data: proposals = [] } = useQuery(proposalsQuery);
  const { data: moves = [] } = useQuery(movesQuery);
  const [pair, setPair] = useState<Pair>();
  const [restoring, setRestoring] = useState<ReleaseRow>();
  const newestFirst = [...releases].sort((a, b) => b.number - a.number);
  const open = proposals.filter(({ state }) => state === 'open');
  const [newest, before] = newestFirst;
  return (
    <Page
      title="Releases"
      lead="What was published, when and why. A release never changes."
      actions={
        <>
          {newest && before ? (
            <Button variant="default" onClick={() => setPair({ from: before.number, to: newest.number })}>
              Compare two releases
            </Button>
          ) : null}
          <PublishButton />
        </>
      }
    >
      <div className={classes['stack']}>
        {open.length > 0 ? (
          <ProposalsPanel proposals={open} onCompare={newest && ((to) => setPair({ from: newest.number, to }))} />
        ) : null}
        {pair ? (
          <CompareReleases releases={newestFirst} pair={pair} onPair={setPair} onClose={() => setPair(undefined)} />
        ) : null}
        {newestFirst.length === 0 ? (
          <EmptyState title="Nothing published yet">Publish the draft to let cases begin.</EmptyState>
        ) : (
          <ReleaseTable
            releases={newestFirst}
            nameOf={(user) => directory?.users[user]?.name ?? user}
            onCompare={(number) => setPair({ from: number - 1, to: number })}
            onRestore={setRestoring}
          />
        )}
        {newest ? <MoveCases release={newest.number} /> : null}
        {moves.length > 0 ? <MovesPanel moves={moves} nameOf={(user) => directory?.users[user]?.name ?? user} /> : null}
      </div>
      {restoring && newest ? (
        <RestoreDialog release={restoring} newestRelease={newest.number} onClose={() => setRestoring(undefined)} />
      ) : null}
    </Page>
  );
}
