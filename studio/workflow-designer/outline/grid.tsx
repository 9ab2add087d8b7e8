import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import { type CSSProperties, type KeyboardEvent, useEffect, useMemo, useRef } from 'react';
import { type ColumnId, columns } from './columns.ts';
import { GridRow } from './grid-row.tsx';
import classes from './outline.module.css';
import type { OutlineOrder, OutlineRow } from './outline-rows.ts';
import type { GridState } from './use-grid.ts';
import { useWindow } from './use-window.ts';

const template = `2.25rem ${columns.map(({ width }) => width).join(' ')}`;

/** The layout of rows takes the roles of a table away: they are given back here. */
const asGrid = { role: 'grid', 'aria-multiselectable': true };
const asGroup = { role: 'rowgroup' };
const asRow = { role: 'row' };
const asHeader = { role: 'columnheader' };

/** The table twin of the drawing: one tab stop, arrows go from cell to cell, F2 or Enter changes one. */
export function Grid({
  rows,
  order,
  onSort,
  label,
  grid,
  onKeyDown,
}: {
  rows: readonly OutlineRow[];
  order: OutlineOrder | undefined;
  onSort: (column: ColumnId) => void;
  label: string;
  grid: GridState;
  onKeyDown: (event: KeyboardEvent) => void;
}) {
  const frame = useRef<HTMLTableElement>(null);
  const { first, last, rowHeight, narrow, page } = useWindow(frame, rows.length);
  const { active, chosen, editing, actions } = grid;
  const indexOf = useMemo(() => new Map(rows.map((row, at) => [row.node, at])), [rows]);
  const activeAt = active.node === undefined ? -1 : (indexOf.get(active.node) ?? -1);

  // The cell that arrows went to comes into sight and takes the focus, once.
  const asked = grid.focusAsked;
  // biome-ignore lint/correctness/useExhaustiveDependencies: rows of another height are no reason to take the focus again
  useEffect(() => {
    const box = frame.current;
    if (!asked || !box) return;
    if (asked.row >= 0) {
      const head = box.querySelector<HTMLElement>('[data-head]')?.offsetHeight ?? 0;
      const top = asked.row * rowHeight;
      if (top < box.scrollTop) box.scrollTop = top;
      else if (top + rowHeight > box.scrollTop + box.clientHeight - head)
        box.scrollTop = top + rowHeight + head - box.clientHeight;
    }
    const name = asked.row < 0 ? `head ${asked.column}` : `${asked.node} ${asked.column}`;
    const focus = () => {
      const cell = box.querySelector<HTMLElement>(`[data-cell="${CSS.escape(name)}"]`);
      cell?.focus({ preventScroll: true });
      cell?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
      return cell !== null;
    };
    if (asked.focus && !focus()) requestAnimationFrame(() => void focus());
  }, [asked]);

  const shown = rows.slice(first, last).map((row, at) => ({ row, index: first + at }));
  const stray = activeAt >= 0 && (activeAt < first || activeAt >= last) ? rows[activeAt] : undefined;
  if (stray) shown.push({ row: stray, index: activeAt });
  return (
    <table
      {...asGrid}
      aria-label={label}
      aria-rowcount={rows.length + 1}
      aria-colcount={columns.length + 1}
      className={classes['grid']}
      data-narrow={narrow || undefined}
      data-page={page}
      ref={frame}
      style={{ '--columns': template } as CSSProperties}
      onKeyDown={onKeyDown}
    >
      <HeadRow order={order} onSort={onSort} grid={grid} />
      <tbody {...asGroup} className={classes['body']} style={{ height: rows.length * rowHeight }}>
        {shown.map(({ row, index }) => (
          <GridRow
            key={row.node}
            row={row}
            index={index}
            top={index * rowHeight}
            height={rowHeight}
            activeColumn={index === activeAt ? active.column : -1}
            isStop={index === activeAt}
            chosen={chosen.has(row.node)}
            above={index > 3 && index >= rows.length - 3}
            editing={editing?.node === row.node ? editing : undefined}
            actions={actions}
          />
        ))}
      </tbody>
    </table>
  );
}

function HeadRow({
  order,
  onSort,
  grid,
}: {
  order: OutlineOrder | undefined;
  onSort: (column: ColumnId) => void;
  grid: GridState;
}) {
  const isHere = grid.active.node === undefined;
  return (
    <thead {...asGroup} className={classes['head']} data-head>
      <tr {...asRow} aria-rowindex={1} className={classes['headRow']}>
        <th
          {...asHeader}
          aria-colindex={1}
          className={classes['cell']}
          data-column="choose"
          data-cell="head 0"
          tabIndex={isHere && grid.active.column === 0 ? 0 : -1}
        >
          <span className="visually-hidden">Chosen</span>
        </th>
        {columns.map((column, at) => {
          const sorted = order?.column === column.id ? order.direction : undefined;
          const Icon = sorted === 'descending' ? IconArrowDown : IconArrowUp;
          return (
            <th
              key={column.id}
              {...asHeader}
              aria-colindex={at + 2}
              aria-sort={sorted ?? 'none'}
              className={classes['cell']}
              data-column={column.id}
              data-cell={`head ${at + 1}`}
              title={`Sort by ${column.title.toLowerCase()}`}
              tabIndex={isHere && grid.active.column === at + 1 ? 0 : -1}
              onClick={() => onSort(column.id)}
            >
              {column.title}
              {sorted ? <Icon size={12} aria-hidden="true" /> : null}
            </th>
          );
        })}
      </tr>
    </thead>
  );
}
