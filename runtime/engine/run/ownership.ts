import type { OwnerRules } from '../../../schemas/allocation.ts';
import type { ItemId } from '../../../schemas/case-event.ts';
import type { Instant } from '../../../schemas/ids.ts';
import { type Allocation, type AllocationView, allocate, allocateUnseen } from '../allocate/allocate.ts';
import type { Allocated } from '../allocate/allocations-in.ts';
import { isAvailable } from '../allocate/staff.ts';
import { applyToClock, makeClock } from '../clock/commands.ts';
import { amberAt, dueAt } from '../clock/readings.ts';
import { toClockSpec } from '../clock/state.ts';
import { type ConditionFacts, isTrue } from '../condition/evaluate.ts';
import { withAllocation } from './evolve.ts';
import { calendarsOf, knownTime, slasOfItem, tellLadderOwner } from './timekeeping.ts';
import type { TaskState } from './types.ts';
import { caseItem, emit, factsOf, splitItem, taskItem, type Work } from './work.ts';

/** Owners of the case and of all automatic tasks are decided when the case is raised (L11). */
export function allocateAll(work: Work): void {
  const before = work.state;
  const given: Allocated[] = [];
  const give = (item: ItemId, allocation: Allocation | undefined): void => {
    if (!allocation) return;
    const allocated = { item, ...allocation };
    given.push(allocated);
    // The next rule sees whom the ones before chose; one event tells of all.
    work.state = withAllocation(work.state, allocated);
    noteTurn(work, allocated);
  };
  give(caseItem, findCaseOwner(work));
  for (const task of Object.values(before.tasks))
    if (task.life === 'pending') give(taskItem(task.id), findTaskOwner(work, task));
  work.state = before;
  record(work, given);
}

/** Finds the owner of one task. */
export function allocateTask(work: Work, task: TaskState): void {
  const found = findTaskOwner(work, task);
  if (found) give(work, taskItem(task.id), found);
}

function findCaseOwner(work: Work): Allocation {
  const { command, bundle } = work;
  if (command.type !== 'launch' || command.owner === undefined)
    return run(work, caseItem, bundle.workflow.ownerRules, `workflow/${bundle.key}`);
  const explanation = { rule: null, by: 'person', candidates: [], excluded: [], chosen: command.owner };
  return { owner: command.owner, group: null, explanation };
}

function findTaskOwner(work: Work, task: TaskState): Allocation | undefined {
  const compiled = work.bundle.tasks[task.node];
  return compiled && run(work, taskItem(task.id), compiled.task.ownerRules, `task/${compiled.task.key}`);
}

/** Strategies that leave work in a team's queue. */
const queued: readonly OwnerRules[string]['to']['by'][] = ['group', 'role', 'manual'];

/** When a task opens its owner is checked again: still there, still not barred (L11, L3). A choice made by hand stands. */
export function checkOwner(work: Work, task: TaskState): void {
  const compiled = work.bundle.tasks[task.node];
  if (task.byHand || !compiled) return;
  const rules = Object.values(compiled.task.ownerRules);
  if (task.owner === null && rules.every(({ to }) => queued.includes(to.by))) return;
  const barred = barredFrom(work, task);
  const item = taskItem(task.id);
  const { now, directory } = work.env;
  const until = rules.some(({ presence }) => presence === 'untilAmber') ? (turnsAmberAt(work, item) ?? now) : now;
  const isFine = task.owner !== null && isAvailable(directory, task.owner, now, until) && !barred.includes(task.owner);
  const followsOther = rules.some(({ to }) => to.by === 'sameAs' || to.by === 'caseOwner');
  if (!followsOther && isFine) return;
  const found = run(work, item, compiled.task.ownerRules, `task/${compiled.task.key}`);
  if (found.owner !== task.owner || found.group !== task.group) give(work, item, found);
}

/** Who an allocation rule of a rung gives the work to; whom the task is kept apart from is kept out here too (L3). */
export function allocateBy(work: Work, item: ItemId, to: OwnerRules[string]['to'], name: string): Allocation {
  const excludeOwnersOf = keptApart(work, taskOfItem(work, item));
  return allocate({ only: { order: 0, to, excludeOwnersOf } }, name, { ...viewOf(work, item), skills: [] });
}

/** People who did work that a task must be kept apart from (L3). */
export function barredFrom(work: Work, task: TaskState | undefined): string[] {
  return keptApart(work, task).flatMap((node) => ownersOf(work, node));
}

function keptApart(work: Work, task: TaskState | undefined): string[] {
  const rules = Object.values(work.bundle.tasks[task?.node ?? '']?.task.ownerRules ?? {});
  return rules.flatMap(({ excludeOwnersOf }) => excludeOwnersOf ?? []);
}

function run(work: Work, item: ItemId, rules: OwnerRules, name: string): Allocation {
  return allocateUnseen(rules) ?? allocate(rules, name, viewOf(work, item));
}

function viewOf(work: Work, item: ItemId): AllocationView {
  // Most rules ask for no facts: they are gathered for the first that does.
  let known: ConditionFacts | undefined;
  const facts = () => {
    known ??= factsOf(work);
    return known;
  };
  const task = taskOfItem(work, item);
  const compiled = task && work.bundle.tasks[task.node];
  return {
    at: work.env.now,
    directory: work.env.directory,
    loads: work.loads,
    lastAllocated: work.env.lastAllocated ?? {},
    cursors: work.cursors,
    holds: (condition) => isTrue(condition, facts()),
    caseOwner: { owner: work.state.owner, group: work.state.group },
    ownersOf: (node) => ownersOf(work, node),
    groupOf: (node) => Object.values(work.state.tasks).find((task) => task.node === node)?.group ?? null,
    answerOf: (question) => facts().answers?.[question],
    lastOfficer: work.env.lastOfficer,
    skills: compiled?.task.skills ?? [],
    weight: weightOf(work, task),
    heldBy: task?.owner ?? null,
    amberAt: () => turnsAmberAt(work, item),
  };
}

function taskOfItem(work: Work, item: ItemId): TaskState | undefined {
  const [kind, id] = splitItem(item);
  return kind === 'task' ? work.state.tasks[id] : undefined;
}

/** What a task adds to the load of its owner, 1 unless it says otherwise; a case adds nothing (L5). */
export function weightOf(work: Work, task: TaskState | undefined): number {
  return task ? (work.bundle.tasks[task.node]?.task.weight ?? 1) : 0;
}

/** When the first clock of an item turns amber, or is due without one; those not running count as if they began now (L3). */
function turnsAmberAt(work: Work, item: ItemId): Instant | null {
  const calendarOf = calendarsOf(work);
  const { clocks } = knownTime(work, item);
  const moments = Object.entries(slasOfItem(work, item)).flatMap(([name, sla]) => {
    const known = clocks[name];
    const spec = toClockSpec(sla, work.bundle.workflow.calendar);
    const begin = { verb: 'start', at: work.at, startedAt: work.at } as const;
    const clock = known?.phase === 'running' ? known : applyToClock(makeClock(spec), begin, calendarOf).state;
    return amberAt(clock, calendarOf) ?? dueAt(clock, calendarOf) ?? [];
  });
  return moments.length === 0 ? null : Math.min(...moments);
}

/** Owners of the occurrences of a node. */
export function ownersOf(work: Work, node: string): string[] {
  return Object.values(work.state.tasks).flatMap((task) =>
    task.node === node && task.owner !== null ? [task.owner] : [],
  );
}

function give(work: Work, item: ItemId, allocation: Allocation): void {
  const allocated = { item, ...allocation };
  record(work, [allocated]);
  noteTurn(work, allocated);
}

function record(work: Work, [first, ...others]: readonly Allocated[]): void {
  if (!first) return;
  emit(work, 'allocated', others.length > 0 ? { ...first, others } : first);
  for (const { item } of [first, ...others]) tellLadderOwner(work, item);
}

/** A turn taken and work given away count for the decisions that follow in the same command. */
function noteTurn(work: Work, { item, owner, cursor }: Allocated): void {
  if (cursor) work.cursors[cursor.key] = cursor.user;
  noteLoad(work, item, owner);
}

/** Work given away counts for the decisions that follow in the same command; what somebody loses by it counts from the next on. */
export function noteLoad(work: Work, item: ItemId, owner: string | null): void {
  if (owner !== null) work.loads[owner] = (work.loads[owner] ?? 0) + weightOf(work, taskOfItem(work, item));
}
