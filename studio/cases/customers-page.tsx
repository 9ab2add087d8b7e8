import { TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useDeferredValue, useState } from 'react';
import { searchQuery } from '../api/case-records.ts';
import { DataTable } from '../ui/data-table.tsx';
import { EmptyState } from '../ui/notice.tsx';
import { Page } from '../ui/page.tsx';
import { StateBadge } from '../ui/states.tsx';
import tables from '../ui/table.module.css';

/** Finds customers by name, e-mail address or number, and cases by reference or customer. */
export function CustomersPage() {
  const [text, setText] = useState('');
  const wanted = useDeferredValue(text.trim());
  const { data, isFetching } = useQuery(searchQuery(wanted));
  const found = data && data.customers.length + data.cases.length > 0;
  return (
    <Page title="Customers" lead="Find people and their cases.">
      <div className={tables['toolbar']}>
        <TextInput
          className={tables['grow'] ?? ''}
          aria-label="Search customers and cases"
          placeholder="Name, e-mail address, telephone number or case reference"
          leftSection={<IconSearch size={15} />}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <span className={tables['count']} role="status">
          {wanted.length < 2 || isFetching ? '' : `${(data?.customers.length ?? 0) + (data?.cases.length ?? 0)} found`}
        </span>
      </div>
      {found ? (
        <DataTable heads={['Found', 'What']}>
          {data.customers.map((customer) => (
            <tr key={customer.id}>
              <td>
                <Link to="/customers/$id" params={{ id: customer.id }}>
                  {customer.name}
                </Link>
                <span className={tables['sub']}>{[customer.email, customer.phone].filter(Boolean).join(', ')}</span>
              </td>
              <td>Customer with {customer.cases === 1 ? 'one case' : `${customer.cases} cases`}</td>
            </tr>
          ))}
          {data.cases.map((row) => (
            <tr key={row.id}>
              <td>
                <Link to="/cases/$id" params={{ id: row.id }}>
                  {row.reference}
                </Link>
              </td>
              <td>
                Case <StateBadge state={row.status} />
              </td>
            </tr>
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
