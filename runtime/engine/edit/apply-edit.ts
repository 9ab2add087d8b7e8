import { current, type Draft, enablePatches, type Patch, produceWithPatches } from 'immer';
import type { AnyDocument, Configuration } from '../../../schemas/configuration.ts';
import { parseDocument } from '../../../schemas/load-configuration.ts';
import type { WorkflowDocument } from '../../../schemas/workflow.ts';
import type { DraftContent, EditCommand, EditRefusal, Position } from './command.ts';
import { editLabel, editMergeKey } from './label.ts';
import { linkRefusal } from './link-rules.ts';

enablePatches();

/** One step of the history: what it did in words, how to do it again and how to take it back. */
export interface Edit {
  label: string;
  /** Neighbouring steps with the same key are one gesture. */
  mergeKey?: string;
  patches: readonly Patch[];
  inverse: readonly Patch[];
}

export type EditResult = { ok: true; content: DraftContent; edit: Edit } | { ok: false; refusal: EditRefusal };

class Refused extends Error {
  readonly refusal: EditRefusal;
  constructor(refusal: EditRefusal) {
    super(refusal.message);
    this.refusal = refusal;
  }
}

/** Applies one command, whole or not at all; answers the new content with the inverse, or the reason it is refused (S8 for cycles). */
export function applyEdit(content: DraftContent, command: EditCommand): EditResult {
  try {
    const [next, patches, inverse] = produceWithPatches(content, (draft) => change(draft, command, content));
    const mergeKey = editMergeKey(command);
    const edit: Edit = {
      label: editLabel(command, content.configuration),
      patches,
      inverse,
      ...(mergeKey ? { mergeKey } : {}),
    };
    return { ok: true, content: next, edit };
  } catch (error) {
    if (error instanceof Refused) return { ok: false, refusal: error.refusal };
    throw error;
  }
}

/** A key for a new node that no node or task document has: `HP14` after `HP13`. */
export function freeNodeKey(configuration: Configuration, workflow: string): string {
  const nodes = configuration.workflow[workflow]?.nodes ?? {};
  const taken = new Set([...Object.keys(nodes), ...Object.keys(configuration.task)].map((key) => key.toLowerCase()));
  for (let number = Object.keys(nodes).length + 1; ; number++) {
    const key = `${workflow}${String(number).padStart(2, '0')}`;
    if (!taken.has(key.toLowerCase())) return key;
  }
}

type Mutable = Draft<DraftContent>;

function change(draft: Mutable, command: EditCommand, content: DraftContent): void {
  switch (command.type) {
    case 'addTask':
      addTask(draft, command);
      break;
    case 'addNode':
      addNode(draft, command.workflow, command.node, command.value, command.at);
      break;
    case 'removeNodes':
      removeNodes(draft, command);
      break;
    case 'linkTasks':
      linkTasks(draft, command, content);
      break;
    case 'unlink':
      unlink(draft, command);
      break;
    case 'setLag':
      setOptional(findLink(draft, command.workflow, command.link), 'lag', command.lag);
      break;
    case 'setLinkType':
      setLinkType(draft, command, content);
      break;
    case 'renameNode':
      renameNode(draft, command);
      break;
    case 'setNodeField':
      setNodeField(draft, command);
      break;
    case 'setDocumentField':
      setDocumentField(draft, command);
      break;
    case 'moveNodes':
      moveNodes(draft, command.workflow, command.positions);
      break;
    case 'putDocument':
      putDocument(draft, command.document);
      break;
    case 'removeDocument':
      removeDocument(draft, command);
      break;
    case 'batch':
      for (const step of command.commands) change(draft, step, current(draft) as DraftContent);
      break;
  }
}

type CommandOf<T extends EditCommand['type']> = Extract<EditCommand, { type: T }>;

function addTask(draft: Mutable, command: CommandOf<'addTask'>): void {
  const { task } = command;
  const taskKey = typeof task === 'string' ? task : task.key;
  if (typeof task !== 'string') putDocument(draft, task);
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

/** A new task has no links yet, so nothing can refuse its first one; a decision leads on by its default. */
function append(draft: Mutable, workflowKey: string, from: string, to: string): void {
  const source = findNode(draft, workflowKey, from);
  const { links } = findWorkflow(draft, workflowKey);
  links[freeKey(links, `${from}-${to}`)] = {
    order: nextOrder(links),
    from,
    to,
    type: 'FS',
    ...(source.type === 'decision' ? { branch: 'otherwise' } : {}),
  };
}

function addNode(
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

function removeNodes(draft: Mutable, command: CommandOf<'removeNodes'>): void {
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

function linkTasks(draft: Mutable, command: CommandOf<'linkTasks'>, content: DraftContent): void {
  const before = content.configuration.workflow[command.workflow];
  if (!before) throw missingDocument('workflow', command.workflow);
  const refusal = linkRefusal(before, command);
  if (refusal) throw new Refused(refusal);
  const { from, to, linkType, lag, branch } = command;
  const source = before.nodes[from];
  const branches = source?.type === 'decision' ? [...Object.keys(source.branches), 'otherwise'] : undefined;
  if (branches ? !branches.includes(branch ?? '') : branch !== undefined) {
    refuse(
      'BRANCH_MISSING',
      branches ? `choose a branch of ${from}: ${branches.join(', ')}` : `${from} has no branches`,
      { from },
    );
  }
  const { links } = findWorkflow(draft, command.workflow);
  const key = freeKey(links, `${from}-${to}`);
  links[key] = {
    order: nextOrder(links),
    from,
    to,
    type: linkType,
    ...(lag ? { lag } : {}),
    ...(branch ? { branch } : {}),
  };
}

function unlink(draft: Mutable, command: CommandOf<'unlink'>): void {
  const { links } = findWorkflow(draft, command.workflow);
  for (const link of command.links) {
    findLink(draft, command.workflow, link);
    delete links[link];
  }
}

function setLinkType(draft: Mutable, command: CommandOf<'setLinkType'>, content: DraftContent): void {
  const link = findLink(draft, command.workflow, command.link);
  if (link.type === command.linkType) return;
  const others = Object.entries(content.configuration.workflow[command.workflow]?.links ?? {});
  const twin = others.find(
    ([, other]) => other.from === link.from && other.to === link.to && other.type === command.linkType,
  );
  if (twin)
    refuse('LINK_TWICE', `${link.from} and ${link.to} are already linked ${command.linkType}`, { link: twin[0] });
  link.type = command.linkType;
}

/** The drawing keeps a title of its own only where it differs from the task document's. */
function renameNode(draft: Mutable, command: CommandOf<'renameNode'>): void {
  const node = findNode(draft, command.workflow, command.node);
  const title = command.title.trim();
  if (title === '') refuse('TITLE_EMPTY', `${command.node} needs a title`, { node: command.node });
  const usual = node.type === 'task' ? draft.configuration.task[node.task]?.title : undefined;
  setOptional(node, 'title', title === usual ? undefined : title);
}

function setNodeField(draft: Mutable, command: CommandOf<'setNodeField'>): void {
  if (command.field === 'type')
    refuse('FIELD_FIXED', 'the type of a node never changes: delete it and add another', {});
  setOptional(findNode(draft, command.workflow, command.node) as Record<string, unknown>, command.field, command.value);
}

function setDocumentField(draft: Mutable, command: CommandOf<'setDocumentField'>): void {
  const [first] = command.path;
  if (first === undefined || ['kind', 'key', 'format'].includes(first)) {
    refuse('FIELD_FIXED', `${first ?? 'the whole document'} of ${command.kind} ${command.key} never changes`, {});
  }
  let holder = findDocument(draft, command.kind, command.key) as unknown as Record<string, unknown>;
  for (const part of command.path.slice(0, -1)) {
    const child = Object.hasOwn(holder, part) ? holder[part] : undefined;
    if (typeof child !== 'object' || child === null) {
      refuse('FIELD_FIXED', `${command.kind} ${command.key} has nothing at /${command.path.join('/')}`, {});
    }
    holder = child as Record<string, unknown>;
  }
  setOptional(holder, command.path.at(-1) ?? '', command.value);
}

function moveNodes(draft: Mutable, workflow: string, positions: Readonly<Record<string, Position>>): void {
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

function putDocument(draft: Mutable, document: AnyDocument): void {
  const parsed = parseDocument(document, `${document.kind}/${document.key}`);
  if ('findings' in parsed) {
    const [first] = parsed.findings;
    refuse('DOCUMENT_INVALID', first?.message ?? 'this document is not valid', { findings: parsed.findings });
  }
  const documents = draft.configuration[document.kind] as Record<string, AnyDocument>;
  documents[document.key] = document;
}

function removeDocument(draft: Mutable, command: CommandOf<'removeDocument'>): void {
  findDocument(draft, command.kind, command.key);
  delete (draft.configuration[command.kind] as Record<string, unknown>)[command.key];
}

function findDocument(draft: Mutable, kind: keyof Configuration, key: string): object {
  const documents = draft.configuration[kind] as Record<string, AnyDocument>;
  const found = Object.hasOwn(documents, key) ? documents[key] : undefined;
  if (!found) throw missingDocument(kind, key);
  return found;
}

function findWorkflow(draft: Mutable, key: string): Draft<WorkflowDocument> {
  return findDocument(draft, 'workflow', key) as Draft<WorkflowDocument>;
}

function findNode(draft: Mutable, workflow: string, key: string): Draft<WorkflowDocument>['nodes'][string] {
  const { nodes } = findWorkflow(draft, workflow);
  const node = Object.hasOwn(nodes, key) ? nodes[key] : undefined;
  if (!node) return refuse('NODE_MISSING', `there is no task ${key} in ${workflow}`, { node: key });
  return node;
}

function findLink(draft: Mutable, workflow: string, key: string): Draft<WorkflowDocument>['links'][string] {
  const { links } = findWorkflow(draft, workflow);
  const link = Object.hasOwn(links, key) ? links[key] : undefined;
  if (!link) return refuse('LINK_MISSING', `there is no link ${key} in ${workflow}`, { link: key });
  return link;
}

/** Absent, not undefined: the schemas are strict about the difference. */
function setOptional<T extends object>(holder: T, field: keyof T & string, value: unknown): void {
  if (value === undefined) delete holder[field];
  else (holder as Record<string, unknown>)[field] = value;
}

function nextOrder(entries: Readonly<Record<string, { order: number }>>): number {
  return Math.max(0, ...Object.values(entries).map((entry) => entry.order)) + 1;
}

function freeKey(taken: Readonly<Record<string, unknown>>, wished: string): string {
  const base = wished.slice(0, 60);
  if (!Object.hasOwn(taken, base)) return base;
  for (let number = 2; ; number++) {
    if (!Object.hasOwn(taken, `${base}-${number}`)) return `${base}-${number}`;
  }
}

function missingDocument(kind: string, key: string): Refused {
  return new Refused({ code: 'DOCUMENT_MISSING', message: `there is no ${kind} ${key}`, values: { kind, key } });
}

function refuse(code: EditRefusal['code'], message: string, values: Record<string, unknown>): never {
  throw new Refused({ code, message, values });
}
