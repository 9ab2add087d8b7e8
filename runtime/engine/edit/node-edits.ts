import type { Configuration } from '../../../schemas/configuration.ts';
import { inOrder } from '../../../schemas/document.ts';
import type { WorkflowDocument } from '../../../schemas/workflow.ts';
import type { Position } from './command.ts';
import { putDocument, type ReadShape } from './document-edits.ts';
import {
  type CommandOf,
  findNode,
  findWorkflow,
  type Mutable,
  missingDocument,
  nextOrder,
  refuse,
  setOptional,
} from './draft-access.ts';
import { append } from './link-edits.ts';

/** A key for a new node that no node or task document has: `HP14` after `HP13`. */
export function freeNodeKey(configuration: Configuration, workflow: string): string {
  const nodes = configuration.workflow[workflow]?.nodes ?? {};
  const taken = new Set([...Object.keys(nodes), ...Object.keys(configuration.task)].map((key) => key.toLowerCase()));
  for (let number = Object.keys(nodes).length + 1; ; number++) {
    const key = `${workflow}${String(number).padStart(2, '0')}`;
    if (!taken.has(key.toLowerCase())) return key;
  }
}

export function addTask(draft: Mutable, command: CommandOf<'addTask'>, readShape: ReadShape): void {
  const { task } = command;
  const taskKey = typeof task === 'string' ? task : task.key;
  if (typeof task !== 'string') putDocument(draft, task, readShape);
  else if (!Object.hasOwn(draft.configuration.task, task)) throw missingDocument('task', task);
  const order = nextOrder(findWorkflow(draft, command.workflow).nodes);
  addNode(
    draft,
    command.workflow,
    command.node,
    { type: 'task', order, task: taskKey, activation: 'automatic', mandatory: command.mandatory ?? false },
    command.at,
  );
  if (command.after !== undefined) append(draft, command.workflow, command.after, command.node);
}

export function addNode(
  draft: Mutable,
  workflowKey: string,
  node: string,
  value: WorkflowDocument['nodes'][string],
  at: Position | undefined,
): void {
  const workflow = findWorkflow(draft, workflowKey);
  const twin = Object.keys(workflow.nodes).find((key) => key.toLowerCase() === node.toLowerCase());
  if (twin) refuse('NODE_TWICE', `${workflowKey} already has ${twin}: choose another key`, { node: twin });
  workflow.nodes[node] = value as (typeof workflow.nodes)[string];
  if (at) moveNodes(draft, workflowKey, { [node]: at });
}

export function removeNodes(draft: Mutable, command: CommandOf<'removeNodes'>): void {
  const workflow = findWorkflow(draft, command.workflow);
  const gone = new Set(command.nodes);
  for (const node of gone) findNode(draft, command.workflow, node);
  for (const [key, link] of Object.entries(workflow.links)) {
    if (gone.has(link.from) || gone.has(link.to)) delete workflow.links[key];
  }
  const positions = draft.layouts[command.workflow]?.positions ?? {};
  for (const node of gone) {
    delete workflow.nodes[node];
    delete positions[node];
  }
}

/** Puts nodes, in the order given, before another one or at the end; orders between two neighbours, so nothing else changes. */
export function reorderNodes(draft: Mutable, command: CommandOf<'reorderNodes'>): void {
  const { nodes } = findWorkflow(draft, command.workflow);
  const moved = command.nodes.map((key) => findNode(draft, command.workflow, key));
  const rest = inOrder(nodes).filter(({ key }) => !command.nodes.includes(key));
  const at = command.before === undefined ? rest.length : rest.findIndex(({ key }) => key === command.before);
  if (at < 0)
    refuse('NODE_MISSING', `there is no task ${command.before} to put others before`, { node: command.before });
  const above = rest[at - 1]?.order ?? (rest[at]?.order ?? 1) - moved.length - 1;
  const below = rest[at]?.order ?? above + moved.length + 1;
  const step = (below - above) / (moved.length + 1);
  // Numbers run out of places between neighbours after some fifty halvings: then all are counted anew.
  if (step < 1e-6) {
    const keys = rest.map(({ key }) => key);
    return void renumber(nodes, [...keys.slice(0, at), ...command.nodes, ...keys.slice(at)]);
  }
  moved.forEach((node, index) => {
    node.order = above + step * (index + 1);
  });
}

function renumber(nodes: Mutable['configuration']['workflow'][string]['nodes'], keys: readonly string[]): void {
  keys.forEach((key, index) => {
    const node = nodes[key];
    if (node) node.order = index + 1;
  });
}

/** The drawing keeps a title of its own only where it differs from the task document's. */
export function renameNode(draft: Mutable, command: CommandOf<'renameNode'>): void {
  const node = findNode(draft, command.workflow, command.node);
  const title = command.title.trim();
  if (title === '') refuse('TITLE_EMPTY', `${command.node} needs a title`, { node: command.node });
  const usual = node.type === 'task' ? draft.configuration.task[node.task]?.title : undefined;
  setOptional(node, 'title', title === usual ? undefined : title);
}

export function setNodeField(draft: Mutable, command: CommandOf<'setNodeField'>): void {
  if (command.field === 'type')
    refuse('FIELD_FIXED', 'the type of a node never changes: delete it and add another', {});
  setOptional(findNode(draft, command.workflow, command.node) as Record<string, unknown>, command.field, command.value);
}

export function moveNodes(draft: Mutable, workflow: string, positions: Readonly<Record<string, Position>>): void {
  const layout = draft.layouts[workflow];
  const moved = Object.entries(positions).map(
    ([node, { x, y }]) => [node, { x: Math.round(x), y: Math.round(y) }] as const,
  );
  if (!layout) {
    draft.layouts[workflow] = { kind: 'layout', format: 1, key: workflow, positions: Object.fromEntries(moved) };
    return;
  }
  for (const [node, position] of moved) layout.positions[node] = position;
}
