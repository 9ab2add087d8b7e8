import { Select } from '@mantine/core';
import { useSuspenseQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { memo, useMemo, useState } from 'react';
import type { Configuration } from '../../schemas/configuration.ts';
import { PAGE_ROWS } from '../api/pages.ts';
import { casesQuery, directoryQuery, meQuery, useNewestDocuments } from '../api/queries.ts';
import type { CaseRow, DirectoryAnswer, Moment } from '../api/types.ts';
import { Badge } from '../ui/badge.tsx';
import { DataTable } from '../ui/data-table.tsx';
import { MoreRows, usePages } from '../ui/more-rows.tsx';
import { EmptyState } from '../ui/notice.tsx';
import { Page } from '../ui/page.tsx';
import { SearchBar, useSearch } from '../ui/search-bar.tsx';
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
  const search = useSearch();
  const { wanted } = search;
  const [state, setState] = useState('all');
  const found = useMemo(
    () =>
      cases.filter(
        (row) =>
          (state === 'all' || row.status === state) &&
          `${row.reference} ${row.workflow} ${titleOf(row.workflow, configuration)}`.toLowerCase().includes(wanted),
      ),
    [cases, state, wanted, configuration],
  );
  const { data: me } = useSuspenseQuery(meQuery);
  return (
    <Page title="Cases" lead="Live cases and those that have ended." actions={<PreviewClock />}>
      <SearchBar
        label="Search cases"
        placeholder="Search by reference or workflow"
        search={search}
        count={`${found.length} of ${next === null ? '' : 'the newest '}${cases.length}`}
      >
        <Select aria-label="State" w={140} data={states} value={state} onChange={(next) => setState(next ?? 'all')} />
      </SearchBar>
      {found.length === 0 ? (
        <EmptyState title={cases.length === 0 ? 'No cases yet' : 'Nothing found'}>
          {cases.length === 0 ? 'A case begins when a customer sends an enquiry.' : 'Change the search or the state.'}
        </EmptyState>
      ) : (
        <CaseTable cases={found} directory={directory} configuration={configuration} now={me.now} />
      )}
      {next === null ? null : <MoreRows pages={pages} rows={PAGE_ROWS} />}
    </Page>
  );
}

function titleOf(workflow: string, configuration: Configuration | undefined): string {
  return configuration?.workflow[workflow]?.title ?? workflow;
}

interface Words {
  directory: DirectoryAnswer;
  configuration: Configuration | undefined;
  /** Now, by the service. */
  now: Moment;
}

const CaseTable = memo(({ cases, ...words }: Words & { cases: readonly CaseRow[] }) => (
  <DataTable heads={['Reference', 'State', 'SLA', 'Owner', 'Received']}>
    {cases.map((row) => (
      <Row key={row.id} row={row} {...words} />
    ))}
  </DataTable>
));

function Row({ row, directory, configuration, now, ...place }: Words & { row: CaseRow }) {
  return (
    <tr {...place}>
      <td>
        <span className={tables['together']}>
          <Link to="/cases/$id" params={{ id: row.id }}>
            {row.reference}
          </Link>{' '}
          {row.isSample ? <Badge>sample</Badge> : null}
        </span>
        <span className={tables['sub']}>{titleOf(row.workflow, configuration)}</span>
      </td>
      <td>
        <StateBadge state={row.status} />
      </td>
      <td>
        {row.slaState && !row.closedAt ? <SlaBadge state={row.slaState} /> : null}
        <span className={tables['sub']}>{slaInWords({ ...row, endedAt: row.closedAt }, now)}</span>
      </td>
      <td data-label="Owner">{ownerName(row, directory, configuration)}</td>
      <td className="numeric" data-label="Received">
        {momentInWords(row.receivedAt)}
      </td>
    </tr>
  );
}
