import { Button, Group } from '@mantine/core';
import { useMutation, useQuery, useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { request } from '../api/client.ts';
import { directoryQuery, meQuery } from '../api/queries.ts';
import { announce } from '../ui/announcer.tsx';
import { ErrorState, Loading } from '../ui/notice.tsx';
import { Panel } from '../ui/page.tsx';
import { momentInFull } from '../words/date-words.ts';
import { ChangesView } from './changes-view.tsx';
import classes from './publish.module.css';
import { type Proposal, proposedChangesQuery } from './queries.ts';

/** Drafts and restores that wait for a second person: approve, turn down, or take back one's own. */
export function ProposalsPanel({
  proposals,
  onCompare,
}: {
  proposals: readonly Proposal[];
  /** Shows what restoring a release would change, where the page can. */
  onCompare?: ((release: number) => void) | undefined;
}) {
  const { data: me } = useSuspenseQuery(meQuery);
  const { data: directory } = useQuery(directoryQuery);
  return (
    <Panel title="Waits for a second person">
      {proposals.map((proposal) => (
        <ProposalRow
          key={proposal.id}
          proposal={proposal}
          isOwn={proposal.author === me.user.id}
          onCompare={onCompare}
          author={directory?.users[proposal.author]?.name ?? proposal.author}
        />
      ))}
    </Panel>
  );
}

function ProposalRow({
  proposal,
  isOwn,
  author,
  onCompare,
}: {
  proposal: Proposal;
  isOwn: boolean;
  author: string;
  onCompare: ((release: number) => void) | undefined;
}) {
  const { restores } = proposal;
  const queryClient = useQueryClient();
  const decide = useMutation({
    mutationFn: (how: 'approve' | 'withdraw') =>
      request<{ number?: number }>(`/v1/proposals/${proposal.id}/${how}`, { method: 'POST' }),
    onSuccess: ({ body }) =>
      announce(body.number === undefined ? 'The proposal was turned down' : `Published release ${body.number}`),
    onSettled: () =>
      Promise.all(['proposals', 'releases', 'review'].map((key) => queryClient.invalidateQueries({ queryKey: [key] }))),
  });
  return (
    // biome-ignore lint/a11y/useSemanticElements: it holds no fields
    <div className={classes['proposal']} role="group" aria-label={proposal.note}>
      <div className={classes['proposed']}>
        <p>
          <strong>{proposal.note}</strong>
        </p>
        <p className={classes['plain']}>
          {restores === null ? '' : `Restores release ${restores}. `}
          {author}, {momentInFull(proposal.createdAt)}
          {proposal.startsAt === null ? '' : `, to begin ${momentInFull(proposal.startsAt)}`}
        </p>
        {proposal.isFromElsewhere ? <FromElsewhere proposal={proposal} isOwn={isOwn} /> : null}
        {decide.error ? (
          <p className={classes['trouble']} role="alert">
            {decide.error.message}
          </p>
        ) : null}
      </div>
      <Group gap="xs">
        {proposal.isFromElsewhere ? null : restores === null ? (
          <Link to="/publish" search={{ step: 'review' }}>
            See what it changes
          </Link>
        ) : onCompare ? (
          <Button variant="subtle" onClick={() => onCompare(restores)}>
            See what it changes
          </Button>
        ) : (
          <Link to="/releases">See it under Releases</Link>
        )}
        {isOwn ? (
          <Button variant="default" loading={decide.isPending} onClick={() => decide.mutate('withdraw')}>
            Take back
          </Button>
        ) : (
          <>
            <Button variant="default" loading={decide.isPending} onClick={() => decide.mutate('withdraw')}>
              Turn down
            </Button>
            {proposal.isFromElsewhere ? null : (
              <Button loading={decide.isPending} onClick={() => decide.mutate('approve')}>
                Approve and publish
              </Button>
            )}
          </>
        )}
      </Group>
    </div>
  );
}

/** Why it cannot be approved here, where it can, and what it changes: its documents are not in this draft. */
function FromElsewhere({ proposal, isOwn }: { proposal: Proposal; isOwn: boolean }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <p className={classes['plain']}>
        It comes from another place and is not in the draft here. {isOwn ? 'Somebody else approves it' : 'Approve it'}{' '}
        where it comes from, by promoting the same bundle: <code>lintel promote</code>.
      </p>
      <details className={classes['elsewhere']} onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary>See what it changes</summary>
        {isOpen ? <ProposedChanges proposal={proposal.id} /> : null}
      </details>
    </>
  );
}

function ProposedChanges({ proposal }: { proposal: string }) {
  const { data, error } = useQuery(proposedChangesQuery(proposal));
  if (error) return <ErrorState title="What it changes could not be loaded" error={error} />;
  return data ? <ChangesView changes={data} hasLinks={false} /> : <Loading label="Loading what it changes" />;
}
