import type { ResourceEventPayloads } from '../../../schemas/resource-event.ts';
import { openKeyActions } from './readings.ts';
import type { KeyActionState, ResourceEventDraft, ResourceState } from './types.ts';

type ReadinessChange = {
  [T in 'readinessGained' | 'readinessLost']: { readonly type: T; readonly payload: ResourceEventPayloads[T] };
}['readinessGained' | 'readinessLost'];

/** What the state of the plan means for a resource: readiness gained, lost again by a reopening, or nothing new (P11). */
export function readinessChange(
  { actionPath, ready }: Pick<ResourceState, 'actionPath' | 'ready'>,
  plan: Readonly<Record<string, KeyActionState>>,
): ReadinessChange | undefined {
  const open = openKeyActions(actionPath, plan);
  if (!ready && open.length === 0) return { type: 'readinessGained', payload: { keyActions: [...actionPath] } };
  if (ready && open.length > 0) return { type: 'readinessLost', payload: { open } };
  return undefined;
}

/** The events of a resource whose plan has moved; told by the plan's case in its own transaction. */
export function followPlan(
  resource: ResourceState,
  plan: Readonly<Record<string, KeyActionState>>,
  stamp: { readonly actor: string; readonly at: number },
): ResourceEventDraft[] {
  const change = readinessChange(resource, plan);
  if (!change) return [];
  return [{ ...change, actor: stamp.actor, effectiveAt: stamp.at, recordedAt: stamp.at }];
}
