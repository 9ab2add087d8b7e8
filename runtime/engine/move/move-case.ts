import type { CaseEventPayloads, MachineValue } from '../../../schemas/case-event.ts';
import type { CompiledWorkflow, MachineConfig } from '../compile/compiled-workflow.ts';
import { advanceTo } from '../run/advance.ts';
import { decide } from '../run/decide.ts';
import { evolve, lifeOf, MOVED_OUT } from '../run/evolve.ts';
import { carryOutFirings } from '../run/firings.ts';
import { initialValue } from '../run/machine.ts';
import { planReleases, startAnchoredClocks } from '../run/planner.ts';
import { wakeAt } from '../run/rows.ts';
import { keepTime } from '../run/timekeeping.ts';
import type { CaseEventDraft, CaseState, DecideEnv, TaskState } from '../run/types.ts';
import { emit, newWork, type Work } from '../run/work.ts';
import { moveTime } from './move-time.ts';
import { type MoveBlock, whyItCannotMove } from './why-not.ts';

export type MoveResult =
  | { readonly ok: true; readonly events: readonly CaseEventDraft[]; readonly state: CaseState }
  | { readonly ok: false; readonly blocks: readonly MoveBlock[] };

/**
 * Moves an open case to another release (R5, C10): what was due is recorded under the old one first; then tasks, steps and
 * clocks go on under the new one, clocks keep what they consumed, and what may start because of it starts. Pure; `undoes` is the
 * sequence number of the move that is taken back. A case that stands under the release already gets no event.
 */
export function moveCase(
  from: CompiledWorkflow,
  to: CompiledWorkflow | undefined,
  state: CaseState,
  env: DecideEnv,
  undoes?: number,
): MoveResult {
  if (to && state.digest === to.digest && state.release === to.release) return { ok: true, events: [], state };
  const past = recordPast(from, state, env);
  const blocks = whyItCannotMove(to, past.state, env.answers);
  if (!to || blocks.length > 0) return { ok: false, blocks };
  const work = newWork(to, past.state, { type: 'advance' }, env);
  work.at = env.now;
  emit(work, 'caseMoved', { ...toPayload(to, past.state), ...(undoes === undefined ? {} : { undoes }) });
  moveTime(work, from);
  startMissedClocks(work);
  work.at = env.now;
  do planReleases(work);
  while (carryOutFirings(work));
  advanceTo(work, false);
  keepTime(work);
  return { ok: true, events: [...past.events, ...work.drafts], state: work.state };
}

/** Whether nobody has worked on a case since it was moved, by the events that came after the move's own (R5). */
export function isUntouched(later: readonly { actor: string }[]): boolean {
  return later.every(({ actor }) => actor === 'system' || actor === 'ticker');
}

/** What was due before now, recorded under the drawing it was due under. */
export function recordPast(from: CompiledWorkflow, state: CaseState, env: DecideEnv) {
  const wake = wakeAt(state);
  if (wake === null || wake > env.now) return { state, events: [] };
  const decision = decide(from, state, { type: 'advance' }, env);
  if (!decision.ok) return { state, events: [] };
  let after = state;
  for (const { personal: _personal, ...draft } of decision.events)
    after = evolve(after, { ...draft, seq: after.revision + 1 } as never);
  return { state: after, events: decision.events };
}

function toPayload(to: CompiledWorkflow, state: CaseState): CaseEventPayloads['caseMoved'] {
  const { title, category, calendar, privateToOwner } = to.workflow;
  const dropped = Object.values(state.tasks).filter((task) => !to.tasks[task.node] && !isHistory(task));
  const steps = Object.values(state.steps);
  return {
    from: { release: state.release, digest: state.digest },
    to: { release: to.release, digest: to.digest },
    title,
    category,
    calendar,
    privateToOwner,
    value: carryOver(to.machines.case, state.value),
    tasks: Object.values(state.tasks).flatMap((task) => keptTask(to, task)),
    added: to.order.flatMap((node) => addedTask(to, state, node)),
    dropped: dropped.map(({ id }) => id),
    steps: to.order.flatMap((node) => addedStep(to, state, node)),
    stepValues: steps.flatMap(({ node, value, title: before }) => {
      const machine = to.machines.nodes[node];
      const drawn = to.nodes[node];
      if (!machine || !drawn || drawn.type === 'task') return [];
      const moved = { node, title: drawn.title ?? node, value: carryOver(machine, value) };
      return isSame(moved.value, value) && moved.title === before ? [] : [moved];
    }),
    droppedSteps: steps.filter(({ node, state: at }) => !to.nodes[node] && at === 'pending').map(({ node }) => node),
    clocks: Object.values(state.clocks).flatMap(({ id, key, value, title: before }) => {
      const machine = to.machines.clocks[key];
      if (!machine) return [];
      const moved = { clock: id, title: to.clocks[key]?.title ?? key, value: carryOver(machine, value) };
      return isSame(moved.value, value) && moved.title === before ? [] : [moved];
    }),
  };
}

function keptTask(to: CompiledWorkflow, task: TaskState): CaseEventPayloads['caseMoved']['tasks'] {
  const [drawn, machine] = [to.tasks[task.node], to.machines.nodes[task.node]];
  if (!drawn || !machine || task.flags.includes(MOVED_OUT)) return [];
  const value = withActivation(carryOver(machine, task.value), drawn.activation, task.occurrence);
  const { title, mandatory } = drawn;
  const same = isSame(value, task.value) && title === task.title && mandatory === task.mandatory;
  return same ? [] : [{ task: task.id, title, mandatory, value }];
}

function addedTask(to: CompiledWorkflow, state: CaseState, node: string): CaseEventPayloads['caseMoved']['added'] {
  const [drawn, machine] = [to.tasks[node], to.machines.nodes[node]];
  const known = state.tasks[node];
  if (!drawn || !machine || (known && !known.flags.includes(MOVED_OUT))) return [];
  const value = initialValue(machine);
  return [
    { id: node, node, occurrence: 1, title: drawn.title, mandatory: drawn.mandatory, state: lifeOf(value), value },
  ];
}

function addedStep(to: CompiledWorkflow, state: CaseState, node: string): CaseEventPayloads['caseMoved']['steps'] {
  const [drawn, machine] = [to.nodes[node], to.machines.nodes[node]];
  if (!drawn || drawn.type === 'task' || !machine || state.steps[node]) return [];
  return [{ node, type: drawn.type, title: drawn.title ?? node, value: initialValue(machine) }];
}

/** What has happened stays in the case, drawn or not. */
function isHistory(task: TaskState): boolean {
  return task.life === 'complete' || task.life === 'bypassed' || task.life === 'cancelled';
}

/** A machine's value in a changed machine: regions and states that are still there stay, new regions begin. */
function carryOver(machine: MachineConfig, value: MachineValue): MachineValue {
  const fresh = initialValue(machine);
  if (typeof value === 'string' || typeof fresh === 'string')
    return typeof value === 'string' && machine.states?.[value] ? value : fresh;
  return Object.fromEntries(
    Object.entries(fresh).map(([region, start]) => {
      const at = value[region];
      const known = machine.states?.[region]?.states ?? {};
      const name = typeof at === 'string' ? at : Object.keys(at ?? {})[0];
      return [region, at !== undefined && name !== undefined && Object.hasOwn(known, name) ? at : start];
    }),
  );
}

/** A task that is automatic now waits to start; one that is added by hand now waits to be added, unless it has begun. */
function withActivation(value: MachineValue, activation: unknown, occurrence: number): MachineValue {
  if (typeof value === 'string' || occurrence > 1) return value;
  if (activation !== 'manual' && value['life'] === 'notAdded') return { ...value, life: 'pending' };
  if (activation === 'manual' && value['life'] === 'pending') return { ...value, life: 'notAdded' };
  return value;
}

/** Statutory clocks that the new release hangs on what has happened already run from then: the law does not wait. */
function startMissedClocks(work: Work): void {
  work.at = work.state.receivedAt;
  startAnchoredClocks(work, { caseLaunch: true }, 'launch of the case');
  for (const task of Object.values(work.state.tasks)) {
    if (task.life !== 'complete' || task.endedAt === null) continue;
    work.at = task.endedAt;
    startAnchoredClocks(work, { completionOf: task.node, task: task.id }, task.title);
  }
  work.at = work.env.now;
}

function isSame(a: MachineValue, b: MachineValue): boolean {
  if (typeof a === 'string' || typeof b === 'string') return a === b;
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length &&
    keys.every((key) => {
      const [left, right] = [a[key], b[key]];
      return left !== undefined && right !== undefined && isSame(left, right);
    })
  );
}
