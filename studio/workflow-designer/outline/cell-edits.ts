import type { Configuration } from '../../../schemas/configuration.ts';
import type { Sla } from '../../../schemas/period.ts';
import type { TaskNode, WorkflowDocument } from '../../../schemas/workflow.ts';
import { type EditCommand, readLag, readPeriod, readPredecessors } from '../../document/engine.ts';
import { mainSla } from '../../words/period-words.ts';
import { ladderChoices, ownerChoice, ownerChoices, taskTypeChoices, withOwner } from '../node-choices.ts';
import { withMainSla, withMainTarget } from '../sla-edit.ts';
import type { CellEditor, ColumnId } from './columns.ts';
import type { OutlineRow } from './outline-rows.ts';

/** What a cell's new text comes to: commands (none where nothing changes), or the reasons it cannot be kept. */
export type CellRead = { ok: true; commands: EditCommand[] } | { ok: false; reasons: string[] };

interface Place {
  workflow: WorkflowDocument;
  configuration: Configuration;
}

const nothing: CellRead = { ok: true, commands: [] };
const done = (...commands: EditCommand[]): CellRead => ({ ok: true, commands });
const refused = (...reasons: string[]): CellRead => ({ ok: false, reasons });

/** How a cell is changed, or undefined where it only shows what follows from the rest. */
export function editorOf(
  row: OutlineRow,
  column: ColumnId,
  { workflow, configuration }: Place,
): CellEditor | undefined {
  const text = (hint: string): CellEditor => ({ as: 'text', value: row.cells[column], hint });
  if (column === 'title') return text('');
  if (column === 'predecessors')
    return text('For example HP05FS+12d, HP06SS: d calendar days, wd working days, h hours');
  const node = workflow.nodes[row.node];
  if (node?.type !== 'task') return undefined;
  const document = configuration.task[node.task];
  switch (column) {
    case 'type':
      return document && { as: 'choice', value: document.type, choices: taskTypeChoices };
    case 'sla':
      return text('For example 5wd, 24h, 56d');
    case 'amber':
      return text('For example 1wd, 4h, or 80% of the target; empty for none');
    case 'ladder':
      return ladderEditor(node, configuration);
    case 'source':
      return text('');
    case 'owner':
      return ownerEditor(node, configuration, row.cells.owner);
    case 'mandatory':
      return { as: 'switch', value: node.mandatory };
    case 'activation':
      return { as: 'choice', value: row.activation, choices: activationChoices(node) };
    case 'estimate':
      return text('For example 2wd, or least/likely/most: 1wd/2wd/4wd; empty for none');
    default:
      return undefined;
  }
}

function activationChoices({ activation }: TaskNode): { value: string; label: string }[] {
  const plain = [
    { value: 'automatic', label: 'Automatic' },
    { value: 'manual', label: 'By hand' },
  ];
  return typeof activation === 'string' ? plain : [...plain, { value: 'when', label: 'If (as it is)' }];
}

function ladderEditor(node: TaskNode, configuration: Configuration): CellEditor {
  const own = configuration.task[node.task]?.ladder;
  return {
    as: 'choice',
    value: node.ladder ?? '',
    choices: [{ value: '', label: own ? `As its task document: ${own}` : 'None' }, ...ladderChoices(configuration)],
  };
}

function ownerEditor(node: TaskNode, configuration: Configuration, now: string): CellEditor {
  const value = ownerChoice(node.ownerRules ?? configuration.task[node.task]?.ownerRules) ?? '';
  const choices = ownerChoices(configuration);
  return choices.some((choice) => choice.value === value)
    ? { as: 'choice', value, choices }
    : { as: 'choice', value, choices: [{ value, label: now || 'Nobody yet' }, ...choices] };
}

/** Reads what was typed or chosen in a cell. */
export function readCell(node: string, column: ColumnId, text: string, place: Place): CellRead {
  const { workflow, configuration } = place;
  const value = workflow.nodes[node];
  if (!value) return refused(`there is no task ${node}`);
  if (column === 'title')
    return text.trim() === ''
      ? refused('a task needs a title')
      : done({ type: 'renameNode', workflow: workflow.key, node, title: text });
  if (column === 'predecessors') {
    const read = readPredecessors(text, workflow, node, configuration.calendar);
    return read.ok
      ? done(...read.commands)
      : refused(...read.problems.map((problem) => `${problem.text}: ${problem.reason}`));
  }
  if (value.type !== 'task') return refused(`${node} is a ${value.type}: it has no ${column}`);
  return readTaskCell(node, value, column, text, place);
}

function readTaskCell(node: string, task: TaskNode, column: ColumnId, text: string, place: Place): CellRead {
  const { workflow, configuration } = place;
  const document = configuration.task[task.task];
  const set = (field: string, value?: unknown) =>
    done({ type: 'setNodeField', workflow: workflow.key, node, field, ...(value === undefined ? {} : { value }) });
  switch (column) {
    case 'type':
      return done({ type: 'setDocumentField', kind: 'task', key: task.task, path: ['type'], value: text });
    case 'sla': {
      const read = readPeriod(text);
      return 'reason' in read
        ? refused(read.reason)
        : set('sla', withMainTarget(task.sla ?? document?.sla, read.period));
    }
    case 'amber':
      return readAmber(text, mainSla(task.sla ?? document?.sla), (sla) =>
        set('sla', withMainSla(task.sla ?? document?.sla, sla)),
      );
    case 'ladder':
      return set('ladder', text === '' ? undefined : text);
    case 'source':
      return set('source', text.trim() === '' ? undefined : text.trim());
    case 'owner':
      return text === '' || text === ownerChoice(task.ownerRules ?? document?.ownerRules)
        ? nothing
        : set('ownerRules', withOwner(task.ownerRules ?? document?.ownerRules, text));
    case 'mandatory':
      return set('mandatory', text === 'true');
    case 'activation':
      return text === 'when' ? nothing : set('activation', text);
    case 'estimate':
      return readEstimate(text, set);
    default:
      return refused('this column follows from the others');
  }
}

function readAmber(text: string, sla: Sla | undefined, set: (sla: Sla) => CellRead): CellRead {
  if (!sla) return text.trim() === '' ? nothing : refused('an amber warning needs a target: give the SLA first');
  const { amber: _, ...plain } = sla;
  if (text.trim() === '') return set(plain);
  const percent = /^(\d{1,2})\s*%$/.exec(text.trim())?.[1];
  if (percent !== undefined)
    return Number(percent) > 0 ? set({ ...plain, amber: { percent: Number(percent) } }) : refused('write 1% to 99%');
  const read = readPeriod(text);
  return 'reason' in read ? refused(read.reason) : set({ ...plain, amber: { before: read.period } });
}

function readEstimate(text: string, set: (field: string, value?: unknown) => CellRead): CellRead {
  if (text.trim() === '') return set('estimate');
  const parts = text.split('/').map(readPeriod);
  const periods: { value: number; unit: string }[] = [];
  for (const part of parts) {
    if ('reason' in part) return refused(part.reason);
    periods.push(part.period);
  }
  const [minimum, likely = minimum, maximum = likely] = periods;
  if (periods.length === 2 || periods.length > 3) return refused('write one length, or least/likely/most: 1wd/2wd/4wd');
  if (minimum?.unit === likely?.unit && likely?.unit === maximum?.unit) {
    const [least = 0, middle = 0, most = 0] = [minimum?.value, likely?.value, maximum?.value];
    if (least > middle || middle > most)
      return refused('the least is not above the likely one, nor that above the most');
  }
  return set('estimate', { minimum, likely, maximum });
}

/** What can be set for several tasks at once: a column, or the lag of every link that leads to them. */
export type BulkField = ColumnId | 'lag';

/** What a value for several tasks comes to: one list of commands, in words what they set, and the tasks they do not fit. */
export interface BulkRead {
  commands: EditCommand[];
  done: string;
  refused: string[];
  /** Why it fits none of them, where the text itself says so. */
  reason?: string;
}

/** The same value for several tasks. */
export function readForAll(nodes: readonly string[], field: BulkField, text: string, place: Place): BulkRead {
  if (field === 'lag') return readLagForAll(nodes, text, place.workflow);
  const commands: EditCommand[] = [];
  const names: string[] = [];
  for (const node of nodes) {
    const read = readCell(node, field, text, place);
    if (read.ok) commands.push(...read.commands);
    else names.push(node);
  }
  return { commands, done: `of ${nodes.length - names.length} tasks`, refused: names };
}

/** `+12d`, `12d` or `-2h` for the links into these tasks; nothing or 0 takes their lag away. */
function readLagForAll(nodes: readonly string[], text: string, workflow: WorkflowDocument): BulkRead {
  const written = text.trim();
  const isNone = written === '' || Number(written) === 0;
  const read = isNone ? undefined : readLag(/^[+\-\u2212\u2013]/.test(written) ? written : `+${written}`);
  if (read && 'reason' in read) return { commands: [], done: '', refused: [...nodes], reason: read.reason };
  const lag = read?.lag.value === 0 ? undefined : read?.lag;
  const chosen = new Set(nodes);
  const links = Object.entries(workflow.links).filter(([, { to }]) => chosen.has(to));
  const linked = new Set(links.map(([, { to }]) => to));
  return {
    commands: links.map(([link]) => ({ type: 'setLag', workflow: workflow.key, link, ...(lag ? { lag } : {}) })),
    done: links.length === 1 ? 'of the link before them' : `of the ${links.length} links before them`,
    refused: nodes.filter((node) => !linked.has(node)),
    ...(links.length === 0 ? { reason: 'None of them comes after another: link them first.' } : {}),
  };
}

/** What makes sense for several tasks at once. */
export const bulkFields: readonly BulkField[] = [
  'owner',
  'sla',
  'amber',
  'lag',
  'mandatory',
  'activation',
  'estimate',
  'ladder',
  'source',
  'type',
];
