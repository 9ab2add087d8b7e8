import { Button, Select, TextInput } from '@mantine/core';
import { IconPlus, IconSearch } from '@tabler/icons-react';
import { useSuspenseQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { PAGE_ROWS } from '../api/pages.ts';
import { MoreRows, usePages } from '../ui/more-rows.tsx';
import { Page } from '../ui/page.tsx';
import tables from '../ui/table.module.css';
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
  const [search, setSearch] = useState('');
  const [life, setLife] = useState('all');
  const [isNew, setNew] = useState(false);
  const wanted = search.trim().toLowerCase();
  const typeTitle = (key: string) => types.find((type) => type.key === key)?.title ?? key;
  const found = resources.filter(
    (row) =>
      (life === 'all' || row.life === life) &&
      `${row.reference} ${row.title} ${typeTitle(row.serviceType)}`.toLowerCase().includes(wanted),
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
      <div className={tables['toolbar']}>
        <TextInput
          className={tables['grow'] ?? ''}
          aria-label="Search resources"
          placeholder="Search by title, type or reference"
          leftSection={<IconSearch size={15} />}
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
        />
        <Select
          aria-label="State"
          w={160}
          data={[{ value: 'all', label: 'All states' }, ...lifeChoices]}
          value={life}
          onChange={(next) => setLife(next ?? 'all')}
        />
        <span className={tables['count']} role="status">
          {found.length} of {next === null ? '' : 'the newest '}
          {resources.length}
        </span>
      </div>
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
