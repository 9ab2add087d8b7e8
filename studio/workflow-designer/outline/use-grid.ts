import { useMemo, useRef, useState } from 'react';
import type { DesignerState } from '../use-designer.ts';
import { editorOf, readCell } from './cell-edits.ts';
import type { AfterEdit } from './cell-input.tsx';
import { type CellEditor, type ColumnId, columns } from './columns.ts';
import type { RowActions } from './grid-row.tsx';
import type { OutlineRow } from './outline-rows.ts';

export type GridState = ReturnType<typeof useGrid>;

interface Asked {
  node: string | undefined;
  row: number;
  column: number;
  focus: boolean;
}

/** Which cell arrows stand on, which one is changed, and what cells ask for. */
export function useGrid(designer: DesignerState, rows: readonly OutlineRow[]) {
  const { workflow, configuration, selected, chosen: chosenList, run } = designer;
  const [column, setColumn] = useState(2);
  const [inHead, setInHead] = useState(false);
  const [edited, setEdited] = useState<{ node: string; column: ColumnId; editor: CellEditor }>();
  const [focusAsked, setFocusAsked] = useState<Asked>();
  const node = selected && 'node' in selected ? selected.node : rows[0]?.node;
  const chosen = useMemo(() => new Set(chosenList), [chosenList]);

  // A new node from anywhere is named here too.
  const renamed = designer.renaming;
  const editing =
    edited ??
    (renamed !== undefined && workflow?.nodes[renamed]
      ? { node: renamed, column: 'title' as const, editor: titleEditor(rows, renamed) }
      : undefined);

  /** Goes to a row (-1 is the head) and column; `keep` leaves what is chosen as it is. */
  const go = (row: number, to: number, keep = false) => {
    const at = Math.max(-1, Math.min(rows.length - 1, row));
    const target = rows[at]?.node;
    const where = Math.max(0, Math.min(columns.length, to));
    setColumn(where);
    setInHead(at < 0);
    if (target !== undefined && !keep && target !== node) designer.setSelected({ node: target });
    else if (target !== undefined && !keep && chosenList.length !== 1) designer.setSelected({ node: target });
    setFocusAsked({ node: target, row: at, column: where, focus: true });
  };

  const startEdit = (wanted: string, at: number): boolean => {
    const id = columns[at - 1]?.id;
    const row = rows.find((one) => one.node === wanted);
    if (!workflow || !row || id === undefined) return false;
    const editor = editorOf(row, id, { workflow, configuration });
    if (!editor) return false;
    if (editor.as === 'switch') finish(wanted, id, String(!editor.value), 'stay');
    else setEdited({ node: wanted, column: id, editor });
    return true;
  };

  const finish = (wanted: string, id: ColumnId, text: string, after: AfterEdit) => {
    const at = rows.findIndex((row) => row.node === wanted);
    const where = columns.findIndex((one) => one.id === id) + 1;
    setEdited(undefined);
    if (renamed === wanted && id === 'title') designer.rename(wanted, text);
    else if (workflow && text !== cellText(rows, wanted, id)) {
      const read = readCell(wanted, id, text, { workflow, configuration });
      const title = columns[where - 1]?.title.toLowerCase() ?? id;
      const [only] = read.ok ? read.commands : [];
      if (read.ok && read.commands.length === 1 && only && id !== 'predecessors') run(only);
      else if (read.ok && read.commands.length > 0)
        run({ type: 'batch', label: `Set ${title} of ${wanted}`, commands: read.commands });
    }
    if (after === 'nowhere') return;
    const next = after === 'next' ? where + 1 : after === 'previous' ? where - 1 : where;
    go(after === 'below' ? at + 1 : at, next);
  };

  const latest = useRef({ go, startEdit, finish, designer, rows, node, setEdited });
  latest.current = { go, startEdit, finish, designer, rows, node, setEdited };
  const actions = useMemo(() => makeActions(latest), []);

  return {
    active: { node: inHead ? undefined : node, column },
    chosen,
    editing,
    focusAsked,
    actions,
    go,
    startEdit,
  };
}

interface Latest {
  current: {
    go: (row: number, column: number, keep?: boolean) => void;
    startEdit: (node: string, column: number) => boolean;
    finish: (node: string, column: ColumnId, text: string, after: AfterEdit) => void;
    designer: DesignerState;
    rows: readonly OutlineRow[];
    node: string | undefined;
    setEdited: (edited: undefined) => void;
  };
}

/** Functions that stay the same while what they look at changes: rows are then only drawn when they change. */
function makeActions(latest: Latest): RowActions {
  const indexOf = (node: string | undefined) => latest.current.rows.findIndex((row) => row.node === node);
  return {
    press: (node, column, { toggle, range, again }) => {
      const { designer, rows, go, startEdit } = latest.current;
      const at = indexOf(node);
      if (range) {
        const from = Math.max(0, indexOf(latest.current.node));
        const nodes = rows.slice(Math.min(from, at), Math.max(from, at) + 1).map((row) => row.node);
        designer.choose(from > at ? nodes.reverse() : nodes);
        return go(at, column, true);
      }
      if (toggle) {
        designer.toggle(node);
        return go(at, column, true);
      }
      // A second press on a cell that is chosen already changes it.
      if (again && designer.chosen.at(-1) === node && startEdit(node, column)) return;
      go(at, column);
    },
    edit: (node, column) => void latest.current.startEdit(node, column),
    toggle: (node) => {
      latest.current.designer.toggle(node);
      latest.current.go(indexOf(node), 0, true);
    },
    read: (node, column, text) => {
      const { workflow, configuration } = latest.current.designer;
      return workflow
        ? readCell(node, column, text, { workflow, configuration })
        : { ok: false, reasons: ['the workflow is gone'] };
    },
    done: (...all) => latest.current.finish(...all),
    cancel: () => {
      const { designer, node, rows, go } = latest.current;
      latest.current.setEdited(undefined);
      if (designer.renaming !== undefined) designer.rename(designer.renaming, undefined);
      const at = rows.findIndex((row) => row.node === node);
      go(at, latest.current.designer ? columnOf(latest) : 2);
    },
  };
}

function columnOf(latest: Latest): number {
  const cell = document.activeElement?.closest('[data-cell]')?.getAttribute('data-cell');
  const at = Number(cell?.split(' ').at(-1));
  return Number.isInteger(at) && latest.current.rows.length > 0 ? at : 2;
}

function titleEditor(rows: readonly OutlineRow[], node: string): CellEditor {
  return { as: 'text', value: cellText(rows, node, 'title') ?? '', hint: '' };
}

function cellText(rows: readonly OutlineRow[], node: string, column: ColumnId): string | undefined {
  return rows.find((row) => row.node === node)?.cells[column];
}
