import { IconHandStop, IconRouteAltLeft } from '@tabler/icons-react';
import { memo } from 'react';
import { SeverityBadge } from '../../ui/states.tsx';
import { CriticalMark } from '../task-card.tsx';
import type { CellRead } from './cell-edits.ts';
import { type AfterEdit, CellInput } from './cell-input.tsx';
import { type CellEditor, type ColumnId, columns } from './columns.ts';
import classes from './outline.module.css';
import type { OutlineRow } from './outline-rows.ts';

/** What a row asks of the grid; the same functions for every row, so that rows are only drawn when they change. */
export interface RowActions {
  press: (node: string, column: number, how: { toggle: boolean; range: boolean; again: boolean }) => void;
  edit: (node: string, column: number) => void;
  toggle: (node: string) => void;
  read: (node: string, column: ColumnId, text: string) => CellRead;
  done: (node: string, column: ColumnId, text: string, after: AfterEdit) => void;
  cancel: () => void;
}

export interface GridRowProps {
  row: OutlineRow;
  index: number;
  top: number;
  height: number;
  /** The cell that arrows stand on, -1 elsewhere; 0 is the column that chooses. */
  activeColumn: number;
  /** The one tab stop of the grid. */
  isStop: boolean;
  chosen: boolean;
  above: boolean;
  editing: { column: ColumnId; editor: CellEditor } | undefined;
  actions: RowActions;
}

const places: Readonly<Partial<Record<ColumnId, string>>> = {
  title: 'title',
  sla: 'sla',
  owner: 'ownerRules',
  mandatory: 'mandatory',
  activation: 'activation',
  estimate: 'estimate',
};

/** Rows stand at places of their own, and that layout takes the roles of a table away: they are given back here. */
const asRow = { role: 'row' };
const asCell = { role: 'gridcell' };
const asRowHeader = { role: 'rowheader' };

/** One node as a row of the outline. */
export const GridRow = memo(function GridRow(props: GridRowProps) {
  const { row, index, top, height, activeColumn, isStop, chosen, above, editing, actions } = props;
  return (
    <tr
      {...asRow}
      aria-rowindex={index + 2}
      aria-selected={chosen}
      className={classes['row']}
      data-critical={row.critical || undefined}
      data-editing={editing !== undefined || undefined}
      data-above={above || undefined}
      data-place={`/nodes/${row.node}`}
      style={{ top, height }}
    >
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: the grid has the keys */}
      <td
        {...asCell}
        aria-colindex={1}
        className={classes['cell']}
        data-column="choose"
        data-cell={`${row.node} 0`}
        tabIndex={isStop && activeColumn === 0 ? 0 : -1}
        onMouseDown={(event) => event.preventDefault()}
        onClick={() => actions.toggle(row.node)}
        {...(activeColumn === 0 ? { 'data-node': row.node } : {})}
      >
        <span className={classes['check']} data-chosen={chosen || undefined} aria-hidden="true" />
        <span className="visually-hidden">{chosen ? 'Chosen' : 'Not chosen'}</span>
      </td>
      {columns.map((column, at) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the grid has the keys
        <td
          key={column.id}
          {...(column.id === 'key' ? asRowHeader : asCell)}
          aria-colindex={at + 2}
          className={classes['cell']}
          data-column={column.id}
          data-label={column.title}
          data-cell={`${row.node} ${at + 1}`}
          tabIndex={isStop && activeColumn === at + 1 ? 0 : -1}
          onClick={(event) =>
            actions.press(row.node, at + 1, {
              toggle: event.ctrlKey || event.metaKey,
              range: event.shiftKey,
              again: activeColumn === at + 1,
            })
          }
          onDoubleClick={() => actions.edit(row.node, at + 1)}
          {...(places[column.id] ? { 'data-place': `/nodes/${row.node}/${places[column.id]}` } : {})}
          {...(activeColumn === at + 1 || (activeColumn < 0 && column.id === 'title') ? { 'data-node': row.node } : {})}
        >
          {editing?.column === column.id ? (
            <CellInput
              label={`${column.title} of ${row.node}`}
              editor={editing.editor}
              read={(text) => actions.read(row.node, column.id, text)}
              onDone={(text, after) => actions.done(row.node, column.id, text, after)}
              onCancel={actions.cancel}
            />
          ) : (
            <CellText row={row} column={column.id} />
          )}
        </td>
      ))}
    </tr>
  );
});

/** What a cell shows; what matters has an icon and a word besides its colour. */
function CellText({ row, column }: { row: OutlineRow; column: ColumnId }) {
  const text = row.cells[column];
  if (column === 'findings')
    return row.worst && text !== '' ? <SeverityBadge severity={row.worst} count={Number(text)} /> : null;
  if (column === 'float' && row.critical)
    return (
      <span className={classes['critical']}>
        <CriticalMark /> {text}
      </span>
    );
  if (column === 'activation' && row.isTask && row.activation !== 'automatic') {
    const Icon = row.activation === 'manual' ? IconHandStop : IconRouteAltLeft;
    return (
      <span className={classes['marked']}>
        <Icon size={13} aria-hidden="true" /> {text}
      </span>
    );
  }
  return <span className={classes['text']}>{text}</span>;
}
