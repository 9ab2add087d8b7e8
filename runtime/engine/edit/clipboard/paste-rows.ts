import type { OwnerRules } from '../../../../schemas/allocation.ts';
import { taskTypes } from '../../../../schemas/kinds.ts';
import type { Period } from '../../../../schemas/period.ts';
import type { WorkflowDocument } from '../../../../schemas/workflow.ts';
import type { DraftContent, EditCommand } from '../command.ts';
import { readPeriod } from '../lag-notation.ts';
import { linkRefusal } from '../link-rules.ts';
import { newTaskDocument } from '../new-task.ts';
import { nextBranch } from '../next-branch.ts';
import { readPredecessorList } from '../predecessor-notation.ts';
import { type RowColumn, recogniseColumns } from './row-columns.ts';

export interface RowsPlan {
  commands: EditCommand[];
  nodes: string[];
  /** What each column of the cells was taken for; undefined where it was left out. */
  columns: (RowColumn | undefined)[];
  hasHead: boolean;
  /** What could not be read, with its row. */
  problems: string[];
}

/**
 * Rows of text as new tasks: a chain in their order, or linked as a predecessors column says (row numbers, keys of the
 * rows or of the drawing). What cannot be read is named and left as in any new task.
 */
export function planRows(
  content: DraftContent,
  workflowKey: string,
  rows: readonly (readonly string[])[],
  after: string | undefined,
): RowsPlan {
  const workflow = content.configuration.workflow[workflowKey];
  if (!workflow) throw new Error(`expected a workflow ${workflowKey} to paste into`);
  const { columns, hasHead } = recogniseColumns(rows);
  const problems: string[] = [];
  const items = rows.slice(hasHead ? 1 : 0).map((cells, at) => {
    const cell = (column: RowColumn) => {
      const index = columns.indexOf(column);
      return index < 0 ? '' : (cells[index] ?? '').trim();
    };
    return { at: at + 1, cell, title: cell('title') };
  });
  const named = items.filter(({ title }) => title !== '');
  const nodes = freeNodeKeys(content, workflow, named.length);
  const commands: EditCommand[] = [];
  named.forEach((item, index) => {
    const node = nodes[index] ?? '';
    const { command, problems: found } = taskCommand(content, workflowKey, node, item);
    commands.push(...command);
    problems.push(...found.map((problem) => `Row ${item.at}: ${problem}`));
  });
  const links = columns.includes('predecessors')
    ? linksAsWritten(workflow, named, nodes, problems)
    : chain(workflow, nodes, after);
  return { commands: [...commands, ...links], nodes, columns, hasHead, problems };
}

interface Item {
  at: number;
  title: string;
  cell: (column: RowColumn) => string;
}

function freeNodeKeys(content: DraftContent, workflow: WorkflowDocument, count: number): string[] {
  const taken = new Set(
    [...Object.keys(workflow.nodes), ...Object.keys(content.configuration.task)].map((key) => key.toLowerCase()),
  );
  const keys: string[] = [];
  for (let number = Object.keys(workflow.nodes).length + 1; keys.length < count; number++) {
    const key = `${workflow.key}${String(number).padStart(2, '0')}`;
    if (!taken.has(key.toLowerCase())) keys.push(key);
  }
  return keys;
}

function taskCommand(
  content: DraftContent,
  workflow: string,
  node: string,
  { cell, title }: Item,
): { command: EditCommand[]; problems: string[] } {
  const problems: string[] = [];
  const task = newTaskDocument(node, title.slice(0, 200));
  const type = taskTypes.find((one) => one === cell('type').toLowerCase());
  if (cell('type') !== '' && !type) problems.push(`there is no type ${cell('type')}`);
  const target = readLength(cell('sla'), problems, 'SLA') ?? readDays(cell('duration'), problems);
  const owner = readOwner(cell('owner'), content, problems);
  const sla = target && 'target' in task.sla ? { ...task.sla, target: { ...task.sla.target, ...target } } : task.sla;
  const estimate = readLength(cell('estimate'), problems, 'estimate');
  const document = {
    ...task,
    ...(type ? { type } : {}),
    // The amber warning of a new task is a day before: too much for a target of hours.
    sla: target && 'target' in sla && !usualUnit(target) ? { target: sla.target as typeof task.sla.target } : sla,
    ...(owner ? { ownerRules: owner } : {}),
    ...(estimate ? { estimate: { minimum: estimate, likely: estimate, maximum: estimate } } : {}),
  } as typeof task;
  const mandatory = /^(y|yes|true|x|1|mandatory)$/i.test(cell('mandatory'));
  return { command: [{ type: 'addTask', workflow, node, task: document, mandatory }], problems };
}

function usualUnit({ value, unit }: Period): boolean {
  return unit !== 'minutes' && unit !== 'hours' && !(value <= 1 && (unit === 'workingDays' || unit === 'calendarDays'));
}

function readLength(text: string, problems: string[], what: string): Period | undefined {
  if (text === '') return undefined;
  const read = readPeriod(text);
  if ('period' in read) return read.period;
  problems.push(`${what} ${read.reason}`);
  return undefined;
}

/** A planner's duration: days are working days, as in every planner. */
function readDays(text: string, problems: string[]): Period | undefined {
  if (text === '') return undefined;
  const days = /^(\d+)\s*(?:d|dy|day|days)?\??$/i.exec(text)?.[1];
  return days === undefined
    ? readLength(text.replace(/\?$/, ''), problems, 'duration')
    : { value: Number(days), unit: 'workingDays' };
}

function readOwner(text: string, content: DraftContent, problems: string[]): OwnerRules | undefined {
  if (text === '') return undefined;
  const wished = text.toLowerCase();
  if (wished === 'case owner' || wished === 'caseowner') return { owner: { order: 1, to: { by: 'caseOwner' } } };
  const team = Object.values(content.configuration.team).find(
    ({ key, title }) => key.toLowerCase() === wished || title.toLowerCase() === wished,
  );
  if (!team) {
    problems.push(`there is no team ${text}; the case owner has it for now`);
    return undefined;
  }
  return {
    owner: { order: 1, to: team.type === 'role' ? { by: 'role', role: team.key } : { by: 'group', group: team.key } },
  };
}

function chain(workflow: WorkflowDocument, nodes: readonly string[], after: string | undefined): EditCommand[] {
  const first = after !== undefined && workflow.nodes[after]?.type !== 'end' ? after : undefined;
  return nodes.flatMap((to, at): EditCommand[] => {
    const from = at === 0 ? first : nodes[at - 1];
    if (from === undefined) return [];
    return [{ type: 'linkTasks', workflow: workflow.key, from, to, linkType: 'FS', ...nextBranch(workflow, from) }];
  });
}

/** Predecessors name rows by number or by their own key, or nodes of the drawing. */
function linksAsWritten(
  workflow: WorkflowDocument,
  items: readonly Item[],
  nodes: readonly string[],
  problems: string[],
): EditCommand[] {
  const aliases = new Map<string, string>();
  for (const [index, { at, cell }] of items.entries()) aliases.set(cell('key') || String(at), nodes[index] ?? '');
  const stand = { type: 'milestone' as const, order: 0, stage: '-' };
  const named = {
    ...workflow,
    nodes: { ...workflow.nodes, ...Object.fromEntries([...aliases.keys()].map((key) => [key, stand])) },
  };
  let drawn: WorkflowDocument = {
    ...workflow,
    nodes: { ...workflow.nodes, ...Object.fromEntries(nodes.map((key) => [key, stand])) },
  };
  return items.flatMap(({ at, cell }, index): EditCommand[] => {
    const to = nodes[index] ?? '';
    const { entries, problems: unread } = readPredecessorList(cell('predecessors'), named);
    problems.push(...unread.map(({ text, reason }) => `Row ${at}: ${text}: ${reason}`));
    return entries.flatMap((entry, place): EditCommand[] => {
      const { type: linkType, ...rest } = { ...entry, from: aliases.get(entry.from) ?? entry.from };
      const refusal = linkRefusal(drawn, { ...rest, to, linkType });
      if (refusal) {
        problems.push(`Row ${at}: ${refusal.message}`);
        return [];
      }
      const link = { order: place, to, type: linkType, ...rest };
      drawn = { ...drawn, links: { ...drawn.links, [`${to} ${place}`]: link } };
      return [{ type: 'linkTasks', workflow: workflow.key, to, linkType, ...rest }];
    });
  });
}
