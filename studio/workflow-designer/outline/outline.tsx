import { Select, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { type KeyboardEvent, useMemo, useRef, useState } from 'react';
import { announce } from '../../ui/announcer.tsx';
import { EmptyState } from '../../ui/notice.tsx';
import { useWorkflowFindings } from '../use-workflow-findings.ts';
import type { DesignerViewProps } from '../view.ts';
import { BulkBar } from './bulk-bar.tsx';
import { type ColumnId, columns } from './columns.ts';
import { Grid } from './grid.tsx';
import classes from './outline.module.css';
import {
  arrangeRows,
  type OutlineFilter,
  type OutlineOrder,
  type OutlineRow,
  outlineFilters,
  toOutlineRows,
} from './outline-rows.ts';
import { useGrid } from './use-grid.ts';

/** All nodes of the workflow as a table that can be changed: everything the canvas can do. */
export function Outline({ designer, onKey }: DesignerViewProps) {
  const { key, workflow, configuration, planned } = designer;
  const findings = useWorkflowFindings({ key, nodes: workflow?.nodes });
  const [search, setSearch] = useState('');
  const [filter, setFilter] = useState<OutlineFilter>('all');
  const [order, setOrder] = useState<OutlineOrder>();
  const plan = planned.ok ? planned.plan : undefined;
  const fresh = useMemo(
    () => (workflow ? toOutlineRows({ workflow, configuration, plan, findings }) : []),
    [workflow, configuration, plan, findings],
  );
  const all = useStableRows(fresh);
  const rows = useMemo(() => arrangeRows(all, { search, filter, order }), [all, search, filter, order]);
  const grid = useGrid(designer, rows);
  if (!workflow) return null;

  const sort = (column: ColumnId) => {
    const next = nextOrder(order, column);
    setOrder(next);
    const title = columns.find(({ id }) => id === column)?.title.toLowerCase();
    announce(next ? `Sorted by ${title}, ${next.direction}` : 'In the order of the drawing');
  };
  const isWhole = order === undefined && search === '' && filter === 'all';
  const keys = { grid, rows, designer, sort, isWhole, onKey };
  return (
    <section className={classes['outline']} aria-label="Outline">
      <div className={classes['tools']}>
        <TextInput
          aria-label="Find in the outline"
          placeholder="Find"
          size="xs"
          data-find
          leftSection={<IconSearch size={14} aria-hidden="true" />}
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === 'Escape') setSearch('');
            if (event.key === 'ArrowDown' || event.key === 'Enter') grid.go(0, 2);
          }}
        />
        <Select
          aria-label="Show"
          size="xs"
          w={150}
          data={[...outlineFilters]}
          value={filter}
          onChange={(next) => setFilter(next as OutlineFilter)}
        />
        <Select
          className={classes['narrowOnly'] ?? ''}
          aria-label="Sort by"
          size="xs"
          data={[
            { value: 'drawing', label: 'Drawing order' },
            ...columns.map(({ id, title }) => ({ value: id, label: `By ${title.toLowerCase()}` })),
          ]}
          value={order?.column ?? 'drawing'}
          onChange={(next) =>
            setOrder(next === 'drawing' ? undefined : { column: next as ColumnId, direction: 'ascending' })
          }
        />
        <span className={classes['count']}>
          {rows.length === all.length ? `${all.length} tasks` : `${rows.length} of ${all.length} tasks`}
        </span>
      </div>
      {rows.length === 0 ? (
        <EmptyState title={all.length === 0 ? 'Nothing drawn yet' : 'No task is like that'}>
          {all.length === 0 ? 'Press N or choose “Add task” for the first row.' : 'Clear the search or show all tasks.'}
        </EmptyState>
      ) : (
        <Grid
          rows={rows}
          order={order}
          onSort={sort}
          label={`Tasks of ${workflow.title}. Arrows go from cell to cell, F2 or Enter changes one, question mark shows all keys.`}
          grid={grid}
          onKeyDown={(event) => onGridKey(event, keys)}
        />
      )}
      <BulkBar designer={designer} />
    </section>
  );
}

interface GridKeys {
  grid: ReturnType<typeof useGrid>;
  rows: readonly OutlineRow[];
  designer: DesignerViewProps['designer'];
  sort: (column: ColumnId) => void;
  isWhole: boolean;
  onKey: DesignerViewProps['onKey'];
}

/** The keys of a grid; every other one goes to the table of the designer. */
function onGridKey(event: KeyboardEvent, keys: GridKeys) {
  const { grid, rows, designer, onKey } = keys;
  const { node, column } = grid.active;
  const at = rows.findIndex((row) => row.node === node);
  const command = event.ctrlKey || event.metaKey;
  const take = (does: () => void) => {
    event.preventDefault();
    event.stopPropagation();
    does();
  };
  if (event.altKey && (event.key === 'ArrowUp' || event.key === 'ArrowDown'))
    return take(() => reorder(keys, event.key === 'ArrowUp' ? -1 : 1));
  if (event.altKey) return;
  const page = Number(event.currentTarget.getAttribute('data-page')) || 10;
  const moves: Record<string, [row: number, column: number] | undefined> = {
    ArrowUp: [at - 1, column],
    ArrowDown: [at + 1, column],
    ArrowLeft: [at, column - 1],
    ArrowRight: [at, column + 1],
    Home: [command ? 0 : at, 0],
    End: [command ? rows.length - 1 : at, columns.length],
    PageUp: [Math.max(0, at - page), column],
    PageDown: [at + page, column],
  };
  const move = moves[event.key];
  if (move && event.shiftKey && move[0] !== at)
    return take(() => {
      extend(keys, move[0]);
      grid.go(move[0], column, true);
    });
  if (move) return take(() => grid.go(...move));
  if (node === undefined) {
    const head = columns[column - 1]?.id;
    if ((event.key === 'Enter' || event.key === ' ') && head) return take(() => keys.sort(head));
    return;
  }
  if (event.key === ' ') return take(() => designer.toggle(node));
  if ((event.key === 'Enter' || event.key === 'F2') && !command)
    return take(() => {
      if (column === 0) return designer.toggle(node);
      if (!grid.startEdit(node, column)) announce('This follows from the other columns');
    });
  event.stopPropagation();
  onKey(event, node);
}

/** Chooses from where one stands to another row, too. */
function extend({ rows, designer }: GridKeys, to: number) {
  const target = rows[Math.max(0, Math.min(rows.length - 1, to))]?.node;
  if (target === undefined) return;
  const { chosen } = designer;
  // Going back over what was chosen last gives it up again.
  designer.choose(chosen.at(-2) === target ? chosen.slice(0, -1) : [...chosen.filter((one) => one !== target), target]);
}

/** Moves the chosen rows up or down by one place of the drawing's order. */
function reorder({ rows, designer, isWhole }: GridKeys, by: -1 | 1) {
  if (!isWhole) return announce('Show all tasks in drawing order first: then rows can be moved');
  const { workflow, chosen } = designer;
  if (!workflow || chosen.length === 0) return;
  const moving = rows.filter((row) => chosen.includes(row.node)).map((row) => row.node);
  const places = moving.map((node) => rows.findIndex((row) => row.node === node));
  const [first = 0, last = 0] = [places[0], places.at(-1)];
  if ((by < 0 && first === 0) || (by > 0 && last === rows.length - 1)) return announce('Already at the end');
  const before = by < 0 ? rows[first - 1]?.node : rows[last + 2]?.node;
  designer.run({ type: 'reorderNodes', workflow: workflow.key, nodes: moving, ...(before ? { before } : {}) });
}

function nextOrder(now: OutlineOrder | undefined, column: ColumnId): OutlineOrder | undefined {
  if (now?.column !== column) return { column, direction: 'ascending' };
  return now.direction === 'ascending' ? { column, direction: 'descending' } : undefined;
}

/** The rows as they were where nothing in them changed. */
function useStableRows(fresh: readonly OutlineRow[]): readonly OutlineRow[] {
  const kept = useRef(new Map<string, { row: OutlineRow; text: string }>());
  return useMemo(() => {
    const next = new Map<string, { row: OutlineRow; text: string }>();
    const rows = fresh.map((row) => {
      const text = JSON.stringify(row);
      const before = kept.current.get(row.node);
      const entry = before?.text === text ? before : { row, text };
      next.set(row.node, entry);
      return entry.row;
    });
    kept.current = next;
    return rows;
  }, [fresh]);
}
