import { type CycleReport, findCycles } from './cycle.ts';

/** Finish-to-start, start-to-start, finish-to-finish, start-to-finish (S2). */
export type LinkType = 'FS' | 'SS' | 'FF' | 'SF';

/** A task of a network; the duration is in the unit of the axis (days, hours or working minutes). */
export interface NetworkTask {
  readonly id: string;
  readonly duration: number;
}

/** A link of a network; a negative lag is a lead (S3). */
export interface NetworkLink {
  readonly from: string;
  readonly to: string;
  readonly type: LinkType;
  readonly lag: number;
}

/** What is wrong with a drawn network; the sentence says how to put it right. */
export interface PlanFinding {
  readonly code:
    | 'PLAN_CYCLE'
    | 'PLAN_UNKNOWN_TASK'
    | 'PLAN_DUPLICATE_TASK'
    | 'PLAN_BAD_NUMBER'
    | 'PLAN_BAD_CALENDAR'
    | 'PLAN_BAD_DATE';
  readonly severity: 'error';
  readonly values: Readonly<Record<string, unknown>>;
  readonly message: string;
}

/**
 * A network compiled to typed arrays over interned ids. Outgoing links lie together: those of task `u` are the slots
 * `outStart[u]` to `outStart[u + 1]`, and `outLink` leads back to the index in the given list.
 */
export interface Network {
  readonly ids: readonly string[];
  readonly indexOf: ReadonlyMap<string, number>;
  readonly taskCount: number;
  readonly linkCount: number;
  readonly duration: Float64Array;
  readonly type: Uint8Array;
  readonly lag: Float64Array;
  readonly from: Int32Array;
  readonly to: Int32Array;
  readonly outStart: Int32Array;
  readonly outTo: Int32Array;
  readonly outWeight: Float64Array;
  readonly outLink: Int32Array;
  /** Task indexes, every predecessor before its successors. */
  readonly order: Int32Array;
}

/** A compiled network, or none where the links run in a circle; the findings name every mistake of the drawing. */
export interface CompiledNetwork {
  readonly network?: Network;
  readonly findings: readonly PlanFinding[];
}

const FS = 0;
const SS = 1;
const FF = 2;
const SF = 3;
const typeCodes: Readonly<Record<string, number>> = { FS, SS, FF, SF };

/** Link types by code, as stored in `Network.type`. */
export const linkTypes: readonly LinkType[] = ['FS', 'SS', 'FF', 'SF'];

/** The code of a link type in `Network.type`; undefined for a word that is no link type. */
export function linkTypeCode(type: string): number | undefined {
  return typeCodes[type];
}

/** Start-to-start weight of a link: the least distance between the two starts (S2). */
export function linkWeight(code: number, lag: number, fromDuration: number, toDuration: number): number {
  if (code === FS) return fromDuration + lag;
  if (code === SS) return lag;
  if (code === FF) return fromDuration + lag - toDuration;
  return lag - toDuration;
}

/** Interns ids, sorts the links by their start and orders the tasks; a link to an unknown task is a finding and is left out (S8, S9). */
export function compileNetwork(tasks: readonly NetworkTask[], links: readonly NetworkLink[]): CompiledNetwork {
  const findings: PlanFinding[] = [];
  const interned = internTasks(tasks, findings);
  const ends = internLinks(links, interned, findings);
  const n = interned.ids.length;
  const out = sortLinks(n, ends, interned.duration);
  const order = ends.ascending ? identityOrder(n) : topologicalOrder(n, out.outStart, out.outTo);
  if (order.length < n) {
    findings.push(cycleFinding(findCycles(out, order, n), interned.ids));
    return { findings };
  }
  return { network: { ...interned, taskCount: n, linkCount: links.length, ...ends, ...out, order }, findings };
}

function internTasks(tasks: readonly NetworkTask[], findings: PlanFinding[]) {
  const ids: string[] = [];
  const indexOf = new Map<string, number>();
  const duration = new Float64Array(tasks.length);
  for (const task of tasks) {
    if (indexOf.has(task.id)) {
      findings.push(duplicateFinding(task.id));
      continue;
    }
    if (task.duration >= 0 && task.duration < Infinity) duration[ids.length] = task.duration;
    else findings.push(badNumberFinding({ task: task.id, duration: task.duration }));
    indexOf.set(task.id, ids.length);
    ids.push(task.id);
  }
  return { ids, indexOf, duration: ids.length === tasks.length ? duration : duration.slice(0, ids.length) };
}

interface LinkEnds {
  readonly from: Int32Array;
  readonly to: Int32Array;
  readonly type: Uint8Array;
  readonly lag: Float64Array;
  /** True where every link runs from an earlier listed task to a later one: the list is then an order already. */
  readonly ascending: boolean;
}

function internLinks(
  links: readonly NetworkLink[],
  { ids, indexOf }: Pick<Network, 'ids' | 'indexOf'>,
  findings: PlanFinding[],
): LinkEnds {
  const m = links.length;
  const from = new Int32Array(m);
  const to = new Int32Array(m);
  const type = new Uint8Array(m);
  const lag = new Float64Array(m);
  let ascending = true;
  // Links are mostly listed by successor or by predecessor, in the order of the tasks: the same end as before, or the
  // one after it, is found without a look-up, which at 100,000 tasks is the greatest cost of all.
  let u: number | undefined;
  let v: number | undefined;
  for (let k = 0; k < m; k++) {
    const link = links[k] as NetworkLink;
    u = findNear(ids, u ?? 0, link.from) ?? indexOf.get(link.from);
    v = findNear(ids, v ?? 0, link.to) ?? indexOf.get(link.to);
    const code = typeCodes[link.type];
    const finite = Number.isFinite(link.lag);
    if (u === undefined || v === undefined || code === undefined || !finite) {
      findings.push(linkFinding(link, k, u === undefined, v === undefined));
      from[k] = -1;
      to[k] = -1;
      continue;
    }
    if (u >= v) ascending = false;
    from[k] = u;
    to[k] = v;
    type[k] = code;
    lag[k] = link.lag;
  }
  return { from, to, type, lag, ascending };
}

function findNear(ids: readonly string[], last: number, id: string): number | undefined {
  if (ids[last] === id) return last;
  return ids[last + 1] === id ? last + 1 : undefined;
}

function sortLinks(n: number, ends: LinkEnds, duration: Float64Array) {
  const { from, to, type, lag } = ends;
  const m = from.length;
  const outStart = new Int32Array(n + 1);
  for (let k = 0; k < m; k++) {
    const u = from[k] as number;
    if (u >= 0) outStart[u + 1] = (outStart[u + 1] as number) + 1;
  }
  for (let u = 0; u < n; u++) outStart[u + 1] = (outStart[u + 1] as number) + (outStart[u] as number);
  const count = outStart[n] as number;
  const next = outStart.slice(0, n);
  const outTo = new Int32Array(count);
  const outWeight = new Float64Array(count);
  const outLink = new Int32Array(count);
  for (let k = 0; k < m; k++) {
    const u = from[k] as number;
    if (u < 0) continue;
    const v = to[k] as number;
    const slot = next[u] as number;
    next[u] = slot + 1;
    outTo[slot] = v;
    outLink[slot] = k;
    outWeight[slot] = linkWeight(type[k] as number, lag[k] as number, duration[u] as number, duration[v] as number);
  }
  return { outStart, outTo, outWeight, outLink };
}

function identityOrder(n: number): Int32Array {
  const order = new Int32Array(n);
  for (let i = 0; i < n; i++) order[i] = i;
  return order;
}

/** Kahn's order; shorter than the number of tasks where the links run in a circle. */
function topologicalOrder(n: number, outStart: Int32Array, outTo: Int32Array): Int32Array {
  const waiting = new Int32Array(n);
  for (let k = 0; k < outTo.length; k++) {
    const v = outTo[k] as number;
    waiting[v] = (waiting[v] as number) + 1;
  }
  const order = new Int32Array(n);
  let filled = 0;
  for (let u = 0; u < n; u++) if (waiting[u] === 0) order[filled++] = u;
  for (let head = 0; head < filled; head++) {
    const u = order[head] as number;
    const end = outStart[u + 1] as number;
    for (let slot = outStart[u] as number; slot < end; slot++) {
      const v = outTo[slot] as number;
      const left = (waiting[v] as number) - 1;
      waiting[v] = left;
      if (left === 0) order[filled++] = v;
    }
  }
  return filled === n ? order : order.slice(0, filled);
}

/** The finding of links that run in a circle: every set of tasks involved and one concrete cycle (S8). */
export function cycleFinding(report: CycleReport, ids: readonly string[]): PlanFinding {
  const name = (index: number): string => ids[index] ?? '';
  const sccs = report.sccs.map((set) => set.map(name));
  const cycle = report.cycle.map(name);
  const shown = [...cycle, cycle[0]].join(' -> ');
  return {
    code: 'PLAN_CYCLE',
    severity: 'error',
    values: { sccs, cycle },
    message: `These tasks wait for each other in a circle: ${shown}. Remove one of these links.`,
  };
}

function duplicateFinding(id: string): PlanFinding {
  return {
    code: 'PLAN_DUPLICATE_TASK',
    severity: 'error',
    values: { task: id },
    message: `Task "${id}" is listed twice; the second one is left out. Give every task a key of its own.`,
  };
}

function badNumberFinding(values: Readonly<Record<string, unknown>>): PlanFinding {
  return {
    code: 'PLAN_BAD_NUMBER',
    severity: 'error',
    values,
    message: `Task "${String(values['task'])}" has the duration ${String(values['duration'])}; it counts as 0. A duration is a number of 0 or more.`,
  };
}

function linkFinding(link: NetworkLink, index: number, noFrom: boolean, noTo: boolean): PlanFinding {
  if (noFrom || noTo) {
    const missing = noFrom ? link.from : link.to;
    return {
      code: 'PLAN_UNKNOWN_TASK',
      severity: 'error',
      values: { link: index, from: link.from, to: link.to, missing },
      message: `The link from "${link.from}" to "${link.to}" names task "${missing}", which does not exist; the link is left out. Add the task or remove the link.`,
    };
  }
  return {
    code: 'PLAN_BAD_NUMBER',
    severity: 'error',
    values: { link: index, from: link.from, to: link.to, type: link.type, lag: link.lag },
    message: `The link from "${link.from}" to "${link.to}" has the type ${link.type} and the lag ${link.lag}; the link is left out. A type is FS, SS, FF or SF, a lag a number.`,
  };
}
