import type { NetworkLink, PlanFinding } from './network.ts';
import { compileNetwork } from './network.ts';
import type { PairLink } from './pair.ts';

/** What happens to work begun before its predecessors allow: it stands (`override`), or what remains waits (`retained`, a what-if) (S7). */
export type OutOfSequenceMode = 'override' | 'retained';

/** A task of a live case: done with both actual times, started with the first, open with none (S7). */
export interface LiveTask {
  readonly id: string;
  readonly duration: number;
  readonly actualStart?: number;
  readonly actualFinish?: number;
  /** Work left of a started task; by default what of its duration is not over. */
  readonly remaining?: number;
}

/** Dates of a live case by task id; `restStart` is where the remaining work starts, `lateRestStart` and float are null for done tasks (S7). */
export interface LiveSchedule {
  readonly finish: number;
  readonly earlyStart: ReadonlyMap<string, number>;
  readonly earlyFinish: ReadonlyMap<string, number>;
  readonly lateFinish: ReadonlyMap<string, number>;
  readonly restStart: ReadonlyMap<string, number>;
  readonly lateRestStart: ReadonlyMap<string, number | null>;
  readonly totalFloat: ReadonlyMap<string, number | null>;
  readonly critical: readonly string[];
  /** Links that the actual times contradict, lag included (S7). */
  readonly outOfSequence: readonly (readonly [string, string])[];
}

/** A live schedule, or none where the links run in a circle. */
export interface LiveResult {
  readonly schedule?: LiveSchedule;
  readonly findings: readonly PlanFinding[];
}

/**
 * A task of a live case whose length depends on when it starts (S11). The pair is that of the remaining work: of a started
 * task what is left of it, of an open one the whole.
 */
export interface LivePairTask {
  readonly id: string;
  finishFor(start: number): number;
  latestStartFor(finish: number): number;
  readonly actualStart?: number;
  readonly actualFinish?: number;
  readonly startNotBefore?: number;
  /** Soft target: caps the late finish only (S6). */
  readonly target?: number;
  /** Signed length of a span for the float; by default the plain difference. */
  floatBetween?(from: number, to: number): number;
}

interface Work {
  readonly task: LivePairTask;
  readonly state: 'done' | 'started' | 'open';
  /** Actual start; for an open task where it will start. */
  start: number;
  restStart: number;
  finish: number;
  lateRestStart: number;
  lateFinish: number;
  readonly incoming: Bond[];
  readonly outgoing: Bond[];
}

interface Bond {
  readonly from: Work;
  readonly to: Work;
  readonly link: PairLink;
}

/** Schedules what is left of a live case on plain numbers at `now`; completed tasks are constants, nothing open starts before now (S7). */
export function scheduleLiveCase(
  tasks: readonly LiveTask[],
  links: readonly NetworkLink[],
  now: number,
  mode: OutOfSequenceMode,
): LiveResult {
  const { findings } = compileNetwork(tasks, []);
  const live = scheduleLivePairs(
    tasks.map((task) => toPair(task, now)),
    links.map(({ lag, ...link }) => ({ ...link, after: (end) => end + lag, before: (bound) => bound - lag })),
    now,
    { mode },
  );
  return { ...live, findings: [...findings.filter(({ code }) => code === 'PLAN_BAD_NUMBER'), ...live.findings] };
}

/** Schedules what is left of a live case over monotone pairs; `horizon` (default: the last finish) ends the backward pass (S7, S11). */
export function scheduleLivePairs(
  tasks: readonly LivePairTask[],
  links: readonly PairLink[],
  now: number,
  { mode = 'override', horizon }: { readonly mode?: OutOfSequenceMode; readonly horizon?: number } = {},
): LiveResult {
  const { network, findings } = compileNetwork(
    tasks.map(({ id }) => ({ id, duration: 0 })),
    links.map(({ from, to, type }) => ({ from, to, type, lag: 0 })),
  );
  if (network === undefined) return { findings };
  const firstOf = new Map(tasks.toReversed().map((task) => [task.id, task]));
  const works = network.ids.map((id) => toWork(firstOf.get(id) as LivePairTask, now));
  for (const [k, link] of links.entries()) {
    if ((network.from[k] as number) < 0) continue;
    const bond = { from: works[network.from[k] as number] as Work, to: works[network.to[k] as number] as Work, link };
    if (!binds(bond, mode)) continue;
    bond.to.incoming.push(bond);
    bond.from.outgoing.push(bond);
  }
  for (const index of network.order) placeEarly(works[index] as Work, now);
  const finish = works.reduce((last, work) => Math.max(last, work.finish), works.length === 0 ? now : -Infinity);
  for (const index of network.order.toReversed()) placeLate(works[index] as Work, horizon ?? finish);
  return { schedule: toSchedule(works, finish, findBroken(firstOf, links)), findings };
}

function toPair({ id, duration, actualStart, actualFinish, remaining }: LiveTask, now: number): LivePairTask {
  const worked = actualStart === undefined ? 0 : Math.max(0, now - actualStart);
  const rest = remaining ?? Math.max(0, duration - worked);
  return {
    id,
    finishFor: (start) => start + rest,
    latestStartFor: (finish) => finish - rest,
    ...(actualStart === undefined ? {} : { actualStart }),
    ...(actualFinish === undefined ? {} : { actualFinish }),
  };
}

function toWork(task: LivePairTask, now: number): Work {
  const { actualStart, actualFinish } = task;
  const rest = { task, restStart: now, lateRestStart: Infinity, incoming: [], outgoing: [] };
  if (actualFinish !== undefined) {
    return {
      ...rest,
      state: 'done',
      start: actualStart ?? actualFinish,
      finish: actualFinish,
      lateFinish: actualFinish,
    };
  }
  const state = actualStart === undefined ? 'open' : 'started';
  return { ...rest, state, start: actualStart ?? now, finish: now, lateFinish: Infinity };
}

/** Links into done work never bind; those into started work only under retained logic. */
function binds({ to }: Bond, mode: OutOfSequenceMode): boolean {
  return to.state === 'open' || (to.state === 'started' && mode === 'retained');
}

function placeEarly(work: Work, now: number): void {
  if (work.state === 'done') return;
  const floor = work.state === 'open' ? Math.max(now, work.task.startNotBefore ?? now) : now;
  work.restStart = work.incoming.reduce((start, bond) => Math.max(start, startBound(bond)), floor);
  work.finish = work.task.finishFor(work.restStart);
  if (work.state === 'open') work.start = work.restStart;
}

function startBound({ from, to, link }: Bond): number {
  switch (link.type) {
    case 'FS':
      return link.after(from.finish);
    case 'SS':
      return link.after(from.start);
    case 'FF':
      return to.task.latestStartFor(link.after(from.finish));
    case 'SF':
      return to.task.latestStartFor(link.after(from.start));
  }
}

function placeLate(work: Work, horizon: number): void {
  if (work.state === 'done') return;
  const cap = Math.min(horizon, work.task.target ?? Infinity);
  work.lateFinish = work.outgoing.reduce((late, bond) => Math.min(late, finishCap(bond)), cap);
  work.lateRestStart = work.task.latestStartFor(work.lateFinish);
}

/** How late the remaining work may finish because of one successor; a start that has happened can no longer be late. */
function finishCap({ from, to, link }: Bond): number {
  const startHappened = from.state !== 'open';
  switch (link.type) {
    case 'FS':
      return link.before(to.lateRestStart);
    case 'SS':
      return startHappened ? Infinity : from.task.finishFor(link.before(to.lateRestStart));
    case 'FF':
      return link.before(to.lateFinish);
    case 'SF':
      return startHappened ? Infinity : from.task.finishFor(link.before(to.lateFinish));
  }
}

/** A start-bound link is broken once the successor has started, a finish-bound one once it has finished. */
function findBroken(
  byId: ReadonlyMap<string, LivePairTask>,
  links: readonly PairLink[],
): (readonly [string, string])[] {
  return links.filter((link) => isBroken(link, byId)).map((link) => [link.from, link.to] as const);
}

function isBroken(link: PairLink, byId: ReadonlyMap<string, LivePairTask>): boolean {
  const from = byId.get(link.from);
  const to = byId.get(link.to);
  if (from === undefined || to === undefined) return false;
  const reached = link.type === 'FS' || link.type === 'SS' ? to.actualStart : to.actualFinish;
  if (reached === undefined) return false;
  const needed = link.type === 'FS' || link.type === 'FF' ? from.actualFinish : from.actualStart;
  return needed === undefined || link.after(needed) > reached;
}

function toSchedule(
  works: readonly Work[],
  finish: number,
  outOfSequence: LiveSchedule['outOfSequence'],
): LiveSchedule {
  const column = <T>(value: (work: Work) => T): Map<string, T> =>
    new Map(works.map((work) => [work.task.id, value(work)]));
  return {
    finish,
    earlyStart: column((work) => work.start),
    earlyFinish: column((work) => work.finish),
    lateFinish: column((work) => work.lateFinish),
    restStart: column((work) => work.restStart),
    lateRestStart: column((work) => (work.state === 'done' ? null : work.lateRestStart)),
    totalFloat: column(floatOf),
    critical: works.filter((work) => (floatOf(work) ?? Infinity) <= 0).map((work) => work.task.id),
    outOfSequence,
  };
}

function floatOf({ task, state, restStart, lateRestStart, finish, lateFinish }: Work): number | null {
  if (state === 'done') return null;
  const between = task.floatBetween ?? ((from: number, to: number) => to - from);
  return Math.min(between(restStart, lateRestStart), between(finish, lateFinish));
}
