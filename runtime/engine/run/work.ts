import type { CaseCommand } from '../../../schemas/case-command.ts';
import type { CaseEventPayloads, CaseEventType, ItemId, MachineValue } from '../../../schemas/case-event.ts';
import type { AnswerValue, Condition } from '../../../schemas/condition.ts';
import type { Instant } from '../../../schemas/ids.ts';
import type { CalendarOf, ClockState } from '../clock/state.ts';
import type { CompiledWorkflow, MachineConfig } from '../compile/compiled-workflow.ts';
import { type ConditionFacts, evaluateCondition } from '../condition/evaluate.ts';
import type { LadderFact, LadderState } from '../ladder/state.ts';
import { conditionFacts } from './condition-facts.ts';
import { evolve, unlaunched } from './evolve.ts';
import { type MachineEvent, type MachineStep, stepMachine } from './machine.ts';
import type { CaseEventDraft, CaseState, DecideEnv, TaskState } from './types.ts';

/** Clocks and ladder of an item while a decision is made. */
export interface ItemTime {
  clocks: Record<string, ClockState>;
  ladder: LadderState | null;
}

/** One decision in the making: the state as it stands after the events decided so far. */
export interface Work {
  readonly bundle: CompiledWorkflow;
  readonly env: DecideEnv;
  readonly command: CaseCommand;
  state: CaseState;
  readonly drafts: CaseEventDraft[];
  /** The instant the case has reached; runs up to `env.now` while due facts are recorded (C3). */
  at: Instant;
  actor: string;
  readonly time: Map<ItemId, ItemTime>;
  /** Machine values that no event has told yet; the item's `timekept` tells them. */
  readonly values: Map<ItemId, MachineValue>;
  /** Ladder facts whose messages and actions are still to be carried out. */
  readonly firings: { item: ItemId; facts: readonly LadderFact[] }[];
  readonly cursors: Record<string, string>;
  readonly loads: Record<string, number>;
  /** The pinned calendar of a key (T14). Throws RangeError when the environment lacks it. */
  readonly calendarOf: CalendarOf;
  /** Ids of the case tasks of each node; null until it is asked for, and when tasks were added since. */
  tasksByNode: ReadonlyMap<string, readonly string[]> | null;
}

export const taskItem = (id: string): ItemId => `task:${id}`;
export const clockItem = (id: string): ItemId => `clock:${id}`;
export const caseItem: ItemId = 'case:';

/** What the ticker is called in the history. */
export const SYSTEM = 'system';

/** A decision about to be made. */
export function newWork(bundle: CompiledWorkflow, state: CaseState | null, command: CaseCommand, env: DecideEnv): Work {
  return {
    bundle,
    env,
    command,
    state: state ?? unlaunched,
    drafts: [],
    at: state?.launchedAt ?? env.now,
    actor: env.actor,
    time: new Map(),
    values: new Map(),
    firings: [],
    cursors: { ...env.cursors },
    loads: { ...env.loads },
    calendarOf(key) {
      const calendar = env.calendars[key];
      if (!calendar) throw new RangeError(`calendar "${key}" is not among the calendars of this organisation`);
      return calendar;
    },
    tasksByNode: null,
  };
}

/** Case tasks by the node they are of. */
export function tasksByNode(work: Work): ReadonlyMap<string, readonly string[]> {
  work.tasksByNode ??= groupByNode(work);
  return work.tasksByNode;
}

/** Whether the tasks of a case are those of its drawing, one each, as they are until one is added, repeated or moved out. */
export function isAsDrawn(work: Work): boolean {
  return tasksByNode(work) === drawnTasks(work.bundle);
}

function groupByNode(work: Work): ReadonlyMap<string, readonly string[]> {
  const drawn = drawnTasks(work.bundle);
  const ids = Object.keys(work.state.tasks);
  if (ids.length === drawn.size && ids.every((id) => work.state.tasks[id]?.node === id && drawn.has(id))) return drawn;
  const byNode = new Map<string, string[]>();
  for (const id of ids) {
    const node = work.state.tasks[id]?.node ?? '';
    const known = byNode.get(node);
    if (known) known.push(id);
    else byNode.set(node, [id]);
  }
  return byNode;
}

const drawnIn = new WeakMap<CompiledWorkflow, ReadonlyMap<string, readonly string[]>>();

/** The first task of each node, which has its name. */
function drawnTasks(bundle: CompiledWorkflow): ReadonlyMap<string, readonly string[]> {
  const known = drawnIn.get(bundle) ?? new Map(Object.keys(bundle.tasks).map((node) => [node, [node]]));
  drawnIn.set(bundle, known);
  return known;
}

const addsTasks: ReadonlySet<CaseEventType> = new Set(['caseLaunched', 'taskAdded', 'caseMoved']);

/** Writes an event and moves the state on; its true time is the instant reached unless told otherwise. */
export function emit<T extends CaseEventType>(
  work: Work,
  type: T,
  payload: CaseEventPayloads[T],
  more: { effectiveAt?: Instant; personal?: Record<string, AnswerValue> } = {},
): void {
  const { actor, env } = work;
  const { effectiveAt = work.at, personal: values } = more;
  const event = { type, actor, effectiveAt, recordedAt: env.now, payload } as unknown as CaseEventDraft;
  const isPersonal = values !== undefined && Object.keys(values).length > 0;
  work.drafts.push(isPersonal ? { ...event, personal: values } : event);
  work.state = evolve(work.state, event);
  if (addsTasks.has(type)) work.tasksByNode = null;
}

/** A personal value and the reference under which events know it. */
export function personal(
  work: Work,
  text: AnswerValue | undefined,
): { ref: string; values: Record<string, AnswerValue> } {
  const ref = work.env.ids();
  return { ref, values: text === undefined ? {} : { [ref]: text } };
}

/** A task of the case. Throws when there is none: the door has checked the id. */
export function taskOf(work: Work, id: string): TaskState {
  const task = work.state.tasks[id];
  if (!task) throw new Error(`case task ${id} was expected to exist; check the id before deciding`);
  return task;
}

/** Machine of an item. */
export function machineFor(work: Work, item: ItemId): MachineConfig | undefined {
  const { machines } = work.bundle;
  const [kind, id] = splitItem(item);
  if (kind === 'task') return machines.nodes[work.state.tasks[id]?.node ?? ''];
  if (kind === 'clock') return machines.clocks[work.state.clocks[id]?.key ?? ''];
  return machines.case;
}

/** State value of an item's machine. */
export function valueOfItem(work: Work, item: ItemId): MachineValue {
  const told = work.values.get(item);
  if (told !== undefined) return told;
  const [kind, id] = splitItem(item);
  if (kind === 'task') return work.state.tasks[id]?.value ?? '';
  if (kind === 'clock') return work.state.clocks[id]?.value ?? '';
  return work.state.value;
}

/** Kind and id of an item. */
export function splitItem(item: ItemId): readonly ['case' | 'task' | 'clock', string] {
  const cut = item.indexOf(':');
  return [item.slice(0, cut) as 'case' | 'task' | 'clock', item.slice(cut + 1)];
}

/** Asks an item's machine; null when it does not take the event. The value reached is kept for the events to tell. */
export function tryStep(work: Work, item: ItemId, event: MachineEvent): MachineStep | null {
  const config = machineFor(work, item);
  const step = config ? stepMachine(config, valueOfItem(work, item), event) : null;
  if (step && !step.stays) work.values.set(item, step.value);
  return step;
}

/** Truth of a condition now, as events record it (A2, P4). */
export function truthOf(work: Work, condition: Condition): 'true' | 'false' | 'unknown' {
  const truth = evaluateCondition(condition, factsOf(work));
  return truth === 'unknown' ? 'unknown' : truth ? 'true' : 'false';
}

/** What conditions see now. */
export function factsOf(work: Work): ConditionFacts {
  const launch = work.command.type === 'launch' ? work.command.answers : {};
  return conditionFacts(work.bundle, work.state, work.env, { ...work.env.answers, ...launch }, work.at);
}
