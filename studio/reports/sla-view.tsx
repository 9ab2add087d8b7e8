import { Button } from '@mantine/core';
import { DataTable } from '../ui/data-table.tsx';
import { EmptyState } from '../ui/notice.tsx';
import { Panel } from '../ui/page.tsx';
import { StackedBars, type StackedRow } from '../ui/stacked-bars.tsx';
import type { SlaCounts, SlaGroup, SlaReport } from './queries.ts';
import classes from './reports.module.css';

export interface SlaViewProps {
  report: SlaReport;
  /** Name of a group for people. */
  nameOf: (group: SlaGroup) => string;
  onOpen: (group: SlaGroup) => void;
}

/** How targets came out, as charts and as the table behind them. */
export function SlaView({ report: { total, groups, months }, nameOf, onOpen }: SlaViewProps) {
  if (groups.length === 0)
    return <EmptyState title="No target in this period">Choose another period, workflow or team.</EmptyState>;
  return (
    <div className={classes['stack']}>
      <Panel title="At a glance">
        <div className={classes['charts']}>
          <StackedBars
            title="By group; the figure is the share met in time"
            rows={groups.map((group) => toRow(group, nameOf(group)))}
          />
          <StackedBars title="By month" rows={months.map((month) => toRow(month, monthInWords(month.key)))} />
        </div>
      </Panel>
      <DataTable
        heads={[
          'Group',
          'Met',
          'Exceeded',
          'Amber',
          'On track',
          'Met in time',
          'Completed while paused',
          'Paused time',
          'Cases',
        ]}
        caption="Targets met, exceeded and running, with paused time"
      >
        {groups.map((group) => (
          <Row key={group.key} name={nameOf(group)} counts={group} onOpen={() => onOpen(group)} />
        ))}
        <Row name="All" counts={total} />
      </DataTable>
    </div>
  );
}

function Row({ name, counts, onOpen }: { name: string; counts: SlaCounts; onOpen?: () => void }) {
  return (
    <tr>
      <th scope="row">{name}</th>
      <td className="numeric" data-label="Met">
        {counts.met}
      </td>
      <td className="numeric" data-label="Exceeded">
        {counts.exceeded}
      </td>
      <td className="numeric" data-label="Amber">
        {counts.amber}
      </td>
      <td className="numeric" data-label="On track">
        {counts.onTrack}
      </td>
      <td className="numeric" data-label="Met in time">
        {shareOf(counts)}
      </td>
      <td className="numeric" data-label="Completed while paused">
        {counts.completedWhilePaused}
      </td>
      <td data-label="Paused time">{pausesInWords(counts.paused)}</td>
      <td>
        {onOpen ? (
          <Button variant="default" size="xs" onClick={onOpen}>
            See<span className="visually-hidden"> the cases of {name}</span>
          </Button>
        ) : null}
      </td>
    </tr>
  );
}

function toRow(group: SlaGroup, label: string): StackedRow {
  return {
    key: group.key,
    label,
    figure: shareOf(group),
    parts: [
      { name: 'Met', tone: 'good', n: group.met },
      { name: 'Exceeded', tone: 'bad', n: group.exceeded },
      { name: 'Amber', tone: 'amber', n: group.amber },
      { name: 'On track', tone: 'neutral', n: group.onTrack },
    ],
  };
}

/** Share of the settled targets that were met; a dash where none is settled. */
export function shareOf({ met, exceeded }: Pick<SlaCounts, 'met' | 'exceeded'>): string {
  return met + exceeded === 0 ? '–' : `${((met / (met + exceeded)) * 100).toFixed(1)}%`;
}

export function pausesInWords(paused: Readonly<Record<string, number>>): string {
  const reasons = Object.entries(paused).sort(([, a], [, b]) => b - a);
  if (reasons.length === 0) return 'None';
  return reasons.map(([reason, seconds]) => `${reason.replaceAll('-', ' ')} ${lengthInWords(seconds)}`).join(', ');
}

function lengthInWords(seconds: number): string {
  const hours = Math.round(seconds / 3600);
  if (hours < 48) return `${hours} hour${hours === 1 ? '' : 's'}`;
  return `${Math.round(hours / 24)} days`;
}

const month = new Intl.DateTimeFormat('en-GB', { month: 'long', year: 'numeric', timeZone: 'UTC' });

function monthInWords(key: string): string {
  return month.format(new Date(`${key}-01T00:00:00Z`));
}
