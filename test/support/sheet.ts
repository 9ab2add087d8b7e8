// A workflow as the sheet of paper that an analyst draws from.

import type { Configuration } from '../../schemas/configuration.ts';
import { inOrder } from '../../schemas/document.ts';
import type { ColumnId } from '../../studio/workflow-designer/outline/columns.ts';
import { columns } from '../../studio/workflow-designer/outline/columns.ts';
import { toOutlineRows } from '../../studio/workflow-designer/outline/outline-rows.ts';

/** One task: its cells as the outline writes them, and the same links one by one. */
export interface SheetRow {
  node: string;
  cells: Readonly<Record<ColumnId, string>>;
  after: readonly { from: string; days: number }[];
}

/** The rows of a shipped workflow under the keys that a new one will give its tasks. */
export function sheetOf(configuration: Configuration, model: string, key: string): SheetRow[] {
  const workflow = configuration.workflow[model];
  if (!workflow) throw new Error(`there is no workflow ${model}`);
  const renamed = (text: string) => text.replaceAll(new RegExp(`\\b${model}(?=\\d\\d)`, 'g'), key);
  return toOutlineRows({ workflow, configuration }).map((row) => ({
    node: renamed(row.node),
    cells: { ...row.cells, predecessors: renamed(row.cells.predecessors) },
    after: inOrder(workflow.links)
      .filter((link) => link.to === row.node)
      .map((link) => ({ from: renamed(link.from), days: link.lag?.value ?? 0 })),
  }));
}

/** Where a column stands in the outline, counted with the one that chooses rows. */
export function placeOfColumn(column: ColumnId): number {
  return columns.findIndex(({ id }) => id === column) + 1;
}

export function titleOfColumn(column: ColumnId): string {
  return columns.find(({ id }) => id === column)?.title ?? column;
}

/** What a new task has of itself, in the columns that a drawing fills in. */
export const freshCells: Readonly<Partial<Record<ColumnId, string>>> = {
  type: 'Other',
  sla: '5wd',
  amber: '1wd',
  owner: 'Case owner',
  mandatory: '',
  activation: 'Automatic',
  ladder: '',
  source: '',
};
