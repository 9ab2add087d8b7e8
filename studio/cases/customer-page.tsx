import { Button, Group, Modal, Stack, Textarea } from '@mantine/core';
import { useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import type { CustomerSummary } from '../../schemas/case-api.ts';
import { customerQuery, mergeCustomer } from '../api/case-records.ts';
import { useNewestDocuments } from '../api/queries.ts';
import { announce } from '../ui/announcer.tsx';
import { DataTable } from '../ui/data-table.tsx';
import { DialogEnd } from '../ui/dialog-end.tsx';
import { EmptyState } from '../ui/notice.tsx';
import { Page, Panel } from '../ui/page.tsx';
import { StateBadge } from '../ui/states.tsx';
import tables from '../ui/table.module.css';
import { momentInWords } from '../words/date-words.ts';

/** A customer: contact, cases, and others who may be the same person. */
export function CustomerPage() {
  const { id } = useParams({ strict: false });
  const { data: customer } = useSuspenseQuery(customerQuery(id ?? ''));
  const configuration = useNewestDocuments();
  const [duplicate, setDuplicate] = useState<CustomerSummary>();
  const contact = [customer.email, customer.phone].filter(Boolean).join(', ');
  return (
    <Page title={customer.name} lead={contact || 'No e-mail address or number recorded'}>
      {customer.mergedInto ? (
        <p role="status">
          This duplicate was merged.{' '}
          <Link to="/customers/$id" params={{ id: customer.mergedInto }}>
            Go to the customer who stays
          </Link>
        </p>
      ) : null}
      <Panel title="Cases" flush>
        {customer.theirCases.length === 0 ? (
          <EmptyState title="No cases" />
        ) : (
          <DataTable heads={['Reference', 'State', 'Received']}>
            {customer.theirCases.map((row) => (
              <tr key={row.id}>
                <td>
                  <Link to="/cases/$id" params={{ id: row.id }}>
                    {row.reference}
                  </Link>
                  <span className={tables['sub']}>{configuration?.workflow[row.workflow]?.title ?? row.workflow}</span>
                </td>
                <td>
                  <StateBadge state={row.status} />
                </td>
                <td className="numeric">{momentInWords(row.receivedAt)}</td>
              </tr>
            ))}
          </DataTable>
        )}
      </Panel>
      {customer.duplicates.length > 0 && !customer.mergedInto ? (
        <Panel title="May be the same person">
          <Stack gap="xs">
            {customer.duplicates.map((other) => (
              <Group key={other.id} justify="space-between">
                <span>
                  <Link to="/customers/$id" params={{ id: other.id }}>
                    {other.name}
                  </Link>
                  <span className={tables['sub']}>
                    {[other.email, other.phone, `${other.cases} cases`].filter(Boolean).join(', ')}
                  </span>
                </span>
                <Button
                  variant="default"
                  size="compact-sm"
                  onClick={() => setDuplicate(other)}
                  aria-label={`Merge ${other.name} into this customer`}
                >
                  Merge into this customer
                </Button>
              </Group>
            ))}
          </Stack>
        </Panel>
      ) : null}
      {duplicate ? <MergeDialog duplicate={duplicate} into={customer} onClose={() => setDuplicate(undefined)} /> : null}
    </Page>
  );
}

function MergeDialog({
  duplicate,
  into,
  onClose,
}: {
  duplicate: CustomerSummary;
  into: CustomerSummary;
  onClose: () => void;
}) {
  const queryClient = useQueryClient();
  const [reason, setReason] = useState('');
  const merge = useMutation({
    mutationFn: () => mergeCustomer(duplicate.id, into.id, reason),
    onSuccess: async () => {
      announce(`Merged: ${duplicate.name}`);
      onClose();
      await queryClient.invalidateQueries();
    },
  });
  return (
    <Modal opened onClose={onClose} title={`Merge into ${into.name}`}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          merge.mutate();
        }}
      >
        <Stack gap="sm">
          <p style={{ margin: 0 }}>
            {duplicate.cases === 1 ? 'One case' : `${duplicate.cases} cases`} of {duplicate.name} will be shown with{' '}
            {into.name}, whose contact is used from now on. This cannot be taken back.
          </p>
          <Textarea
            label="Reason"
            required
            autosize
            minRows={2}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
          <DialogEnd failure={merge.error?.message} onClose={onClose} isBusy={merge.isPending}>
            Merge
          </DialogEnd>
        </Stack>
      </form>
    </Modal>
  );
}
