import type { Configuration } from '../../../schemas/configuration.ts';
import type { Instant } from '../../../schemas/ids.ts';
import type { Target } from '../../../schemas/period.ts';
import type { StatutoryClock, WorkflowDocument } from '../../../schemas/workflow.ts';
import { NEVER } from '../calendar/time.ts';
import { deadlineFinder, type FindDeadline } from './deadlines.ts';
import { planningSla } from './duration.ts';
import { endFrom, type InstantPlans, type NodeTimes, planInstants } from './instant-plan.ts';
import { type Launches, launchesOf, type StartSpan } from './launches.ts';
import { keepEarlier, keepLater } from './moments.ts';
import { buildPlanNetwork, type Calendars, type PlanNetwork } from './network.ts';

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
  span: StartSpan,
): ContainmentProof | undefined {
  const built = buildPlanNetwork(configuration, workflow, calendars);
  return 'network' in built ? proveNetwork(built.network, workflow, calendars, span) : undefined;
}

/** As `proveContainment`, of a network that is built already. */
export function proveNetwork(
  network: PlanNetwork,
  workflow: WorkflowDocument,
  calendars: Calendars,
  span: StartSpan,
): ContainmentProof {
  const launches = launchesOf(network.calendar, span);
  const plans = planInstants(network, launches);
  const sla = caseDeadlines(workflow, network, calendars, launches);
  const clocks = Object.entries(workflow.clocks).flatMap(([key, clock]) => {
    const proof = clockProof(clock, network, calendars, { launches, plans });
    return proof ? [[key, proof] as const] : [];
  });
  return {
    starts: launches.at.length,
    case: (sla && worstOf(launches, plans.finishAt, sla)) ?? null,
    clocks: Object.fromEntries(clocks),
    tasks: sla ? tasksAlone(network, plans, launches, sla) : {},
  };
}

/** When the SLA of the case ends, by launch; undefined without one. */
function caseDeadlines(
  workflow: WorkflowDocument,
  network: PlanNetwork,
  calendars: Calendars,
  launches: Launches,
): Float64Array | undefined {
  const sla = planningSla(workflow.sla)?.target;
  return sla && launches.deadlines(deadlineFinder(calendarOf(sla, network, calendars), sla));
}

function calendarOf({ calendar }: Pick<Target, 'calendar'>, network: PlanNetwork, calendars: Calendars) {
  return (calendar ? calendars[calendar] : undefined) ?? network.calendar;
}

/** The proof of a clock with `mustContain` and an anchor in the plan. */
function clockProof(
  { anchor, mustContain, period }: StatutoryClock,
  network: PlanNetwork,
  calendars: Calendars,
  { launches, plans }: { launches: Launches; plans: InstantPlans },
): BoundProof | undefined {
  const timesOf = (key: string): NodeTimes | undefined =>
    plans.nodes[network.nodes.findIndex((node) => node.key === key)];
  const contained = (mustContain ?? []).flatMap((key) => timesOf(key) ?? []);
  const onLaunch = 'caseLaunch' in anchor;
  const anchors = 'completionOf' in anchor ? anchor.completionOf.flatMap((key) => timesOf(key) ?? []) : [];
  if (contained.length === 0 || (!onLaunch && anchors.length === 0)) return undefined;
  const dueOf = deadlineFinder(calendarOf(period, network, calendars), period);
  const dueAt = onLaunch ? launches.deadlines(dueOf).slice() : new Float64Array(launches.at.length).fill(NEVER);
  const finishAt = launches.at.slice();
  for (const { end } of anchors) keepEarlier(dueAt, endFrom(end, dueOf, launches));
  for (const { end } of contained) keepLater(finishAt, end);
  return worstOf(launches, finishAt, dueAt);
}

/** Tasks that alone, started with the case, outlast it. */
function tasksAlone(
  network: PlanNetwork,
  { finders }: InstantPlans,
  launches: Launches,
  sla: Float64Array,
): Record<string, BoundProof> {
  const alone = new Map<FindDeadline, BoundProof | undefined>();
  for (const find of finders)
    if (find && !alone.has(find)) alone.set(find, worstOf(launches, launches.deadlines(find), sla));
  return Object.fromEntries(
    finders.flatMap((find, i) => {
      const proof = find && alone.get(find);
      return proof && proof.breachedStarts > 0 ? [[network.nodes[i]?.key ?? '', proof] as const] : [];
    }),
  );
}

/** The start with the least slack, the earliest of equals; undefined where a bound and a finish both never come. */
function worstOf({ at }: Launches, finishAt: Float64Array, dueAt: Float64Array): BoundProof | undefined {
  let breachedStarts = 0;
  let leastSlackSeconds = NEVER;
  let worst = -1;
  for (let n = 0; n < at.length; n++) {
    const slack = (dueAt[n] as number) - (finishAt[n] as number);
    if (slack < 0) breachedStarts++;
    // Of two that never come the difference is no number: they say nothing of each other.
    if (!(slack < leastSlackSeconds)) continue;
    leastSlackSeconds = slack;
    worst = n;
  }
  if (worst < 0) return undefined;
  return {
    breachedStarts,
    leastSlackSeconds,
    startAt: at[worst] as number,
    finishAt: finishAt[worst] as number,
    dueAt: dueAt[worst] as number,
  };
}
