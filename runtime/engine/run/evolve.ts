import type { CaseEvent, CaseEventPayloads, CaseEventType, ItemId, MachineValue } from '../../../schemas/case-event.ts';
import type { Instant } from '../../../schemas/ids.ts';
import { type Allocated, allocationsOf } from '../allocate/allocations-in.ts';
import { copyOfCase, copyOfTask } from './copy-state.ts';
import type { CaseState, StepState, TaskLife, TaskState, Timekeeping } from './types.ts';

/** The state of a case before its first event. */
export const unlaunched: CaseState = {
  revision: 0,
  workflow: '',
  release: null,
  digest: '',
  title: '',
  category: 'general',
  calendar: '',
  privateToOwner: false,
  status: 'open',
  value: '',
  receivedAt: 0,
  launchedAt: 0,
  closedAt: null,
  outcome: null,
  proposedOutcome: null,
  stage: null,
  owner: null,
  group: null,
  hold: null,
  tasks: {},
  steps: {},
  clocks: {},
  releases: {},
  time: {},
  links: [],
  cursors: {},
  money: {},
  flags: [],
  lastEventAt: 0,
};

/** Flag of a task that a move to another release ended because it is not drawn there. */
export const MOVED_OUT = 'movedOut';

type Evolve<T extends CaseEventType> = (
  state: CaseState,
  payload: CaseEventPayloads[T],
  at: Instant,
) => Partial<CaseState>;

const unchanged = (): Partial<CaseState> => ({});

/** What each event makes of the state; total, without guards, bundle or environment. */
const evolutions: { [T in CaseEventType]: Evolve<T> } = {
  caseLaunched: (_state, p, at) => ({
    workflow: p.workflow,
    release: p.release,
    digest: p.digest,
    title: p.title,
    category: p.category,
    calendar: p.calendar,
    privateToOwner: p.privateToOwner ?? false,
    value: p.value,
    receivedAt: p.receivedAt,
    launchedAt: at,
    tasks: Object.fromEntries(p.tasks.map((task) => [task.id, newTask(task)])),
    steps: Object.fromEntries(p.steps.map((step) => [step.node, newStep(step)])),
  }),
  allocated: (state, p) => allocationsOf(p).reduce(withAllocation, state),
  releaseDated: (state, p) => ({ releases: dated(state.releases, p.node, p.at) }),
  taskReady: (state, p, at) => ({
    ...onTask(state, p.task, { value: p.value, activeAt: at }),
    releases: dated(state.releases, p.task, null),
  }),
  taskHeldBack: (state, p) => onTask(state, p.task, { value: p.value, activeAt: null }),
  taskOutOfSequence: (state, p) =>
    onTask(state, p.task, { flags: withFlag(state.tasks[p.task]?.flags ?? [], 'outOfSequence') }),
  taskNotApplicable: (state, p, at) => ({
    ...onTask(state, p.task, { value: p.value, notApplicableBy: p.by, endedAt: at }),
    releases: dated(state.releases, p.task, null),
  }),
  taskAdded: (state, p) => ({
    tasks: {
      ...state.tasks,
      [p.id]: { ...newTask(p), added: p.predecessors as TaskState['added'], notBefore: p.notBefore ?? null },
    },
  }),
  taskStarted: (state, p, at) => onTask(state, p.task, { value: p.value, startedAt: at }),
  taskCompleted: (state, p, at) =>
    onTask(state, p.task, {
      value: p.value,
      // Work that is completed in one click began then as well.
      startedAt: state.tasks[p.task]?.startedAt ?? at,
      endedAt: at,
      outcome: p.outcome,
      fields: p.fields,
      holds: {},
    }),
  taskHeld: (state, p) =>
    onTask(state, p.task, { value: p.value, holds: { ...state.tasks[p.task]?.holds, [p.reason]: p.reviewAt } }),
  taskResumed: (state, p) =>
    onTask(state, p.task, {
      value: p.value,
      holds: Object.fromEntries(
        Object.entries(state.tasks[p.task]?.holds ?? {}).filter(([reason]) => !p.reasons.includes(reason)),
      ),
    }),
  taskBypassed: (state, p, at) => ({
    ...onTask(state, p.task, { value: p.value, endedAt: at, holds: {} }),
    releases: dated(state.releases, p.task, null),
  }),
  taskCancelled: (state, p, at) => ({
    ...onTask(state, p.task, { value: p.value, endedAt: at, holds: {}, endedWithCase: p.because === 'caseEnded' }),
    releases: dated(state.releases, p.task, null),
  }),
  taskReopened: (state, p) =>
    onTask(state, p.task, { value: p.value, endedAt: null, outcome: null, endedWithCase: false }),
  taskReassigned: (state, p) => ({
    ...onTask(state, p.task, { owner: p.owner, group: p.group, delegate: null, byHand: true }),
    ...withCursor(state, p.cursor),
  }),
  taskClaimed: (state, p) => onTask(state, p.task, { owner: p.owner, byHand: true }),
  taskReleased: (state, p) => onTask(state, p.task, { owner: null, delegate: null }),
  taskDelegated: (state, p) => onTask(state, p.task, { delegate: p.delegate }),
  taskReturned: (state, p) => onTask(state, p.task, { delegate: null }),
  taskRetargeted: unchanged,
  datesReckoned: unchanged,
  taskBeyondCaseTarget: (state, p) =>
    onTask(state, p.task, { flags: withFlag(state.tasks[p.task]?.flags ?? [], 'beyondCaseTarget') }),
  escalationAcknowledged: unchanged,
  noteAdded: unchanged,
  contactLogged: unchanged,
  fieldsRecorded: (state, p) => {
    const kept = Object.entries(state.tasks[p.task]?.fields ?? {}).filter(([field]) => !p.cleared?.includes(field));
    return onTask(state, p.task, { fields: { ...Object.fromEntries(kept), ...p.fields } });
  },
  referralRecorded: unchanged,
  documentAttached: unchanged,
  stepReached: (state, p, at) => ({
    ...onStep(state, p.node, {
      value: p.value,
      state: 'reached',
      branch: p.branch ?? null,
      endedAt: at,
      endedOn: p.on ?? null,
    }),
    releases: dated(state.releases, p.node, null),
    ...(p.stage === undefined ? {} : { stage: p.stage }),
  }),
  stepDead: (state, p, at) => ({
    ...onStep(state, p.node, { value: p.value, state: 'dead', endedAt: at }),
    releases: dated(state.releases, p.node, null),
  }),
  clockStarted: (state, p) => ({
    clocks: {
      ...state.clocks,
      [p.clock]: {
        id: p.clock,
        key: p.key,
        title: p.title,
        value: p.value,
        startedAt: p.startedAt,
        because: p.because,
        outcome: 'open',
      },
    },
  }),
  clockEnded: (state, p) => onClock(state, p.clock, { value: p.value, outcome: p.outcome }),
  clockReopened: (state, p) => onClock(state, p.clock, { value: p.value, outcome: 'open' }),
  slaAmber: (state, p) => onItem(state, p.item, p.value),
  slaBreached: (state, p) => onItem(state, p.item, p.value),
  slaFact: unchanged,
  rungFired: (state, p) => onItem(state, p.item, p.value),
  ladderFact: (state, p) => (p.value === undefined ? {} : onItem(state, p.item, p.value)),
  flagSet: (state, p) =>
    p.item.startsWith('task:')
      ? onTask(state, p.item.slice('task:'.length), {
          flags: withFlag(state.tasks[p.item.slice('task:'.length)]?.flags ?? [], p.flag),
        })
      : { flags: withFlag(state.flags, p.flag) },
  webhookRequested: unchanged,
  timekept: (state, p) => (p.others ?? []).reduce((kept, one) => withTime(kept, one), withTime(state, p)),
  messageQueued: unchanged,
  messagesDropped: unchanged,
  caseRaised: unchanged,
  interestRaised: unchanged,
  caseLinked: (state, p) => ({ links: [...state.links, { other: p.other, relation: p.relation }] }),
  answersCorrected: unchanged,
  moneyRecorded: (state, p) => ({ money: { ...state.money, ...p.amounts } }),
  caseMoved: (state, p, at) => ({
    release: p.to.release,
    digest: p.to.digest,
    title: p.title,
    category: p.category,
    calendar: p.calendar,
    ...(p.privateToOwner === undefined ? {} : { privateToOwner: p.privateToOwner }),
    value: p.value,
    tasks: movedTasks(state, p, at),
    steps: movedSteps(state, p),
    clocks: movedClocks(state, p),
    releases: without(state.releases, [...p.dropped, ...p.droppedSteps]),
    time: without(
      state.time,
      p.dropped.map((task): ItemId => `task:${task}`),
    ),
  }),
  caseOwnerChanged: (_state, p) => ({ owner: p.owner, group: p.group }),
  caseHeld: (_state, p) => ({
    value: p.value,
    status: 'onHold',
    hold: { reason: p.reason, reviewAt: p.reviewAt },
  }),
  caseResumed: (_state, p) => ({ value: p.value, status: 'open', hold: null }),
  closingProposed: (_state, p) => ({ proposedOutcome: p.outcome }),
  caseClosed: (_state, p, at) => ({
    value: p.value,
    status: 'closed',
    closedAt: at,
    outcome: p.outcome,
    hold: null,
    releases: {},
  }),
  caseCancelled: (_state, p, at) => ({ value: p.value, status: 'cancelled', closedAt: at, hold: null, releases: {} }),
  caseReopened: (_state, p) => ({ value: p.value, status: 'open', closedAt: null, outcome: null }),
};

/** What an event tells; its number and who caused it make no state. */
type Told = Pick<CaseEvent, 'type' | 'payload' | 'effectiveAt' | 'recordedAt'>;

/** The state after one event: total, pure, without bundle or environment, so replay never depends on a compiler (runtime.md). */
export function evolve(state: CaseState | null, event: Told): CaseState {
  const before = state ?? unlaunched;
  const change = Object.hasOwn(evolutions, event.type)
    ? (evolutions[event.type] as Evolve<CaseEventType>)(before, event.payload as never, event.effectiveAt)
    : {};
  return Object.assign(copyOfCase(before), change, { revision: before.revision + 1, lastEventAt: event.recordedAt });
}

/** The state that a case's events make, in order. Throws RangeError when there is none. */
export function replay(events: readonly CaseEvent[]): CaseState {
  let state: CaseState | null = null;
  for (const event of events) state = evolve(state, event);
  if (!state) throw new RangeError('a case has at least one event; pass its events from the first on');
  return state;
}

/** Life state of a task from its machine's value. */
export function lifeOf(value: MachineValue): TaskLife {
  const life = typeof value === 'string' ? value : value['life'];
  return (typeof life === 'string' ? life : Object.keys(life ?? {})[0]) as TaskLife;
}

function newTask(task: CaseEventPayloads['caseLaunched']['tasks'][number]): TaskState {
  return {
    id: task.id,
    node: task.node,
    occurrence: task.occurrence,
    title: task.title,
    mandatory: task.mandatory,
    value: task.value,
    life: lifeOf(task.value),
    notApplicableBy: null,
    owner: null,
    group: null,
    delegate: null,
    activeAt: null,
    startedAt: null,
    endedAt: null,
    outcome: null,
    holds: {},
    fields: {},
    added: [],
    notBefore: null,
    byHand: false,
    endedWithCase: false,
    flags: [],
  };
}

function newStep(step: CaseEventPayloads['caseLaunched']['steps'][number]): StepState {
  return { ...step, state: 'pending', branch: null, endedAt: null, endedOn: null };
}

function movedTasks(state: CaseState, p: CaseEventPayloads['caseMoved'], at: Instant): CaseState['tasks'] {
  const kept = p.tasks.map(({ task, ...change }): [string, TaskState | undefined] => {
    const before = state.tasks[task];
    return [task, before && { ...before, ...change, life: lifeOf(change.value) }];
  });
  // What nobody had begun and is not drawn any more stays to be seen, ended by the move.
  const dropped = p.dropped.map((task): [string, TaskState | undefined] => {
    const before = state.tasks[task];
    const value = typeof before?.value === 'object' ? { ...before.value, life: 'cancelled' } : 'cancelled';
    return [
      task,
      before && { ...before, value, life: 'cancelled', endedAt: at, flags: withFlag(before.flags, MOVED_OUT) },
    ];
  });
  const known = [...kept, ...dropped].filter((entry): entry is [string, TaskState] => entry[1] !== undefined);
  const added = p.added.map((task) => [task.id, newTask(task)] as const);
  return { ...state.tasks, ...Object.fromEntries(known), ...Object.fromEntries(added) };
}

function movedSteps(state: CaseState, p: CaseEventPayloads['caseMoved']): CaseState['steps'] {
  const kept = p.stepValues.flatMap(({ node, ...change }): [string, StepState][] => {
    const before = state.steps[node];
    return before ? [[node, { ...before, ...change }]] : [];
  });
  const added = p.steps.map((step) => [step.node, newStep(step)] as const);
  return { ...without(state.steps, p.droppedSteps), ...Object.fromEntries(kept), ...Object.fromEntries(added) };
}

function movedClocks(state: CaseState, p: CaseEventPayloads['caseMoved']): CaseState['clocks'] {
  const changed = p.clocks.flatMap(({ clock, ...change }): [string, CaseState['clocks'][string]][] => {
    const before = state.clocks[clock];
    return before ? [[clock, { ...before, ...change }]] : [];
  });
  return { ...state.clocks, ...Object.fromEntries(changed) };
}

function without<T>(entries: Readonly<Record<string, T>>, keys: readonly string[]): Record<string, T> {
  return Object.fromEntries(Object.entries(entries).filter(([key]) => !keys.includes(key)));
}

function onTask(state: CaseState, id: string, change: Partial<TaskState>): Partial<CaseState> {
  const task = state.tasks[id];
  if (!task) return {};
  const life = change.value === undefined ? task.life : lifeOf(change.value);
  return { tasks: { ...state.tasks, [id]: Object.assign(copyOfTask(task), change, { life }) } };
}

function onStep(state: CaseState, node: string, change: Partial<StepState>): Partial<CaseState> {
  const step = state.steps[node];
  return step ? { steps: { ...state.steps, [node]: { ...step, ...change } } } : {};
}

function withCursor(state: CaseState, cursor: { key: string; user: string } | undefined): Partial<CaseState> {
  return cursor ? { cursors: { ...state.cursors, [cursor.key]: cursor.user } } : {};
}

function onClock(state: CaseState, id: string, change: Partial<CaseState['clocks'][string]>): Partial<CaseState> {
  const clock = state.clocks[id];
  return clock ? { clocks: { ...state.clocks, [id]: { ...clock, ...change } } } : {};
}

/** The state with an item in the hands of somebody. */
export function withAllocation(state: CaseState, { item, owner, group, cursor }: Allocated): CaseState {
  const given = item.startsWith('task:')
    ? onTask(state, item.slice('task:'.length), { owner, group })
    : { owner, group };
  return Object.assign(copyOfCase(state), given, withCursor(state, cursor));
}

type KeptTime = Omit<CaseEventPayloads['timekept'], 'others'>;

/** How the clocks and the ladder of an item stand now, and where its machine is. */
function withTime(state: CaseState, { item, value, clocks, ladder, rows, nextDueAt }: KeptTime): CaseState {
  const kept = {
    clocks: clocks as unknown as Timekeeping['clocks'],
    ladder: ladder as Timekeeping['ladder'],
    rows: rows as Timekeeping['rows'],
    nextDueAt,
  };
  const moved = value === undefined ? {} : onItem(state, item, value);
  return Object.assign(copyOfCase(state), moved, { time: { ...state.time, [item]: kept } });
}

/** A new machine value of an item: case, task or statutory clock. */
function onItem(state: CaseState, item: ItemId, value: MachineValue): Partial<CaseState> {
  if (item.startsWith('task:')) return onTask(state, item.slice('task:'.length), { value });
  if (item.startsWith('clock:')) return onClock(state, item.slice('clock:'.length), { value });
  return { value };
}

function dated(releases: CaseState['releases'], node: string, at: Instant | null): CaseState['releases'] {
  if (at !== null) return { ...releases, [node]: at };
  if (!Object.hasOwn(releases, node)) return releases;
  return Object.fromEntries(Object.entries(releases).filter(([key]) => key !== node));
}

function withFlag(flags: readonly string[], flag: string): readonly string[] {
  return flags.includes(flag) ? flags : [...flags, flag];
}
