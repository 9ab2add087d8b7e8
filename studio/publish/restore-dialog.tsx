import { Modal, Stack, Textarea } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { newIdempotencyKey, request } from '../api/client.ts';
import { releaseDocumentsQuery } from '../api/queries.ts';
import type { ReleaseRow } from '../api/types.ts';
import { announce } from '../ui/announcer.tsx';
import { DialogEnd } from '../ui/dialog-end.tsx';
import classes from './publish.module.css';

/** Makes an older release the newest again, as a release of its own. */
export function RestoreDialog({
  release,
  newestRelease,
  onClose,
}: {
  release: ReleaseRow;
  newestRelease: number;
  onClose: () => void;
}) {
  const queryClient = useQueryClient();
  const { data: newest } = useQuery(releaseDocumentsQuery(newestRelease));
  const { data: older } = useQuery(releaseDocumentsQuery(release.number));
  const needsTwoPeople = [newest, older].some(
    (configuration) => Object.values(configuration?.settings ?? {})[0]?.twoPersonPublish === true,
  );
  const [note, setNote] = useState(`Back to release ${release.number}`);
  // Another note is another wish.
  const key = useMemo(() => ({ note, key: newIdempotencyKey() }), [note]).key;
  const restore = useMutation({
    mutationFn: () =>
      request<{ number?: number; proposal?: string }>(`/v1/releases/${release.number}/rollback`, {
        method: 'POST',
        body: { note: note.trim() },
        headers: { 'Idempotency-Key': key },
      }),
    onSuccess: async ({ body }) => {
      announce(
        body.number === undefined
          ? `Release ${release.number} is put forward: somebody else approves that it is restored`
          : `Published release ${body.number}, which restores release ${release.number}`,
      );
      await Promise.all(
        ['releases', 'proposals', 'review', 'effect'].map((one) => queryClient.invalidateQueries({ queryKey: [one] })),
      );
      onClose();
    },
  });
  return (
    <Modal opened onClose={onClose} title={`Restore release ${release.number}`}>
      <Stack gap="sm">
        <p className={classes['plain']}>
          This publishes the content of release {release.number} once more, as a new release. The draft keeps its
          changes; open cases stay where they are until they are moved.
          {needsTwoPeople
            ? ' This organisation asks for two people: somebody else who may publish approves it first.'
            : ''}
        </p>
        <Textarea
          label="Why"
          required
          autosize
          minRows={2}
          value={note}
          onChange={(event) => setNote(event.currentTarget.value)}
          data-autofocus
        />
        <DialogEnd
          failure={restore.error?.message}
          onClose={onClose}
          isBusy={restore.isPending}
          isDisabled={note.trim() === ''}
          onDo={() => restore.mutate()}
        >
          {needsTwoPeople ? 'Put forward for approval' : 'Restore'}
        </DialogEnd>
      </Stack>
    </Modal>
  );
}
