import type { Configuration } from '../../../schemas/configuration.ts';
import { inOrder } from '../../../schemas/document.ts';
import type { LocalDate } from '../../../schemas/ids.ts';
import type { Amber, Target } from '../../../schemas/period.ts';
import type { WorkflowDocument, WorkflowNode } from '../../../schemas/workflow.ts';
import type { CompiledCalendar } from '../calendar/compiled.ts';
import { dateOfDay, type EpochDay, epochDayOf } from '../calendar/dates.ts';
import { amberFor } from '../calendar/due.ts';
import { dayOf, startOfDate } from '../calendar/time.ts';
import { finishFor, planningSla } from './duration.ts';
import { holds } from './gestures.ts';
import { buildPlanNetwork, type Calendars, type PlanNetwork, type PlanNode } from './network.ts';
import { boundOf, dayAt, type ForwardPass, latestStartFor, longestPath, passBackward, passForward } from './plan.ts';
import { workdaysOf } from './workdays.ts';

/** One node of a plan as a bar over time: earliest and latest dates, and the room between them (S5). */
export interface TimelineBar {
  readonly key: string;
  readonly type: WorkflowNode['type'];
  readonly start: LocalDate;
  readonly finish: LocalDate;
  readonly latestStart: LocalDate;
  readonly latestFinish: LocalDate;
  /** Working days the finish can slip without moving the plan's finish. */
  readonly float: number;
  /** Working days it can slip without moving anything that follows. */
  readonly freeFloat: number;
  readonly critical: boolean;
  readonly nearCritical: boolean;
  /** Keys of the links that hold it where it is; none where it starts with the case or on its own date. */
  readonly heldBy: readonly string[];
  /** What its length comes from. */
  readonly lengthBy: 'estimate' | 'sla' | 'none';
  /** When its own SLA turns amber; null where it has no warning. */
  readonly amberOn: LocalDate | null;
}

/** The case's target or a statutory clock: from when to when, and what must be done by then. */
export interface TimelineTarget {
  /** Statutory clock; null for the case itself. */
  readonly clock: string | null;
  readonly title: string;
  /** Node whose completion starts it; null where it starts with the case. */
  readonly after: string | null;
  readonly startsOn: LocalDate;
  readonly dueOn: LocalDate;
  readonly amberOn: LocalDate | null;
  readonly contains: readonly string[];
  /** Days from the last contained finish to the last day; negative is a breach; null where it need not contain anything. */
  readonly slackDays: number | null;
}

/** A plan with all that a timeline shows of it. */
export interface PlanTimeline {
  readonly start: LocalDate;
  readonly finish: LocalDate;
  /** By node key, in topological order. */
  readonly bars: Readonly<Record<string, TimelineBar>>;
  readonly criticalPath: readonly string[];
  readonly targets: readonly TimelineTarget[];
  /** Nodes that no plan counts: manual, recurrent, outside the SLA (P5). */
  readonly leftOut: readonly string[];
}

export type PlanTimelineResult =
  | { ok: true; timeline: PlanTimeline }
  | { ok: false; cycle: string[] }
  | { ok: false; missing: string };

/** Plans a workflow as `planWorkflow` does, with every date a timeline draws: latest dates, floats, targets, warnings (S5, T8). */
export function planTimeline(
  configuration: Configuration,
  key: string,
  start: LocalDate,
  calendars: Calendars,
): PlanTimelineResult {
  const workflow = configuration.workflow[key];
  if (!workflow) return { ok: false, missing: `workflow/${key}` };
  const built = buildPlanNetwork(configuration, workflow, calendars);
  if (!('network' in built)) return { ok: false, ...built };
  const { network } = built;
  const pass = passForward(network, epochDayOf(start));
  const bars = Object.fromEntries(barsOf(configuration, workflow, network, pass).map((bar) => [bar.key, bar]));
  return {
    ok: true,
    timeline: {
      start,
      finish: dateOfDay(pass.finish),
      bars,
      criticalPath: longestPath(network, pass),
      targets: targetsOf(workflow, network, pass, calendars, epochDayOf(start)),
      leftOut: inOrder(workflow.nodes).flatMap(({ key: node }) => (Object.hasOwn(bars, node) ? [] : [node])),
    },
  };
}

function barsOf(
  configuration: Configuration,
  workflow: WorkflowDocument,
  network: PlanNetwork,
  pass: ForwardPass,
): TimelineBar[] {
  const latest = passBackward(network, pass);
  const free = freeFloats(network, pass);
  const workdays = workdaysOf(network.calendar);
  const threshold = workflow.nearCriticalThreshold;
  const near = threshold?.unit === 'workingDays' ? threshold.value : 1;
  return network.nodes.map((node, at): TimelineBar => {
    const [from, to, last] = [dayAt(pass.starts, at), dayAt(pass.finishes, at), dayAt(latest, at)];
    const float = workdays.between(to, last);
    const type = workflow.nodes[node.key]?.type ?? 'task';
    return {
      key: node.key,
      type,
      start: dateOfDay(from),
      finish: dateOfDay(to),
      latestStart: dateOfDay(latestStartFor(node, last, from)),
      latestFinish: dateOfDay(last),
      float,
      freeFloat: Math.max(0, Math.min(float, free[at] ?? float)),
      critical: float <= 0,
      nearCritical: float > 0 && float <= near,
      heldBy: [...new Set(node.incoming.filter((link) => holds(link, node, pass, from)).map((link) => link.key))],
      ...lengthOf(configuration, workflow, node, from),
    };
  });
}

/** Working days from each node's finish to the first thing that would have to move with it. */
function freeFloats(network: PlanNetwork, pass: ForwardPass): number[] {
  const workdays = workdaysOf(network.calendar);
  const free = network.nodes.map((_, at) => workdays.between(dayAt(pass.finishes, at), pass.finish));
  network.nodes.forEach((node, at) => {
    for (const link of node.incoming) {
      const held = link.type === 'FS' || link.type === 'SS' ? dayAt(pass.starts, at) : dayAt(pass.finishes, at);
      const room = workdays.between(boundOf(link, pass.starts, pass.finishes), held);
      free[link.from] = Math.min(free[link.from] ?? room, room);
    }
  });
  return free;
}

function lengthOf(
  configuration: Configuration,
  workflow: WorkflowDocument,
  node: PlanNode,
  start: EpochDay,
): Pick<TimelineBar, 'lengthBy' | 'amberOn'> {
  const drawn = workflow.nodes[node.key];
  if (drawn?.type !== 'task' || !node.target) return { lengthBy: 'none', amberOn: null };
  const task = configuration.task[drawn.task];
  const sla = planningSla(drawn.sla ?? task?.sla ?? {});
  const amberOn = sla ? amberDay(node.counts, sla.amber, sla.target, start) : null;
  return { lengthBy: (drawn.estimate ?? task?.estimate) ? 'estimate' : 'sla', amberOn };
}

/** The date on which amber begins for a target that starts on a day (T8). */
function amberDay(
  calendar: CompiledCalendar,
  amber: Amber | undefined,
  target: Target,
  start: EpochDay,
): LocalDate | null {
  if (!amber || ('before' in amber && amber.before.value === 0)) return null;
  const at = amberFor(calendar, amber, target, { startedAt: startOfDate(calendar, dateOfDay(start)) });
  return Number.isFinite(at) ? dateOfDay(Math.max(start, dayOf(calendar, at))) : null;
}

function targetsOf(
  workflow: WorkflowDocument,
  network: PlanNetwork,
  pass: ForwardPass,
  calendars: Calendars,
  start: EpochDay,
): TimelineTarget[] {
  const calendarOf = (key: string | undefined) => (key ? calendars[key] : undefined) ?? network.calendar;
  const sla = planningSla(workflow.sla);
  const place = new Map(network.nodes.map((node, at) => [node.key, at]));
  const whole: TimelineTarget[] = [];
  if (sla) {
    const calendar = calendarOf(sla.target.calendar);
    const due = finishFor(sla.target, start, workdaysOf(calendar));
    const amberOn = amberDay(calendar, sla.amber, sla.target, start);
    const common = { clock: null, title: 'Case target', after: null, contains: [] };
    const dates = { startsOn: dateOfDay(start), dueOn: dateOfDay(due), amberOn };
    whole.push({ ...common, ...dates, slackDays: due - pass.finish });
  }
  const clocks = inOrder(workflow.clocks).flatMap((clock): TimelineTarget[] => {
    const calendar = calendarOf(clock.period.calendar);
    const planned = (clock.mustContain ?? []).filter((key) => place.has(key));
    const last = planned.map((key) => dayAt(pass.finishes, place.get(key) ?? 0));
    const beginnings = beginningsOf(clock.anchor, place, pass, start);
    const counted = clock.each ? beginnings : firstOf(beginnings);
    return counted.map(({ after, day }) => {
      const due = finishFor(clock.period, day, workdaysOf(calendar));
      const slackDays = last.length === 0 ? null : due - Math.max(...last);
      const title = clock.title ?? clock.key;
      const dates = { startsOn: dateOfDay(day), dueOn: dateOfDay(due), amberOn: null };
      return { clock: clock.key, title, after, ...dates, contains: planned, slackDays };
    });
  });
  return [...whole, ...clocks];
}

interface Beginning {
  readonly after: string | null;
  readonly day: EpochDay;
}

function beginningsOf(
  anchor: WorkflowDocument['clocks'][string]['anchor'],
  place: ReadonlyMap<string, number>,
  pass: ForwardPass,
  start: EpochDay,
): Beginning[] {
  if ('caseLaunch' in anchor) return [{ after: null, day: start }];
  return anchor.completionOf.flatMap((key) => {
    const at = place.get(key);
    return at === undefined ? [] : [{ after: key, day: dayAt(pass.finishes, at) }];
  });
}

function firstOf(beginnings: readonly Beginning[]): Beginning[] {
  const [first, ...others] = beginnings;
  return first ? [others.reduce((least, one) => (one.day < least.day ? one : least), first)] : [];
}
