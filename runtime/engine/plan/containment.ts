import type { Configuration } from '../../../schemas/configuration.ts';
import type { Instant } from '../../../schemas/ids.ts';
import type { Target } from '../../../schemas/period.ts';
import type { StatutoryClock, WorkflowDocument } from '../../../schemas/workflow.ts';
import type { CompiledCalendar } from '../calendar/compiled.ts';
import { type EpochDay, epochDayOf } from '../calendar/dates.ts';
import { latestStartFor, openSecondsOf } from '../calendar/due.ts';
import { dayOf, NEVER, nextOpening, tickOfDay } from '../calendar/time.ts';
import { deadlineFinder, type FindDeadline, type FindLagEnd, lagEndFinder } from './deadlines.ts';
import { planningSla } from './duration.ts';
import { buildPlanNetwork, type Calendars, type PlanLink, type PlanNetwork, type PlanNode } from './network.ts';

/** What a bound comes to over all starts: the start with the least slack (T10). */
export interface BoundProof {
  /** Starts from which the bound is passed. */
  readonly breachedStarts: number;
  /** Seconds from the planned finish to the bound; negative is a breach. */
  readonly leastSlackSeconds: number;
  readonly startAt: Instant;
  readonly finishAt: Instant;
  readonly dueAt: Instant;
}

/** The containment proof of a workflow: its case SLA and each statutory clock that must contain nodes. */
export interface ContainmentProof {
  readonly starts: number;
  readonly case: BoundProof | null;
  readonly clocks: Readonly<Record<string, BoundProof>>;
  /** Tasks that alone, started with the case, outlast it: by how many seconds at most, and from which start. */
  readonly tasks: Readonly<Record<string, BoundProof>>;
}

/**
 * Plans a workflow to the second from every day of a span, at the opening, in the middle, at the close and after the close,
 * and compares with its case SLA and statutory clocks (T10, T13). Undefined where the drawing cannot be planned.
 */
export function proveContainment(
  configuration: Configuration,
  workflow: WorkflowDocument,
  calendars: Calendars,
  span: { readonly first: EpochDay; readonly days: number },
): ContainmentProof | undefined {
  const built = buildPlanNetwork(configuration, workflow, calendars);
  if (!('network' in built)) return undefined;
  const { network } = built;
  const bounds = boundsOf(workflow, network, calendars);
  const worst = bounds.map(() => new WorstStart());
  const alone = new Map<FindDeadline, WorstStart>();
  const plan = new InstantPlan(network);
  for (const finder of plan.finders) if (finder) alone.set(finder, new WorstStart());
  const sla = planningSla(workflow.sla)?.target;
  const dueOf = sla && deadlineFinder((sla.calendar ? calendars[sla.calendar] : undefined) ?? network.calendar, sla);
  let starts = 0;
  for (let day = span.first; day < span.first + span.days; day++) {
    for (const startAt of witnessesOf(network.calendar, day)) {
      starts++;
      plan.startFrom(startAt);
      for (let i = 0; i < bounds.length; i++) bounds[i]?.compare(plan, startAt, worst[i] as WorstStart);
      if (!dueOf) continue;
      const dueAt = dueOf(startAt);
      for (const [finder, one] of alone) one.note(startAt, finder(startAt), dueAt);
    }
  }
  const proofs = worst.map((one) => one.toProof());
  const caseProof = proofs[bounds.findIndex(({ key }) => key === null)] ?? null;
  const named = bounds.flatMap(({ key }, i) => {
    const proof = proofs[i];
    return key === null || !proof ? [] : [[key, proof] as const];
  });
  const tasks = plan.finders.flatMap((finder, i) => {
    const proof = finder && alone.get(finder)?.toProof();
    return proof && proof.breachedStarts > 0 ? [[network.nodes[i]?.key ?? '', proof] as const] : [];
  });
  return { starts, case: caseProof, clocks: Object.fromEntries(named), tasks: Object.fromEntries(tasks) };
}

/** Instants of a day at which a case may begin and count differently: opening, middle, close and after it; noon where it is closed. */
function witnessesOf(calendar: CompiledCalendar, day: EpochDay): Instant[] {
  const midnight = tickOfDay(calendar, day - 1, 'endOfDay');
  const end = tickOfDay(calendar, day, 'endOfDay');
  const opens = nextOpening(calendar, midnight);
  if (opens >= end) return [midnight + Math.floor((end - midnight) / 2)];
  const closes = tickOfDay(calendar, day, 'closeOfBusiness');
  const after = closes + Math.floor((end - closes) / 2);
  return [opens, opens + Math.floor((closes - opens) / 2), closes, ...(after < end ? [after] : [])];
}

/** The start with the least slack so far; ties keep the earliest. */
class WorstStart {
  private breached = 0;
  private slack: number = NEVER;
  private startAt: Instant = 0;
  private finishAt: Instant = 0;
  private dueAt: Instant = 0;

  note(startAt: Instant, finishAt: Instant, dueAt: Instant): void {
    const slack = dueAt - finishAt;
    if (slack < 0) this.breached++;
    // A bound and a finish that both never come say nothing of each other.
    if (!(slack < this.slack)) return;
    this.slack = slack;
    this.startAt = startAt;
    this.finishAt = finishAt;
    this.dueAt = dueAt;
  }

  toProof(): BoundProof | undefined {
    if (this.slack === NEVER) return undefined;
    const { breached: breachedStarts, slack: leastSlackSeconds, startAt, finishAt, dueAt } = this;
    return { breachedStarts, leastSlackSeconds, startAt, finishAt, dueAt };
  }
}

interface Bound {
  /** Statutory clock; null for the case SLA. */
  readonly key: string | null;
  compare(plan: InstantPlan, startAt: Instant, worst: WorstStart): void;
}

function boundsOf(workflow: WorkflowDocument, network: PlanNetwork, calendars: Calendars): Bound[] {
  const sla = planningSla(workflow.sla)?.target;
  const calendarOf = (target: Pick<Target, 'calendar'>) =>
    (target.calendar ? calendars[target.calendar] : undefined) ?? network.calendar;
  const clocks = Object.entries(workflow.clocks).flatMap(([key, clock]) =>
    clockBound(key, clock, network, calendarOf(clock.period)),
  );
  if (!sla) return clocks;
  const dueOf = deadlineFinder(calendarOf(sla), sla);
  const whole: Bound = {
    key: null,
    compare: (plan, startAt, worst) => worst.note(startAt, plan.finishAt, dueOf(startAt)),
  };
  return [whole, ...clocks];
}

/** A clock with `mustContain` and an anchor in the plan. */
function clockBound(key: string, clock: StatutoryClock, network: PlanNetwork, calendar: CompiledCalendar): Bound[] {
  const place = new Map(network.nodes.map((node, index) => [node.key, index]));
  const contained = (clock.mustContain ?? []).flatMap((node) => place.get(node) ?? []);
  const onLaunch = 'caseLaunch' in clock.anchor;
  const anchors =
    'completionOf' in clock.anchor ? clock.anchor.completionOf.flatMap((node) => place.get(node) ?? []) : [];
  if (contained.length === 0 || (!onLaunch && anchors.length === 0)) return [];
  const dueOf = deadlineFinder(calendar, clock.period);
  const compare: Bound['compare'] = (plan, startAt, worst) => {
    let dueAt = onLaunch ? dueOf(startAt) : NEVER;
    for (const anchor of anchors) dueAt = Math.min(dueAt, dueOf(plan.endAt(anchor), plan.endDay(anchor)));
    let finishAt = startAt;
    for (const node of contained) finishAt = Math.max(finishAt, plan.endAt(node));
    worst.note(startAt, finishAt, dueAt);
  };
  return [{ key, compare }];
}

/** A plan of the network to the second, in flat arrays that every start writes anew. */
class InstantPlan {
  /** How each node's deadline is found; undefined for nodes that take no time. */
  readonly finders: readonly (FindDeadline | undefined)[];
  /** How the end of each link's lag is found, of those that have one. */
  private readonly lagEnds: ReadonlyMap<PlanLink, FindLagEnd>;
  private readonly network: PlanNetwork;
  private readonly starts: Float64Array;
  private readonly startDays: Float64Array;
  private readonly ends: Float64Array;
  private readonly endDays: Float64Array;
  finishAt: Instant = 0;

  constructor(network: PlanNetwork) {
    this.network = network;
    this.finders = network.nodes.map(({ target, counts }) => target && deadlineFinder(counts, target));
    const links = network.nodes.flatMap(({ incoming }) => incoming);
    this.lagEnds = new Map(
      links.flatMap((link) =>
        link.lag && link.lag.value !== 0 ? [[link, lagEndFinder(link.calendar, link.lag)] as const] : [],
      ),
    );
    const size = network.nodes.length;
    this.starts = new Float64Array(size);
    this.startDays = new Float64Array(size);
    this.ends = new Float64Array(size);
    this.endDays = new Float64Array(size);
  }

  endAt(index: number): Instant {
    return this.ends[index] as number;
  }

  /** The date on which a node ended, also where that was 24:00 (T13). */
  endDay(index: number): EpochDay {
    return this.endDays[index] as number;
  }

  startFrom(launch: Instant): void {
    const { nodes, calendar } = this.network;
    const launchDay = dayOf(calendar, launch);
    this.finishAt = launch;
    for (let i = 0; i < nodes.length; i++) {
      this.place(i, nodes[i] as PlanNode, launch, launchDay);
      if ((this.ends[i] as number) > this.finishAt) this.finishAt = this.ends[i] as number;
    }
  }

  private place(i: number, node: PlanNode, launch: Instant, launchDay: EpochDay): void {
    let at = launch;
    let day = launchDay;
    let endBound = Number.NEGATIVE_INFINITY;
    if (node.notBefore) {
      const floor = epochDayOf(node.notBefore);
      if (floor > day) {
        day = floor;
        at = tickOfDay(node.calendar, floor - 1, 'endOfDay');
      }
    }
    for (const link of node.incoming) {
      const fromEnd = link.type === 'FS' || link.type === 'FF';
      const base = (fromEnd ? this.ends[link.from] : this.starts[link.from]) as number;
      const baseDay = (fromEnd ? this.endDays[link.from] : this.startDays[link.from]) as number;
      const end = Number.isFinite(base) ? this.lagEnds.get(link)?.(base, baseDay) : undefined;
      const [boundAt, boundDay] = end ? [end.at, end.day] : [base, baseDay];
      if (link.type === 'FF' || link.type === 'SF') endBound = Math.max(endBound, boundAt);
      else if (boundAt > at) {
        at = boundAt;
        day = boundDay;
      }
    }
    this.settle(i, node, at, day, endBound);
  }

  private settle(i: number, node: PlanNode, at: Instant, day: EpochDay, endBound: Instant): void {
    let [startAt, startDay] = [at, day];
    let end = this.endOf(i, startAt, startDay);
    if (end < endBound && Number.isFinite(endBound)) {
      const isElapsed = node.target === undefined || openSecondsOf(node.target) !== undefined;
      if (isElapsed) {
        startAt = Math.max(at, node.target ? latestStartFor(node.counts, node.target, endBound) : endBound);
        startDay = dayOf(node.counts, startAt);
        end = Math.max(endBound, this.endOf(i, startAt, startDay));
      }
      while (end < endBound) {
        startDay++;
        startAt = tickOfDay(node.counts, startDay - 1, 'endOfDay');
        end = this.endOf(i, startAt, startDay);
      }
    }
    this.starts[i] = startAt;
    this.startDays[i] = startDay;
    this.ends[i] = end;
    // Used up at 24:00 is used up on the date that ends there.
    this.endDays[i] = end > startAt && Number.isFinite(end) ? dayOf(node.counts, end - 1) : startDay;
  }

  private endOf(i: number, startAt: Instant, startDay: EpochDay): Instant {
    const finder = this.finders[i];
    return finder ? finder(startAt, startDay) : startAt;
  }
}
