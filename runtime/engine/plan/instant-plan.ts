import type { Instant } from '../../../schemas/ids.ts';
import { type EpochDay, epochDayOf } from '../calendar/dates.ts';
import { latestStartFor, openSecondsOf } from '../calendar/due.ts';
import { dayOf, tickOfDay } from '../calendar/time.ts';
import { deadlineFinder, type FindDeadline, type FindLagEnd, lagEndFinder } from './deadlines.ts';
import type { Launches, Moments } from './launches.ts';
import type { PlanLink, PlanNetwork, PlanNode } from './network.ts';

/** When a node starts and ends in the plan from each launch, and on which dates. */
export interface NodeTimes {
  readonly start: Moments;
  readonly end: Moments;
}

/** Plans of one network to the second, from every launch. */
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
 * looked up once, and what begins alike and takes as long is planned once for all drawings of a calendar (T10).
 */
export function planInstants(network: PlanNetwork, launches: Launches): InstantPlans {
  const nodes: NodeTimes[] = [];
  const finders = network.nodes.map(({ target, counts }) => target && deadlineFinder(counts, target));
  for (const [i, node] of network.nodes.entries()) nodes.push(timesOf(node, nodes, launches, finders[i]));
  const last = nodes.reduce<Moments>((latest, { end }) => laterOf(latest, end, launches), launches);
  return { nodes, finders, finishAt: last.at };
}

function timesOf(
  node: PlanNode,
  before: readonly NodeTimes[],
  launches: Launches,
  find: FindDeadline | undefined,
): NodeTimes {
  let start: Moments = node.notBefore ? holdUntil(node, epochDayOf(node.notBefore), launches) : launches;
  let endBound: Float64Array | undefined;
  for (const link of node.incoming) {
    const from = before[link.from];
    if (!from) throw new Error(`expected node ${link.from} to be planned before ${node.key}`);
    const bound = boundsOf(link, from, launches);
    if (link.type === 'FS' || link.type === 'SS') start = laterOf(start, bound, launches);
    else {
      endBound ??= new Float64Array(launches.at.length).fill(Number.NEGATIVE_INFINITY);
      holdEnd(bound, endBound);
    }
  }
  if (endBound) return pushOn(node, start, endBound, find);
  return { start, end: find ? endFrom(start, find, launches) : start };
}

function holdUntil(node: PlanNode, floor: EpochDay, launches: Moments): Moments {
  const opensAt = tickOfDay(node.calendar, floor - 1, 'endOfDay');
  const [at, day] = [launches.at.slice(), launches.day.slice()];
  for (let n = 0; n < at.length; n++) {
    if (floor <= (day[n] as number)) continue;
    at[n] = opensAt;
    day[n] = floor;
  }
  return { at, day };
}

/** The later of two by launch; where one is never the earlier, it is answered itself. */
function laterOf(start: Moments, bound: Moments, { derived }: Launches): Moments {
  return start === bound ? start : derived.of(start, bound, () => makeLater(start, bound));
}

function makeLater(start: Moments, bound: Moments): Moments {
  let held = 0;
  let same = 0;
  for (let n = 0; n < start.at.length; n++) {
    if ((bound.at[n] as number) > (start.at[n] as number)) held++;
    else if (bound.at[n] === start.at[n] && bound.day[n] === start.day[n]) same++;
  }
  if (held === 0) return start;
  if (held + same === start.at.length) return bound;
  const [at, day] = [start.at.slice(), start.day.slice()];
  for (let n = 0; n < at.length; n++) {
    if ((bound.at[n] as number) <= (at[n] as number)) continue;
    at[n] = bound.at[n] as number;
    day[n] = bound.day[n] as number;
  }
  return { at, day };
}

/** No end lies before where its FF and SF links end. */
function holdEnd({ at }: Moments, endBound: Float64Array): void {
  for (let n = 0; n < endBound.length; n++) endBound[n] = Math.max(endBound[n] as number, at[n] as number);
}

/** Where a link's lag ends from each launch, and on which date. */
function boundsOf(link: PlanLink, from: NodeTimes, { derived }: Launches): Moments {
  const base = link.type === 'FS' || link.type === 'FF' ? from.end : from.start;
  if (!link.lag || link.lag.value === 0) return base;
  const findEnd = lagEndFinder(link.calendar, link.lag);
  return derived.of(base, findEnd, () => lagEnds(base, findEnd));
}

function lagEnds(base: Moments, findEnd: FindLagEnd): Moments {
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

/** When a period ends that begins with each of these, and on which date. */
export function endFrom(start: Moments, find: FindDeadline, { derived }: Launches): Moments {
  return derived.of(start, find, () => settle(start, find));
}

function settle(start: Moments, find: FindDeadline): Moments {
  const length = start.at.length;
  const [endAt, endDay] = [new Float64Array(length), new Float64Array(length)];
  let [lastAt, lastDay, end, endsOn] = [Number.NaN, Number.NaN, 0, 0];
  for (let n = 0; n < length; n++) {
    const at = start.at[n] as number;
    const day = start.day[n] as number;
    if (day !== lastDay || (at !== lastAt && !find.isOfDay)) {
      lastDay = day;
      end = find(at, day);
      endsOn = Number.isFinite(end) ? dayOf(find.calendar, end - 1) : day;
    }
    lastAt = at;
    endAt[n] = end;
    // As `endDayOf`; what ends at once ends on the day of its start.
    endDay[n] = end > at ? endsOn : day;
  }
  return { at: endAt, day: endDay };
}

/** As `settle`, where FF or SF links hold the end: the node starts as late as it must to end no sooner. */
function pushOn(node: PlanNode, start: Moments, endBound: Float64Array, find: FindDeadline | undefined): NodeTimes {
  const { counts, target } = node;
  const [startAt, startDay] = [start.at.slice(), start.day.slice()];
  const [endAt, endDay] = [startAt.slice(), startDay.slice()];
  const findEnd = (at: Instant, day: EpochDay): Instant => (find ? find(at, day) : at);
  const isElapsed = target === undefined || openSecondsOf(target) !== undefined;
  for (let n = 0; n < startAt.length; n++) {
    let [at, day, bound] = [startAt[n] as number, startDay[n] as number, endBound[n] as number];
    let end = findEnd(at, day);
    if (!Number.isFinite(bound)) bound = Number.NEGATIVE_INFINITY;
    if (end < bound && isElapsed) {
      at = Math.max(at, target ? latestStartFor(counts, target, bound) : bound);
      day = dayOf(counts, at);
      end = Math.max(bound, findEnd(at, day));
    }
    while (end < bound) {
      day++;
      at = tickOfDay(counts, day - 1, 'endOfDay');
      end = findEnd(at, day);
    }
    startAt[n] = at;
    startDay[n] = day;
    endAt[n] = end;
    endDay[n] = endDayOf(node, end, at, day);
  }
  return { start: { at: startAt, day: startDay }, end: { at: endAt, day: endDay } };
}

/** Used up at 24:00 is used up on the date that ends there (T13). */
function endDayOf({ counts }: PlanNode, end: Instant, startAt: Instant, startDay: EpochDay): EpochDay {
  return end > startAt && Number.isFinite(end) ? dayOf(counts, end - 1) : startDay;
}
