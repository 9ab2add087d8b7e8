import { type AnyStateMachine, createMachine, initialTransition, transition } from 'xstate';
import type { MachineValue } from '../../../schemas/case-event.ts';
import type { MachineConfig, MachineState, Named } from '../compile/compiled-workflow.ts';

/** What a machine is asked; guards look at it and at their parameters, at nothing else. */
export interface MachineEvent {
  readonly type: string;
  readonly [fact: string]: unknown;
}

/** What a machine answered: the state it reached and the actions it asks for. */
export interface MachineStep {
  readonly value: MachineValue;
  readonly actions: readonly Named[];
  /** The machine took the event where it stands. */
  readonly stays: boolean;
}

type Params = Readonly<Record<string, unknown>>;
type Guard = (event: MachineEvent, params: Params) => boolean;

/** Guards by the name that compiled machines use. */
const guards: Readonly<Record<string, Guard>> = {
  activationHolds: (event) => event['condition'] === 'true',
  branchTrue: (event, params) => (event['conditions'] as Params)[params['branch'] as string] === 'true',
  notMandatory: (_event, params) => params['mandatory'] !== true,
  reasonGiven: (event, params) => params['required'] !== true || event['reason'] === true,
  reasonKnown: (event, params) => listOf(params['reasons']).includes(event['reason'] as string),
  reasonActive: (event) => event['isActive'] === true,
  lastReason: (event) => event['isActive'] === true && event['remaining'] === 0,
  lastReasonOfStarted: (event) => event['isActive'] === true && event['remaining'] === 0 && event['started'] === true,
  completionInOrder: (event, params) => completionProblem(event, params) === undefined,
  wasStarted: (event) => event['started'] === true,
  wasReady: (event) => event['ready'] === true,
  neverReady: (event) => event['ready'] !== true,
  unclaimed: (event) => event['owner'] === null,
  hasOwner: (event) => event['owner'] !== null,
  notDelegated: (event) => event['delegate'] === null,
  isDelegated: (event) => event['delegate'] !== null,
  firedAtMost: (event, params) => (event['fired'] as number) <= (params['max'] as number),
  mayClose: (event, params) => closingProblem(event, params) === undefined,
};

/** Why a task cannot be completed as asked, as a sentence; undefined where it can (P8). */
export function completionProblem(event: MachineEvent, params: Params): string | undefined {
  const outcomes = listOf(params['outcomes']);
  const given = listOf(event['fields']);
  const missing = listOf(params['mandatoryFields']).filter((field) => !given.includes(field));
  const unknown = given.filter((field) => !listOf(params['fields']).includes(field));
  const waits = listOf(event['waitsFor']);
  if (event['delegatedTo'] != null) return `it is delegated to ${event['delegatedTo']}, who returns it first`;
  if (waits.length > 0) return `it may not finish before ${waits.join(', ')}`;
  if (outcomes.length > 0 && event['outcome'] === null) return `an outcome is needed: ${outcomes.join(', ')}`;
  if (event['outcome'] !== null && !outcomes.includes(event['outcome'] as string)) {
    return `"${event['outcome']}" is not an outcome of this task; it has ${outcomes.join(', ') || 'none'}`;
  }
  if (missing.length > 0) return `these fields must be filled in: ${missing.join(', ')}`;
  if (unknown.length > 0) return `this task has no field ${unknown.join(', ')}`;
  const wrong = listOf(event['wrongFields']);
  return wrong.length > 0 ? `these fields hold a value of the wrong kind: ${wrong.join(', ')}` : undefined;
}

/** Why a case cannot be closed as asked, as a sentence (P9). */
export function closingProblem(event: MachineEvent, params: Params): string | undefined {
  const outcomes = listOf(params['outcomes']);
  const open = listOf(event['mandatoryOpen']);
  const outcome = event['outcome'];
  if (outcome !== null && !outcomes.includes(outcome as string)) {
    return `"${outcome}" is not an outcome of this case; it has ${outcomes.join(', ') || 'none'}`;
  }
  if (open.length === 0 || event['reason'] === true) return undefined;
  return `mandatory tasks are not complete: ${open.join(', ')}; complete them or give a reason`;
}

/** State a machine starts in. */
export function initialValue(config: MachineConfig): MachineValue {
  const prepared = preparedOf(config);
  prepared.initial ??= initialTransition(prepared.machine)[0].value as MachineValue;
  return prepared.initial;
}

/** One event on a machine at a state: what it reaches and asks for, or null when it does not take the event (R3). */
export function stepMachine(config: MachineConfig, value: MachineValue, event: MachineEvent): MachineStep | null {
  const { states, steps } = placeOf(config, value);
  const name = `${event.type} ${verdictsOf(config, states, event)}`;
  const known = steps.get(name);
  if (known !== undefined) return known;
  const { machine } = preparedOf(config);
  const snapshot = machine.resolveState({ value, context: {} });
  const [next, actions] = snapshot.can(event) ? transition(machine, snapshot, event) : [null, []];
  const step = next ? toStep(value, next.value as MachineValue, actions.map(toNamed)) : null;
  steps.set(name, step);
  return step;
}

function toStep(before: MachineValue, value: MachineValue, actions: readonly Named[]): MachineStep {
  return { value, actions, stays: JSON.stringify(value) === JSON.stringify(before) };
}

// Machines are plain JSON without context: a step depends on the state, the event's type and what its guards say, on nothing else.
function verdictsOf(config: MachineConfig, states: readonly MachineState[], event: MachineEvent): string {
  let verdicts = verdictsIn(config, event);
  for (const state of states) verdicts += verdictsIn(state, event);
  return verdicts;
}

function verdictsIn({ on }: MachineState, event: MachineEvent): string {
  let verdicts = '';
  for (const { guard } of on?.[event.type] ?? [])
    if (guard) verdicts += guards[guard.type]?.(event, guard.params ?? {}) ? '1' : '0';
  return verdicts;
}

/** Whether a machine knows an event in any guard's sight: true where only a guard refuses it. */
export function guardsOf(config: MachineConfig, value: MachineValue, event: string): readonly Named[] {
  return placeOf(config, value).states.flatMap((state) =>
    (state.on?.[event] ?? []).flatMap(({ guard }) => (guard ? [guard] : [])),
  );
}

/** A state of a machine: the states active in it, and what the machine answered there by the event's type and its guards. */
interface Place {
  readonly states: readonly MachineState[];
  readonly steps: Map<string, MachineStep | null>;
}

/** Written out once: a value is the very same one while its machine stands still. */
function placeOf(config: MachineConfig, value: MachineValue): Place {
  const { places, byText } = preparedOf(config);
  const key = typeof value === 'string' ? undefined : value;
  const known = key && places.get(key);
  if (known) return known;
  const text = JSON.stringify(value);
  const place = byText.get(text) ?? { states: activeStates(config, value), steps: new Map() };
  if (byText.size >= MOST_PLACES) byText.clear();
  byText.set(text, place);
  if (key) places.set(key, place);
  return place;
}

function activeStates(config: MachineState, value: MachineValue): MachineState[] {
  const states = config.states ?? {};
  const names = typeof value === 'string' ? [value] : Object.keys(value);
  return names.flatMap((name) => {
    const state = states[name];
    if (!state) return [];
    const inner = typeof value === 'string' ? undefined : value[name];
    return inner === undefined ? [state] : [state, ...activeStates(state, inner)];
  });
}

/** A machine with what it answered before. */
interface PreparedMachine {
  readonly machine: AnyStateMachine;
  readonly places: WeakMap<object, Place>;
  readonly byText: Map<string, Place>;
  initial?: MachineValue;
}

const MOST_PLACES = 1000;

// Building a machine costs more than stepping it, and a compiled bundle never changes.
const machines = new WeakMap<MachineConfig, PreparedMachine>();

function preparedOf(config: MachineConfig): PreparedMachine {
  const known = machines.get(config);
  if (known) return known;
  const machine = createMachine(config as never, { guards: implementations as never }) as AnyStateMachine;
  const made: PreparedMachine = { machine, places: new WeakMap(), byText: new Map() };
  machines.set(config, made);
  return made;
}

const implementations = Object.fromEntries(
  Object.entries(guards).map(([name, guard]) => [
    name,
    ({ event }: { event: MachineEvent }, params: Params | undefined) => guard(event, params ?? {}),
  ]),
);

function toNamed(action: { type: string; params?: unknown }): Named {
  return action.params === undefined ? { type: action.type } : { type: action.type, params: action.params as Params };
}

function listOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? (value as string[]) : [];
}
