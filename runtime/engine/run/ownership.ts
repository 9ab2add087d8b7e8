import type { OwnerRules } from '../../../schemas/allocation.ts';
import type { ItemId } from '../../../schemas/case-event.ts';
import { type Allocation, type AllocationView, allocate } from '../allocate/allocate.ts';
import { isAvailable } from '../allocate/staff.ts';
import { isTrue } from '../condition/evaluate.ts';
import { tellLadderOwner } from './timekeeping.ts';
import type { TaskState } from './types.ts';
import { caseItem, emit, factsOf, taskItem, type Work } from './work.ts';

/** Owners of the case and of all automatic tasks are decided when the case is raised (L11). */
export function allocateAll(work: Work): void {
  const { command } = work;
  if (command.type === 'launch' && command.owner !== undefined) {
    const explanation = { rule: null, by: 'person', candidates: [], excluded: [], chosen: command.owner };
    record(work, caseItem, { owner: command.owner, group: null, explanation });
  } else {
    record(work, caseItem, run(work, work.bundle.workflow.ownerRules, `workflow/${work.bundle.key}`, []));
  }
  for (const task of Object.values(work.state.tasks)) if (task.life === 'pending') allocateTask(work, task);
}

/** Finds the owner of one task. */
export function allocateTask(work: Work, task: TaskState): void {
  const compiled = work.bundle.tasks[task.node];
  if (!compiled) return;
  record(
    work,
    taskItem(task.id),
    run(work, compiled.task.ownerRules, `task/${compiled.task.key}`, compiled.task.skills ?? []),
  );
}

/** When a task opens its owner is checked again: still there, still not barred (L11, L3). A choice made by hand stands. */
export function checkOwner(work: Work, task: TaskState): void {
  const compiled = work.bundle.tasks[task.node];
  if (task.byHand || !compiled) return;
  const rules = Object.values(compiled.task.ownerRules);
  const barred = rules.flatMap(({ excludeOwnersOf }) =>
    (excludeOwnersOf ?? []).flatMap((node) => ownersOf(work, node)),
  );
  const isFine =
    task.owner !== null && isAvailable(work.env.directory, task.owner, work.env.now) && !barred.includes(task.owner);
  const followsOther = rules.some(({ to }) => to.by === 'sameAs' || to.by === 'caseOwner');
  const waitsInQueue = task.owner === null && rules.every(({ to }) => ['group', 'role', 'manual'].includes(to.by));
  if (!followsOther && (isFine || waitsInQueue)) return;
  const found = run(work, compiled.task.ownerRules, `task/${compiled.task.key}`, compiled.task.skills ?? []);
  if (found.owner !== task.owner || found.group !== task.group) record(work, taskItem(task.id), found);
}

/** Who an allocation rule of a rung gives the work to. */
export function allocateBy(work: Work, to: OwnerRules[string]['to'], name: string): Allocation {
  return run(work, { only: { order: 0, to } }, name, []);
}

function run(work: Work, rules: OwnerRules, name: string, skills: readonly string[]): Allocation {
  return allocate(rules, name, viewOf(work, skills));
}

function viewOf(work: Work, skills: readonly string[]): AllocationView {
  const facts = factsOf(work);
  return {
    at: work.env.now,
    directory: work.env.directory,
    loads: work.loads,
    lastAllocated: work.env.lastAllocated ?? {},
    cursors: work.cursors,
    holds: (condition) => isTrue(condition, facts),
    caseOwner: { owner: work.state.owner, group: work.state.group },
    ownersOf: (node) => ownersOf(work, node),
    groupOf: (node) => Object.values(work.state.tasks).find((task) => task.node === node)?.group ?? null,
    answerOf: (question) => facts.answers?.[question],
    lastOfficer: work.env.lastOfficer,
    skills,
  };
}

/** Owners of the occurrences of a node. */
export function ownersOf(work: Work, node: string): string[] {
  return Object.values(work.state.tasks).flatMap((task) =>
    task.node === node && task.owner !== null ? [task.owner] : [],
  );
}

function record(work: Work, item: ItemId, allocation: Allocation): void {
  const { owner, group, explanation, cursor } = allocation;
  emit(work, 'allocated', { item, owner, group, explanation, ...(cursor ? { cursor } : {}) });
  if (cursor) work.cursors[cursor.key] = cursor.user;
  if (owner !== null && item !== caseItem) {
    const task = work.bundle.tasks[work.state.tasks[item.slice('task:'.length)]?.node ?? ''];
    work.loads[owner] = (work.loads[owner] ?? 0) + (task?.task.weight ?? 1);
  }
  tellLadderOwner(work, item);
}
