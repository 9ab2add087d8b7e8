import { Button } from '@mantine/core';
import { IconMail, IconMailOpened, IconUrgent } from '@tabler/icons-react';
import { useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { request } from '../api/client.ts';
import { PAGE_ROWS } from '../api/pages.ts';
import { messagesQuery } from '../api/queries.ts';
import type { MessageRow } from '../api/types.ts';
import { Badge } from '../ui/badge.tsx';
import { DataTable } from '../ui/data-table.tsx';
import { MoreRows, usePages } from '../ui/more-rows.tsx';
import { EmptyState } from '../ui/notice.tsx';
import { Page } from '../ui/page.tsx';
import tables from '../ui/table.module.css';
import { momentInWords } from '../words/date-words.ts';

/** What the product told me, newest first. */
export function MessagesPage() {
  const pages = usePages();
  const { data } = useSuspenseQuery(messagesQuery(pages.wanted));
  const { messages, unread, total, next } = data;
  const queryClient = useQueryClient();
  const read = useMutation({
    mutationFn: (id: string) => request(`/v1/messages/${encodeURIComponent(id)}/read`, { method: 'POST' }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ['messages'] }),
  });
  return (
    <Page title="Messages" lead={unread === 0 ? 'All read.' : `${unread} not read yet.`}>
      {messages.length < total ? (
        <p className={tables['count']} role="status">
          {messages.length} of {total} messages
        </p>
      ) : null}
      {messages.length === 0 ? (
        <EmptyState title="No messages">Warnings, escalations and assignments appear here.</EmptyState>
      ) : (
        <DataTable heads={['Message', 'Sent', 'State']}>
          {messages.map((message) => (
            <Row key={message.id} message={message} onRead={read.mutate} />
          ))}
        </DataTable>
      )}
      {next === null ? null : <MoreRows pages={pages} rows={PAGE_ROWS} />}
    </Page>
  );
}

function Row({ message, onRead, ...place }: { message: MessageRow; onRead: (id: string) => void }) {
  return (
    <tr {...place}>
      <td>
        <Link to="/cases/$id" params={{ id: message.caseId }}>
          {message.title}
        </Link>{' '}
        {message.urgent ? (
          <Badge tone="bad" icon={<IconUrgent size={12} />}>
            urgent
          </Badge>
        ) : null}
        <span className={tables['sub']} style={{ whiteSpace: 'pre-line' }}>
          {message.body}
        </span>
      </td>
      <td className={`numeric ${tables['together']}`}>{momentInWords(message.createdAt)}</td>
      <td>
        {message.readAt ? (
          <Badge icon={<IconMailOpened size={12} />}>Read</Badge>
        ) : (
          <Button
            size="compact-xs"
            variant="default"
            leftSection={<IconMail size={12} />}
            onClick={() => onRead(message.id)}
          >
            Mark as read
          </Button>
        )}
      </td>
    </tr>
  );
}
