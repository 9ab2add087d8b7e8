import { Button, Select } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useSuspenseQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useCallback, useMemo, useState } from 'react';
import { PAGE_ROWS } from '../api/pages.ts';
import { MoreRows, usePages } from '../ui/more-rows.tsx';
import { Page } from '../ui/page.tsx';
import { SearchBar, useSearch } from '../ui/search-bar.tsx';
import { NewResource } from './new-resource.tsx';
import { resourcesQuery, serviceTypesQuery } from './queries.ts';
import { ResourceTable } from './resource-table.tsx';
import { lifeChoices } from './words.tsx';

/** Every service resource, newest first. */
export function ResourcesPage() {
  const pages = usePages();
  const { data } = useSuspenseQuery(resourcesQuery(pages.wanted));
  const { resources, next } = data;
  const { data: types } = useSuspenseQuery(serviceTypesQuery);
  const navigate = useNavigate();
  const search = useSearch();
  const { wanted } = search;
  const [life, setLife] = useState('all');
  const [isNew, setNew] = useState(false);
  const typeTitle = useCallback((key: string) => types.find((type) => type.key === key)?.title ?? key, [types]);
  const found = useMemo(
    () =>
      resources.filter(
        (row) =>
          (life === 'all' || row.life === life) &&
          `${row.reference} ${row.title} ${typeTitle(row.serviceType)}`.toLowerCase().includes(wanted),
      ),
    [resources, life, wanted, typeTitle],
  );
  return (
    <Page
      title="Resources"
      lead="Courses and services with places to offer: readiness, interests, offers, allocations."
      actions={
        <Button size="sm" leftSection={<IconPlus size={15} />} onClick={() => setNew(true)}>
          New resource
        </Button>
      }
    >
      <SearchBar
        label="Search resources"
        placeholder="Search by title, type or reference"
        search={search}
        count={`${found.length} of ${next === null ? '' : 'the newest '}${resources.length}`}
      >
        <Select
          aria-label="State"
          w={160}
          data={[{ value: 'all', label: 'All states' }, ...lifeChoices]}
          value={life}
          onChange={(next) => setLife(next ?? 'all')}
        />
      </SearchBar>
      <ResourceTable resources={found} isFiltered={resources.length > 0} typeTitle={typeTitle} />
      {next === null ? null : <MoreRows pages={pages} rows={PAGE_ROWS} />}
      {isNew ? (
        <NewResource
          types={types}
          onClose={() => setNew(false)}
          onMade={(id) => void navigate({ to: '/resources/$id', params: { id } })}
        />
      ) : null}
    </Page>
  );
}
