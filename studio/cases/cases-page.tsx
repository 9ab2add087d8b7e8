import { Select, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useSuspenseQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { PAGE_ROWS } from '../api/pages.ts';
import { casesQuery, directoryQuery, meQuery, useNewestDocuments } from '../api/queries.ts';
import { Badge } from '../ui/badge.tsx';
import { DataTable } from '../ui/data-table.tsx';
import { MoreRows, usePages } from '../ui/more-rows.tsx';
import { EmptyState } from '../ui/notice.tsx';
import { Page } from '../ui/page.tsx';
import { SlaBadge, StateBadge } from '../ui/states.tsx';
import tables from '../ui/table.module.css';
import { momentInWords } from '../words/date-words.ts';
import { ownerName } from './people.ts';
import { PreviewClock } from './preview-clock.tsx';
import { slaInWords } from './sla-words.ts';

const states = [
  { value: 'all', label: 'All states' },
  { value: 'open', label: 'Open' },
  { value: 'onHold', label: 'On hold' },
  { value: 'closed', label: 'Closed' },
  { value: 'cancelled', label: 'Cancelled' },
];

/** Every case, newest first. */
export function CasesPage() {
  const pages = usePages();
  const { data } = useSuspenseQuery(casesQuery(pages.wanted));
  const { cases, next } = data;
  const { data: directory } = useSuspenseQuery(directoryQuery);
  const configuration = useNewestDocuments();
  const titleOf = (workflow: string) => configuration?.workflow[workflow]?.title ?? workflow;
  const [search, setSearch] = useState('');
  const [state, setState] = useState('all');
  const wanted = search.trim().toLowerCase();
  const found = cases.filter(
    (row) =>
      (state === 'all' || row.status === state) &&
      `${row.reference} ${row.workflow} ${titleOf(row.workflow)}`.toLowerCase().includes(wanted),
  );
  const { data: me } = useSuspenseQuery(meQuery);
  return (
    <Page title="Cases" lead="Live cases and those that have ended." actions={<PreviewClock />}>
      <div className={tables['toolbar']}>
        <TextInput
          className={tables['grow'] ?? ''}
          aria-label="Search cases"
          placeholder="Search by reference or workflow"
          leftSection={<IconSearch size={15} />}
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
        />
        <Select aria-label="State" w={140} data={states} value={state} onChange={(next) => setState(next ?? 'all')} />
        <span className={tables['count']} role="status">
          {found.length} of {next === null ? '' : 'the newest '}
          {cases.length}
        </span>
      </div>
      {found.length === 0 ? (
        <EmptyState title={cases.length === 0 ? 'No cases yet' : 'Nothing found'}>
          {cases.length === 0 ? 'A case begins when a customer sends an enquiry.' : 'Change the search or the state.'}
        </EmptyState>
      ) : (
        <DataTable heads={['Reference', 'State', 'SLA', 'Owner', 'Received']}>
          {found.map((row) => (
            <tr key={row.id}>
              <td>
                <span className={tables['together']}>
                  <Link to="/cases/$id" params={{ id: row.id }}>
                    {row.reference}
                  </Link>{' '}
                  {row.isSample ? <Badge>sample</Badge> : null}
                </span>
                <span className={tables['sub']}>{titleOf(row.workflow)}</span>
              </td>
              <td>
                <StateBadge state={row.status} />
              </td>
              <td>
                {row.slaState && !row.closedAt ? <SlaBadge state={row.slaState} /> : null}
                <span className={tables['sub']}>{slaInWords({ ...row, endedAt: row.closedAt }, me.now)}</span>
              </td>
              <td data-label="Owner">{ownerName(row, directory, configuration)}</td>
              <td className="numeric" data-label="Received">
                {momentInWords(row.receivedAt)}
              </td>
            </tr>
          ))}
        </DataTable>
      )}
      {next === null ? null : <MoreRows pages={pages} rows={PAGE_ROWS} />}
    </Page>
  );
}
