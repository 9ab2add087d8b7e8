import { Button } from '@mantine/core';
import { IconAlertTriangle, IconGavel } from '@tabler/icons-react';
import type { Selected } from '../selection.ts';
import { CriticalMark } from '../task-card.tsx';
import type { ChartRow } from './chart-rows.ts';
import classes from './timeline.module.css';

/** The same dates where there is no room for bars. */
export function TimelineList({
  rows,
  selected,
  onSelect,
  onChange,
}: {
  rows: readonly ChartRow[];
  selected: Selected;
  onSelect: (selected: Selected) => void;
  onChange: (node: string) => void;
}) {
  return (
    <ul className={classes['list']} aria-label="Dates of the plan">
      {rows.map((row) => (
        <li key={row.id} data-selected={(selected && 'node' in selected && selected.node === row.node) || undefined}>
          <div>
            <span className={classes['title']}>
              {row.kind === 'target' ? <IconGavel size={13} aria-hidden="true" /> : <b>{row.id}</b>} {row.title}
            </span>
            <span className={classes['note']}>
              {row.weight === 'critical' ? (
                <span className={classes['critical']}>
                  <CriticalMark /> Critical
                </span>
              ) : null}
              {row.weight === 'near' ? <span className={classes['near']}>Near-critical</span> : null}
              {row.missed ? (
                <span className={classes['missed']}>
                  <IconAlertTriangle size={12} aria-hidden="true" /> Missed
                </span>
              ) : null}
              {row.note()}
            </span>
          </div>
          {row.kind === 'node' && row.node !== null ? (
            <Button
              variant="subtle"
              aria-label={`Change the dates of ${row.id}`}
              onClick={() => {
                onSelect({ node: row.id });
                onChange(row.id);
              }}
            >
              Change
            </Button>
          ) : null}
        </li>
      ))}
    </ul>
  );
}
