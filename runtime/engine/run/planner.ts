import { inOrder } from '../../../schemas/document.ts';
import type { LocalDate } from '../../../schemas/ids.ts';
import type { StatutoryClock } from '../../../schemas/workflow.ts';
import { dueAt } from '../clock/readings.ts';
import type { CompiledWorkflow } from '../compile/compiled-workflow.ts';
import { closeCase, mandatoryOpen } from './close-case.ts';
import { initialValue, type MachineEvent, type MachineStep, stepMachine } from './machine.ts';
import { communicate, endStatutoryClock, take, tellCaseOwner } from './perform.ts';
import { planRecurrences } from './recurrence.ts';
import { type Release, releaseOf, waitsForPredecessor } from './releases.ts';
import { isOpenCase, isOpenTask } from './rows.ts';
import { calendarsOf, knownTime, mainClock } from './timekeeping.ts';
import type { TaskState } from './types.ts';
import { caseItem, clockItem, emit, isAsDrawn, taskItem, taskOf, tasksByNode, truthOf, type Work } from './work.ts';

/** Rounds after which a plan that still moves is a mistake of ours: every round settles at least one node. */
const MOST_ROUNDS = 1000;

/** Turns what has happened into what may start now, until nothing moves (P5, P6). */
export function planReleases(work: Work): void {
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const before = work.drafts.length;
    // What a round adds is planned in the next.
    const tasks = tasksByNode(work);
    for (const node of work.bundle.order) if (isOpenCase(work.state)) planNode(work, node, tasks.get(node));
    if (isOpenCase(work.state)) {
      planRecurrences(work);
      endContainedClocks(work);
    }
    if (work.drafts.length === before || isSettledInOrder(work)) return;
  }
  throw new Error(`the plan of ${work.bundle.key} did not settle in ${MOST_ROUNDS} rounds; its links make a circle`);
}

/** Whether nothing that was planned comes before what it waits for: then one round in order has seen all of it. */
function isSettledInOrder(work: Work): boolean {
  return isAsDrawn(work) && leadsOn(work.bundle);
}

const leading = new WeakMap<CompiledWorkflow, boolean>();

/** Whether every link of a drawing leads on in its order: not so in a circle, which a check refuses. */
function leadsOn(bundle: CompiledWorkflow): boolean {
  let known = leading.get(bundle);
  if (known === undefined) {
    const places = new Map(bundle.order.map((node, place) => [node, place]));
    const place = (node: string) => places.get(node) ?? -1;
    known = Object.values(bundle.incoming).every((links) => links.every(({ from, to }) => place(from) < place(to)));
    leading.set(bundle, known);
  }
  return known;
}

function planNode(work: Work, node: string, tasks: readonly string[] = []): void {
  const step = work.state.steps[node];
  if (step) {
    if (step.state === 'pending' && !isWaiting(work, node)) planStep(work, node, releaseOf(work, node));
    return;
  }
  for (const id of tasks) {
    const task = taskOf(work, id);
    if (task.life === 'pending' && !isWaiting(work, node, task)) planTask(work, task, releaseOf(work, node, task));
    if (task.life === 'ready' && task.startedAt === null) holdBack(work, task, releaseOf(work, node, task));
  }
}

/** Whether there is nothing to plan: the node waits for a predecessor, as it is known to. */
function isWaiting(work: Work, node: string, task?: TaskState): boolean {
  return (work.state.releases[task?.id ?? node] ?? null) === null && waitsForPredecessor(work, node, task);
}

/** A predecessor that was added or reopened holds back what is ready and not begun (P5); its clocks end without a word. */
function holdBack(work: Work, task: TaskState, release: Release): void {
  const waits = release.is === 'waiting' || (release.is === 'at' && release.at > work.at);
  if (!waits) return;
  take(work, taskItem(task.id), { type: 'HOLD_BACK' }, ({ value }) =>
    emit(work, 'taskHeldBack', { task: task.id, value, waitsFor: release.is === 'waiting' ? [...release.for] : [] }),
  );
}

function planTask(work: Work, task: TaskState, release: Release): void {
  const item = taskItem(task.id);
  if (release.is === 'dead') {
    take(work, item, { type: 'DEAD' }, ({ value }) =>
      emit(work, 'taskNotApplicable', { task: task.id, value, by: 'path' }),
    );
    return;
  }
  if (isDated(work, task.id, release)) return;
  const { activation } = work.bundle.tasks[task.node] ?? { activation: 'automatic' as const };
  const condition = typeof activation === 'object' ? truthOf(work, activation.when) : undefined;
  const tell = ({ value }: MachineStep): void => {
    const told = { task: task.id, value, ...(condition === undefined ? {} : { condition }) };
    const isReady = typeof value === 'object' && value['life'] !== 'notApplicable';
    if (isReady) emit(work, 'taskReady', told);
    else emit(work, 'taskNotApplicable', { task: task.id, value, by: 'condition' });
  };
  take(work, item, { type: 'RELEASE', condition }, tell, { endedOn: endedOnOf(release) });
  flagBeyondCaseTarget(work, task.id);
}

function endedOnOf(release: Release): LocalDate | undefined {
  return release.is === 'at' ? release.endedOn : undefined;
}

/** Whether the start lies ahead or is not known; a date that is new is told, so that the case wakes for it (C16, D1). */
function isDated(work: Work, node: string, release: Exclude<Release, { is: 'dead' }>): boolean {
  const known = work.state.releases[node] ?? null;
  if (release.is === 'waiting') {
    if (known !== null) emit(work, 'releaseDated', { node, at: null, waitsFor: [...release.for] });
    return true;
  }
  if (release.at <= work.at) return false;
  if (!Number.isFinite(release.at)) return true;
  if (known !== release.at) emit(work, 'releaseDated', { node, at: release.at, waitsFor: [] });
  return true;
}

/** T11: a task due after the case is due is flagged once. */
function flagBeyondCaseTarget(work: Work, id: string): void {
  const task = taskOf(work, id);
  if (task.life !== 'ready' || task.flags.includes('beyondCaseTarget')) return;
  const own = mainClock(knownTime(work, taskItem(id)));
  const whole = mainClock(knownTime(work, caseItem));
  if (!own || !whole) return;
  const [taskDue, caseDue] = [dueAt(own, calendarsOf(work)), dueAt(whole, calendarsOf(work))];
  if (taskDue === null || caseDue === null || taskDue <= caseDue) return;
  emit(work, 'taskBeyondCaseTarget', { task: id, dueAt: taskDue, caseDueAt: caseDue });
}

function planStep(work: Work, node: string, release: Release): void {
  const config = work.bundle.machines.nodes[node];
  const step = work.state.steps[node];
  if (!config || !step) return;
  if (release.is === 'dead') {
    const dead = stepMachine(config, step.value, { type: 'DEAD' });
    if (dead) emit(work, 'stepDead', { node, value: dead.value });
    return;
  }
  if (isDated(work, node, release)) return;
  const endedOn = endedOnOf(release);
  const conditions = branchTruths(work, node);
  const event: MachineEvent = { type: 'REACH', conditions };
  const reached = stepMachine(config, step.value, event);
  if (!reached) return;
  const params = Object.assign({}, ...reached.actions.map(({ params: given }) => given ?? {})) as Record<
    string,
    string
  >;
  const has = (type: string): boolean => reached.actions.some((action) => action.type === type);
  emit(work, 'stepReached', {
    node,
    value: reached.value,
    ...(step.type === 'decision' ? { conditions } : {}),
    ...(has('take') && params['branch'] !== undefined ? { branch: params['branch'] } : {}),
    ...(has('reachStage') && params['stage'] !== undefined ? { stage: params['stage'] } : {}),
    ...(has('endCase') && params['outcome'] !== undefined ? { outcome: params['outcome'] } : {}),
    ...(has('communicate') && params['template'] !== undefined ? { template: params['template'] } : {}),
    ...(endedOn === undefined ? {} : { on: endedOn }),
  });
  if (has('communicate')) communicate(work, node, params);
  startAnchoredClocks(work, { completionOf: node }, work.state.steps[node]?.title ?? node);
  if (has('endCase') && params['outcome'] !== undefined) endCase(work, params['outcome']);
}

function branchTruths(work: Work, node: string): Record<string, 'true' | 'false' | 'unknown'> {
  const drawn = work.bundle.nodes[node];
  if (drawn?.type !== 'decision') return {};
  return Object.fromEntries(inOrder(drawn.branches).map(({ key, when }) => [key, truthOf(work, when)]));
}

/** An end node closes the case when every mandatory task is complete, else it proposes the closing to the owner (P9). */
function endCase(work: Work, outcome: string): void {
  if (closeCase(work, outcome, undefined, 'end')) return;
  take(work, caseItem, { type: 'PROPOSE_CLOSE' }, () => {
    emit(work, 'closingProposed', { outcome, open: mandatoryOpen(work).map(({ id }) => id) });
    tellCaseOwner(work, 'closingProposed');
  });
}

/** Starts the statutory clocks that hang on the launch, or on the completion of a node; their condition is asked once, now. */
export function startAnchoredClocks(
  work: Work,
  anchor: { caseLaunch: true } | { completionOf: string; task?: string },
  because: string,
): void {
  for (const [key, clock] of Object.entries(work.bundle.workflow.clocks)) {
    if (!isAnchored(clock, anchor)) continue;
    const id = clock.each && 'completionOf' in anchor ? `${key}.${anchor.task ?? anchor.completionOf}` : key;
    if (work.state.clocks[id] || (clock.when && truthOf(work, clock.when) !== 'true')) continue;
    startStatutoryClock(work, id, key, because);
  }
}

function isAnchored(clock: StatutoryClock, anchor: { caseLaunch: true } | { completionOf: string }): boolean {
  if ('caseLaunch' in anchor) return 'caseLaunch' in clock.anchor;
  return 'completionOf' in clock.anchor && clock.anchor.completionOf.includes(anchor.completionOf);
}

function startStatutoryClock(work: Work, id: string, key: string, because: string): void {
  const config = work.bundle.machines.clocks[key];
  const title = work.bundle.clocks[key]?.title ?? key;
  if (!config) return;
  const start = initialValue(config);
  const step = stepMachine(config, start, { type: 'START' });
  if (!step) return;
  emit(work, 'clockStarted', { clock: id, key, title, startedAt: work.at, because, value: start });
  take(work, clockItem(id), { type: 'START' }, () => {});
}

/** A clock whose contained tasks are all done has run its course (documents.md, mustContain). */
function endContainedClocks(work: Work): void {
  for (const clock of Object.values(work.state.clocks)) {
    const contained = work.bundle.workflow.clocks[clock.key]?.mustContain ?? [];
    if (clock.outcome !== 'open' || contained.length === 0) continue;
    if (contained.every((node) => isDone(work, node))) endStatutoryClock(work, clock.id, 'MET');
  }
}

function isDone(work: Work, node: string): boolean {
  const step = work.state.steps[node];
  if (step) return step.state !== 'pending';
  const tasks = Object.values(work.state.tasks).filter((task) => task.node === node);
  return tasks.length > 0 && tasks.every((task) => !isOpenTask(task) && task.life !== 'notAdded');
}
