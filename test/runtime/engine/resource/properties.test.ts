import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { allowedResourceCommands } from '../../../../runtime/engine/resource/allowed.ts';
import { replayInterests, replayResource } from '../../../../runtime/engine/resource/evolve.ts';
import { openOffers, placesFree, wakeResourceAt } from '../../../../runtime/engine/resource/readings.ts';
import type { ResourceCommand } from '../../../../schemas/resource-command.ts';
import type { InterestEvent, ResourceEvent } from '../../../../schemas/resource-event.ts';
import { DAY, World } from './world.ts';

const customers = ['ann', 'bob', 'cid', 'dan', 'eve'];
const kinds = [
  'register',
  'registerAny',
  'withdraw',
  'match',
  'rule',
  'remove',
  'offer',
  'accept',
  'refuse',
  'withdrawOffer',
  'release',
  'allocate',
  'endAllocation',
  'capacity',
  'plan',
  'wait',
  'advance',
  'deliver',
  'end',
] as const;
const step = fc.record({
  kind: fc.constantFrom(
    ...kinds,
    'register',
    'register',
    'match',
    'match',
    'offer',
    'offer',
    'accept',
    'accept',
    'allocate',
  ),
  pick: fc.nat(999),
  customer: fc.constantFrom(...customers),
  resource: fc.constantFrom('r', 's'),
});
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

const pickOf = <T>(items: readonly T[], pick: number): T | undefined => items[pick % Math.max(1, items.length)];
const dateOf = (seconds: number) => new Date(seconds * 1000).toISOString().slice(0, 10);

/** A command about something that is there, whether or not it is allowed now. */
function commandFor(
  world: World,
  { kind, pick, customer, resource }: Step,
): [string | null, ResourceCommand] | undefined {
  const state = world.resource(resource);
  // Mostly something the command fits, so that sequences get far; sometimes anything at all.
  const idFor = (
    type: string,
    items: Readonly<Record<string, { id: string }>>,
    allowed: Readonly<Record<string, readonly string[]>>,
  ) => {
    const fitting = Object.keys(items).filter((id) => allowed[id]?.includes(type));
    return pickOf(pick % 5 && fitting.length > 0 ? fitting : Object.keys(items), pick) ?? 'none';
  };
  const allowed = allowedResourceCommands({ ...state, capacity: null }, true);
  const offerFor = (type: string) => idFor(type, state.offers, allowed.offers);
  const matchFor = (type: string) => idFor(type, state.matches, allowed.matches);
  const reason = 'because';
  const register = (): ResourceCommand => {
    const interest = world.id('i');
    world.answers[interest] = { level: pick % 2 ? 'beginner' : 'expert' };
    return { type: 'registerInterest', interest, customer, serviceType: 'COURSE', answers: {}, source: 'officer' };
  };
  const interests = [...world.books.values()].flatMap(({ interests: own }) => Object.keys(own));
  switch (kind) {
    case 'register':
      return [resource, register()];
    case 'registerAny':
      return [null, register()];
    case 'withdraw': {
      const own = pickOf(Object.values(world.books.get(customer)?.interests ?? {}), pick);
      if (!own) return undefined;
      const at = own.offer?.resource ?? own.resource;
      return [at, { type: 'withdrawInterest', customer, interest: own.id }];
    }
    case 'match':
      return [resource, { type: 'matchInterest', interest: pickOf(interests, pick) ?? 'none' }];
    case 'rule':
      return [resource, { type: 'matchByRule' }];
    case 'remove':
      return [resource, { type: 'removeMatch', match: matchFor('removeMatch'), reason }];
    case 'offer':
      return [
        resource,
        { type: 'makeOffer', match: matchFor('makeOffer'), ...(pick % 3 ? {} : { expiresAt: world.now + DAY }) },
      ];
    case 'accept':
      return [resource, { type: 'acceptOffer', offer: offerFor('acceptOffer') }];
    case 'refuse':
      return [resource, { type: 'refuseOffer', offer: offerFor('refuseOffer') }];
    case 'withdrawOffer':
      return [resource, { type: 'withdrawOffer', offer: offerFor('withdrawOffer'), reason }];
    case 'release':
      return [resource, { type: 'releasePlace', offer: offerFor('releasePlace'), reason }];
    case 'allocate':
      return [
        resource,
        {
          type: 'allocatePlace',
          offer: offerFor('allocatePlace'),
          startOn: dateOf(world.now),
          ...(pick % 2 ? { endOn: dateOf(world.now + (pick % 9) * DAY) } : {}),
        },
      ];
    case 'endAllocation': {
      const allocation = pickOf(Object.keys(state.allocations), pick) ?? 'none';
      return [resource, { type: 'endAllocation', allocation, endOn: dateOf(world.now + DAY), reason }];
    }
    case 'capacity':
      return [resource, { type: 'changeCapacity', capacity: pick % 4, reason }];
    case 'plan':
      world.plan = { A: pick % 3 ? 'complete' : 'open', B: 'open', C: 'complete' };
      world.follow(resource);
      return undefined;
    case 'wait':
      world.now += (pick % 9) * (DAY / 2);
      return undefined;
    case 'advance':
      return [resource, { type: 'advance' }];
    case 'deliver':
      return [resource, { type: 'startDelivery' }];
    case 'end':
      return pick % 7 ? undefined : [resource, { type: 'endDelivery', reason }];
  }
}

/** What must hold after whatever happened. */
function check(world: World): void {
  const holders = new Map<string, string>();
  for (const [id, state] of world.resources) {
    expect(placesFree(state) ?? 0).toBeGreaterThanOrEqual(0);
    expect(replayResource((world.events.get(id) ?? []) as ResourceEvent[])).toEqual(state);
    expect(state.revision).toBe(world.events.get(id)?.length);
    const wake = wakeResourceAt(state);
    for (const offer of openOffers(state)) expect(wake).toBeLessThanOrEqual(offer.expiresAt + 1);
    for (const offer of Object.values(state.offers)) {
      if (offer.state !== 'open' && offer.state !== 'secured' && offer.state !== 'allocated') continue;
      // Nobody holds two offers or places by one interest, and both sides tell the same of it.
      expect(holders.has(offer.interest)).toBe(false);
      holders.set(offer.interest, offer.id);
      expect(world.books.get(offer.customer)?.interests[offer.interest]).toMatchObject({
        state: offer.state === 'open' ? 'offered' : offer.state,
        offer: { resource: id, offer: offer.id },
      });
    }
    const current = Object.values(state.allocations).filter((allocation) => allocation.state === 'current');
    const allocated = Object.values(state.offers).filter((offer) => offer.state === 'allocated');
    expect(current.map(({ offer }) => offer).sort()).toEqual(allocated.map((offer) => offer.id).sort());
  }
  for (const [customer, book] of world.books) {
    expect(replayInterests((world.events.get(customer) ?? []) as InterestEvent[])).toEqual(book);
    for (const { state, offer, id } of Object.values(book.interests)) {
      expect(offer !== null).toBe(state === 'offered' || state === 'secured' || state === 'allocated');
      if (offer) expect(holders.get(id)).toBe(offer.offer);
    }
  }
}

describe('any sequence of commands on resources', () => {
  it('never oversells, keeps resource and customer in step, and replays to the same', () => {
    fc.assert(
      fc.property(fc.array(step, { minLength: 30, maxLength: 90 }), (steps) => {
        const world = new World();
        world.create('r');
        world.create('s', { capacity: 1 });
        for (const one of steps) {
          const asked = commandFor(world, one);
          if (!asked) continue;
          const before = JSON.stringify([[...world.resources], [...world.books]]);
          const decision = world.send(...asked);
          expect(decision.ok).not.toBe('load');
          if (decision.ok === false) {
            expect(decision.rejection.reason).toMatch(/^[A-Z0-9"].*\.$/);
            expect(JSON.stringify([[...world.resources], [...world.books]])).toBe(before);
          }
          check(world);
        }
      }),
      { numRuns: 100 },
    );
  });

  it('offers as allowed only what is then taken', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), fc.nat(999), (steps, pick) => {
        const world = new World();
        world.create('r');
        world.create('s', { capacity: 1 });
        for (const one of steps) {
          const asked = commandFor(world, one);
          if (asked) world.send(...asked);
        }
        // What time has done is told before anything is offered.
        for (const id of ['r', 's']) world.must(id, { type: 'advance' });
        const allowed = allowedResourceCommands(world.resource('r'), true);
        const reason = 'because';
        const answers = Object.entries(allowed.offers).flatMap(([offer, types]) =>
          types.map((type) => ({ type, offer, reason, startOn: dateOf(world.now) })),
        );
        const removals = Object.entries(allowed.matches).flatMap(([match, types]) =>
          types.filter((type) => type === 'removeMatch').map((type) => ({ type, match, reason })),
        );
        const chosen = pickOf([...answers, ...removals], pick);
        if (!chosen) return;
        if (chosen.type !== 'allocatePlace') delete (chosen as { startOn?: string }).startOn;
        world.must('r', chosen as ResourceCommand);
      }),
      { numRuns: 200 },
    );
  });

  it('offers nothing about the matches of a resource that has ended', () => {
    const world = new World();
    world.create('r');
    world.answers.one = { level: 'beginner' };
    const interest = { interest: 'one', customer: 'ann', serviceType: 'COURSE', answers: {} };
    world.must('r', { type: 'registerInterest', ...interest, source: 'officer' });
    expect(Object.values(allowedResourceCommands(world.resource('r'), true).matches)).toEqual([
      ['makeOffer', 'removeMatch'],
    ]);
    world.must('r', { type: 'endDelivery', reason: 'because' });
    expect(Object.values(allowedResourceCommands(world.resource('r'), true).matches)).toEqual([[]]);
  });
});
