import type { Configuration } from '../../../schemas/configuration.ts';
import { inOrder } from '../../../schemas/document.ts';
import type { LinkType, WorkflowDocument, WorkflowNode } from '../../../schemas/workflow.ts';
import type { PlanTimeline, TimelineBar, TimelineTarget } from '../../document/engine.ts';
import { dateInWords } from '../../words/date-words.ts';
import { nodeTitle } from '../drawing.ts';
import { type Day, dayOf } from './scale.ts';

/** How much a bar matters for the end: never told by colour alone. */
export type Weight = 'critical' | 'near' | 'plain';

/** First and last day, both drawn whole. */
export interface Stretch {
  readonly from: Day;
  readonly to: Day;
}

/** One line of the chart. */
export interface ChartRow {
  readonly id: string;
  /** Node it is about; null for a target of the case. */
  readonly node: string | null;
  readonly kind: 'target' | 'node' | 'leftOut';
  readonly type: WorkflowNode['type'] | 'target';
  readonly title: string;
  /** Under the title: dates and room. Worked out for the lines that are seen. */
  readonly note: () => string;
  /** Everything about it in one sentence. */
  readonly words: () => string;
  readonly bar?: Stretch;
  /** Where it may lie at the latest. */
  readonly latest?: Stretch;
  /** From its end to its latest end. */
  readonly room?: Stretch;
  readonly amber?: Day;
  readonly weight: Weight;
  readonly missed?: boolean;
  /** State in a living or played case. */
  readonly state?: string;
}

/** A vertical line across the chart, at the end of a day. */
export interface ChartLine {
  readonly id: string;
  readonly day: Day;
  readonly label: string;
  readonly kind: 'target' | 'clock' | 'today' | 'amber';
  readonly missed?: boolean;
}

/** A link between two lines, with what the plan says of it. */
export interface ChartLink {
  readonly key: string;
  readonly from: string;
  readonly to: string;
  readonly type: LinkType;
  readonly critical: boolean;
  /** Whether it holds its successor where it is. */
  readonly holds: boolean;
}

export type RowOrder = 'drawn' | 'start';

/** Targets first, then the tasks, then what the plan leaves out. */
export function toRows(
  timeline: PlanTimeline,
  workflow: WorkflowDocument,
  configuration: Configuration,
  order: RowOrder,
): ChartRow[] {
  const title = (key: string) => nodeTitle(workflow, configuration, key);
  const nodes = inOrder(workflow.nodes).flatMap(({ key }) => {
    const bar = timeline.bars[key];
    return bar ? [toBarRow(bar, title(key), workflow)] : [];
  });
  if (order === 'start') nodes.sort((a, b) => (a.bar?.from ?? 0) - (b.bar?.from ?? 0));
  return [
    ...timeline.targets.map((target, at) => toTargetRow(target, at, title)),
    ...nodes,
    ...timeline.leftOut.map((key) => toLeftOutRow(key, title(key), workflow, configuration)),
  ];
}

function toBarRow(bar: TimelineBar, title: string, workflow: WorkflowDocument): ChartRow {
  const [from, to, last] = [dayOf(bar.start), dayOf(bar.finish), dayOf(bar.latestFinish)];
  const weight: Weight = bar.critical ? 'critical' : bar.nearCritical ? 'near' : 'plain';
  return {
    id: bar.key,
    node: bar.key,
    kind: 'node',
    type: bar.type,
    title,
    note: () => `${spanInShort(bar.start, bar.finish)} · ${bar.critical ? 'no float' : `${bar.float} wd float`}`,
    words: () => barInWords(bar, title, workflow),
    bar: { from, to },
    latest: { from: dayOf(bar.latestStart), to: last },
    ...(last > to && !bar.critical ? { room: { from: to + 1, to: last } } : {}),
    ...(bar.amberOn ? { amber: dayOf(bar.amberOn) } : {}),
    weight,
  };
}

/** What a screen reader says on arrival at a bar. */
function barInWords(bar: TimelineBar, title: string, workflow: WorkflowDocument): string {
  const holders = bar.heldBy.flatMap((key) => workflow.links[key]?.from ?? []);
  const room = plainDays(bar.float);
  return [
    `${bar.key}, ${title}`,
    bar.start === bar.finish
      ? `on ${dateInWords(bar.start)}`
      : `${dateInWords(bar.start)} to ${dateInWords(bar.finish)}`,
    bar.critical ? 'critical' : bar.nearCritical ? `nearly critical, ${room} of float` : `${room} of float`,
    bar.float > 0
      ? `at the latest ${dateInWords(bar.latestStart)} to ${dateInWords(bar.latestFinish)}, ${plainDays(bar.freeFloat)} without moving others`
      : '',
    holders.length > 0 ? `held by ${[...new Set(holders)].join(' and ')}` : '',
    bar.lengthBy === 'estimate' ? 'length by estimate' : bar.lengthBy === 'sla' ? 'length by its target' : '',
    bar.amberOn ? `amber from ${dateInWords(bar.amberOn)}` : '',
  ]
    .filter(Boolean)
    .join('; ');
}

/** `21 Jan to 26 Jan 2027`: the year once where it is the same. */
export function spanInShort(start: string, finish: string): string {
  if (start === finish) return dateInWords(start);
  const first = dateInWords(start);
  const year = finish.slice(0, 4);
  return `${first.endsWith(year) ? first.slice(0, -5) : first} to ${dateInWords(finish)}`;
}

function plainDays(days: number): string {
  return `${days} working day${days === 1 ? '' : 's'}`;
}

function toTargetRow(target: TimelineTarget, at: number, title: (key: string) => string): ChartRow {
  const missed = (target.slackDays ?? 0) < 0;
  const room =
    target.slackDays === null
      ? ''
      : missed
        ? `missed by ${-target.slackDays} day${target.slackDays === -1 ? '' : 's'}`
        : `${target.slackDays} day${target.slackDays === 1 ? '' : 's'} to spare`;
  const after = target.after === null ? 'from the start of the case' : `after ${target.after} ${title(target.after)}`;
  const contains = target.contains.length > 0 ? `must contain ${target.contains.join(', ')}` : '';
  return {
    id: `target:${at}`,
    node: null,
    kind: 'target',
    type: 'target',
    title: target.title,
    note: () => [`until ${dateInWords(target.dueOn)}`, room].filter(Boolean).join(' · '),
    words: () =>
      [
        target.title,
        `${dateInWords(target.startsOn)} to ${dateInWords(target.dueOn)}, ${after}`,
        contains,
        room,
        target.amberOn ? `amber from ${dateInWords(target.amberOn)}` : '',
      ]
        .filter(Boolean)
        .join('; '),
    bar: { from: dayOf(target.startsOn), to: dayOf(target.dueOn) },
    ...(target.amberOn ? { amber: dayOf(target.amberOn) } : {}),
    weight: 'plain',
    missed,
  };
}

function toLeftOutRow(key: string, title: string, workflow: WorkflowDocument, configuration: Configuration): ChartRow {
  const node = workflow.nodes[key];
  const recurs = node?.type === 'task' && (node.recurrence ?? configuration.task[node.task]?.recurrence);
  const why =
    node?.type === 'task' && node.activation === 'manual'
      ? 'added by hand'
      : recurs
        ? 'recurs'
        : 'declared outside the case target';
  return {
    id: key,
    node: key,
    kind: 'leftOut',
    type: node?.type ?? 'task',
    title,
    note: () => `not in the plan: ${why}`,
    words: () => `${key}, ${title}; not in the plan, because it ${why === 'recurs' ? why : `is ${why}`}`,
    weight: 'plain',
  };
}

/** Lines at the end of each target, where amber begins, and today where it can be seen. */
export function toLines(timeline: PlanTimeline, today: string): ChartLine[] {
  const targets = timeline.targets.flatMap((target, at): ChartLine[] => {
    const kind = target.clock === null ? 'target' : 'clock';
    const missed = (target.slackDays ?? 0) < 0;
    const line: ChartLine = { id: `target:${at}`, day: dayOf(target.dueOn), label: target.title, kind, missed };
    if (!target.amberOn) return [line];
    return [line, { id: `amber:${at}`, day: dayOf(target.amberOn), label: `Amber: ${target.title}`, kind: 'amber' }];
  });
  return [...targets, { id: 'today', day: dayOf(today), label: 'Today', kind: 'today' }];
}

export function toLinks(timeline: PlanTimeline, workflow: WorkflowDocument): ChartLink[] {
  return inOrder(workflow.links).flatMap(({ key, from, to, type }): ChartLink[] => {
    const [first, second] = [timeline.bars[from], timeline.bars[to]];
    if (!first || !second) return [];
    const holds = second.heldBy.includes(key);
    return [{ key, from, to, type, holds, critical: holds && first.critical && second.critical }];
  });
}
