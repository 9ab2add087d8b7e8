import { Link } from '@tanstack/react-router';
import { memo } from 'react';
import type { ResourceSummary } from '../../schemas/resource-api.ts';
import { Badge } from '../ui/badge.tsx';
import { DataTable } from '../ui/data-table.tsx';
import { EmptyState } from '../ui/notice.tsx';
import tables from '../ui/table.module.css';
import { LifeBadge, placesWords, resourceDates } from './words.tsx';

interface ResourceTableProps {
  resources: readonly ResourceSummary[];
  isFiltered: boolean;
  typeTitle: (key: string) => string;
}

/** Resources with what matters for the next place: readiness and places. */
export const ResourceTable = memo(({ resources, isFiltered, typeTitle }: ResourceTableProps) => {
  if (resources.length === 0)
    return (
      <EmptyState title={isFiltered ? 'Nothing found' : 'No resources yet'}>
        {isFiltered
          ? 'Change the search or the state.'
          : 'Make a resource of a service type: its action plan begins with it.'}
      </EmptyState>
    );
  return (
    <DataTable heads={['Resource', 'State', 'Places', 'Dates', 'Catalogue']}>
      {resources.map((row) => (
        <Row key={row.id} row={row} typeTitle={typeTitle} />
      ))}
    </DataTable>
  );
});

function Row({ row, typeTitle, ...place }: { row: ResourceSummary; typeTitle: (key: string) => string }) {
  return (
    <tr {...place}>
      <td>
        <Link to="/resources/$id" params={{ id: row.id }}>
          {row.title}
        </Link>{' '}
        {row.isSample ? <Badge>sample</Badge> : null}
        <span className={tables['sub']}>
          {row.reference} {typeTitle(row.serviceType)}
        </span>
      </td>
      <td>
        <LifeBadge life={row.life} />
      </td>
      <td className="numeric" data-label="Places">
        {placesWords(row)}
      </td>
      <td data-label="Dates">{resourceDates(row)}</td>
      <td data-label="Catalogue">{row.inCatalogue ? 'shown' : 'not shown'}</td>
    </tr>
  );
}
