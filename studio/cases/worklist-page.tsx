import { SegmentedControl } from '@mantine/core';
import { useSuspenseQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { PAGE_ROWS } from '../api/pages.ts';
import { directoryQuery, useNewestDocuments, worklistQuery } from '../api/queries.ts';
import { MoreRows, usePages } from '../ui/more-rows.tsx';
import { Page } from '../ui/page.tsx';
import tables from '../ui/table.module.css';
import { PreviewClock } from './preview-clock.tsx';
import { WorklistTable } from './worklist-table.tsx';

const views = [
  { value: 'mine', label: 'Mine' },
  { value: 'covering', label: 'Covering for' },
  { value: 'team', label: 'My teams' },
  { value: 'all', label: 'All' },
] as const;

/** Open tasks by urgency. */
export function WorklistPage() {
  const [view, setView] = useState<(typeof views)[number]['value']>('all');
  const pages = usePages();
  const { data } = useSuspenseQuery(worklistQuery(view, pages.wanted));
  const all = Object.values(data.counts).reduce((sum, n) => sum + n, 0);
  const { data: directory } = useSuspenseQuery(directoryQuery);
  const configuration = useNewestDocuments();
  return (
    <Page title="Worklist" lead="Open tasks, the most urgent first." actions={<PreviewClock />}>
      <div className={tables['toolbar']}>
        <SegmentedControl
          size="xs"
          aria-label="Whose tasks"
          data={views.map((one) => ({ ...one }))}
          value={view}
          onChange={(next) => setView(next as typeof view)}
        />
        <span className={tables['count']} role="status">
          {data.items.length < all ? `${data.items.length} of ` : ''}
          {all} open task{all === 1 ? '' : 's'}
        </span>
      </div>
      <WorklistTable items={data.items} now={data.now} directory={directory} configuration={configuration} />
      {data.next === null ? null : <MoreRows pages={pages} rows={PAGE_ROWS} />}
    </Page>
  );
}
