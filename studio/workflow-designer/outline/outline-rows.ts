import type { Configuration } from '../../../schemas/configuration.ts';
import type { Severity } from '../../../schemas/finding.ts';
import type { SlaSet } from '../../../schemas/period.ts';
import { printAllPredecessors, printPeriod } from '../../document/engine.ts';
import { dateInWords } from '../../words/date-words.ts';
import { mainSla, mainTarget } from '../../words/period-words.ts';
import { type Drawing, toCards } from '../drawing.ts';
import type { ColumnId } from './columns.ts';

/** One node of the drawing as a row: what each column shows, and what it sorts by where that differs. */
export interface OutlineRow {
  node: string;
  cells: Readonly<Record<ColumnId, string>>;
  sortBy: Readonly<Partial<Record<ColumnId, number | string>>>;
  critical: boolean;
  nearCritical: boolean;
  mandatory: boolean;
  activation: 'automatic' | 'manual' | 'when';
  isTask: boolean;
  worst?: Severity;
}

const typeWords: Readonly<Record<string, string>> = {
  task: 'Task',
  call: 'Call',
  letter: 'Letter',
  visit: 'Visit',
  agency: 'Agency',
  interview: 'Interview',
  check: 'Check',
  decision: 'Decision',
  other: 'Other',
  communication: 'Message',
  milestone: 'Milestone',
  end: 'End',
};
const activationWords = { automatic: 'Automatic', manual: 'By hand', when: 'If' } as const;

/** Every node of the drawing, in its order; the table twin of the canvas. */
export function toOutlineRows(drawing: Drawing): OutlineRow[] {
  const { workflow, configuration } = drawing;
  const predecessors = printAllPredecessors(workflow);
  return toCards(drawing).map((card) => {
    const node = workflow.nodes[card.key];
    const task = node?.type === 'task' ? node : undefined;
    const document = task && configuration.task[task.task];
    const target = mainTarget(task ? (task.sla ?? document?.sla) : undefined);
    const estimate = task ? (task.estimate ?? document?.estimate) : undefined;
    const { plan } = card;
    return {
      node: card.key,
      isTask: task !== undefined,
      critical: plan?.critical ?? false,
      nearCritical: plan?.nearCritical ?? false,
      mandatory: card.mandatory,
      activation: card.activation,
      ...(card.worst ? { worst: card.worst } : {}),
      cells: {
        key: card.key,
        title: card.title,
        type: typeWords[card.taskType ?? card.type] ?? card.type,
        predecessors: predecessors.get(card.key) ?? '',
        sla: target ? printPeriod(target) : '',
        amber: printAmber(task ? (task.sla ?? document?.sla) : undefined),
        owner: card.owner,
        mandatory: card.mandatory ? 'Yes' : '',
        activation: task ? activationWords[card.activation] : '',
        estimate: estimate ? printEstimate(estimate) : '',
        ladder: ladderTitle(configuration, task?.ladder ?? document?.ladder),
        source: (task ? (task.source ?? document?.source) : undefined) ?? '',
        start: plan ? dateInWords(plan.start) : '',
        finish: plan ? dateInWords(plan.finish) : '',
        float: plan ? (plan.critical ? 'Critical' : `${plan.float} wd`) : '',
        findings: card.findingCount === 0 ? '' : String(card.findingCount),
      },
      sortBy: {
        findings: card.findingCount,
        ...(plan ? { start: plan.start, finish: plan.finish, float: plan.float } : {}),
        ...(target ? { sla: roughMinutes(target) } : {}),
        ...(estimate ? { estimate: roughMinutes(estimate.likely) } : {}),
      },
    };
  });
}

/** `1wd` before the target, or `80%` of it. */
function printAmber(sla: SlaSet | undefined): string {
  const amber = mainSla(sla)?.amber;
  return !amber ? '' : 'before' in amber ? printPeriod(amber.before) : `${amber.percent}%`;
}

function ladderTitle(configuration: Configuration, ladder: string | undefined): string {
  return ladder === undefined ? '' : (configuration.ladder[ladder]?.title ?? ladder);
}

type Period = Parameters<typeof printPeriod>[0];

/** `1wd/2wd/4wd`: least, likely, most; one alone where they are the same. */
function printEstimate({ minimum, likely, maximum }: { minimum: Period; likely: Period; maximum: Period }): string {
  const parts = [minimum, likely, maximum].map(printPeriod);
  return new Set(parts).size === 1 ? (parts[0] ?? '') : parts.join('/');
}

/** Only to put lengths in order. */
function roughMinutes({ value, unit }: Period): number {
  const minutes = { minutes: 1, hours: 60, workingDays: 480, calendarDays: 480, weeks: 2400, months: 10_400 };
  return value * minutes[unit];
}

/** What the outline leaves out. */
export const outlineFilters = [
  { value: 'all', label: 'All tasks' },
  { value: 'critical', label: 'Critical' },
  { value: 'nearCritical', label: 'Near-critical' },
  { value: 'findings', label: 'With findings' },
  { value: 'mandatory', label: 'Mandatory' },
  { value: 'manual', label: 'Added by hand' },
  { value: 'when', label: 'Conditional' },
  { value: 'start', label: 'Without predecessors' },
] as const;
export type OutlineFilter = (typeof outlineFilters)[number]['value'];

export interface OutlineOrder {
  column: ColumnId;
  direction: 'ascending' | 'descending';
}

/** The rows that are asked for, in the order that is asked for; without one in drawing order. */
export function arrangeRows(
  rows: readonly OutlineRow[],
  wish: { search: string; filter: OutlineFilter; order: OutlineOrder | undefined },
): readonly OutlineRow[] {
  const words = wish.search.toLowerCase().split(/\s+/).filter(Boolean);
  const found = rows.filter((row) => {
    if (!passes(row, wish.filter)) return false;
    if (words.length === 0) return true;
    const text = Object.values(row.cells).join(' ').toLowerCase();
    return words.every((word) => text.includes(word));
  });
  const { order } = wish;
  if (!order) return found;
  const sign = order.direction === 'ascending' ? 1 : -1;
  return found
    .map((row, at) => ({ row, at, by: row.sortBy[order.column] ?? row.cells[order.column].toLowerCase() }))
    .sort((a, b) => compareEmptyLast(a.by, b.by, sign) || a.at - b.at)
    .map(({ row }) => row);
}

function passes(row: OutlineRow, filter: OutlineFilter): boolean {
  switch (filter) {
    case 'all':
      return true;
    case 'critical':
      return row.critical;
    case 'nearCritical':
      return row.nearCritical;
    case 'findings':
      return row.worst !== undefined;
    case 'mandatory':
      return row.mandatory;
    case 'manual':
    case 'when':
      return row.activation === filter;
    case 'start':
      return row.cells.predecessors === '';
  }
}

function compareEmptyLast(a: number | string, b: number | string, sign: number): number {
  if (a === '' || b === '') return a === b ? 0 : a === '' ? 1 : -1;
  if (typeof a === 'number' && typeof b === 'number') return sign * (a - b);
  return sign * String(a).localeCompare(String(b), 'en-GB', { numeric: true });
}
