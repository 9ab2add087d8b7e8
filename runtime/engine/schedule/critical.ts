import { linkWeight, type Network } from './network.ts';
import type { Schedule } from './pass.ts';

/** Indexes of the tasks with total float of 0 or less, in listed order (S5). */
export function findCriticalTasks(schedule: Schedule): number[] {
  return indexesWhere(schedule.totalFloat, (float) => float <= 0);
}

/** Indexes of the tasks with a float above 0 and up to the threshold, in the unit of the axis (S5). */
export function findNearCriticalTasks(schedule: Schedule, threshold: number): number[] {
  return indexesWhere(schedule.totalFloat, (float) => float > 0 && float <= threshold);
}

/** Indexes of the links without float between two critical tasks: with the critical tasks, the critical sub-graph (S5). */
export function findCriticalLinks(network: Network, schedule: Schedule): number[] {
  return indexesWhere(schedule.linkFloat, (float, k) => float <= 0 && isCriticalLink(network, schedule, k));
}

function isCriticalLink({ from, to }: Network, { totalFloat }: Schedule, k: number): boolean {
  return (totalFloat[from[k] as number] as number) <= 0 && (totalFloat[to[k] as number] as number) <= 0;
}

/** One longest path as task indexes: walked back from the last finisher along driving links; among equal links the one listed first (S5). */
export function findLongestPath(network: Network, schedule: Schedule): number[] {
  const { earlyFinish, linkFloat, makespan } = schedule;
  let at = network.order.findLast((index) => earlyFinish[index] === makespan) ?? -1;
  const driver = new Int32Array(network.taskCount).fill(-1);
  for (let k = network.linkCount - 1; k >= 0; k--) {
    if (linkFloat[k] === 0) driver[network.to[k] as number] = network.from[k] as number;
  }
  const path: number[] = [];
  for (; at >= 0; at = driver[at] as number) path.push(at);
  return path.reverse();
}

/** How many different chains of critical links there are, at most 2^53 - 1; parallel links count each (S5). */
export function countCriticalPaths(network: Network, schedule: Schedule): number {
  const { totalFloat, linkFloat } = schedule;
  const { order, outStart, outTo, outLink } = network;
  const ways = new Float64Array(network.taskCount);
  let total = 0;
  for (let position = 0; position < order.length; position++) {
    const u = order[position] as number;
    if ((totalFloat[u] as number) > 0) continue;
    const here = Math.max(1, ways[u] as number);
    let ends = true;
    for (let slot = outStart[u] as number; slot < (outStart[u + 1] as number); slot++) {
      const v = outTo[slot] as number;
      if ((linkFloat[outLink[slot] as number] as number) > 0 || (totalFloat[v] as number) > 0) continue;
      ends = false;
      ways[v] = (ways[v] as number) + here;
    }
    if (ends) total += here;
  }
  return Math.min(total, Number.MAX_SAFE_INTEGER);
}

/**
 * Drag of every critical task by its index: the makespan saved if that task took no time (S5). It is negative where a
 * finish-bound task without length starts later and delays those that wait for its start.
 */
export function computeDrag(network: Network, schedule: Schedule, notBefore?: Float64Array): Map<number, number> {
  const { order, taskCount } = network;
  const position = new Int32Array(taskCount);
  for (let p = 0; p < taskCount; p++) position[order[p] as number] = p;
  // The last finish among the tasks up to each position of the order, which a change further on cannot touch.
  const lastFinish = new Float64Array(taskCount + 1);
  for (let p = 0; p < taskCount; p++) {
    lastFinish[p + 1] = Math.max(lastFinish[p] as number, schedule.earlyFinish[order[p] as number] as number);
  }
  const incoming = listIncoming(network);
  const drag = new Map<number, number>();
  const start = new Float64Array(taskCount);
  for (const task of findCriticalTasks(schedule)) {
    const p = position[task] as number;
    const after = makespanWithout(task, p, start);
    drag.set(task, schedule.makespan - Math.max(lastFinish[p] as number, after));
  }
  return drag;

  function makespanWithout(task: number, fromPosition: number, moved: Float64Array): number {
    moved.set(schedule.earlyStart);
    let last = 0;
    for (let p = fromPosition; p < taskCount; p++) {
      const u = order[p] as number;
      let at = Math.max(0, notBefore?.[u] ?? 0);
      for (let slot = incoming.start[u] as number; slot < (incoming.start[u + 1] as number); slot++) {
        const k = incoming.link[slot] as number;
        const bound = (moved[network.from[k] as number] as number) + weightWithout(k, task);
        if (bound > at) at = bound;
      }
      moved[u] = at;
      const finish = at + (u === task ? 0 : (network.duration[u] as number));
      if (finish > last) last = finish;
    }
    return last;
  }

  function weightWithout(k: number, task: number): number {
    const u = network.from[k] as number;
    const v = network.to[k] as number;
    const fromLength = u === task ? 0 : (network.duration[u] as number);
    const toLength = v === task ? 0 : (network.duration[v] as number);
    return linkWeight(network.type[k] as number, network.lag[k] as number, fromLength, toLength);
  }
}

function listIncoming({ taskCount, linkCount, to }: Network): { start: Int32Array; link: Int32Array } {
  const start = new Int32Array(taskCount + 1);
  for (let k = 0; k < linkCount; k++) {
    const v = to[k] as number;
    if (v >= 0) start[v + 1] = (start[v + 1] as number) + 1;
  }
  for (let v = 0; v < taskCount; v++) start[v + 1] = (start[v + 1] as number) + (start[v] as number);
  const next = start.slice(0, taskCount);
  const link = new Int32Array(start[taskCount] as number);
  for (let k = 0; k < linkCount; k++) {
    const v = to[k] as number;
    if (v < 0) continue;
    link[next[v] as number] = k;
    next[v] = (next[v] as number) + 1;
  }
  return { start, link };
}

function indexesWhere(values: Float64Array, holds: (value: number, index: number) => boolean): number[] {
  const found: number[] = [];
  for (let i = 0; i < values.length; i++) if (holds(values[i] as number, i)) found.push(i);
  return found;
}
