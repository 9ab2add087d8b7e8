import { Button, Checkbox, Group, Modal, Stack, Textarea } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { Finding } from '../../schemas/finding.ts';
import { ApiProblem, newIdempotencyKey, request } from '../api/client.ts';
import type { PublishAnswer } from '../api/types.ts';
import { useFindings, useOpenDraft } from '../document/draft-context.tsx';
import { announce } from '../ui/announcer.tsx';
import { FindingsPanel } from '../ui/findings-panel.tsx';
import classes from './publish-dialog.module.css';

/** Review, note, publish. Errors forbid it; warnings need a tick (R4). */
export default function PublishDialog({ onClose }: { onClose: () => void }) {
  const { findings: local, settled } = useFindings();
  const { autosave } = useOpenDraft();
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const [key] = useState(newIdempotencyKey);
  const publish = useMutation({
    mutationFn: async (wish: { note: string; acceptWarnings: boolean }) => {
      await autosave.flush();
      return (
        await request<PublishAnswer>('/v1/releases', {
          method: 'POST',
          body: wish,
          headers: { 'Idempotency-Key': key },
        })
      ).body;
    },
    onSuccess: async ({ number }) => {
      announce(`Published release ${number}`);
      await queryClient.invalidateQueries({ queryKey: ['releases'] });
    },
  });
  const refused = publish.error instanceof ApiProblem ? publish.error.body['findings'] : undefined;
  return (
    <PublishView
      findings={Array.isArray(refused) ? (refused as Finding[]) : local}
      settled={settled}
      busy={publish.isPending}
      published={publish.data?.number}
      failure={publish.error?.message}
      onPublish={(note, acceptWarnings) => publish.mutate({ note, acceptWarnings })}
      onClose={onClose}
      onGo={(finding) => {
        const [kind = '', at = ''] = finding.document.split('/');
        onClose();
        void (kind === 'workflow' && /^\/(nodes|links)\//.test(finding.pointer)
          ? navigate({ to: '/workflow/$key', params: { key: at }, search: { pointer: finding.pointer } })
          : navigate({ to: '/source/$kind/$key', params: { kind, key: at }, search: { pointer: finding.pointer } }));
      }}
    />
  );
}

export interface PublishViewProps {
  findings: readonly Finding[];
  settled?: boolean;
  busy?: boolean;
  published?: number | undefined;
  failure?: string | undefined;
  onPublish: (note: string, acceptWarnings: boolean) => void;
  onClose: () => void;
  onGo: (finding: Finding) => void;
}

export function PublishView({
  findings,
  settled = true,
  busy = false,
  published,
  failure,
  onPublish,
  onClose,
  onGo,
}: PublishViewProps) {
  const [note, setNote] = useState('');
  const [accepted, setAccepted] = useState(false);
  const errors = findings.filter((finding) => finding.severity === 'error').length;
  const warnings = findings.filter((finding) => finding.severity === 'warning').length;
  if (published !== undefined) {
    return (
      <Modal opened onClose={onClose} title="Published">
        <p className={classes['lead']}>
          Release {published} is live: new cases follow it. Open cases keep the release they began with.
        </p>
        <Group justify="end">
          <Button onClick={onClose} data-autofocus>
            Done
          </Button>
        </Group>
      </Modal>
    );
  }
  return (
    <Modal opened onClose={onClose} title="Publish the draft" size="lg">
      <Stack gap="sm">
        {errors + warnings > 0 ? <p className={classes['lead']}>{summary(errors, warnings)}</p> : null}
        <div className={classes['findings']}>
          <FindingsPanel findings={findings} settled={settled} onGo={onGo} />
        </div>
        <Textarea
          label="What this release changes"
          required
          autosize
          minRows={2}
          value={note}
          onChange={(event) => setNote(event.currentTarget.value)}
          data-autofocus
        />
        {warnings > 0 ? (
          <Checkbox
            label={`I have read the ${warnings} warning${warnings === 1 ? '' : 's'}`}
            checked={accepted}
            onChange={(event) => setAccepted(event.currentTarget.checked)}
          />
        ) : null}
        {failure ? (
          <p role="alert" className={classes['failure']}>
            {failure}
          </p>
        ) : null}
        <Group justify="end" gap="xs">
          <Button variant="default" onClick={onClose}>
            Not now
          </Button>
          <Button
            loading={busy}
            disabled={!settled || errors > 0 || note.trim() === '' || (warnings > 0 && !accepted)}
            onClick={() => onPublish(note.trim(), accepted)}
          >
            Publish
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}

function summary(errors: number, warnings: number): string {
  if (errors > 0) return `${errors} error${errors === 1 ? '' : 's'} must be put right before this can be published.`;
  return `No errors. ${warnings} warning${warnings === 1 ? '' : 's'} to read.`;
}
