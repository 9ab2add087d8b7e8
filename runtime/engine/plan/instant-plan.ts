import type { Instant } from '../../../schemas/ids.ts';
import { type EpochDay, epochDayOf } from '../calendar/dates.ts';
import { latestStartFor, openSecondsOf } from '../calendar/due.ts';
import { dayOf, tickOfDay } from '../calendar/time.ts';
import { deadlineFinder, type FindDeadline, lagEndFinder } from './deadlines.ts';
import type { Launches } from './launches.ts';
import type { PlanLink, PlanNetwork, PlanNode } from './network.ts';

/** When a node starts and ends in the plan from each launch, and on which dates. */
export interface NodeTimes {
  readonly startAt: Float64Array;
  readonly startDay: Float64Array;
  readonly endAt: Float64Array;
  readonly endDay: Float64Array;
}

/** Plans of one network to the second, from every launch; they hold until the next are made from the same launches. */
export interface InstantPlans {
  /** In the order of the network's nodes. */
  readonly nodes: readonly NodeTimes[];
  /** How each node's deadline is found; undefined for nodes that take no time. */
  readonly finders: readonly (FindDeadline | undefined)[];
  /** When the last node ends, by launch. */
  readonly finishAt: Float64Array;
}

/**
 * Plans a network from every launch, a node at a time: neighbouring launches mostly meet at the same instant, which is then
 * looked up once (T10).
 */
export function planInstants(network: PlanNetwork, launches: Launches): InstantPlans {
  const nodes: NodeTimes[] = [];
  const finders = network.nodes.map(({ target, counts }) => target && deadlineFinder(counts, target));
  const finishAt = launches.room(0);
  finishAt.set(launches.at);
  for (const [i, node] of network.nodes.entries()) {
    const times = timesOf(node, nodes, launches, finders[i]);
    nodes.push(times);
    const { endAt } = times;
    for (let n = 0; n < endAt.length; n++) {
      const end = endAt[n] as number;
      if (end > (finishAt[n] as number)) finishAt[n] = end;
    }
  }
  return { nodes, finders, finishAt };
}

function timesOf(
  node: PlanNode,
  before: readonly NodeTimes[],
  launches: Launches,
  find: FindDeadline | undefined,
): NodeTimes {
  const place = 1 + 4 * before.length;
  const times: NodeTimes = {
    startAt: launches.room(place),
    startDay: launches.room(place + 1),
    endAt: launches.room(place + 2),
    endDay: launches.room(place + 3),
  };
  times.startAt.set(launches.at);
  times.startDay.set(launches.day);
  if (node.notBefore) holdUntil(node, epochDayOf(node.notBefore), times);
  let endBound: Float64Array | undefined;
  for (const link of node.incoming) {
    const from = before[link.from];
    if (!from) throw new Error(`expected node ${link.from} to be planned before ${node.key}`);
    if (link.type === 'FS' || link.type === 'SS') holdStart(link, from, times);
    else {
      endBound ??= new Float64Array(launches.at.length).fill(Number.NEGATIVE_INFINITY);
      holdEnd(link, from, endBound);
    }
  }
  if (endBound) pushOn(node, times, endBound, find);
  else settle(node, times, find);
  return times;
}

function holdUntil(node: PlanNode, floor: EpochDay, { startAt, startDay }: NodeTimes): void {
  const opensAt = tickOfDay(node.calendar, floor - 1, 'endOfDay');
  for (let n = 0; n < startAt.length; n++) {
    if (floor <= (startDay[n] as number)) continue;
    startAt[n] = opensAt;
    startDay[n] = floor;
  }
}

/** No start lies before where its links end. */
function holdStart(link: PlanLink, from: NodeTimes, { startAt, startDay }: NodeTimes): void {
  const bound = boundsOf(link, from);
  for (let n = 0; n < startAt.length; n++) {
    const at = bound.at[n] as number;
    if (at <= (startAt[n] as number)) continue;
    startAt[n] = at;
    startDay[n] = bound.day[n] as number;
  }
}

/** No end lies before where its FF and SF links end. */
function holdEnd(link: PlanLink, from: NodeTimes, endBound: Float64Array): void {
  const { at } = boundsOf(link, from);
  for (let n = 0; n < endBound.length; n++) endBound[n] = Math.max(endBound[n] as number, at[n] as number);
}

/** Where a link's lag ends from each launch, and on which date. */
function boundsOf(link: PlanLink, from: NodeTimes): { readonly at: Float64Array; readonly day: Float64Array } {
  const isFromEnd = link.type === 'FS' || link.type === 'FF';
  const base = isFromEnd ? { at: from.endAt, day: from.endDay } : { at: from.startAt, day: from.startDay };
  if (!link.lag || link.lag.value === 0) return base;
  const findEnd = lagEndFinder(link.calendar, link.lag);
  const [at, day] = [base.at.slice(), base.day.slice()];
  for (let n = 0; n < at.length; n++) {
    const baseAt = base.at[n] as number;
    if (!Number.isFinite(baseAt)) continue;
    if (n > 0 && baseAt === base.at[n - 1] && base.day[n] === base.day[n - 1]) {
      at[n] = at[n - 1] as number;
      day[n] = day[n - 1] as number;
      continue;
    }
    const end = findEnd(baseAt, base.day[n] as number);
    at[n] = end.at;
    day[n] = end.day;
  }
  return { at, day };
}

/** Ends a node that only waits for its start. */
function settle(node: PlanNode, { startAt, startDay, endAt, endDay }: NodeTimes, find: FindDeadline | undefined): void {
  if (!find) {
    endAt.set(startAt);
    endDay.set(startDay);
    return;
  }
  let [lastAt, lastDay, end, endsOn] = [Number.NaN, Number.NaN, 0, 0];
  for (let n = 0; n < startAt.length; n++) {
    const at = startAt[n] as number;
    const day = startDay[n] as number;
    if (day !== lastDay || (at !== lastAt && !find.isOfDay)) {
      lastDay = day;
      end = find(at, day);
      endsOn = Number.isFinite(end) ? dayOf(node.counts, end - 1) : day;
    }
    lastAt = at;
    endAt[n] = end;
    // As `endDayOf`; what ends at once ends on the day of its start.
    endDay[n] = end > at ? endsOn : day;
  }
}

/** As `settle`, where FF or SF links hold the end: the node starts as late as it must to end no sooner. */
function pushOn(
  node: PlanNode,
  { startAt, startDay, endAt, endDay }: NodeTimes,
  endBound: Float64Array,
  find: FindDeadline | undefined,
): void {
  const { counts, target } = node;
  const endOf = (at: Instant, day: EpochDay): Instant => (find ? find(at, day) : at);
  const isElapsed = target === undefined || openSecondsOf(target) !== undefined;
  for (let n = 0; n < startAt.length; n++) {
    let [at, day, bound] = [startAt[n] as number, startDay[n] as number, endBound[n] as number];
    let end = endOf(at, day);
    if (!Number.isFinite(bound)) bound = Number.NEGATIVE_INFINITY;
    if (end < bound && isElapsed) {
      at = Math.max(at, target ? latestStartFor(counts, target, bound) : bound);
      day = dayOf(counts, at);
      end = Math.max(bound, endOf(at, day));
    }
    while (end < bound) {
      day++;
      at = tickOfDay(counts, day - 1, 'endOfDay');
      end = endOf(at, day);
    }
    startAt[n] = at;
    startDay[n] = day;
    endAt[n] = end;
    endDay[n] = endDayOf(node, end, at, day);
  }
}

/** Used up at 24:00 is used up on the date that ends there (T13). */
function endDayOf({ counts }: PlanNode, end: Instant, startAt: Instant, startDay: EpochDay): EpochDay {
  return end > startAt && Number.isFinite(end) ? dayOf(counts, end - 1) : startDay;
}
