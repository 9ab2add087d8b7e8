import type { Instant } from '../../../schemas/ids.ts';
import { type EpochDay, epochDayOf } from '../calendar/dates.ts';
import { latestStartFor, openSecondsOf } from '../calendar/due.ts';
import { dayOf, tickOfDay } from '../calendar/time.ts';
import { deadlineFinder, type FindDeadline, lagEndFinder } from './deadlines.ts';
import type { Launches } from './launches.ts';
import { eachRun, keepLater, laterOf, type Moments, mapRuns, Runs } from './moments.ts';
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
  const finishAt = launches.at.slice();
  for (const end of new Set(nodes.map((times) => times.end))) keepLater(finishAt, end);
  return { nodes, finders, finishAt };
}

function timesOf(
  node: PlanNode,
  before: readonly NodeTimes[],
  launches: Launches,
  find: FindDeadline | undefined,
): NodeTimes {
  let start: Moments = node.notBefore ? holdUntil(node, epochDayOf(node.notBefore), launches) : launches;
  let endBound: Moments | undefined;
  for (const link of node.incoming) {
    const from = before[link.from];
    if (!from) throw new Error(`expected node ${link.from} to be planned before ${node.key}`);
    const bound = boundsOf(link, from, launches);
    if (link.type === 'FS' || link.type === 'SS') start = later(start, bound, launches);
    else endBound = endBound ? later(endBound, bound, launches) : bound;
  }
  if (endBound) return pushOn(node, start, endBound, find);
  return { start, end: find ? endFrom(start, find, launches) : start };
}

function holdUntil(node: PlanNode, floor: EpochDay, launches: Moments): Moments {
  const opensAt = tickOfDay(node.calendar, floor - 1, 'endOfDay');
  return mapRuns(launches, (at, day) => (floor <= day ? { at, day } : { at: opensAt, day: floor }));
}

function later(start: Moments, bound: Moments, { derived }: Launches): Moments {
  return start === bound ? start : derived.of(start, bound, () => laterOf(start, bound));
}

/** Where a link's lag ends from each launch, and on which date. */
function boundsOf(link: PlanLink, from: NodeTimes, { derived }: Launches): Moments {
  const base = link.type === 'FS' || link.type === 'FF' ? from.end : from.start;
  if (!link.lag || link.lag.value === 0) return base;
  const findEnd = lagEndFinder(link.calendar, link.lag);
  return derived.of(base, findEnd, () =>
    mapRuns(base, (at, day) => (Number.isFinite(at) ? findEnd(at, day) : { at, day })),
  );
}

/** When a period ends that begins with each of these, and on which date. */
export function endFrom(start: Moments, find: FindDeadline, { derived }: Launches): Moments {
  return derived.of(start, find, () => settle(start, find));
}

function settle(start: Moments, find: FindDeadline): Moments {
  const runs = new Runs(start.at.length);
  let [lastDay, end, endsOn] = [Number.NaN, 0, 0];
  for (let n = 0; n < start.at.length; n++) {
    const [at, day] = [start.at[n] as number, start.day[n] as number];
    if (day !== lastDay || !find.isOfDay) {
      lastDay = day;
      end = find(at, day);
      endsOn = Number.isFinite(end) ? dayOf(find.calendar, end - 1) : day;
    }
    // As `endDayOf`; what ends at once ends on the day of its start.
    runs.add(end, end > at ? endsOn : day, start.until[n] as number);
  }
  return runs.done();
}

/** As `settle`, where FF or SF links hold the end: the node starts as late as it must to end no sooner. */
function pushOn(node: PlanNode, start: Moments, endBound: Moments, find: FindDeadline | undefined): NodeTimes {
  const { counts, target } = node;
  const most = start.at.length + endBound.at.length;
  const [starts, ends] = [new Runs(most), new Runs(most)];
  const findEnd = (at: Instant, day: EpochDay): Instant => (find ? find(at, day) : at);
  const isElapsed = target === undefined || openSecondsOf(target) !== undefined;
  eachRun(start, endBound, (i, j, until) => {
    let [at, day, bound] = [start.at[i] as number, start.day[i] as number, endBound.at[j] as number];
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
    starts.add(at, day, until);
    ends.add(end, endDayOf(node, end, at, day), until);
  });
  return { start: starts.done(), end: ends.done() };
}

/** Used up at 24:00 is used up on the date that ends there (T13). */
function endDayOf({ counts }: PlanNode, end: Instant, startAt: Instant, startDay: EpochDay): EpochDay {
  return end > startAt && Number.isFinite(end) ? dayOf(counts, end - 1) : startDay;
}
