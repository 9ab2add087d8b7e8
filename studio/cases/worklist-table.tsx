import { Link } from '@tanstack/react-router';
import type { Configuration } from '../../schemas/configuration.ts';
import type { DirectoryAnswer, Moment, WorklistItem } from '../api/types.ts';
import { Badge } from '../ui/badge.tsx';
import { DataTable } from '../ui/data-table.tsx';
import { EmptyState } from '../ui/notice.tsx';
import { SlaBadge, StateBadge } from '../ui/states.tsx';
import tables from '../ui/table.module.css';
import { ownerName } from './people.ts';
import { slaInWords } from './sla-words.ts';

/** Tasks with urgency in words; one click leads to the case. */
export function WorklistTable({
  items,
  now,
  directory,
  configuration,
}: {
  items: readonly WorklistItem[];
  now: Moment;
  directory?: DirectoryAnswer;
  configuration?: Configuration | undefined;
}) {
  if (items.length === 0)
    return (
      <EmptyState title="Nothing to do here">New tasks appear by themselves when they are due to begin.</EmptyState>
    );
  return (
    <DataTable heads={['Urgency', 'Task', 'Case', 'Owner', 'State']}>
      {items.map((item) => (
        <Row
          key={`${item.caseId} ${item.task.id}`}
          item={item}
          now={now}
          directory={directory}
          configuration={configuration}
        />
      ))}
    </DataTable>
  );
}

function Row({
  item: { caseId, reference, isSample, workflow, task },
  now,
  directory,
  configuration,
  ...place
}: {
  item: WorklistItem;
  now: Moment;
  directory: DirectoryAnswer | undefined;
  configuration: Configuration | undefined;
}) {
  return (
    <tr {...place}>
      <td>
        <SlaBadge state={task.slaState} />
        <span className={`${tables['sub']} ${tables['together']}`}>{slaInWords(task, now)}</span>
      </td>
      <td>
        <Link to="/cases/$id" params={{ id: caseId }} hash={task.id}>
          {task.title}
        </Link>
        <span className={tables['sub']}>{task.id}</span>
      </td>
      <td>
        <span className={tables['together']}>
          <span className="numeric">{reference}</span> {isSample ? <Badge>sample</Badge> : null}
        </span>
        <span className={tables['sub']}>{configuration?.workflow[workflow]?.title ?? workflow}</span>
      </td>
      <td data-label="Owner">{ownerName(task, directory, configuration)}</td>
      <td>
        <StateBadge state={task.state} />
      </td>
    </tr>
  );
}
