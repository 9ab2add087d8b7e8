import type { Configuration } from '../../../schemas/configuration.ts';
import { inOrder, keysInOrder } from '../../../schemas/document.ts';
import type { Target } from '../../../schemas/period.ts';
import type { TaskDocument } from '../../../schemas/task.ts';
import type { Lag, LinkType, TaskNode, WorkflowDocument, WorkflowNode } from '../../../schemas/workflow.ts';
import type { CompiledCalendar } from '../calendar/compiled.ts';
import { planningSla } from './duration.ts';

export interface PlanLink {
  /** Key of the link into the node; several ways through a node left out share it. */
  key: string;
  from: number;
  type: LinkType;
  lag: Lag | undefined;
  calendar: CompiledCalendar;
}

export interface PlanNode {
  key: string;
  /** Position among the nodes as listed. */
  order: number;
  isTask: boolean;
  /** Undefined for nodes that take no time (communication, decision, milestone, end). */
  target: Target | undefined;
  calendar: CompiledCalendar;
  /** Calendar in which the target itself is counted, hours too. */
  counts: CompiledCalendar;
  notBefore: string | undefined;
  incoming: PlanLink[];
}

/** The planned part of a workflow: nodes in topological order, ties as listed. */
export interface PlanNetwork {
  nodes: PlanNode[];
  calendar: CompiledCalendar;
}

export type PlanNetworkResult = { network: PlanNetwork } | { cycle: string[] } | { missing: string };

/** Calendars a plan may use, by key. */
export type Calendars = Readonly<Record<string, CompiledCalendar>>;

/**
 * The network a plan is made of (P5): manual, recurrent and `outsideSla` tasks are left out and pass their predecessors
 * through without a lag; conditional tasks count as true. Answers the cycle or the missing calendar or task instead.
 */
export function buildPlanNetwork(
  configuration: Configuration,
  workflow: WorkflowDocument,
  calendars: Calendars,
): PlanNetworkResult {
  const known = built.get(workflow);
  if (known && known.tasks === configuration.task && known.calendars === calendars) return known.result;
  const result = rebuild(configuration, workflow, calendars) ?? build(configuration, workflow, calendars);
  built.set(workflow, { tasks: configuration.task, calendars, result });
  return result;
}

/** The last network of each drawing: a drawing is planned many times before it changes. */
const built = new WeakMap<
  WorkflowDocument,
  { tasks: Configuration['task']; calendars: Calendars; result: PlanNetworkResult }
>();

function build(configuration: Configuration, workflow: WorkflowDocument, calendars: Calendars): PlanNetworkResult {
  const base = calendars[workflow.calendar];
  if (!base) return { missing: `calendar/${workflow.calendar}` };
  const listed = keysInOrder(workflow.nodes);
  const left = new Set(
    listed.filter((key) => {
      const node = workflow.nodes[key];
      return node?.type === 'task' && isLeftOut(configuration, node);
    }),
  );
  const order = topologicalOrder(workflow.links, listed);
  if ('cycle' in order) return order;
  const place = new Map<string, number>();
  const orderOf = new Map(listed.map((key, index) => [key, index]));
  const nodes: PlanNode[] = [];
  for (const key of order.keys) {
    const node = workflow.nodes[key];
    if (!node || left.has(key)) continue;
    const task = taskOf(configuration, node);
    if (node.type === 'task' && !task) return { missing: `task/${node.task}` };
    const times = timesOf(node, task, calendars, base);
    if ('missing' in times) return times;
    place.set(key, nodes.length);
    nodes.push({ key, order: orderOf.get(key) ?? 0, isTask: node.type === 'task', ...times, incoming: [] });
  }
  const linksTo = groupLinks(workflow.links);
  for (const node of nodes) node.incoming = incomingOf(linksTo, node, left, place, calendars, base);
  const network = { nodes, calendar: base };
  const tasks = Object.values(workflow.nodes).map((node) => taskOf(configuration, node));
  newest.set(workflow.links, { workflow, tasks, calendars, place, network });
  return { network };
}

/** The newest network over some links, with what it was made of: tasks in the order of the nodes. */
interface Newest {
  readonly workflow: WorkflowDocument;
  readonly tasks: readonly (TaskDocument | undefined)[];
  readonly calendars: Calendars;
  readonly place: ReadonlyMap<string, number>;
  readonly network: PlanNetwork;
}

const newest = new WeakMap<WorkflowDocument['links'], Newest>();

/** The network where only times of nodes changed since the newest one over the same links: all else is taken over. */
function rebuild(
  configuration: Configuration,
  workflow: WorkflowDocument,
  calendars: Calendars,
): PlanNetworkResult | undefined {
  const before = newest.get(workflow.links);
  if (!before || before.calendars !== calendars || before.workflow.calendar !== workflow.calendar) return undefined;
  const keys = Object.keys(workflow.nodes);
  const keysBefore = Object.keys(before.workflow.nodes);
  if (keys.length !== keysBefore.length) return undefined;
  const nodes = before.network.nodes.slice();
  const tasks: (TaskDocument | undefined)[] = [];
  for (let at = 0; at < keys.length; at++) {
    const key = keys[at] as string;
    const [node, was] = [workflow.nodes[key], before.workflow.nodes[key]];
    if (key !== keysBefore[at] || !node || !was) return undefined;
    const [task, taskWas] = [taskOf(configuration, node), before.tasks[at]];
    tasks.push(task);
    if (node === was && task === taskWas) continue;
    if (node.type !== was.type || node.order !== was.order || (node.type === 'task' && !task)) return undefined;
    if (isOutside(node, task) !== isOutside(was, taskWas)) return undefined;
    const place = before.place.get(key);
    const known = place === undefined ? undefined : nodes[place];
    if (place === undefined || !known) continue;
    const times = timesOf(node, task, calendars, before.network.calendar);
    if ('missing' in times) return undefined;
    nodes[place] = { ...known, ...times };
  }
  const network = { nodes, calendar: before.network.calendar };
  newest.set(workflow.links, { ...before, workflow, tasks, network });
  return { network };
}

function taskOf(configuration: Configuration, node: WorkflowNode): TaskDocument | undefined {
  return node.type === 'task' ? configuration.task[node.task] : undefined;
}

/** How long a node takes and in which calendar, or the calendar that is missing. */
function timesOf(
  node: WorkflowNode,
  task: TaskDocument | undefined,
  calendars: Calendars,
  base: CompiledCalendar,
): Pick<PlanNode, 'target' | 'calendar' | 'counts' | 'notBefore'> | { missing: string } {
  const target = node.type === 'task' && task ? planningTarget(node, task) : undefined;
  const counts = target?.calendar ? calendars[target.calendar] : base;
  if (!counts) return { missing: `calendar/${target?.calendar}` };
  return {
    target,
    calendar: target?.unit === 'hours' || target?.unit === 'minutes' ? base : counts,
    counts,
    notBefore: node.type === 'task' ? node.notBefore : undefined,
  };
}

function planningTarget(node: TaskNode, task: TaskDocument): Target | undefined {
  const estimate = node.estimate ?? task.estimate;
  return estimate ? estimate.likely : planningSla(node.sla ?? task.sla)?.target;
}

/** Whether a plan leaves a task out: manual, recurrent, or declared outside the SLA. */
export function isLeftOut(configuration: Configuration, node: TaskNode): boolean {
  return isOutside(node, configuration.task[node.task]);
}

function isOutside(node: WorkflowNode, task: TaskDocument | undefined): boolean {
  if (node.type !== 'task') return false;
  const recurrence = node.recurrence ?? task?.recurrence;
  return node.activation === 'manual' || node.outsideSla === true || recurrence !== undefined;
}

/** Links by the node they lead to, in their order. */
function groupLinks(links: WorkflowDocument['links']): ReadonlyMap<string, readonly KeyedLink[]> {
  const before = groupedLinks.get(links);
  if (before) return before;
  const linksTo = new Map<string, KeyedLink[]>();
  for (const link of inOrder(links)) {
    const known = linksTo.get(link.to);
    if (known) known.push(link);
    else linksTo.set(link.to, [link]);
  }
  groupedLinks.set(links, linksTo);
  return linksTo;
}

// Links never change, and most edits of a drawing leave all of them as they were.
const groupedLinks = new WeakMap<WorkflowDocument['links'], ReadonlyMap<string, readonly KeyedLink[]>>();

type KeyedLink = WorkflowDocument['links'][string] & { readonly key: string };

function incomingOf(
  linksTo: ReadonlyMap<string, readonly KeyedLink[]>,
  node: PlanNode,
  left: ReadonlySet<string>,
  place: ReadonlyMap<string, number>,
  calendars: Calendars,
  base: CompiledCalendar,
): PlanLink[] {
  const incoming: PlanLink[] = [];
  const seen = new Set<string>();
  const collect = (to: string, into?: string): void => {
    const through = into !== undefined;
    for (const link of linksTo.get(to) ?? []) {
      const from = place.get(link.from);
      if (from !== undefined) {
        incoming.push({
          key: into ?? link.key,
          from,
          type: through ? 'FS' : link.type,
          lag: through ? undefined : link.lag,
          calendar: (link.calendar ? calendars[link.calendar] : undefined) ?? base,
        });
      } else if (left.has(link.from) && !seen.has(link.from)) {
        seen.add(link.from);
        collect(link.from, into ?? link.key);
      }
    }
  };
  collect(node.key);
  return incoming;
}

type TopologicalOrder = { keys: readonly string[] } | { cycle: string[] };

const ordered = new WeakMap<WorkflowDocument['links'], { of: readonly string[]; order: TopologicalOrder }>();

function topologicalOrder(links: WorkflowDocument['links'], keys: readonly string[]): TopologicalOrder {
  const before = ordered.get(links);
  if (before && before.of.length === keys.length && before.of.every((key, at) => key === keys[at])) return before.order;
  const order = findOrder(links, keys);
  ordered.set(links, { of: keys, order });
  return order;
}

function findOrder(all: WorkflowDocument['links'], keys: readonly string[]): TopologicalOrder {
  const waiting = new Map(keys.map((key) => [key, 0]));
  const links = Object.values(all).filter((link) => waiting.has(link.from) && waiting.has(link.to));
  for (const link of links) waiting.set(link.to, (waiting.get(link.to) ?? 0) + 1);
  const outgoing = groupByFrom(links);
  const ready = keys.filter((key) => waiting.get(key) === 0);
  const done: string[] = [];
  for (let at = 0; at < ready.length; at++) {
    const key = ready[at] ?? '';
    done.push(key);
    for (const to of outgoing.get(key) ?? []) {
      const left = (waiting.get(to) ?? 0) - 1;
      waiting.set(to, left);
      if (left === 0) ready.push(to);
    }
  }
  if (done.length === keys.length) return { keys: done };
  return {
    cycle: findCycle(
      keys.filter((key) => (waiting.get(key) ?? 0) > 0),
      outgoing,
    ),
  };
}

function groupByFrom(links: readonly { from: string; to: string }[]): Map<string, string[]> {
  const byFrom = new Map<string, string[]>();
  for (const { from, to } of links) byFrom.set(from, [...(byFrom.get(from) ?? []), to]);
  return byFrom;
}

/** One concrete cycle among nodes that wait for each other, not closed. */
function findCycle(stuck: readonly string[], outgoing: ReadonlyMap<string, readonly string[]>): string[] {
  const inside = new Set(stuck);
  const backward = new Map<string, string>();
  for (const from of stuck) for (const to of outgoing.get(from) ?? []) if (inside.has(to)) backward.set(to, from);
  const seen = new Map<string, number>();
  const path: string[] = [];
  // Every stuck node waits for a stuck one, so walking back must come round.
  for (let key = stuck[0] ?? ''; ; key = backward.get(key) ?? '') {
    const start = seen.get(key);
    if (start !== undefined) return path.slice(start).reverse();
    seen.set(key, path.length);
    path.push(key);
  }
}
