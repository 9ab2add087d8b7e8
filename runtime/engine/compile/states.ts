import type { MachineConfig, MachineState, MachineTransition, Named } from './compiled-workflow.ts';

/** A transition taken when its guard, if any, holds. */
export function to(target: string, actions: readonly Named[] = [], guard?: Named): MachineTransition {
  return { target, ...(guard ? { guard } : {}), ...(actions.length > 0 ? { actions } : {}) };
}

/** A transition that stays where it is: the machine accepts the event and says what it leads to. */
export function stay(actions: readonly Named[], guard?: Named): MachineTransition {
  return { ...(guard ? { guard } : {}), actions };
}

/** An action or guard by name. */
export function named(type: string, params?: Readonly<Record<string, unknown>>): Named {
  return params ? { type, params } : { type };
}

/** Events that all lead to the same thing. */
export function accepting(events: readonly string[], guard?: Named): Record<string, readonly MachineTransition[]> {
  return Object.fromEntries(events.map((event) => [event, [stay([named('record')], guard)]]));
}

/** A machine of parallel regions. */
export function parallelMachine(id: string, description: string, states: Record<string, MachineState>): MachineConfig {
  return { id, description, type: 'parallel', states };
}

/** A machine of one region, in the same shape as the parallel ones. */
export function lifeMachine(id: string, description: string, life: MachineState): MachineConfig {
  return parallelMachine(id, description, { life });
}
