import { Button, Group } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { request } from '../api/client.ts';
import { announce } from '../ui/announcer.tsx';
import { ErrorState, Loading } from '../ui/notice.tsx';
import { Panel } from '../ui/page.tsx';
import { EffectView } from './effect-view.tsx';
import classes from './publish.module.css';
import { effectQuery } from './queries.ts';

/** Tries on paper what moving the open cases to a release would do; then moves them, or keeps some where they are. */
export function MoveCases({ release }: { release: number }) {
  const [isOpen, setOpen] = useState(false);
  const [selected, setSelected] = useState<string[]>([]);
  const queryClient = useQueryClient();
  const effect = useQuery({ ...effectQuery({ release }), enabled: isOpen });
  const again = () => Promise.all(['effect', 'moves'].map((key) => queryClient.invalidateQueries({ queryKey: [key] })));
  const pin = useMutation({
    mutationFn: (options: { cases: readonly string[]; pinned: boolean }) =>
      request('/v1/moves/pins', { method: 'PUT', body: options }),
    onSuccess: again,
  });
  const move = useMutation({
    mutationFn: (cases: readonly string[] | undefined) =>
      request('/v1/moves', { method: 'POST', body: { to: release, ...(cases ? { cases } : {}) } }),
    onSuccess: async () => {
      announce(`The cases are being moved to release ${release}`);
      setSelected([]);
      await again();
    },
  });
  const error = effect.error ?? pin.error ?? move.error;
  return (
    <Panel
      title={`Open cases and release ${release}`}
      actions={
        <Button variant="default" size="xs" onClick={() => setOpen(!isOpen)} aria-expanded={isOpen}>
          {isOpen ? 'Close' : 'Try moving them'}
        </Button>
      }
    >
      {isOpen ? null : <p className={classes['plain']}>A case keeps its release until somebody moves it.</p>}
      {isOpen && error ? (
        <ErrorState
          title="That did not work"
          error={error}
          action={<Button onClick={() => void effect.refetch()}>Try again</Button>}
        />
      ) : null}
      {isOpen && effect.isPending ? <Loading label="Trying it on the open cases" /> : null}
      {isOpen && effect.data ? (
        <div className={classes['stack']}>
          <EffectView
            effect={effect.data}
            selected={selected}
            onSelect={setSelected}
            onPin={(cases, pinned) => pin.mutate({ cases, pinned })}
            busy={pin.isPending}
          />
          <Group gap="xs" justify="end">
            <Button
              variant="default"
              disabled={selected.length === 0}
              loading={move.isPending}
              onClick={() => move.mutate(selected)}
            >
              Move the {selected.length} selected
            </Button>
            <Button
              disabled={effect.data.openCases === 0}
              loading={move.isPending}
              onClick={() => move.mutate(undefined)}
            >
              Move all but those kept
            </Button>
          </Group>
        </div>
      ) : null}
    </Panel>
  );
}
