import type { Configuration } from '../../../schemas/configuration.ts';
import type { LocalDate } from '../../../schemas/ids.ts';
import type { Target } from '../../../schemas/period.ts';
import type { Lag } from '../../../schemas/workflow.ts';
import type { CompiledCalendar } from '../calendar/compiled.ts';
import { dateOfDay, type EpochDay, epochDayOf } from '../calendar/dates.ts';
import { DayTable, type Derivations, oncePerPeriod } from './derivations.ts';
import { endOfLag, finishFor } from './duration.ts';
import { buildPlanNetwork, type Calendars, type PlanLink, type PlanNetwork, type PlanNode } from './network.ts';
import { withinHorizon, workdaysOf } from './workdays.ts';

export interface PlannedTask {
  start: LocalDate;
  finish: LocalDate;
  /** Working days the finish can slip without moving the plan's finish (S5). */
  float: number;
  critical: boolean;
  nearCritical: boolean;
}

export interface WorkflowPlan {
  finish: LocalDate;
  tasks: Record<string, PlannedTask>;
  /** One longest path, walked back from the last finisher; among equals the one listed last. */
  criticalPath: string[];
}

export type WorkflowPlanResult =
  | { ok: true; plan: WorkflowPlan }
  | { ok: false; cycle: string[] }
  | { ok: false; missing: string };

/** Planned days of every node of a network for one start day, in topological order. */
export interface ForwardPass {
  starts: EpochDay[];
  finishes: EpochDay[];
  finish: EpochDay;
}

/** Days from which a plan is tried, and what plans from them have come to. */
export interface StartDays {
  readonly days: Int32Array;
  readonly derived: Derivations<Int32Array>;
}

/** Planned days of every node, in topological order, from each of several start days. */
export interface ForwardPasses extends StartDays {
  readonly starts: readonly Int32Array[];
  readonly finishes: readonly Int32Array[];
  /** The last day of the plan from each of them. */
  readonly finish: Int32Array;
}

/**
 * Plans a workflow from a start date, in dates (P5, P10, T6, T13): each task starts on the date its last driver ends
 * and finishes on the date of its due tick.
 */
export function planWorkflow(
  configuration: Configuration,
  key: string,
  start: LocalDate,
  calendars: Calendars,
): WorkflowPlanResult {
  const workflow = configuration.workflow[key];
  if (!workflow) return { ok: false, missing: `workflow/${key}` };
  const built = buildPlanNetwork(configuration, workflow, calendars);
  if (!('network' in built)) return { ok: false, ...built };
  const { network } = built;
  const threshold = workflow.nearCriticalThreshold;
  return {
    ok: true,
    plan: toPlan(network, epochDayOf(start), threshold?.unit === 'workingDays' ? threshold.value : 1),
  };
}

function toPlan(network: PlanNetwork, start: EpochDay, threshold: number): WorkflowPlan {
  const pass = passForward(network, start);
  const latest = passBackward(network, pass);
  const workdays = workdaysOf(network.calendar);
  const tasks: Record<string, PlannedTask> = {};
  network.nodes.forEach((node, at) => {
    if (!node.isTask) return;
    const finish = dayAt(pass.finishes, at);
    const float = workdays.between(finish, dayAt(latest, at));
    const critical = float <= 0;
    tasks[node.key] = {
      start: dateOfDay(dayAt(pass.starts, at)),
      finish: dateOfDay(finish),
      float,
      critical,
      nearCritical: !critical && float <= threshold,
    };
  });
  return { finish: dateOfDay(pass.finish), tasks, criticalPath: longestPath(network, pass) };
}

/** Earliest start and finish day of every node. */
export function passForward(network: PlanNetwork, start: EpochDay): ForwardPass {
  const starts: EpochDay[] = [];
  const finishes: EpochDay[] = [];
  let last = start;
  for (const node of network.nodes) {
    let begin = node.notBefore ? Math.max(start, withinHorizon(epochDayOf(node.notBefore))) : start;
    let endBound = Number.NEGATIVE_INFINITY;
    for (const link of node.incoming) {
      const bound = boundOf(link, starts, finishes);
      if (link.type === 'FS' || link.type === 'SS') begin = Math.max(begin, bound);
      else endBound = Math.max(endBound, bound);
    }
    while (finishOf(node, begin) < endBound) begin++;
    const finish = finishOf(node, begin);
    starts.push(begin);
    finishes.push(finish);
    last = Math.max(last, finish);
  }
  return { starts, finishes, finish: last };
}

/**
 * Earliest start and finish day of every node from each of several start days, a node at a time (T10 in dates); what begins
 * alike and takes as long is planned once. None of the answered lists may be written to.
 */
export function passForwardFrom(network: PlanNetwork, from: StartDays): ForwardPasses {
  const starts: Int32Array[] = [];
  const finishes: Int32Array[] = [];
  const followed = new Set<number>();
  for (const node of network.nodes) {
    let begin = node.notBefore ? holdUntil(from.days, withinHorizon(epochDayOf(node.notBefore))) : from.days;
    let endBound: Int32Array | undefined;
    for (const link of node.incoming) {
      const bound = boundsOf(link, starts, finishes, from);
      if (link.type === 'FS' && (link.lag?.value ?? 0) >= 0) followed.add(link.from);
      if (link.type === 'FS' || link.type === 'SS') begin = laterOf(begin, bound, from);
      else endBound = endBound ? laterOf(endBound, bound, from) : bound;
    }
    if (endBound) begin = pushedOn(node, begin, endBound);
    starts.push(begin);
    finishes.push(node.target ? finishesFrom(begin, node.target, node.calendar, from) : begin);
  }
  return { ...from, starts, finishes, finish: lastFinish(finishes, followed, from.days) };
}

/** The plan from one of the start days, by its place among them. */
export function passAt({ starts, finishes, finish }: ForwardPasses, n: number): ForwardPass {
  const at = (days: Int32Array): EpochDay => days[n] as number;
  return { starts: starts.map(at), finishes: finishes.map(at), finish: at(finish) };
}

/** What is followed by something that starts at its end or later never ends last alone. */
function lastFinish(finishes: readonly Int32Array[], followed: ReadonlySet<number>, days: Int32Array): Int32Array {
  const latest = days.slice();
  for (const ends of new Set(finishes.filter((_, at) => !followed.has(at))))
    for (let n = 0; n < latest.length; n++) {
      const end = ends[n] as number;
      if (end > (latest[n] as number)) latest[n] = end;
    }
  return latest;
}

function holdUntil(days: Int32Array, floor: EpochDay): Int32Array {
  return days.map((day) => Math.max(day, floor));
}

/** The later of two by start; where one is never the earlier, it is answered itself. */
function laterOf(held: Int32Array, bound: Int32Array, { derived }: StartDays): Int32Array {
  return held === bound ? held : derived.of(held, bound, () => makeLater(held, bound));
}

function makeLater(held: Int32Array, bound: Int32Array): Int32Array {
  let isHeldLater = true;
  let isBoundLater = true;
  for (let n = 0; n < held.length && (isHeldLater || isBoundLater); n++) {
    const over = (held[n] as number) - (bound[n] as number);
    if (over < 0) isHeldLater = false;
    else if (over > 0) isBoundLater = false;
  }
  if (isHeldLater) return held;
  if (isBoundLater) return bound;
  const latest = held.slice();
  for (let n = 0; n < latest.length; n++) {
    const day = bound[n] as number;
    if (day > (latest[n] as number)) latest[n] = day;
  }
  return latest;
}

/** The day a link holds its successor to, by start. */
function boundsOf(
  link: PlanLink,
  starts: readonly Int32Array[],
  finishes: readonly Int32Array[],
  { derived }: StartDays,
): Int32Array {
  const base = (link.type === 'FS' || link.type === 'FF' ? finishes : starts)[link.from];
  if (!base) throw new Error(`expected node ${link.from} to be planned before those its links lead to`);
  if (!link.lag || link.lag.value === 0) return base;
  const endOf = lagEndOfDay(link.calendar, link.lag);
  return derived.of(base, endOf, () => endOf.eachOf(base));
}

/** When a target that starts on each of these days finishes. */
export function finishesFrom(
  days: Int32Array,
  target: Target,
  calendar: CompiledCalendar,
  { derived }: StartDays,
): Int32Array {
  const endOf = finishOfDay(calendar, target);
  return derived.of(days, endOf, () => endOf.eachOf(days));
}

const finishOfDay = oncePerPeriod((calendar, target: Target) => {
  const workdays = workdaysOf(calendar);
  return new DayTable((day) => finishFor(target, day, workdays));
});

const lagEndOfDay = oncePerPeriod((calendar, lag: Lag) => {
  const workdays = workdaysOf(calendar);
  return new DayTable((day) => endOfLag(lag, day, workdays));
});

/** Where FF or SF links hold its end, a node begins as late as it must. */
function pushedOn(node: PlanNode, begin: Int32Array, endBound: Int32Array): Int32Array {
  return begin.map((day, n) => {
    let start = day;
    while (finishOf(node, start) < (endBound[n] as number)) start++;
    return start;
  });
}

/** The day a link holds its successor to: a start for FS and SS, a finish for FF and SF. */
export function boundOf(link: PlanLink, starts: readonly EpochDay[], finishes: readonly EpochDay[]): EpochDay {
  const from = link.type === 'FS' || link.type === 'FF' ? dayAt(finishes, link.from) : dayAt(starts, link.from);
  return endOfLag(link.lag, from, workdaysOf(link.calendar));
}

export function finishOf(node: PlanNode, start: EpochDay): EpochDay {
  return node.target ? finishFor(node.target, start, workdaysOf(node.calendar)) : start;
}

/** Latest finish day of every node that leaves the plan's finish where it is. */
export function passBackward(network: PlanNetwork, pass: ForwardPass): EpochDay[] {
  const latest = network.nodes.map(() => pass.finish);
  for (let at = network.nodes.length - 1; at >= 0; at--) {
    const node = network.nodes[at];
    if (!node) continue;
    const latestStart = latestStartFor(node, dayAt(latest, at), dayAt(pass.starts, at));
    for (const link of node.incoming) {
      const from = network.nodes[link.from];
      if (!from) continue;
      const limit = link.type === 'FS' || link.type === 'SS' ? latestStart : dayAt(latest, at);
      latest[link.from] = Math.min(dayAt(latest, link.from), latestFinish(from, link, limit, pass));
    }
  }
  return latest;
}

/** The last start day whose finish is not after `finish`; never before the early start (monotone pair, S11). */
export function latestStartFor(node: PlanNode, finish: EpochDay, earlyStart: EpochDay): EpochDay {
  let low = earlyStart;
  let high = Math.max(earlyStart, finish);
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (finishOf(node, middle) <= finish) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** The last finish day of a predecessor that keeps the link's bound within `limit`. */
function latestFinish(from: PlanNode, link: PlanLink, limit: EpochDay, pass: ForwardPass): EpochDay {
  const byStart = link.type === 'SS' || link.type === 'SF';
  const early = byStart ? dayAt(pass.starts, link.from) : dayAt(pass.finishes, link.from);
  let low = early;
  let high = Math.max(early, pass.finish);
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (endOfLag(link.lag, middle, workdaysOf(link.calendar)) <= limit) low = middle;
    else high = middle - 1;
  }
  return byStart ? finishOf(from, low) : low;
}

/** One longest path, walked back from the last finisher along the link that holds each task; among equals the last listed. */
export function longestPath(network: PlanNetwork, pass: ForwardPass): string[] {
  let at = lastOf(
    network,
    network.nodes
      .map((_, index) => index)
      .filter((index) => pass.finishes[index] === pass.finish && network.nodes[index]?.isTask),
  );
  const path: string[] = [];
  while (at !== undefined) {
    const node: PlanNode | undefined = network.nodes[at];
    if (!node) break;
    if (node.isTask) path.unshift(node.key);
    const start = dayAt(pass.starts, at);
    const finish = dayAt(pass.finishes, at);
    const drivers = node.incoming
      .filter(
        (link) =>
          boundOf(link, pass.starts, pass.finishes) === (link.type === 'FS' || link.type === 'SS' ? start : finish),
      )
      .map((link) => link.from);
    at = lastOf(network, drivers);
  }
  return path;
}

function lastOf(network: PlanNetwork, indexes: readonly number[]): number | undefined {
  return indexes.reduce<number | undefined>(
    (last, index) =>
      last === undefined || (network.nodes[index]?.order ?? 0) > (network.nodes[last]?.order ?? 0) ? index : last,
    undefined,
  );
}

/** The planned day of a node. */
export function dayAt(days: readonly EpochDay[], index: number): EpochDay {
  const day = days[index];
  if (day === undefined) throw new Error(`expected a planned day at position ${index} of ${days.length}`);
  return day;
}
