import type { Instant } from '../../../schemas/ids.ts';
import type { Lag, Link } from '../../../schemas/workflow.ts';
import { addMonthsToDay, SECONDS_OF_DAY } from '../calendar/dates.ts';
import { addPeriod } from '../calendar/due.ts';
import { dayOf, startOfDate, zoneAt } from '../calendar/time.ts';
import { instantOfLocal, offsetAt } from '../calendar/zone.ts';
import { calendarsOf } from './timekeeping.ts';
import type { TaskState } from './types.ts';
import type { Work } from './work.ts';

/** What holds a node back: nothing known yet, a dead path, or an instant (P5, P6). */
export type Release =
  | { readonly is: 'waiting'; readonly for: readonly string[] }
  | { readonly is: 'dead' }
  | { readonly is: 'at'; readonly at: Instant };

const noRelease: Release = { is: 'dead' };

/** When a node may start: the latest of launch and what its predecessors ask for; dead when all its links are (P5, P6). */
export function releaseOf(work: Work, node: string, task?: TaskState): Release {
  const drawn = (work.bundle.incoming[node] ?? []).map((link) => startBound(work, link, new Set([node])));
  const added = (task?.added ?? []).map((link) => addedBound(work, node, link));
  const recurrence: Release[] = task?.notBefore == null ? [] : [{ is: 'at', at: task.notBefore }];
  return join(work, node, [...(task && task.occurrence > 1 ? [] : drawn), ...added, ...recurrence]);
}

/** Nodes or tasks that must come first before this task may finish: its FF and SF links (P5). */
export function finishWaitsFor(work: Work, task: TaskState): string[] {
  const links = [
    ...(task.occurrence > 1 ? [] : (work.bundle.incoming[task.node] ?? [])).map((link) => ({
      ...link,
      before: latestOf(work, link.from),
    })),
    ...task.added.map((link) => ({
      from: link.task,
      type: link.linkType,
      lag: link.lag as Lag | undefined,
      to: task.node,
      before: work.state.tasks[link.task],
    })),
  ];
  return links.flatMap(({ before, ...link }) => {
    if (link.type !== 'FF' && link.type !== 'SF') return [];
    if (!before || isTransparent(before) || isSkipped(before)) return [];
    const since = link.type === 'FF' ? (before.life === 'complete' ? before.endedAt : null) : before.startedAt;
    const bound = since === null ? null : addLag(work, link, since);
    return bound !== null && bound <= work.at ? [] : [before.title];
  });
}

type DrawnLink = Pick<Link, 'from' | 'to' | 'type'> & {
  lag?: Lag | undefined;
  calendar?: string | undefined;
  branch?: string | undefined;
};

function join(work: Work, node: string, bounds: readonly Release[]): Release {
  if (bounds.length > 0 && bounds.every(({ is }) => is === 'dead')) return noRelease;
  const waiting = bounds.flatMap((bound) => (bound.is === 'waiting' ? bound.for : []));
  if (waiting.length > 0) return { is: 'waiting', for: [...new Set(waiting)] };
  const instants = bounds.flatMap((bound) => (bound.is === 'at' ? [bound.at] : []));
  return { is: 'at', at: Math.max(work.state.launchedAt, notBefore(work, node), ...instants) };
}

function notBefore(work: Work, node: string): Instant {
  const drawn = work.bundle.nodes[node];
  if (drawn?.type !== 'task' || drawn.notBefore === undefined) return Number.NEGATIVE_INFINITY;
  return startOfDate(calendarsOf(work)(work.bundle.workflow.calendar), drawn.notBefore);
}

/** The earliest start one link allows. */
function startBound(work: Work, link: DrawnLink, seen: ReadonlySet<string>): Release {
  const step = work.state.steps[link.from];
  if (step) {
    if (step.state === 'pending') return { is: 'waiting', for: [link.from] };
    const isTaken =
      step.state === 'reached' &&
      (link.branch === undefined || step.type !== 'decision' || step.branch === link.branch);
    if (!isTaken) return noRelease;
    return { is: 'at', at: addLag(work, link, step.endedAt ?? work.state.launchedAt) };
  }
  const task = latestOf(work, link.from);
  if (!task) return { is: 'at', at: work.state.launchedAt };
  return isTransparent(task) ? throughManual(work, link.from, seen) : taskBound(work, link, task);
}

function taskBound(work: Work, link: DrawnLink, task: TaskState): Release {
  if (task.life === 'notApplicable' && task.notApplicableBy === 'path') return noRelease;
  // Known not to happen: satisfied at the moment that became known, lag left out.
  if (isSkipped(task)) return { is: 'at', at: task.endedAt ?? work.state.launchedAt };
  if (link.type === 'FF' || link.type === 'SF') return { is: 'at', at: work.state.launchedAt };
  const since = link.type === 'SS' ? task.startedAt : task.life === 'complete' ? task.endedAt : null;
  return since === null ? { is: 'waiting', for: [task.id] } : { is: 'at', at: addLag(work, link, since) };
}

/** A manual task nobody has added passes its own predecessors through (P5). */
function throughManual(work: Work, node: string, seen: ReadonlySet<string>): Release {
  if (seen.has(node)) return { is: 'at', at: work.state.launchedAt };
  const beyond = new Set([...seen, node]);
  return join(
    work,
    node,
    (work.bundle.incoming[node] ?? []).map((link) => startBound(work, link, beyond)),
  );
}

function addedBound(work: Work, node: string, link: TaskState['added'][number]): Release {
  const task = work.state.tasks[link.task];
  if (!task) return { is: 'at', at: work.state.launchedAt };
  return taskBound(work, { from: task.node, to: node, type: link.linkType, lag: link.lag as Lag | undefined }, task);
}

function isTransparent(task: TaskState): boolean {
  return task.life === 'notAdded';
}

function isSkipped({ life }: TaskState): boolean {
  return life === 'bypassed' || life === 'cancelled' || life === 'notApplicable';
}

/** The occurrence of a node that its successors look at: the latest. */
export function latestOf(work: Work, node: string): TaskState | undefined {
  const occurrences = Object.values(work.state.tasks).filter((task) => task.node === node);
  return occurrences.sort((a, b) => b.occurrence - a.occurrence)[0];
}

/** An instant moved by a link's lag: working time of its calendar, or calendar time (S3, C16). */
export function addLag(work: Work, link: DrawnLink, since: Instant): Instant {
  const { lag } = link;
  if (!lag || lag.value === 0) return since;
  const successor = work.bundle.tasks[link.to];
  const own = Object.values(successor?.slas ?? {})[0]?.target.calendar;
  const calendar = calendarsOf(work)(link.calendar ?? own ?? work.bundle.workflow.calendar);
  if (lag.basis === 'working') return addPeriod(calendar, since, lag).dueAt;
  return addCalendarTime(zoneAt(calendar, since), dayOf(calendar, since), since, lag);
}

/** Minutes and hours pass as they are; days, weeks and months keep the time of day. */
function addCalendarTime(zone: string, day: number, since: Instant, lag: Lag): Instant {
  if (lag.unit === 'minutes') return since + lag.value * 60;
  if (lag.unit === 'hours') return since + lag.value * 3600;
  const days = lag.unit === 'weeks' ? lag.value * 7 : lag.value;
  const target = lag.unit === 'months' ? addMonthsToDay(day, lag.value) : day + days;
  const localSeconds = since + offsetAt(zone, since) - day * SECONDS_OF_DAY;
  return instantOfLocal(zone, target * SECONDS_OF_DAY + localSeconds, 'moment');
}
