import type { Instant } from '../../../schemas/ids.ts';
import type {
  InterestEvent,
  InterestEventPayloads,
  InterestEventType,
  ResourceEvent,
  ResourceEventPayloads,
  ResourceEventType,
} from '../../../schemas/resource-event.ts';
import type { AllocationState, InterestBook, InterestState, OfferState, ResourceState } from './types.ts';

const uncreated: ResourceState = {
  revision: 0,
  serviceType: '',
  release: 0,
  title: '',
  description: '',
  place: '',
  provision: 'continuing',
  provider: 'direct',
  providedBy: '',
  startsOn: null,
  endsOn: null,
  capacity: null,
  charge: null,
  plan: { case: '', workflow: '' },
  actionPath: [],
  inCatalogue: false,
  ready: false,
  readyAt: null,
  delivery: 'notStarted',
  matches: {},
  offers: {},
  allocations: {},
  createdAt: 0,
};

type EvolveResource<T extends ResourceEventType> = (
  state: ResourceState,
  payload: ResourceEventPayloads[T],
  at: Instant,
) => Partial<ResourceState>;

const resourceSteps: { [T in ResourceEventType]: EvolveResource<T> } = {
  resourceCreated: (_state, payload, at) => ({ ...payload, createdAt: at }),
  detailsChanged: (_state, payload) => payload,
  chargeChanged: (_state, { to }) => ({ charge: to }),
  capacityChanged: (_state, { to }) => ({ capacity: to }),
  actionPathChanged: (_state, { keyActions }) => ({ actionPath: keyActions }),
  catalogueChanged: (_state, { shown }) => ({ inCatalogue: shown }),
  readinessGained: (_state, _payload, at) => ({ ready: true, readyAt: at }),
  readinessLost: () => ({ ready: false, readyAt: null }),
  deliveryStarted: () => ({ delivery: 'started' }),
  deliveryEnded: () => ({ delivery: 'ended', inCatalogue: false }),
  interestMatched: (state, { match: id, interest, customer, by }, at) => ({
    matches: { ...state.matches, [id]: { id, interest, customer, by, state: 'matched', at } },
  }),
  matchRemoved: (state, { match }) => {
    const found = state.matches[match];
    return found ? { matches: { ...state.matches, [match]: { ...found, state: 'removed' } } } : {};
  },
  offerMade: (state, { offer: id, match, interest, customer, expiresAt, charge }, at) => ({
    offers: {
      ...state.offers,
      [id]: { id, match, interest, customer, state: 'open', madeAt: at, expiresAt, answeredAt: null, charge },
    },
  }),
  offerExpired: (state, { offer }) => onOffer(state, offer, { state: 'expired' }),
  placeSecured: (state, { offer }, at) => onOffer(state, offer, { state: 'secured', answeredAt: at }),
  offerRefused: (state, { offer }, at) => onOffer(state, offer, { state: 'refused', answeredAt: at }),
  offerWithdrawn: (state, { offer }) => onOffer(state, offer, { state: 'withdrawn' }),
  placeReleased: (state, { offer }) => onOffer(state, offer, { state: 'released' }),
  placeAllocated: (state, { allocation: id, offer, startOn, endOn, endAt }, at) => {
    const found = state.offers[offer];
    if (!found) return {};
    const { interest, customer, charge } = found;
    const given = { id, offer, interest, customer, charge, startOn, endOn, endAt, allocatedAt: at };
    return {
      ...onOffer(state, offer, { state: 'allocated' }),
      allocations: { ...state.allocations, [id]: { ...given, state: 'current' } },
    };
  },
  allocationEndSet: (state, { allocation, endOn, endAt }) => onAllocation(state, allocation, { endOn, endAt }),
  allocationEnded: (state, { allocation }) => ({
    ...onAllocation(state, allocation, { state: 'ended' }),
    ...onOffer(state, state.allocations[allocation]?.offer ?? '', { state: 'ended' }),
  }),
};

function onOffer(state: ResourceState, id: string, change: Partial<OfferState>): Partial<ResourceState> {
  const found = state.offers[id];
  return found ? { offers: { ...state.offers, [id]: { ...found, ...change } } } : {};
}

function onAllocation(state: ResourceState, id: string, change: Partial<AllocationState>): Partial<ResourceState> {
  const found = state.allocations[id];
  return found ? { allocations: { ...state.allocations, [id]: { ...found, ...change } } } : {};
}

/** The resource after an event. Total: no guards, no bundle, no clock. */
export function evolveResource(state: ResourceState | null, event: ResourceEvent): ResourceState {
  const before = state ?? uncreated;
  const step = resourceSteps[event.type] as EvolveResource<ResourceEventType>;
  return { ...before, ...step(before, event.payload, event.effectiveAt), revision: event.seq };
}

type EvolveInterest<T extends InterestEventType> = (
  payload: InterestEventPayloads[T],
) => Partial<Omit<InterestState, 'id'>>;

const interestSteps: { [T in Exclude<InterestEventType, 'interestRegistered'>]: EvolveInterest<T> } = {
  interestOffered: ({ resource, offer }) => ({ state: 'offered', offer: { resource, offer } }),
  interestReopened: () => ({ state: 'open', offer: null }),
  interestSecured: () => ({ state: 'secured' }),
  interestRefused: () => ({ state: 'refused', offer: null }),
  interestWithdrawn: () => ({ state: 'withdrawn', offer: null }),
  interestAllocated: () => ({ state: 'allocated' }),
  interestEnded: () => ({ state: 'ended', offer: null }),
};

/** A customer's interests after an event; total like `evolveResource`. */
export function evolveInterests(book: InterestBook | null, event: InterestEvent): InterestBook {
  const before = book ?? { revision: 0, customer: '', interests: {} };
  if (event.type === 'interestRegistered') {
    const { interest: id, customer, ...payload } = event.payload;
    const registered: InterestState = {
      ...payload,
      id,
      state: 'open',
      offer: null,
      registeredAt: event.effectiveAt,
    };
    return { revision: event.seq, customer, interests: { ...before.interests, [id]: registered } };
  }
  const found = before.interests[event.payload.interest];
  if (!found) return { ...before, revision: event.seq };
  const step = interestSteps[event.type] as EvolveInterest<Exclude<InterestEventType, 'interestRegistered'>>;
  const interests = { ...before.interests, [found.id]: { ...found, ...step(event.payload as never) } };
  return { ...before, revision: event.seq, interests };
}

/** The resource that its events make; null without any. */
export function replayResource(events: readonly ResourceEvent[]): ResourceState | null {
  return events.reduce<ResourceState | null>(evolveResource, null);
}

/** The interests that a customer's events make; null without any. */
export function replayInterests(events: readonly InterestEvent[]): InterestBook | null {
  return events.reduce<InterestBook | null>(evolveInterests, null);
}
