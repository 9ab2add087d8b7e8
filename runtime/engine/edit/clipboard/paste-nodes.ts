import type { AnyDocument, DocumentKind } from '../../../../schemas/configuration.ts';
import { inOrder } from '../../../../schemas/in-order.ts';
import { isDocumentKind } from '../../../../schemas/kinds.ts';
import type { WorkflowDocument } from '../../../../schemas/workflow.ts';
import { isSame } from '../../diff/parts.ts';
import type { DraftContent, EditCommand, Position } from '../command.ts';
import type { ClipboardBundle } from './bundle.ts';
import { type NamedKind, namesIn, withNames } from './names.ts';

/** What becomes of something the pasted nodes name: it comes along, another takes its place, or its name stays and a finding reminds of it. */
export type RepairChoice = { do: 'take' } | { do: 'map'; to: string } | { do: 'leave' };

/** Something named that is not here, or is another thing under the same key. */
export interface Repair {
  /** `kind/key`. */
  name: string;
  kind: NamedKind;
  key: string;
  title: string;
  problem: 'missing' | 'different';
  /** Nodes of the clipboard that need it. */
  usedBy: string[];
  canTake: boolean;
  /** Keys of the same kind that could take its place. */
  others: { key: string; title: string }[];
  choice: RepairChoice;
}

export interface PastePlan {
  commands: EditCommand[];
  /** The new nodes, in their order. */
  nodes: string[];
  /** Node and task document keys that had to change: old, new. */
  renamed: { from: string; to: string }[];
  repairs: Repair[];
}

export interface PasteWish {
  choices?: Readonly<Record<string, RepairChoice>>;
  /** How far the new cards lie from where they were copied; without it they are laid out by their links. */
  shift?: Position;
}

/** What pasting comes to: nothing is lost silently, every reference that does not hold here is named with what can be done. */
export function planPaste(
  content: DraftContent,
  workflowKey: string,
  bundle: ClipboardBundle,
  { choices = {}, shift }: PasteWish = {},
): PastePlan {
  const workflow = content.configuration.workflow[workflowKey];
  if (!workflow) throw new Error(`expected a workflow ${workflowKey} to paste into`);
  const keys = newKeys(content, workflow, bundle);
  const repairs = findRepairs(content, workflow, bundle, choices);
  const renames = new Map([...keys.nodes, ...keys.tasks].map(([from, to]) => [from, to] as const));
  const documents = new Set(keys.copiedTasks);
  for (const repair of repairs) {
    const chosen = repair.choice;
    if (chosen.do === 'map') renames.set(repair.name, chosen.to);
    if (chosen.do !== 'take') continue;
    if (!isDocumentKind(repair.kind)) continue;
    documents.add(repair.name);
    if (repair.problem === 'different') renames.set(repair.name, freeDocumentKey(content, repair.kind, repair.key));
  }
  const parts = repairs.flatMap((repair) => takePart(workflow, bundle, repair, renames));
  const puts = [...documents].sort().flatMap((name) => putRenamed(bundle, name, renames));
  const nodes = inOrder(bundle.nodes).map(({ key }) => key);
  const nodeKey = (key: string) => renames.get(`node/${key}`) ?? key;
  const last = Math.max(0, ...Object.values(workflow.nodes).map((node) => node.order));
  const adds = nodes.map((key, at): EditCommand => {
    const value = bundle.nodes[key];
    const position = bundle.positions[key];
    if (!value) throw new Error(`expected node ${key} in the bundle`);
    return {
      type: 'addNode',
      workflow: workflowKey,
      node: nodeKey(key),
      value: { ...withNames(value, renames), order: last + at + 1 },
      ...(shift && position ? { at: { x: position.x + shift.x, y: position.y + shift.y } } : {}),
    };
  });
  return {
    commands: [...puts, ...parts, ...adds, ...linkCommands(workflow, bundle, nodeKey)],
    nodes: nodes.map(nodeKey),
    renamed: [...keys.nodes]
      .map(([name, to]) => ({ from: name.slice('node/'.length), to }))
      .filter(({ from, to }) => from !== to),
    repairs,
  };
}

/** Links as they were, past every refusal: they were drawn already, and an invalid drawing may be pasted. */
function linkCommands(
  workflow: WorkflowDocument,
  bundle: ClipboardBundle,
  nodeKey: (key: string) => string,
): EditCommand[] {
  const taken = new Set(Object.keys(workflow.links));
  const last = Math.max(0, ...Object.values(workflow.links).map((link) => link.order));
  return inOrder(bundle.links).map(({ key: _, ...link }, at) => {
    const [from, to] = [nodeKey(link.from), nodeKey(link.to)];
    const key = freeKey(taken, `${from}-${to}`.slice(0, 60));
    taken.add(key);
    const value = { ...link, from, to, order: last + at + 1 };
    return { type: 'setDocumentField', kind: 'workflow', key: workflow.key, path: ['links', key], value };
  });
}

/** Keys of the new nodes and of the task documents that come as copies. */
function newKeys(content: DraftContent, workflow: WorkflowDocument, bundle: ClipboardBundle) {
  const { configuration } = content;
  const taken = new Set([...Object.keys(workflow.nodes)].map((key) => key.toLowerCase()));
  const takenTasks = new Set(Object.keys(configuration.task).map((key) => key.toLowerCase()));
  const used = new Set(Object.values(workflow.nodes).map((node) => (node.type === 'task' ? node.task : '')));
  const nodes = new Map<string, string>();
  const tasks = new Map<string, string>();
  const copiedTasks: string[] = [];
  for (const { key, ...node } of inOrder(bundle.nodes)) {
    const task = node.type === 'task' ? node.task : undefined;
    const here = task === undefined ? undefined : configuration.task[task];
    const theirs = task === undefined ? undefined : bundle.documents[`task/${task}`];
    const isShared =
      here !== undefined && (!theirs || isSame(here, theirs)) && (here.repeatable || !used.has(here.key));
    const isDone = task === undefined || isShared || !theirs || tasks.has(`task/${task}`);
    const wantsOwnTask = !isDone;
    const isFree = (name: string) =>
      !taken.has(name.toLowerCase()) && !(wantsOwnTask && takenTasks.has(name.toLowerCase()));
    const name = isFree(key)
      ? key
      : node.type === 'task'
        ? numbered(workflow.key, taken, takenTasks)
        : suffixed(key, isFree);
    taken.add(name.toLowerCase());
    nodes.set(`node/${key}`, name);
    if (task !== undefined) used.add(isShared ? task : name);
    if (!wantsOwnTask || task === undefined) continue;
    const taskName = takenTasks.has(task.toLowerCase()) ? name : task;
    takenTasks.add(taskName.toLowerCase());
    tasks.set(`task/${task}`, taskName);
    copiedTasks.push(`task/${task}`);
  }
  return { nodes, tasks, copiedTasks };
}

function numbered(prefix: string, ...taken: readonly ReadonlySet<string>[]): string {
  for (let number = (taken[0]?.size ?? 0) + 1; ; number++) {
    const key = `${prefix}${String(number).padStart(2, '0')}`;
    if (taken.every((keys) => !keys.has(key.toLowerCase()))) return key;
  }
}

function suffixed(key: string, isFree: (name: string) => boolean): string {
  for (let number = 2; ; number++) {
    const name = `${key.slice(0, 58)}-${number}`;
    if (isFree(name)) return name;
  }
}

/** Everything the nodes, and the documents that come with them, name and that is missing or another thing here. */
function findRepairs(
  content: DraftContent,
  workflow: WorkflowDocument,
  bundle: ClipboardBundle,
  choices: Readonly<Record<string, RepairChoice>>,
): Repair[] {
  const found = new Map<string, Repair>();
  const look = (value: object, usedBy: string): void => {
    for (const { kind, key } of namesIn(value)) {
      const name = `${kind}/${key}`;
      if (kind === 'node' && Object.hasOwn(bundle.nodes, key)) continue;
      if (kind === 'task' && Object.hasOwn(bundle.documents, name)) {
        visitDocument(name, usedBy);
        continue;
      }
      const known = found.get(name);
      if (known) {
        if (!known.usedBy.includes(usedBy)) known.usedBy.push(usedBy);
        continue;
      }
      const repair = repairOf(content, workflow, bundle, { kind, key, name });
      if (!repair) continue;
      const choice = choices[name] ?? repair.choice;
      found.set(name, { ...repair, usedBy: [usedBy], choice });
      if (choice.do === 'take' && isDocumentKind(kind)) visitDocument(name, usedBy);
    }
  };
  const visited = new Set<string>();
  const visitDocument = (name: string, usedBy: string): void => {
    const document = bundle.documents[name];
    if (!document || visited.has(name)) return;
    visited.add(name);
    look(document, usedBy);
  };
  for (const [key, node] of Object.entries(bundle.nodes)) look(node, key);
  for (const [key, condition] of Object.entries(bundle.namedConditions)) look(condition, key);
  return [...found.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

function repairOf(
  content: DraftContent,
  workflow: WorkflowDocument,
  bundle: ClipboardBundle,
  { kind, key, name }: { kind: NamedKind; key: string; name: string },
): Omit<Repair, 'usedBy'> | undefined {
  const here = thingsHere(content, workflow, kind);
  const theirs = thingsThere(bundle, kind, key);
  const mine = Object.hasOwn(here, key) ? here[key] : undefined;
  if (mine !== undefined && (theirs === undefined || isSame(mine, theirs))) return undefined;
  const problem = mine === undefined ? ('missing' as const) : ('different' as const);
  const canTake = theirs !== undefined && (problem === 'missing' || isDocumentKind(kind));
  const others = Object.entries(here).map(([other, thing]) => ({ key: other, title: titleOf(thing) || other }));
  const choice: RepairChoice =
    problem === 'different' ? { do: 'map', to: key } : canTake ? { do: 'take' } : { do: 'leave' };
  return { name, kind, key, title: titleOf(theirs) || key, problem, canTake, others, choice };
}

function thingsHere(
  content: DraftContent,
  workflow: WorkflowDocument,
  kind: NamedKind,
): Readonly<Record<string, object>> {
  switch (kind) {
    case 'node':
      return workflow.nodes;
    case 'namedCondition':
      return workflow.namedConditions;
    case 'lane':
      return workflow.lanes;
    case 'outcome':
      return workflow.outcomes;
    default:
      return content.configuration[kind];
  }
}

function thingsThere(bundle: ClipboardBundle, kind: NamedKind, key: string): object | undefined {
  switch (kind) {
    case 'node':
      return bundle.nodes[key];
    case 'namedCondition':
      return bundle.namedConditions[key];
    case 'lane':
      return bundle.lanes[key];
    case 'outcome':
      return bundle.outcomes[key];
    default:
      return bundle.documents[`${kind}/${key}`];
  }
}

function titleOf(thing: object | undefined): string {
  const { title, label } = (thing ?? {}) as { title?: string; label?: string };
  return title ?? label ?? '';
}

/** A lane, outcome or named condition that comes along becomes part of the workflow. */
function takePart(
  workflow: WorkflowDocument,
  bundle: ClipboardBundle,
  { kind, key, choice }: Repair,
  renames: ReadonlyMap<string, string>,
): EditCommand[] {
  const field = { namedCondition: 'namedConditions', lane: 'lanes', outcome: 'outcomes' }[kind as 'lane'];
  const value = thingsThere(bundle, kind, key);
  if (choice.do !== 'take' || !field || !value) return [];
  return [
    {
      type: 'setDocumentField',
      kind: 'workflow',
      key: workflow.key,
      path: [field, key],
      value: withNames(value, renames),
    },
  ];
}

function putRenamed(bundle: ClipboardBundle, name: string, renames: ReadonlyMap<string, string>): EditCommand[] {
  const document = bundle.documents[name];
  if (!document) return [];
  const renamed = withNames(document, renames);
  return [{ type: 'putDocument', document: { ...renamed, key: renames.get(name) ?? document.key } as AnyDocument }];
}

function freeDocumentKey(content: DraftContent, kind: DocumentKind, key: string): string {
  return freeKey(new Set(Object.keys(content.configuration[kind])), key);
}

function freeKey(taken: ReadonlySet<string>, wished: string): string {
  if (!taken.has(wished)) return wished;
  for (let number = 2; ; number++) if (!taken.has(`${wished}-${number}`)) return `${wished}-${number}`;
}
