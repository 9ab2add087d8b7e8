import type { Network } from './network.ts';

/** Limits of a pass; all in the unit of the axis, launch at 0. */
export interface PassLimits {
  /** "Not before": earliest start of each task; launch (0) holds anyway (S6). */
  readonly notBefore?: Float64Array;
  /** Soft targets: latest finish of each task, Infinity for none; they never move an early date (S6). */
  readonly target?: Float64Array;
  /** Horizon of the backward pass, for example the case SLA; by default the project's end (S6). */
  readonly horizon?: number;
}

/** Early and late dates and floats by task index, link float by link index (NaN for a link that was left out). */
export interface Schedule {
  readonly makespan: number;
  readonly earlyStart: Float64Array;
  readonly earlyFinish: Float64Array;
  readonly lateStart: Float64Array;
  readonly lateFinish: Float64Array;
  readonly totalFloat: Float64Array;
  readonly freeFloat: Float64Array;
  readonly linkFloat: Float64Array;
  /** Whether some task has all its incoming start bounds before launch: its leads were cut off (S3). */
  readonly startClampActive: boolean;
}

/** Forward and backward pass in O(tasks + links); total float = late start - early start, negative on an impossible chain (S2, S3, S5, S6). */
export function computeSchedule(network: Network, limits: PassLimits = {}): Schedule {
  const early = forwardPass(network, limits.notBefore);
  return { ...early, ...backwardPass(network, early, limits) };
}

interface EarlyDates {
  readonly makespan: number;
  readonly earlyStart: Float64Array;
  readonly earlyFinish: Float64Array;
  readonly startClampActive: boolean;
}

function forwardPass(network: Network, notBefore: Float64Array | undefined): EarlyDates {
  const { taskCount: n, order, outStart, outTo, outWeight, duration } = network;
  // Until a task's turn comes this holds the latest bound of its incoming links.
  const earlyStart = new Float64Array(n).fill(-Infinity);
  const earlyFinish = new Float64Array(n);
  let makespan = 0;
  let startClampActive = false;
  for (let position = 0; position < n; position++) {
    const u = order[position] as number;
    let start = earlyStart[u] as number;
    if (start < 0) {
      if (start !== -Infinity) startClampActive = true;
      start = 0;
    }
    if (notBefore !== undefined && (notBefore[u] as number) > start) start = notBefore[u] as number;
    earlyStart[u] = start;
    const finish = start + (duration[u] as number);
    earlyFinish[u] = finish;
    if (finish > makespan) makespan = finish;
    const end = outStart[u + 1] as number;
    for (let slot = outStart[u] as number; slot < end; slot++) {
      const v = outTo[slot] as number;
      const bound = start + (outWeight[slot] as number);
      if (bound > (earlyStart[v] as number)) earlyStart[v] = bound;
    }
  }
  return { makespan, earlyStart, earlyFinish, startClampActive };
}

function backwardPass(network: Network, early: EarlyDates, limits: PassLimits) {
  const { taskCount: n, linkCount, order, outStart, outTo, outWeight, outLink, duration } = network;
  const { makespan, earlyStart, earlyFinish } = early;
  const { target } = limits;
  const horizon = limits.horizon ?? makespan;
  const lateStart = new Float64Array(n);
  const lateFinish = new Float64Array(n);
  const totalFloat = new Float64Array(n);
  const freeFloat = new Float64Array(n);
  const linkFloat = new Float64Array(linkCount).fill(NaN);
  for (let position = n - 1; position >= 0; position--) {
    const u = order[position] as number;
    const length = duration[u] as number;
    const start = earlyStart[u] as number;
    let late = horizon - length;
    if (target !== undefined && (target[u] as number) - length < late) late = (target[u] as number) - length;
    let free = makespan - (earlyFinish[u] as number);
    const end = outStart[u + 1] as number;
    for (let slot = outStart[u] as number; slot < end; slot++) {
      const v = outTo[slot] as number;
      const weight = outWeight[slot] as number;
      const slack = (earlyStart[v] as number) - start - weight;
      linkFloat[outLink[slot] as number] = slack;
      if (slack < free) free = slack;
      const bound = (lateStart[v] as number) - weight;
      if (bound < late) late = bound;
    }
    lateStart[u] = late;
    lateFinish[u] = late + length;
    totalFloat[u] = late - start;
    freeFloat[u] = free;
  }
  return { lateStart, lateFinish, totalFloat, freeFloat, linkFloat };
}
