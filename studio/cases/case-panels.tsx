import { Anchor, Button, FileButton, Group, Stack } from '@mantine/core';
import { IconPaperclip } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { CaseRelation } from '../../schemas/api.ts';
import { attachmentsQuery, uploadDocument } from '../api/case-records.ts';
import { ApiProblem } from '../api/client.ts';
import type { CasePage } from '../api/types.ts';
import { announce } from '../ui/announcer.tsx';
import { Badge } from '../ui/badge.tsx';
import { Panel } from '../ui/page.tsx';
import record from '../ui/record.module.css';
import { momentInWords } from '../words/date-words.ts';
import classes from './case-view.module.css';

/** Documents, money and agencies of a case, and the way to its customer. */
export function CasePanels({ page }: { page: CasePage }) {
  return (
    <>
      <Documents caseId={page.case.id} canAttach={page.allowed.case.includes('attachDocument')} />
      <Support page={page} />
      <Related related={page.related ?? []} />
    </>
  );
}

function Documents({ caseId, canAttach }: { caseId: string; canAttach: boolean }) {
  const queryClient = useQueryClient();
  const { data: documents = [] } = useQuery(attachmentsQuery(caseId));
  const upload = useMutation({
    mutationFn: (file: File) => uploadDocument(caseId, file),
    onSuccess: async (_, file) => {
      announce(`Attached: ${file.name}`);
      await queryClient.invalidateQueries({ queryKey: ['case', caseId] });
    },
    onError: (error) => announce(`Not attached: ${error.message}`),
  });
  return (
    <Panel
      title="Documents"
      actions={
        canAttach ? (
          <FileButton onChange={(file) => file && upload.mutate(file)}>
            {(props) => (
              <Button
                {...props}
                variant="default"
                size="compact-sm"
                leftSection={<IconPaperclip size={14} />}
                loading={upload.isPending}
              >
                Attach
              </Button>
            )}
          </FileButton>
        ) : null
      }
    >
      {upload.error instanceof ApiProblem ? (
        <p role="alert" className={record['failure']}>
          {upload.error.message}
        </p>
      ) : null}
      {documents.length === 0 ? (
        <p className={classes['sub']}>No documents yet. Up to 20 MB each.</p>
      ) : (
        <ul className={classes['clocks']}>
          {documents.map((document) => (
            <li key={document.id}>
              <Anchor
                href={`/v1/cases/${encodeURIComponent(caseId)}/attachments/${encodeURIComponent(document.id)}`}
                download={document.name}
              >
                {document.name}
              </Anchor>
              <span className={classes['sub']}>
                {sizeInWords(document.size)}, {momentInWords(document.createdAt)}
              </span>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}

function Support({ page }: { page: CasePage }) {
  const { agencies = [], money = [], customerId, privateToOwner } = page;
  if (agencies.length + money.length === 0 && !customerId && !privateToOwner) return null;
  return (
    <Panel title="Support">
      <Stack gap={6}>
        {privateToOwner ? (
          <Group gap={6}>
            <Badge tone="accent">Private</Badge>
            <span className={classes['sub']}>Only the owner and leaders see this case.</span>
          </Group>
        ) : null}
        {money.map(({ key, label, amount }) => (
          <span key={key}>
            {label}: {amount === null ? 'not recorded' : `£${(amount / 100).toFixed(2)}`}
          </span>
        ))}
        {agencies.map(({ key, title, phone, url }) => (
          <span key={key}>
            {url ? (
              <Anchor href={url} rel="noreferrer" target="_blank">
                {title}
              </Anchor>
            ) : (
              title
            )}
            {phone ? <span className={classes['sub']}>{phone}</span> : null}
          </span>
        ))}
        {customerId ? (
          <Link to="/customers/$id" params={{ id: customerId }}>
            Other cases of this customer
          </Link>
        ) : null}
      </Stack>
    </Panel>
  );
}

/** What hangs together with the case: a plan with its assessment, a plan with its resource. */
function Related({ related }: { related: readonly CaseRelation[] }) {
  if (related.length === 0) return null;
  return (
    <Panel title="Belongs together">
      <ul className={classes['clocks']}>
        {related.map(({ kind, id, label, words }) => (
          <li key={`${kind} ${id} ${label}`}>
            {id === null ? (
              label
            ) : (
              <Link
                to={kind === 'case' ? '/cases/$id' : '/resources/$id'}
                params={{ id }}
                style={{ color: 'var(--accent-ink)' }}
              >
                {label}
              </Link>
            )}
            <span className={classes['sub']}>{words}</span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

function sizeInWords(bytes: number): string {
  if (bytes < 1024) return `${bytes} bytes`;
  return bytes < 1024 * 1024 ? `${Math.round(bytes / 1024)} KB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}
