import type { Edge, Node } from '@xyflow/react';
import type { Configuration } from '../../schemas/configuration.ts';
import { inOrder, keysInOrder } from '../../schemas/document.ts';
import type { Finding, Severity } from '../../schemas/finding.ts';
import type { Link, WorkflowDocument, WorkflowNode } from '../../schemas/workflow.ts';
import type { SlaState } from '../api/types.ts';
import type { PlannedTask, Position, WorkflowPlan } from '../document/engine.ts';
import { conditionInWords } from '../words/condition-words.ts';
import { dateInWords } from '../words/date-words.ts';
import { ownerInWords } from '../words/owner-words.ts';
import { lagInWords, linkLabel, mainTarget, periodInShort, periodInWords } from '../words/period-words.ts';
import { CARD } from './layout.ts';

/** State of a task in a living case. */
export interface LiveState {
  state: string;
  slaState?: SlaState;
  owner?: string;
  due?: string;
}

/** What a card shows; nothing in it is stored. */
export interface Card extends Record<string, unknown> {
  key: string;
  type: WorkflowNode['type'];
  taskType?: string;
  title: string;
  owner: string;
  sla?: { short: string; long: string };
  plan?: PlannedTask;
  activation: 'automatic' | 'manual' | 'when';
  activationWords?: string;
  mandatory: boolean;
  worst?: Severity;
  findingCount: number;
  live?: LiveState;
  /** How often it recurs. */
  recurs?: { short: string; long: string };
  /** Its dates, while those are shown; `late` names the target it ends after. */
  dates?: { text: string; late?: string };
  /** What became of it between two versions. */
  change?: ChangeMark;
}

/** What became of a node or a link between two versions of a drawing; what stayed is `same`. */
export type ChangeMark = 'added' | 'removed' | 'changed' | 'same';

export interface Line extends Record<string, unknown> {
  label: string;
  critical: boolean;
  change?: ChangeMark;
}

export type CardNode = Node<Card, 'card'>;
export type LineEdge = Edge<Line, 'line'>;

export interface Drawing {
  workflow: WorkflowDocument;
  configuration: Configuration;
  plan?: WorkflowPlan | undefined;
  findings?: readonly Finding[] | undefined;
  live?: Readonly<Record<string, LiveState>> | undefined;
  /** While dates are shown against the targets: last days, by the node they hold for; `case` holds for all. */
  targets?: readonly DrawnTarget[] | undefined;
  /** While two versions are compared: what became of nodes and links; those not named stayed the same. */
  marks?: DrawingMarks | undefined;
}

interface DrawingMarks {
  nodes: Readonly<Record<string, { change: ChangeMark }>>;
  links: Readonly<Record<string, { change: ChangeMark }>>;
}

export const changeWords: Readonly<Record<ChangeMark, string>> = {
  added: 'new',
  removed: 'gone',
  changed: 'changed',
  same: '',
};

/** A last day of the case or of a clock, with the nodes that must be done by then. */
export interface DrawnTarget {
  title: string;
  dueOn: string;
  nodes: readonly string[] | 'all';
}

/** Cards of every node, in drawing order. */
export function toCards(drawing: Drawing): Card[] {
  const facts = toFacts(drawing);
  return nodesInOrder(drawing.workflow.nodes).map(([key, node]) => ({
    ...toBareCard(drawing, key, node),
    ...facts(key, node),
  }));
}

/** What plan and rules say of a card: the part of it that changes when something else on the drawing does. */
export type CardFacts = Pick<Card, 'plan' | 'dates' | 'worst' | 'findingCount'>;

/** Tells what plan and rules say of a card; worked out for those that are asked for. */
export function toFacts({
  workflow,
  plan,
  targets,
  findings = none,
}: Pick<Drawing, 'workflow' | 'plan' | 'targets' | 'findings'>): (
  key: string,
  node: WorkflowNode | undefined,
) => CardFacts {
  const byPlace = findingsOf(findings, workflow.key);
  return (key, node) => {
    const planned = plan?.tasks[key];
    const own = byPlace.get(key) ?? none;
    const shared = (node?.type === 'task' ? byPlace.get(`task/${node.task}`) : undefined) ?? none;
    const about = [...own, ...shared];
    return {
      ...(planned ? { plan: planned } : {}),
      ...(planned && targets ? { dates: datesOf(key, planned, targets) } : {}),
      ...worstOf(about),
      findingCount: about.length,
    };
  };
}

/** A card without what plan and rules say of it. */
export function toBareCard(
  { workflow, configuration, live, marks }: Omit<Drawing, 'plan' | 'findings' | 'targets'>,
  key: string,
  node: WorkflowNode,
): Card {
  const task = node.type === 'task' ? configuration.task[node.task] : undefined;
  const target = mainTarget(node.type === 'task' ? (node.sla ?? task?.sla) : undefined);
  const activation = node.type === 'task' ? node.activation : 'automatic';
  const now = live?.[key];
  const recurrence = node.type === 'task' ? (node.recurrence ?? task?.recurrence) : undefined;
  return {
    key,
    type: node.type,
    ...(task ? { taskType: task.type } : {}),
    title: nodeTitle(workflow, configuration, key),
    owner: node.type === 'task' ? ownerInWords(node.ownerRules ?? task?.ownerRules, configuration) : '',
    ...(target ? { sla: { short: periodInShort(target), long: periodInWords(target) } } : {}),
    activation: typeof activation === 'string' ? activation : 'when',
    ...(typeof activation === 'string' ? {} : { activationWords: conditionInWords(activation.when, configuration) }),
    mandatory: node.type === 'task' && node.mandatory,
    findingCount: 0,
    ...(now ? { live: now } : {}),
    ...(recurrence
      ? { recurs: { short: periodInShort(recurrence.every), long: `every ${periodInWords(recurrence.every)}` } }
      : {}),
    ...(marks ? { change: marks.nodes[key]?.change ?? 'same' } : {}),
  };
}

function datesOf(key: string, { start, finish }: PlannedTask, targets: readonly DrawnTarget[]) {
  const late = targets.find(({ dueOn, nodes }) => finish > dueOn && (nodes === 'all' || nodes.includes(key)));
  return {
    text: `${shortDate(start)} \u2013 ${shortDate(finish)}`,
    ...(late ? { late: late.title } : {}),
  };
}

/** `12 Jan`: the year stands in the bar. */
function shortDate(date: string): string {
  return dateInWords(date).replace(/ \d{4}$/, '');
}

/** The lane of each node: the one it was put in, else that of its owner. */
export function lanesOf(
  workflow: WorkflowDocument,
  configuration: Configuration,
): Record<string, { key: string; title: string }> {
  return Object.fromEntries(
    Object.entries(workflow.nodes).map(([key, node]) => {
      const lane = node.lane === undefined ? undefined : workflow.lanes[node.lane];
      if (node.lane !== undefined && lane) return [key, { key: `lane ${node.lane}`, title: lane.title }];
      if (node.type !== 'task') return [key, { key: 'nobody', title: 'By itself' }];
      const owner = ownerInWords(node.ownerRules ?? configuration.task[node.task]?.ownerRules, configuration);
      return [key, { key: `owner ${owner}`, title: owner }];
    }),
  );
}

/** What people call a node. */
export function nodeTitle(workflow: WorkflowDocument, configuration: Configuration, key: string): string {
  const node = workflow.nodes[key];
  if (!node) return key;
  if (node.title) return node.title;
  switch (node.type) {
    case 'task':
      return configuration.task[node.task]?.title ?? node.task;
    case 'communication':
      return configuration.template[node.template]?.title ?? node.template;
    case 'decision':
      return 'Decision';
    case 'milestone':
      return node.stage;
    case 'end':
      return workflow.outcomes[node.outcome]?.label ?? node.outcome;
  }
}

interface Neighbours {
  after: string[];
  before: string[];
}

/** Looked up once for all cards: each card of a thousand looking through all links is a second an edit. */
const neighbours = new WeakMap<WorkflowDocument['links'], Map<string, Neighbours>>();

function neighboursOf(links: WorkflowDocument['links']): Map<string, Neighbours> {
  let found = neighbours.get(links);
  if (found) return found;
  found = new Map();
  for (const { from, to } of Object.values(links)) {
    placeOf(found, to).after.push(from);
    placeOf(found, from).before.push(to);
  }
  neighbours.set(links, found);
  return found;
}

function placeOf(found: Map<string, Neighbours>, node: string): Neighbours {
  const place = found.get(node) ?? { after: [], before: [] };
  found.set(node, place);
  return place;
}

/** The whole card in one sentence: what a screen reader says on arrival. */
export function cardInWords(card: Card, links: WorkflowDocument['links']): string {
  const { after, before } = neighboursOf(links).get(card.key) ?? { after: [], before: [] };
  return [
    `${card.key}, ${card.title}`,
    card.change ? changeWords[card.change] : '',
    card.live
      ? `${card.live.state}${card.live.slaState === 'amber' ? ', amber' : card.live.slaState === 'exceeded' ? ', target exceeded' : ''}`
      : '',
    card.owner ? `owner ${card.owner}` : '',
    card.sla ? `SLA ${card.sla.long}` : '',
    card.plan ? (card.plan.critical ? 'on the critical path' : `float ${card.plan.float} working days`) : '',
    card.recurs ? `recurs ${card.recurs.long}` : '',
    card.dates ? `${card.dates.text}${card.dates.late ? `, after ${card.dates.late}` : ''}` : '',
    card.activation === 'manual' ? 'added by hand' : card.activationWords ? `only when ${card.activationWords}` : '',
    card.mandatory ? 'mandatory' : '',
    after.length > 0 ? `after ${after.join(', ')}` : 'no predecessor',
    before.length > 0 ? `before ${before.join(', ')}` : '',
    card.findingCount > 0 ? `${card.findingCount} finding${card.findingCount === 1 ? '' : 's'}` : '',
  ]
    .filter(Boolean)
    .join('; ');
}

export function toNode(card: Card, position: Position, selected: boolean): CardNode {
  return {
    id: card.key,
    type: 'card',
    position,
    data: card,
    width: CARD.width,
    height: CARD.height,
    measured: CARD,
    selected,
  };
}

export function toEdge(
  link: Link & { key: string },
  { critical, selected, change }: { critical: boolean; selected: boolean; change: ChangeMark | undefined },
): LineEdge & { data: Line } {
  return {
    id: link.key,
    type: 'line',
    source: link.from,
    target: link.to,
    selected,
    data: { label: linkLabel(link), critical, ...(change ? { change } : {}) },
    ariaLabel: `Link from ${link.from} to ${link.to}, ${link.type}, ${lagInWords(link.lag)}${critical ? ', on the critical path' : ''}`,
  };
}

/** A link of the critical sub-graph: both ends critical, and (for FS) the successor starts when the lag is over, so nothing else holds it. */
export function isCriticalLink(plan: WorkflowPlan | undefined, link: Link): boolean {
  const [from, to] = [plan?.tasks[link.from], plan?.tasks[link.to]];
  if (!plan || !from?.critical || !to?.critical) return false;
  const at = plan.criticalPath.indexOf(link.from);
  return (
    (at >= 0 && plan.criticalPath[at + 1] === link.to) || (link.type === 'FS' && !link.lag && from.finish === to.start)
  );
}

const none: readonly never[] = [];

/** Findings that weigh, by the node or the task document (`task/KEY`) that they are about. */
function findingsOf(findings: readonly Finding[], workflow: string): Map<string, Finding[]> {
  const found = new Map<string, Finding[]>();
  for (const finding of findings) {
    const { document, pointer, severity } = finding;
    if (severity === 'info') continue;
    const place = document === `workflow/${workflow}` ? /^\/nodes\/([^/]+)/.exec(pointer)?.[1] : document;
    if (place === undefined) continue;
    const others = found.get(place);
    if (others) others.push(finding);
    else found.set(place, [finding]);
  }
  return found;
}

/** Nodes and links of a drawing do not change in place: each state of them is put in order once. */
export const nodesInOrder = onceOf((nodes: WorkflowDocument['nodes']) =>
  keysInOrder(nodes).map((key): [string, WorkflowNode] => [key, nodes[key] as WorkflowNode]),
);
export const linksInOrder = onceOf((links: WorkflowDocument['links']) => inOrder(links));

function onceOf<From extends object, To>(make: (from: From) => To): (from: From) => To {
  const made = new WeakMap<From, To>();
  return (from) => {
    const known = made.get(from) ?? make(from);
    made.set(from, known);
    return known;
  };
}

function worstOf(findings: readonly Finding[]): { worst?: Severity } {
  const worst = (['error', 'warning'] as const).find((severity) =>
    findings.some((finding) => finding.severity === severity),
  );
  return worst ? { worst } : {};
}
