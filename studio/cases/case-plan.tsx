import { useQuery } from '@tanstack/react-query';
import { scheduleQuery } from '../api/case-records.ts';
import { Badge } from '../ui/badge.tsx';
import { DataTable } from '../ui/data-table.tsx';
import { EmptyState } from '../ui/notice.tsx';
import { Panel } from '../ui/page.tsx';
import tables from '../ui/table.module.css';
import { momentInWords } from '../words/date-words.ts';

/** What is left of a case, scheduled from what has happened: projected ends, room to slip, what is critical (S7). */
export function CasePlan({ caseId }: { caseId: string }) {
  const { data: plan } = useQuery(scheduleQuery(caseId));
  if (!plan) return null;
  const items = Object.entries(plan.items).sort(([, a], [, b]) => a.start - b.start || a.finish - b.finish);
  if (items.length === 0) return <EmptyState title="Nothing is planned" />;
  const isLate = plan.caseDueAt !== null && plan.finish > plan.caseDueAt;
  const titleOf = (id: string) => plan.items[id]?.title ?? id;
  return (
    <Panel title="Plan as it stands" flush>
      <p className={tables['sub']} style={{ padding: '8px 14px 0' }}>
        Projected end {momentInWords(plan.finish)}
        {plan.caseDueAt === null ? '' : `, case target ${momentInWords(plan.caseDueAt)}`}
        {isLate ? '. The plan ends after the case target.' : '.'}
        {plan.outOfSequence.map(([from, to]) => ` ${titleOf(to)} was begun before ${titleOf(from)}.`)}
      </p>
      <DataTable heads={['Task', 'Start', 'End', 'Room to slip']}>
        {items.map(([id, item]) => (
          <tr key={id}>
            <td>
              {item.title} {item.critical ? <Badge tone="accent">critical</Badge> : null}{' '}
              {item.beyondCaseTarget ? <Badge tone="bad">after the case target</Badge> : null}
            </td>
            <td className="numeric">{momentInWords(item.start)}</td>
            <td className="numeric">
              {momentInWords(item.finish)}
              <span className={tables['sub']}>{item.state === 'done' ? 'done' : 'projected'}</span>
            </td>
            <td>{item.float === null ? '' : roomInWords(item.float)}</td>
          </tr>
        ))}
      </DataTable>
    </Panel>
  );
}

function roomInWords(minutes: number): string {
  if (minutes <= 0) return minutes < 0 ? `${roomInWords(-minutes)} too late` : 'none';
  const hours = Math.floor(minutes / 60);
  return hours === 0 ? `${minutes} working minutes` : `${hours} working ${hours === 1 ? 'hour' : 'hours'}`;
}
