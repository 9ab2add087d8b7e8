import type { Instant, LocalDate } from '../../../schemas/ids.ts';
import type { Lag } from '../../../schemas/workflow.ts';
import { startOfDate } from '../calendar/time.ts';
import { type CaseLink, endOfLag } from './lag.ts';
import { calendarsOf } from './timekeeping.ts';
import type { CaseState, TaskState } from './types.ts';
import { tasksByNode, type Work } from './work.ts';

/** What holds a node back: nothing known yet, a dead path, or an instant (P5, P6). */
export type Release =
  | { readonly is: 'waiting'; readonly for: readonly string[] }
  | { readonly is: 'dead' }
  /** `endedOn` where a lag ended at 24:00 of that date (T13). */
  | { readonly is: 'at'; readonly at: Instant; readonly endedOn?: LocalDate };

const noRelease: Release = { is: 'dead' };

/** When a node may start: the latest of launch and what its predecessors ask for; dead when all its links are (P5, P6). */
export function releaseOf(work: Work, node: string, task?: TaskState): Release {
  const bounds = linksInto(work, node, task).map((link) => boundOf(work, link, [node]));
  const recurrence: Release[] = task?.notBefore == null ? [] : [{ is: 'at', at: task.notBefore }];
  return join(work, node, [...bounds, ...recurrence]);
}

/** Whether a link asks for a predecessor that is not that far: then nothing else matters, and this is soon known of most nodes. */
export function waitsForPredecessor(work: Work, node: string, task?: TaskState): boolean {
  for (const link of linksInto(work, node, task)) if (isAwaited(work, link)) return true;
  return false;
}

function isAwaited(work: Work, link: LinkInto): boolean {
  if (link.type === 'FF' || link.type === 'SF') return false;
  const step = link.task === undefined ? work.state.steps[link.from] : undefined;
  if (step) return step.state === 'pending';
  const source = sourceOf(work, link);
  if (!source || isTransparent(source) || isSkipped(source)) return false;
  return link.type === 'SS' ? source.startedAt === null : source.life !== 'complete' || source.endedAt === null;
}

/** Predecessors that should have come before a task that was begun: waiting still, or done too late (S7). */
export function brokenBy(work: Work, task: TaskState): string[] {
  const { startedAt, endedAt } = task;
  if (startedAt === null) return [];
  return linksInto(work, task.node, task).flatMap((link) => {
    const isOfFinish = link.type === 'FF' || link.type === 'SF';
    if (isOfFinish) return task.life === 'complete' && isLate(finishBound(work, link), endedAt) ? [link.from] : [];
    return isLate(boundOf(work, link, [task.node]), startedAt) ? [link.from] : [];
  });
}

function isLate(bound: Release, happenedAt: Instant | null): boolean {
  return bound.is === 'waiting' || (bound.is === 'at' && bound.at > (happenedAt ?? bound.at));
}

/** Nodes or tasks that must come first before this task may finish: its FF and SF links (P5). */
export function finishWaitsFor(work: Work, task: TaskState): string[] {
  return linksInto(work, task.node, task).flatMap((link) => {
    if (link.type !== 'FF' && link.type !== 'SF') return [];
    const bound = finishBound(work, link);
    return bound.is === 'waiting' || (bound.is === 'at' && bound.at > work.at) ? [titleOf(work, link)] : [];
  });
}

/** A link into a task, as drawn or as added by hand; `task` where it comes from one case task alone. */
interface LinkInto extends CaseLink {
  readonly task?: string;
}

/** Links into a task: as drawn for the first occurrence, and those it was added with. */
function linksInto(work: Work, node: string, task: TaskState | undefined): readonly LinkInto[] {
  const drawn = task && task.occurrence > 1 ? [] : (work.bundle.incoming[node] ?? []);
  if (!task || task.added.length === 0) return drawn;
  const added = task.added.map(({ task: from, linkType, lag }) => ({
    from,
    to: node,
    type: linkType,
    lag: lag as Lag | undefined,
    task: from,
  }));
  return [...drawn, ...added];
}

function titleOf(work: Work, link: LinkInto): string {
  return (sourceOf(work, link) ?? work.state.steps[link.from])?.title ?? link.from;
}

/** The case task a link comes from; undefined for the other kinds of nodes. */
function sourceOf(work: Work, link: LinkInto): TaskState | undefined {
  if (link.task !== undefined) return work.state.tasks[link.task];
  return latestAmong(work.state, tasksByNode(work).get(link.from) ?? []);
}

function join(work: Work, node: string, bounds: readonly Release[]): Release {
  const [only] = bounds;
  if (bounds.length === 1 && only && only.is !== 'at') return only;
  if (bounds.length > 0 && bounds.every(({ is }) => is === 'dead')) return noRelease;
  const waiting = bounds.flatMap((bound) => (bound.is === 'waiting' ? bound.for : []));
  if (waiting.length > 0) return { is: 'waiting', for: [...new Set(waiting)] };
  const reached = bounds.flatMap((bound) => (bound.is === 'at' ? [bound] : []));
  const at = Math.max(work.state.launchedAt, notBefore(work, node), ...reached.map((bound) => bound.at));
  const endedOn = reached.find((bound) => bound.at === at && bound.endedOn !== undefined)?.endedOn;
  return { is: 'at', at, ...(endedOn === undefined ? {} : { endedOn }) };
}

function notBefore(work: Work, node: string): Instant {
  const drawn = work.bundle.nodes[node];
  if (drawn?.type !== 'task' || drawn.notBefore === undefined) return Number.NEGATIVE_INFINITY;
  return startOfDate(calendarsOf(work)(work.bundle.workflow.calendar), drawn.notBefore);
}

/** The earliest start one link allows. */
function boundOf(work: Work, link: LinkInto, seen: readonly string[]): Release {
  const step = link.task === undefined ? work.state.steps[link.from] : undefined;
  if (step) {
    const isOfFinish = (link.type === 'FF' || link.type === 'SF') && step.type !== 'decision';
    if (isOfFinish && step.state !== 'dead') return { is: 'at', at: work.state.launchedAt };
    if (step.state === 'pending') return { is: 'waiting', for: [link.from] };
    const isTaken =
      step.state === 'reached' &&
      (link.branch === undefined || step.type !== 'decision' || step.branch === link.branch);
    if (!isTaken) return noRelease;
    return lagged(work, link, step.endedAt ?? work.state.launchedAt, step.endedOn ?? undefined);
  }
  const task = sourceOf(work, link);
  if (!task) return { is: 'at', at: work.state.launchedAt };
  if (!isTransparent(task)) return taskBound(work, link, task);
  return link.task === undefined ? throughManual(work, link.from, seen) : { is: 'at', at: work.state.launchedAt };
}

function taskBound(work: Work, link: LinkInto, task: TaskState): Release {
  if (task.life === 'notApplicable' && task.notApplicableBy === 'path') return noRelease;
  // Known not to happen: satisfied at the moment that became known, lag left out.
  if (isSkipped(task)) return { is: 'at', at: task.endedAt ?? work.state.launchedAt };
  if (link.type === 'FF' || link.type === 'SF') return { is: 'at', at: work.state.launchedAt };
  const since = link.type === 'SS' ? task.startedAt : task.life === 'complete' ? task.endedAt : null;
  return since === null ? { is: 'waiting', for: [task.id] } : lagged(work, link, since);
}

/** The earliest finish one FF or SF link allows. */
function finishBound(work: Work, link: LinkInto): Release {
  const step = link.task === undefined ? work.state.steps[link.from] : undefined;
  if (step?.state === 'pending') return { is: 'waiting', for: [link.from] };
  if (step) return step.state === 'dead' ? noRelease : lagged(work, link, step.endedAt ?? work.at);
  const task = sourceOf(work, link);
  if (!task || isTransparent(task) || isSkipped(task)) return { is: 'at', at: work.state.launchedAt };
  const since = link.type === 'SF' ? task.startedAt : task.life === 'complete' ? task.endedAt : null;
  return since === null ? { is: 'waiting', for: [task.id] } : lagged(work, link, since);
}

function lagged(work: Work, link: CaseLink, since: Instant, endedOn?: LocalDate): Release {
  return { is: 'at', ...endOfLag(work.bundle, calendarsOf(work), link, { at: since, endedOn }) };
}

/** A manual task nobody has added passes its own predecessors through, lags left out (P5). */
function throughManual(work: Work, node: string, seen: readonly string[]): Release {
  if (seen.includes(node)) return { is: 'at', at: work.state.launchedAt };
  const beyond = [...seen, node];
  const through = (work.bundle.incoming[node] ?? []).map(
    ({ lag: _lag, ...link }): LinkInto => ({ ...link, type: 'FS' }),
  );
  return join(
    work,
    node,
    through.map((link) => boundOf(work, link, beyond)),
  );
}

function isTransparent(task: TaskState): boolean {
  return task.life === 'notAdded';
}

function isSkipped({ life }: TaskState): boolean {
  return life === 'bypassed' || life === 'cancelled' || life === 'notApplicable';
}

/** The occurrence of a node that its successors look at: the latest that no recurrence made, since those go on without end. */
export function latestOf(state: CaseState, node: string): TaskState | undefined {
  return latestAmong(
    state,
    Object.keys(state.tasks).filter((id) => state.tasks[id]?.node === node),
  );
}

function latestAmong(state: CaseState, ids: readonly string[]): TaskState | undefined {
  let latest: TaskState | undefined;
  for (const id of ids) {
    const task = state.tasks[id];
    if (task && task.notBefore === null && (!latest || task.occurrence > latest.occurrence)) latest = task;
  }
  return latest;
}
