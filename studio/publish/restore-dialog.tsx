import { Modal, Stack, Textarea } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { newIdempotencyKey, request } from '../api/client.ts';
import type { ReleaseRow } from '../api/types.ts';
import { announce } from '../ui/announcer.tsx';
import { DialogEnd } from '../ui/dialog-end.tsx';
import classes from './publish.module.css';

/** Makes an older release the newest again, as a release of its own. */
export function RestoreDialog({ release, onClose }: { release: ReleaseRow; onClose: () => void }) {
  const queryClient = useQueryClient();
  const [note, setNote] = useState(`Back to release ${release.number}`);
  // Another note is another wish.
  const key = useMemo(() => ({ note, key: newIdempotencyKey() }), [note]).key;
  const restore = useMutation({
    mutationFn: () =>
      request<{ number: number }>(`/v1/releases/${release.number}/rollback`, {
        method: 'POST',
        body: { note: note.trim() },
        headers: { 'Idempotency-Key': key },
      }),
    onSuccess: async ({ body }) => {
      announce(`Published release ${body.number}, which restores release ${release.number}`);
      await Promise.all(
        ['releases', 'review', 'effect'].map((one) => queryClient.invalidateQueries({ queryKey: [one] })),
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
          Restore
        </DialogEnd>
      </Stack>
    </Modal>
  );
}
