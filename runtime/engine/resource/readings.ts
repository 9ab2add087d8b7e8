import type { Instant } from '../../../schemas/ids.ts';
import type { CaseState } from '../run/types.ts';
import type { InterestBook, InterestState, KeyActionState, OfferState, ResourceState } from './types.ts';

/** Offers that take a place: secured, or already allocated. */
export function placesTaken({ offers }: Pick<ResourceState, 'offers'>): number {
  return Object.values(offers).filter(({ state }) => state === 'secured' || state === 'allocated').length;
}

/** Places nobody holds; null without a limit. */
export function placesFree(state: Pick<ResourceState, 'offers' | 'capacity'>): number | null {
  return state.capacity === null ? null : state.capacity - placesTaken(state);
}

/** The first instant at which an offer has expired or an allocation has ended (D1); null when none will. */
export function wakeResourceAt(state: ResourceState): Instant | null {
  const instants = [
    // An offer may still be accepted at the very instant it expires (C2).
    ...Object.values(state.offers).flatMap((offer) => (offer.state === 'open' ? [offer.expiresAt + 1] : [])),
    ...Object.values(state.allocations).flatMap(({ state: life, endAt }) =>
      life === 'current' && endAt !== null ? [endAt] : [],
    ),
  ];
  return instants.length === 0 ? null : Math.min(...instants);
}

/** How far the task nodes of an action plan are; a plan that is not there yet has none. */
export function keyActionsOf(plan: CaseState | undefined): Record<string, KeyActionState> {
  const states: Record<string, KeyActionState> = {};
  for (const task of Object.values(plan?.tasks ?? {})) {
    if (task.life === 'cancelled' && task.occurrence > 1) continue;
    const own: KeyActionState =
      task.life === 'complete' ? 'complete' : task.life === 'notApplicable' ? 'notApplicable' : 'open';
    const other = states[task.node];
    // Of several occurrences one that is open holds the action open.
    states[task.node] = other === 'open' || own === 'open' ? 'open' : other === 'complete' ? other : own;
  }
  return states;
}

/** Key actions that still stand in the way of readiness; a key action that is not applicable does not. */
export function openKeyActions(path: readonly string[], plan: Readonly<Record<string, KeyActionState>>): string[] {
  return path.filter((node) => (plan[node] ?? 'open') === 'open');
}

/** Interests that still wait for something. */
export function liveInterests(book: InterestBook | null): InterestState[] {
  const over: readonly InterestState['state'][] = ['refused', 'withdrawn', 'ended'];
  return Object.values(book?.interests ?? {}).filter(({ state }) => !over.includes(state));
}

/** Open offers of a resource. */
export function openOffers(state: ResourceState): OfferState[] {
  return Object.values(state.offers).filter((offer) => offer.state === 'open');
}
