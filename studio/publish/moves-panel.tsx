import { Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { request } from '../api/client.ts';
import { announce } from '../ui/announcer.tsx';
import { Badge } from '../ui/badge.tsx';
import { ErrorState, Loading } from '../ui/notice.tsx';
import { Panel } from '../ui/page.tsx';
import { momentInFull } from '../words/date-words.ts';
import classes from './publish.module.css';
import { type MoveRow, moveQuery } from './queries.ts';

/** Moves of open cases, newest first, each with how far it is and what became of its cases. */
export function MovesPanel({ moves, nameOf }: { moves: readonly MoveRow[]; nameOf: (user: string) => string }) {
  return (
    <Panel title="Moves of open cases">
      {moves.map((move) => (
        <MoveItem key={move.id} move={move} by={nameOf(move.startedBy)} />
      ))}
    </Panel>
  );
}

function MoveItem({ move, by }: { move: MoveRow; by: string }) {
  const [isOpen, setOpen] = useState(false);
  const queryClient = useQueryClient();
  const undo = useMutation({
    mutationFn: () =>
      request<{ undone: number; kept: { reason: string }[] }>(`/v1/moves/${move.id}/undo`, { method: 'POST' }),
    onSuccess: async ({ body }) => {
      announce(`Taken back for ${body.undone} cases; ${body.kept.length} stay`);
      await queryClient.invalidateQueries({ queryKey: ['moves'] });
    },
  });
  const done = move.moved + move.refused + move.undone;
  return (
    <div className={classes['proposal']}>
      <div>
        <p>
          <strong>To release {move.to}</strong>{' '}
          <Badge tone={move.state === 'done' ? 'good' : 'accent'}>{standingOf(move)}</Badge>
        </p>
        <p className={classes['plain']}>
          {by}, {momentInFull(move.startedAt)}
          {move.note ? `: ${move.note}` : ''}
        </p>
        <p className={classes['plain']}>
          {move.moved} moved, {move.refused} could not, {move.undone} taken back
          {move.left > 0 ? `, ${move.left} to go` : ''}
        </p>
        {move.startsAt !== null ? (
          <p className={classes['plain']}>Begins when the release goes live, {momentInFull(move.startsAt)}</p>
        ) : move.state === 'running' ? (
          <progress value={done} max={Math.max(1, done + move.left)} aria-label={`Move to release ${move.to}`} />
        ) : null}
        {undo.error ? (
          <p className={classes['trouble']} role="alert">
            {undo.error.message}
          </p>
        ) : null}
        {isOpen ? <MovedCases id={move.id} /> : null}
      </div>
      <div className={classes['places']}>
        <Button variant="default" size="xs" onClick={() => setOpen(!isOpen)} aria-expanded={isOpen}>
          {isOpen ? 'Hide the cases' : 'See the cases'}
        </Button>
        {move.state === 'done' && move.moved > 0 ? (
          <Button variant="default" size="xs" loading={undo.isPending} onClick={() => undo.mutate()}>
            Take back
          </Button>
        ) : null}
      </div>
    </div>
  );
}

function standingOf({ state, startsAt }: MoveRow): string {
  if (state === 'done') return 'Done';
  return startsAt === null ? 'Running' : 'Waiting';
}

const words: Readonly<Record<string, string>> = { moved: 'moved', refused: 'could not move', undone: 'taken back' };

function MovedCases({ id }: { id: string }) {
  const { data, error } = useQuery(moveQuery(id));
  if (error) return <ErrorState title="The cases cannot be loaded" error={error} />;
  if (!data) return <Loading label="Loading the cases" />;
  return (
    <ul className={classes['sentences']}>
      {data.cases.map((one) => (
        <li key={one.id}>
          <Link to="/cases/$id" params={{ id: one.id }}>
            {one.reference}
          </Link>{' '}
          from release {one.fromRelease}: {words[one.state] ?? one.state}
          {one.reasons.map(({ reason }) => ` (${reason})`).join('')}
        </li>
      ))}
    </ul>
  );
}
