import { readPeriod } from '../lag-notation.ts';

/** What a column of pasted cells may hold. */
export type RowColumn =
  | 'key'
  | 'title'
  | 'type'
  | 'predecessors'
  | 'sla'
  | 'duration'
  | 'owner'
  | 'mandatory'
  | 'estimate';

const headings: Readonly<Record<RowColumn, readonly string[]>> = {
  key: ['key', 'id', 'no', 'nr', 'number', 'uid', 'wbs', 'ref'],
  title: ['title', 'task', 'taskname', 'name', 'activity', 'step', 'what', 'description'],
  type: ['type', 'kind', 'tasktype'],
  predecessors: ['predecessors', 'predecessor', 'after', 'dependson', 'dependencies', 'dependency'],
  sla: ['sla', 'target', 'slatarget', 'due', 'deadline'],
  duration: ['duration', 'days', 'length', 'durationdays', 'workingdays'],
  owner: [
    'owner',
    'who',
    'assignedto',
    'assignee',
    'resource',
    'resources',
    'resourcenames',
    'team',
    'role',
    'responsible',
  ],
  mandatory: ['mandatory', 'required', 'must'],
  estimate: ['estimate', 'work', 'effort'],
};

/** What each column holds: by its heading, else by what stands in it. */
export function recogniseColumns(rows: readonly (readonly string[])[]): {
  columns: (RowColumn | undefined)[];
  hasHead: boolean;
} {
  const width = Math.max(0, ...rows.map((row) => row.length));
  const named = (rows[0] ?? []).map((cell) => columnNamed(cell));
  const known = named.filter((column) => column !== undefined);
  const isHead =
    rows.length > 1 && (known.length >= 2 || (width === 1 && known[0] === 'title')) && known.includes('title');
  if (isHead) {
    const seen = new Set<RowColumn>();
    const columns = Array.from({ length: width }, (_, at) => {
      const column = named[at];
      if (!column || seen.has(column)) return undefined;
      seen.add(column);
      return column;
    });
    return { columns, hasHead: true };
  }
  return { columns: guess(rows, width), hasHead: false };
}

function columnNamed(cell: string): RowColumn | undefined {
  const name = cell.toLowerCase().replaceAll(/[^a-z]/g, '');
  return (Object.keys(headings) as RowColumn[]).find((column) => headings[column].includes(name));
}

/** Without headings: numbers are row numbers, lengths are targets, the first column with words is the title. */
function guess(rows: readonly (readonly string[])[], width: number): (RowColumn | undefined)[] {
  const columns: (RowColumn | undefined)[] = [];
  for (let at = 0; at < width; at++) {
    const cells = rows.map((row) => row[at] ?? '').filter((cell) => cell !== '');
    const all = (fits: (cell: string) => boolean) => cells.length > 0 && cells.every(fits);
    if (!columns.includes('key') && all((cell) => /^\d+$/.test(cell))) columns.push('key');
    else if (!columns.includes('sla') && all((cell) => 'period' in readPeriod(cell))) columns.push('sla');
    else if (!columns.includes('title') && cells.length > 0) columns.push('title');
    else columns.push(undefined);
  }
  return columns;
}
