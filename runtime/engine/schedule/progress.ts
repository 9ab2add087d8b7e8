import type { LinkType, NetworkLink, PlanFinding } from './network.ts';
import { compileNetwork } from './network.ts';

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

interface Work {
  readonly id: string;
  readonly state: 'done' | 'started' | 'open';
  /** Actual start; for an open task where it will start. */
  start: number;
  restStart: number;
  readonly rest: number;
  finish: number;
  lateFinish: number;
}

interface Bond {
  readonly from: Work;
  readonly to: Work;
  readonly type: LinkType;
  readonly lag: number;
}

/** Schedules what is left of a live case at `now`; completed tasks are constants, nothing open starts before now (S7). */
export function scheduleLiveCase(
  tasks: readonly LiveTask[],
  links: readonly NetworkLink[],
  now: number,
  mode: OutOfSequenceMode,
): LiveResult {
  const { network, findings } = compileNetwork(tasks, links);
  if (network === undefined) return { findings };
  const byId = new Map<string, Work>();
  for (const task of tasks) if (!byId.has(task.id)) byId.set(task.id, toWork(task, now));
  const incoming = new Map<Work, Bond[]>();
  const outgoing = new Map<Work, Bond[]>();
  for (let k = 0; k < links.length; k++) {
    const link = links[k];
    if (link === undefined || (network.from[k] as number) < 0) continue;
    const bond = { from: byId.get(link.from) as Work, to: byId.get(link.to) as Work, type: link.type, lag: link.lag };
    if (!binds(bond, mode)) continue;
    incoming.set(bond.to, [...(incoming.get(bond.to) ?? []), bond]);
    outgoing.set(bond.from, [...(outgoing.get(bond.from) ?? []), bond]);
  }
  const works = Array.from(network.order, (index) => byId.get(network.ids[index] as string) as Work);
  for (const work of works) placeEarly(work, incoming.get(work) ?? [], now);
  const finish = works.reduce((last, work) => Math.max(last, work.finish), works.length === 0 ? now : -Infinity);
  for (const work of works.toReversed()) placeLate(work, outgoing.get(work) ?? [], finish);
  const listed = network.ids.map((id) => byId.get(id) as Work);
  return { schedule: toSchedule(listed, finish, findBroken(tasks, links)), findings };
}

function toWork(task: LiveTask, now: number): Work {
  const { id, actualStart, actualFinish } = task;
  if (actualFinish !== undefined) {
    const start = actualStart ?? actualFinish;
    return { id, state: 'done', start, restStart: now, rest: 0, finish: actualFinish, lateFinish: actualFinish };
  }
  if (actualStart !== undefined) {
    const rest = task.remaining ?? Math.max(0, task.duration - Math.max(0, now - actualStart));
    return { id, state: 'started', start: actualStart, restStart: now, rest, finish: now, lateFinish: Infinity };
  }
  return {
    id,
    state: 'open',
    start: now,
    restStart: now,
    rest: task.remaining ?? task.duration,
    finish: now,
    lateFinish: Infinity,
  };
}

/** Links into done work never bind; those into started work only under retained logic. */
function binds(bond: Bond, mode: OutOfSequenceMode): boolean {
  return bond.to.state === 'open' || (bond.to.state === 'started' && mode === 'retained');
}

function placeEarly(work: Work, bonds: readonly Bond[], now: number): void {
  if (work.state === 'done') return;
  work.restStart = bonds.reduce((start, bond) => Math.max(start, startBound(bond)), now);
  work.finish = work.restStart + work.rest;
  if (work.state === 'open') work.start = work.restStart;
}

function startBound({ from, to, type, lag }: Bond): number {
  switch (type) {
    case 'FS':
      return from.finish + lag;
    case 'SS':
      return from.start + lag;
    case 'FF':
      return from.finish + lag - to.rest;
    case 'SF':
      return from.start + lag - to.rest;
  }
}

function placeLate(work: Work, bonds: readonly Bond[], finish: number): void {
  if (work.state === 'done') return;
  work.lateFinish = bonds.reduce((late, bond) => Math.min(late, finishCap(bond)), finish);
}

/** How late the remaining work may finish because of one successor; a start that has happened can no longer be late. */
function finishCap({ from, to, type, lag }: Bond): number {
  const startHappened = from.state !== 'open';
  switch (type) {
    case 'FS':
      return to.lateFinish - to.rest - lag;
    case 'SS':
      return startHappened ? Infinity : to.lateFinish - to.rest - lag + from.rest;
    case 'FF':
      return to.lateFinish - lag;
    case 'SF':
      return startHappened ? Infinity : to.lateFinish - lag + from.rest;
  }
}

/** A start-bound link is broken once the successor has started, a finish-bound one once it has finished. */
function findBroken(tasks: readonly LiveTask[], links: readonly NetworkLink[]): (readonly [string, string])[] {
  const byId = new Map(tasks.map((task) => [task.id, task]));
  return links.filter((link) => isBroken(link, byId)).map((link) => [link.from, link.to] as const);
}

function isBroken(link: NetworkLink, byId: ReadonlyMap<string, LiveTask>): boolean {
  const from = byId.get(link.from);
  const to = byId.get(link.to);
  if (from === undefined || to === undefined) return false;
  const reached = link.type === 'FS' || link.type === 'SS' ? to.actualStart : to.actualFinish;
  if (reached === undefined) return false;
  const needed = link.type === 'FS' || link.type === 'FF' ? from.actualFinish : from.actualStart;
  return needed === undefined || needed + link.lag > reached;
}

function toSchedule(
  works: readonly Work[],
  finish: number,
  outOfSequence: LiveSchedule['outOfSequence'],
): LiveSchedule {
  const column = <T>(value: (work: Work) => T): Map<string, T> => new Map(works.map((work) => [work.id, value(work)]));
  const float = (work: Work): number | null =>
    work.state === 'done' ? null : work.lateFinish - work.rest - work.restStart;
  return {
    finish,
    earlyStart: column((work) => work.start),
    earlyFinish: column((work) => work.finish),
    lateFinish: column((work) => work.lateFinish),
    restStart: column((work) => work.restStart),
    lateRestStart: column((work) => (work.state === 'done' ? null : work.lateFinish - work.rest)),
    totalFloat: column(float),
    critical: works.filter((work) => (float(work) ?? Infinity) <= 0).map((work) => work.id),
    outOfSequence,
  };
}
