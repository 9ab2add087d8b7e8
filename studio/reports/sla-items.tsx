import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { DataTable } from '../ui/data-table.tsx';
import { ErrorState, Loading } from '../ui/notice.tsx';
import { Panel } from '../ui/page.tsx';
import { dateInWords } from '../words/date-words.ts';
import { type Asked, type Standing, slaItemsQuery } from './queries.ts';

const words: Readonly<Record<Standing, string>> = {
  met: 'Met',
  exceeded: 'Exceeded',
  amber: 'Amber',
  onTrack: 'On track',
};

/** The targets behind a row of the report, each leading to its case. */
export function SlaItems({
  asked,
  group,
  name,
  onClose,
}: {
  asked: Asked;
  group: string;
  name: string;
  onClose: () => void;
}) {
  const { data, error } = useQuery(slaItemsQuery(asked, group));
  return (
    <Panel
      title={data ? `${name}: ${data.items.length} of ${data.total} targets` : name}
      actions={
        <Button variant="subtle" size="xs" onClick={onClose}>
          Close
        </Button>
      }
      flush
    >
      {error ? <ErrorState title="The cases cannot be listed" error={error} /> : null}
      {!error && !data ? <Loading label="Loading the cases" /> : null}
      {data ? (
        <DataTable heads={['Case', 'Target', 'Standing', 'On']}>
          {data.items.map((item) => (
            <tr key={`${item.id} ${item.item}`}>
              <td>
                <Link to="/cases/$id" params={{ id: item.id }}>
                  {item.reference}
                </Link>
              </td>
              <td>{item.title}</td>
              <td data-label="Standing">{words[item.standing]}</td>
              <td data-label="On">{dateInWords(item.on)}</td>
            </tr>
          ))}
        </DataTable>
      ) : null}
    </Panel>
  );
}
