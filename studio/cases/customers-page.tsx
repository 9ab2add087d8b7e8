import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useDeferredValue } from 'react';
import { searchQuery } from '../api/case-records.ts';
import { DataTable } from '../ui/data-table.tsx';
import { EmptyState } from '../ui/notice.tsx';
import { Page } from '../ui/page.tsx';
import { SearchBar, useSearch } from '../ui/search-bar.tsx';
import { StateBadge } from '../ui/states.tsx';
import tables from '../ui/table.module.css';

/** Finds customers by name, e-mail address or number, and cases by reference or customer. */
export function CustomersPage() {
  const search = useSearch();
  const wanted = useDeferredValue(search.text.trim());
  const { data, isFetching } = useQuery(searchQuery(wanted));
  const found = data && data.customers.length + data.cases.length > 0;
  return (
    <Page title="Customers" lead="Find people and their cases.">
      <SearchBar
        label="Search customers and cases"
        placeholder="Name, e-mail address, telephone number or case reference"
        search={search}
        count={
          wanted.length < 2 || isFetching ? '' : `${(data?.customers.length ?? 0) + (data?.cases.length ?? 0)} found`
        }
      />
      {found ? (
        <DataTable heads={['Found', 'What']}>
          {data.customers.map((customer) => (
            <CustomerRow key={customer.id} customer={customer} />
          ))}
          {data.cases.map((row) => (
            <CaseFound key={row.id} row={row} />
          ))}
        </DataTable>
      ) : (
        <EmptyState title={wanted.length < 2 ? 'Type two letters or more' : 'Nobody found'}>
          {wanted.length < 2
            ? 'The beginning of a name is enough.'
            : 'Check the spelling, or try the telephone number.'}
        </EmptyState>
      )}
    </Page>
  );
}

type Found = NonNullable<Awaited<ReturnType<NonNullable<ReturnType<typeof searchQuery>['queryFn']>>>>;

function CustomerRow({ customer, ...place }: { customer: Found['customers'][number] }) {
  return (
    <tr {...place}>
      <td>
        <Link to="/customers/$id" params={{ id: customer.id }}>
          {customer.name}
        </Link>
        <span className={tables['sub']}>{[customer.email, customer.phone].filter(Boolean).join(', ')}</span>
      </td>
      <td>Customer with {customer.cases === 1 ? 'one case' : `${customer.cases} cases`}</td>
    </tr>
  );
}

function CaseFound({ row, ...place }: { row: Found['cases'][number] }) {
  return (
    <tr {...place}>
      <td>
        <Link to="/cases/$id" params={{ id: row.id }}>
          {row.reference}
        </Link>
      </td>
      <td>
        Case <StateBadge state={row.status} />
      </td>
    </tr>
  );
}
