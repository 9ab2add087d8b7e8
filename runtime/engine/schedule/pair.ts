import { compileNetwork, type LinkType, type PlanFinding } from './network.ts';

/**
 * A task whose length depends on when it starts: a monotone pair of functions on one time axis (S11). `latestStartFor` is the
 * latest start that still finishes by the given time.
 */
export interface PairTask {
  readonly id: string;
  finishFor(start: number): number;
  latestStartFor(finish: number): number;
  /** Where a start bound in closed time moves on to; by default it stays. */
  startOn?(bound: number): number;
  /** Where a late finish in closed time moves back to; by default it stays. */
  finishOn?(bound: number): number;
  /** "Not before": floors of start and finish (S6). */
  readonly startNotBefore?: number;
  readonly finishNotBefore?: number;
  /** Soft target: caps the late finish only (S6). */
  readonly target?: number;
  /** Dates that override the links, of an import only. */
  readonly hard?: HardDates;
  /** Signed length of a span for the float of this task; by default the plain difference. */
  floatBetween?(from: number, to: number): number;
}

export interface HardDates {
  readonly startOn?: number;
  readonly finishOn?: number;
  readonly startNoLater?: number;
  readonly finishNoLater?: number;
}

/** A link whose lag depends on when it begins: `after` leads from the predecessor's end to the bound, `before` back (S3). */
export interface PairLink {
  readonly from: string;
  readonly to: string;
  readonly type: LinkType;
  after(end: number): number;
  before(bound: number): number;
}

/** Dates of one task; critical = float <= 0 (S5). */
export interface PairDates {
  readonly earlyStart: number;
  readonly earlyFinish: number;
  readonly lateStart: number;
  readonly lateFinish: number;
  readonly totalFloat: number;
}

/** A schedule over pairs, by task index in listed order; `drivers[i]` are the indexes of the links that set the start of task i. */
export interface PairSchedule {
  readonly ids: readonly string[];
  readonly finish: number;
  readonly dates: readonly PairDates[];
  readonly drivers: readonly (readonly number[])[];
  /** Some task has all its incoming start bounds before launch (S3). */
  readonly startClampActive: boolean;
}

/** A schedule over pairs, or none where the links run in a circle. */
export interface PairResult {
  readonly schedule?: PairSchedule;
  readonly findings: readonly PlanFinding[];
}

interface Slot {
  readonly task: PairTask;
  readonly incoming: number[];
  readonly outgoing: number[];
  es: number;
  ef: number;
  ls: number;
  lf: number;
  /** Where the links alone would let it finish: a hard date before that is missed by this much. */
  unforced: number;
  drivers: number[];
  clamped: boolean;
}

/** Forward and backward pass over monotone pairs in O(tasks + links); `horizon` (default: the last finish) ends the backward pass (S6, S11). */
export function schedulePairs(
  tasks: readonly PairTask[],
  links: readonly PairLink[],
  launch: number,
  horizon?: number,
): PairResult {
  const { network, findings } = compileNetwork(
    tasks.map(({ id }) => ({ id, duration: 0 })),
    links.map(({ from, to, type }) => ({ from, to, type, lag: 0 })),
  );
  if (network === undefined) return { findings };
  const firstOf = new Map(tasks.toReversed().map((task) => [task.id, task]));
  const slots = network.ids.map((id) => emptySlot(firstOf.get(id) as PairTask));
  const at = (index: number | undefined): Slot => slots[index as number] as Slot;
  for (let k = 0; k < links.length; k++) {
    if ((network.from[k] as number) < 0) continue;
    at(network.from[k]).outgoing.push(k);
    at(network.to[k]).incoming.push(k);
  }
  for (const index of network.order) placeEarly(at(index), launch, links, (k) => at(network.from[k]));
  const finish = slots.reduce((last, slot) => Math.max(last, slot.ef), launch);
  for (const index of network.order.toReversed())
    placeLate(at(index), horizon ?? finish, links, (k) => at(network.to[k]));
  const schedule: PairSchedule = {
    ids: network.ids,
    finish,
    dates: slots.map(toDates),
    drivers: slots.map((slot) => slot.drivers),
    startClampActive: slots.some((slot) => slot.clamped),
  };
  return { schedule, findings };
}

function emptySlot(task: PairTask): Slot {
  return { task, incoming: [], outgoing: [], es: 0, ef: 0, ls: 0, lf: 0, unforced: 0, drivers: [], clamped: false };
}

function placeEarly(slot: Slot, launch: number, links: readonly PairLink[], source: (k: number) => Slot): void {
  const { task } = slot;
  const bounds = slot.incoming.map((k) => earlyBound(links[k] as PairLink, source(k), task));
  const latest = bounds.reduce((last, bound) => Math.max(last, bound), -Infinity);
  const floor = Math.max(launch, task.startNotBefore ?? -Infinity);
  slot.clamped = latest > -Infinity && latest < launch;
  slot.drivers = slot.incoming.filter((_, i) => latest >= floor && bounds[i] === latest);
  slot.es = task.startOn?.(Math.max(floor, latest)) ?? Math.max(floor, latest);
  slot.ef = task.finishFor(slot.es);
  if (task.finishNotBefore !== undefined && slot.ef < task.finishNotBefore) {
    slot.es = Math.max(slot.es, task.latestStartFor(task.finishNotBefore));
    slot.ef = Math.max(task.finishNotBefore, task.finishFor(slot.es));
  }
  slot.unforced = slot.ef;
  if (task.hard) forceEarly(slot, task.hard);
}

function earlyBound(link: PairLink, from: Slot, task: PairTask): number {
  switch (link.type) {
    case 'FS':
      return link.after(from.ef);
    case 'SS':
      return link.after(from.es);
    case 'FF':
      return task.latestStartFor(link.after(from.ef));
    case 'SF':
      return task.latestStartFor(link.after(from.es));
  }
}

function forceEarly(slot: Slot, hard: HardDates): void {
  const { task } = slot;
  const start = hard.startOn ?? Math.min(slot.es, hard.startNoLater ?? Infinity);
  if (hard.startOn !== undefined || start < slot.es) {
    slot.es = start;
    slot.ef = task.finishFor(start);
  }
  const finish = hard.finishOn ?? Math.min(slot.ef, hard.finishNoLater ?? Infinity);
  if (hard.finishOn !== undefined || finish < slot.ef) {
    slot.ef = finish;
    slot.es = task.latestStartFor(finish);
  }
}

function placeLate(slot: Slot, horizon: number, links: readonly PairLink[], target: (k: number) => Slot): void {
  const { task } = slot;
  const { hard } = task;
  let { finish, start } = lateBounds(slot, horizon, links, target);
  if (hard?.finishOn !== undefined || hard?.startOn !== undefined) {
    finish = hard.finishOn ?? Infinity;
    start = hard.startOn ?? Infinity;
  }
  finish = Math.min(finish, hard?.finishNoLater ?? Infinity, task.target ?? Infinity);
  start = Math.min(start, hard?.startNoLater ?? Infinity);
  const startForFinish = finish === Infinity ? Infinity : task.latestStartFor(finish);
  const startRules = start < startForFinish;
  slot.ls = startRules ? start : startForFinish;
  slot.lf = startRules ? task.finishFor(start) : (task.finishOn?.(finish) ?? finish);
}

/** How late the successors and the horizon let a task finish and start. */
function lateBounds(slot: Slot, horizon: number, links: readonly PairLink[], target: (k: number) => Slot) {
  let finish = horizon;
  let start = Infinity;
  for (const k of slot.outgoing) {
    const link = links[k] as PairLink;
    const to = target(k);
    const bound = link.before(link.type === 'FS' || link.type === 'SS' ? to.ls : to.lf);
    if (link.type === 'FS' || link.type === 'FF') finish = Math.min(finish, bound);
    else start = Math.min(start, bound);
  }
  return { finish, start };
}

function toDates({ task, es, ef, ls, lf, unforced }: Slot): PairDates {
  const between = task.floatBetween ?? ((from: number, to: number) => to - from);
  // Microsoft Project counts how far the links overrun a milestone that "must" lie on a date; of other hard dates the tasks before show it.
  const isForcedMilestone = es === ef && (task.hard?.startOn !== undefined || task.hard?.finishOn !== undefined);
  return {
    earlyStart: es,
    earlyFinish: ef,
    lateStart: ls,
    lateFinish: lf,
    totalFloat: Math.min(between(es, ls), between(isForcedMilestone ? Math.max(ef, unforced) : ef, lf)),
  };
}
