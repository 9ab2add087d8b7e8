import { beforeEach, describe, expect, it } from 'vitest';
import { placesTaken, wakeResourceAt } from '../../../../runtime/engine/resource/readings.ts';
import { ServiceTypeDocument } from '../../../../schemas/settings.ts';
import { course, DAY, MONDAY, World } from './world.ts';

let world: World;
const offerOf = (id: string) => world.resource().offers[id];
const interestOf = (customer: string) => Object.values(world.books.get(customer)?.interests ?? {}).at(-1);

beforeEach(() => {
  world = new World();
  world.create();
});

describe('a new resource', () => {
  it('has what its service type says, and its own where that is given', () => {
    expect(world.resource()).toMatchObject({
      actionPath: ['A', 'C'],
      capacity: 2,
      charge: { amount: 500, period: 'week', partOfRent: false },
      provider: 'indirect',
      provision: 'continuing',
      plan: { case: 'case-1', workflow: 'PLAN' },
      ready: false,
    });
    world.create('other', { capacity: null, charge: null, actionPath: ['B'], provider: 'direct' });
    expect(world.resource('other')).toMatchObject({
      actionPath: ['B'],
      capacity: null,
      charge: null,
      provider: 'direct',
    });
  });

  it('that is dated needs both dates in their order', () => {
    world.serviceType = ServiceTypeDocument.parse({ ...course, provision: 'dated' });
    const make = { type: 'createResource', serviceType: 'COURSE', title: 'Dated' } as const;
    expect(world.refusal('d', make)).toBe('DATES_NEEDED');
    expect(world.refusal('d', { ...make, startsOn: '2026-12-10', endsOn: '2026-12-09' })).toBe('DATES_REVERSED');
    world.must('d', { ...make, startsOn: '2026-12-10', endsOn: '2026-12-10' });
  });

  it('takes only tasks of its plan as key actions, each once', () => {
    const make = { type: 'createResource', serviceType: 'COURSE', title: 'x' } as const;
    expect(world.refusal('k', { ...make, actionPath: ['A', 'Z'] })).toBe('KEY_ACTION_UNKNOWN');
    expect(world.refusal('k', { ...make, actionPath: ['A', 'A'] })).toBe('KEY_ACTION_TWICE');
  });
});

describe('readiness', () => {
  it('comes with the last key action and goes when one is reopened', () => {
    world.plan = { A: 'complete', B: 'open', C: 'open' };
    world.follow();
    expect(world.resource().ready).toBe(false);
    world.plan = { A: 'complete', B: 'open', C: 'complete' };
    world.follow();
    expect(world.resource()).toMatchObject({ ready: true, readyAt: MONDAY });
    world.plan = { A: 'open', B: 'open', C: 'complete' };
    world.follow();
    expect(world.resource()).toMatchObject({ ready: false, readyAt: null });
  });

  it('is not held up by a key action that is not applicable', () => {
    world.plan = { A: 'complete', B: 'open', C: 'notApplicable' };
    world.follow();
    expect(world.resource().ready).toBe(true);
  });

  it('follows the action path when that is edited', () => {
    world.plan = { A: 'complete', B: 'open', C: 'open' };
    world.must('r', { type: 'changeActionPath', keyActions: ['A'], reason: 'C is done by the provider' });
    expect(world.resource().ready).toBe(true);
    world.must('r', { type: 'changeActionPath', keyActions: ['A', 'B'], reason: 'B counts as well' });
    expect(world.resource().ready).toBe(false);
  });

  it('is needed by delivery and allocation, not by an offer', () => {
    const offer = world.offered('ann');
    world.must('r', { type: 'acceptOffer', offer });
    expect(world.refusal('r', { type: 'allocatePlace', offer, startOn: '2026-12-01' })).toBe('NOT_READY');
    expect(world.refusal('r', { type: 'startDelivery' })).toBe('NOT_READY');
    world.completePlan();
    world.must('r', { type: 'allocatePlace', offer, startOn: '2026-12-01' });
    world.must('r', { type: 'startDelivery' });
    expect(world.resource().delivery).toBe('started');
  });
});

describe('a match', () => {
  it('is made by the rule when its condition is true, and by hand else', () => {
    const fits = world.interested('ann', 'r', { level: 'beginner' });
    const other = world.interested('bob', 'r', { level: 'expert' });
    const silent = world.interested('cid', 'r', {});
    const matches = () => Object.values(world.resource().matches).map(({ interest, by }) => [interest, by]);
    expect(matches()).toEqual([[fits, 'rule']]);
    world.must('r', { type: 'matchInterest', interest: other });
    expect(matches()).toEqual([
      [fits, 'rule'],
      [other, 'hand'],
    ]);
    expect(world.refusal('r', { type: 'matchInterest', interest: other })).toBe('ALREADY_MATCHED');
    expect(world.refusal('r', { type: 'matchInterest', interest: 'none' })).toBe('UNKNOWN_INTEREST');
    expect(silent).toBeDefined();
  });

  it('by rule covers interests in any of the type, and not those a person removed', () => {
    world.answers['i-any'] = { level: 'beginner' };
    world.must(null, {
      type: 'registerInterest',
      interest: 'i-any',
      customer: 'ann',
      serviceType: 'COURSE',
      answers: {},
      source: 'plan',
      case: 'case-2',
    });
    world.must('r', { type: 'matchByRule' });
    world.must('r', { type: 'removeMatch', match: world.matchOf('i-any'), reason: 'She moved away' });
    world.must('r', { type: 'matchByRule' });
    expect(Object.values(world.resource().matches).map(({ state }) => state)).toEqual(['removed']);
  });

  it('is refused for an interest that means another resource', () => {
    world.create('other');
    const interest = world.interested('ann', 'other');
    expect(world.refusal('r', { type: 'matchInterest', interest })).toBe('OTHER_RESOURCE_MEANT');
  });
});

describe('an interest', () => {
  it('is registered once while it stands', () => {
    world.interested('ann');
    const again = {
      type: 'registerInterest',
      interest: 'i-2',
      customer: 'ann',
      serviceType: 'COURSE',
      answers: {},
      source: 'officer',
    } as const;
    expect(world.refusal('r', again)).toBe('INTEREST_ALREADY_REGISTERED');
    world.must('r', { type: 'withdrawInterest', customer: 'ann', interest: interestOf('ann')?.id ?? '' });
    world.must('r', again);
  });

  it('withdrawn takes its offer and its secured place along', () => {
    const open = world.offered('ann');
    const secured = world.offered('bob');
    world.must('r', { type: 'acceptOffer', offer: secured });
    for (const customer of ['ann', 'bob'])
      world.must('r', { type: 'withdrawInterest', customer, interest: interestOf(customer)?.id ?? '' });
    expect([offerOf(open)?.state, offerOf(secured)?.state]).toEqual(['withdrawn', 'released']);
    expect(placesTaken(world.resource())).toBe(0);
    expect(
      world.refusal('r', { type: 'withdrawInterest', customer: 'ann', interest: interestOf('ann')?.id ?? '' }),
    ).toBe('INTEREST_WITHDRAWN');
  });

  it('whose offer stands on another resource asks for that resource first', () => {
    world.offered('ann');
    const interest = interestOf('ann')?.id ?? '';
    expect(world.send(null, { type: 'withdrawInterest', customer: 'ann', interest })).toEqual({
      ok: 'load',
      missing: { resource: 'r' },
    });
  });
});

describe('an offer', () => {
  it('expires five working days on at close of business, and may be accepted at that very second', () => {
    const offer = world.offered('ann');
    // Monday 23 November + 5 working days = Monday 30 November, 17:00 in London.
    const end = Date.UTC(2026, 10, 30, 17) / 1000;
    expect(offerOf(offer)?.expiresAt).toBe(end);
    expect(wakeResourceAt(world.resource())).toBe(end + 1);
    world.now = end;
    world.must('r', { type: 'acceptOffer', offer });
    expect(offerOf(offer)?.state).toBe('secured');
  });

  it('is refused a second later, and the ticker tells it with its true time', () => {
    const offer = world.offered('ann');
    const end = offerOf(offer)?.expiresAt ?? 0;
    world.now = end + 1;
    expect(world.refusal('r', { type: 'acceptOffer', offer })).toBe('OFFER_EXPIRED');
    world.now = end + DAY;
    world.must('r', { type: 'advance' });
    expect(offerOf(offer)?.state).toBe('expired');
    expect(world.events.get('r')?.at(-1)).toMatchObject({
      type: 'offerExpired',
      effectiveAt: end,
      recordedAt: end + DAY,
    });
    expect(interestOf('ann')?.state).toBe('open');
    world.must('r', { type: 'makeOffer', match: world.matchOf(interestOf('ann')?.id ?? '') });
  });

  it.each([
    ['acceptOffer', 'OFFER_ACCEPTED'],
    ['refuseOffer', 'OFFER_REFUSED'],
    ['withdrawOffer', 'OFFER_WITHDRAWN'],
  ] as const)('answered by %s is answered for good', (type, code) => {
    const offer = world.offered('ann');
    world.must('r', { type, offer, reason: 'Because' });
    for (const again of ['acceptOffer', 'refuseOffer', 'withdrawOffer'] as const)
      expect(world.refusal('r', { type: again, offer, reason: 'Because' })).toBe(code);
  });

  it('for the last place secures it for the first who accepts', () => {
    const [ann, bob, cid] = [world.offered('ann'), world.offered('bob'), world.offered('cid')];
    world.must('r', { type: 'acceptOffer', offer: bob });
    world.must('r', { type: 'acceptOffer', offer: ann });
    expect(world.refusal('r', { type: 'acceptOffer', offer: cid })).toBe('NO_PLACE_LEFT');
    world.must('r', { type: 'releasePlace', offer: ann, reason: 'Changed her mind' });
    world.must('r', { type: 'acceptOffer', offer: cid });
    expect(placesTaken(world.resource())).toBe(2);
  });

  it('is not made when no place is free, nor twice, nor on nothing', () => {
    const match = world.matchOf(world.interested('ann'));
    world.must('r', { type: 'changeCapacity', capacity: 0, reason: 'The room is closed' });
    expect(world.refusal('r', { type: 'makeOffer', match })).toBe('NO_PLACE_LEFT');
    world.must('r', { type: 'changeCapacity', capacity: 1, reason: 'Open again' });
    world.must('r', { type: 'makeOffer', match });
    expect(world.refusal('r', { type: 'makeOffer', match })).toBe('INTEREST_OFFERED');
    expect(world.refusal('r', { type: 'makeOffer', match: 'none' })).toBe('UNKNOWN_MATCH');
    expect(world.refusal('r', { type: 'acceptOffer', offer: 'none' })).toBe('UNKNOWN_OFFER');
  });

  it('keeps the charge it was made with', () => {
    const offer = world.offered('ann');
    const charge = { amount: 900, period: 'month', partOfRent: true } as const;
    world.must('r', { type: 'changeCharge', charge, reason: 'New contract' });
    expect(offerOf(offer)?.charge).toEqual({ amount: 500, period: 'week', partOfRent: false });
    expect(offerOf(world.offered('bob'))?.charge).toEqual(charge);
  });

  it('refused ends an interest in this resource, and leaves one in any of the type open', () => {
    const offer = world.offered('ann');
    world.must('r', { type: 'refuseOffer', offer });
    expect(interestOf('ann')?.state).toBe('refused');
    world.answers['i-any'] = { level: 'beginner' };
    world.must(null, {
      type: 'registerInterest',
      interest: 'i-any',
      customer: 'bob',
      serviceType: 'COURSE',
      answers: {},
      source: 'officer',
    });
    world.must('r', { type: 'matchByRule' });
    world.must('r', { type: 'makeOffer', match: world.matchOf('i-any') });
    const other = Object.values(world.resource().offers).find(({ interest }) => interest === 'i-any');
    world.must('r', { type: 'refuseOffer', offer: other?.id ?? '' });
    expect(interestOf('bob')?.state).toBe('open');
  });
});

describe('an allocation', () => {
  function secured(customer: string): string {
    const offer = world.offered(customer);
    world.must('r', { type: 'acceptOffer', offer });
    return offer;
  }

  it('carries the dates of its charge, and its place is free when the last date is over', () => {
    world.completePlan();
    const offer = secured('ann');
    world.must('r', { type: 'allocatePlace', offer, startOn: '2026-11-24', endOn: '2026-11-30' });
    const [allocation] = Object.values(world.resource().allocations);
    expect(allocation).toMatchObject({
      startOn: '2026-11-24',
      endOn: '2026-11-30',
      endAt: Date.UTC(2026, 11, 1) / 1000,
      charge: { amount: 500, period: 'week', partOfRent: false },
      state: 'current',
    });
    expect(wakeResourceAt(world.resource())).toBe(Date.UTC(2026, 11, 1) / 1000);
    world.now = Date.UTC(2026, 11, 1) / 1000;
    world.must('r', { type: 'advance' });
    expect(placesTaken(world.resource())).toBe(0);
    expect(interestOf('ann')?.state).toBe('ended');
  });

  it('without an end goes on until one is set; one in the past ends it at once', () => {
    world.completePlan();
    world.must('r', { type: 'allocatePlace', offer: secured('ann'), startOn: '2026-11-01' });
    const [allocation] = Object.values(world.resource().allocations);
    const end = { type: 'endAllocation', allocation: allocation?.id ?? '', reason: 'Moved out' } as const;
    expect(world.refusal('r', { ...end, endOn: '2026-10-31' })).toBe('DATES_REVERSED');
    expect(world.refusal('r', { ...end, endOn: '9999-12-31' })).toBe('DATE_TOO_FAR');
    world.must('r', { ...end, endOn: '2026-11-20' });
    expect(placesTaken(world.resource())).toBe(0);
    expect(world.refusal('r', { ...end, endOn: '2026-11-20' })).toBe('ALLOCATION_ENDED');
  });

  it('needs an accepted offer and happens once', () => {
    world.completePlan();
    const offer = world.offered('ann');
    const allocate = { type: 'allocatePlace', offer, startOn: '2026-12-01' } as const;
    expect(world.refusal('r', allocate)).toBe('OFFER_OPEN');
    world.must('r', { type: 'acceptOffer', offer });
    world.must('r', allocate);
    expect(world.refusal('r', allocate)).toBe('PLACE_ALLOCATED');
    expect(
      world.refusal('r', { type: 'withdrawInterest', customer: 'ann', interest: interestOf('ann')?.id ?? '' }),
    ).toBe('PLACE_ALLOCATED');
    expect(world.refusal('r', { type: 'endDelivery', reason: 'Closed' })).toBe('PLACES_TAKEN');
    expect(world.refusal('r', { type: 'changeCapacity', capacity: 0, reason: 'Smaller room' })).toBe(
      'CAPACITY_BELOW_TAKEN',
    );
  });

  it('of a dated resource stays inside its dates, which are the default', () => {
    world.serviceType = ServiceTypeDocument.parse({ ...course, provision: 'dated' });
    world.create('d', { startsOn: '2026-12-01', endsOn: '2026-12-11' });
    world.completePlan('d');
    const offer = world.offered('ann', 'd');
    world.must('d', { type: 'acceptOffer', offer });
    expect(world.refusal('d', { type: 'allocatePlace', offer, endOn: '2026-12-12' })).toBe('OUTSIDE_DATES');
    world.must('d', { type: 'allocatePlace', offer });
    expect(Object.values(world.resource('d').allocations)).toMatchObject([
      { startOn: '2026-12-01', endOn: '2026-12-11' },
    ]);
  });
});

describe('a resource that ends', () => {
  it('withdraws its open offers and takes nothing new', () => {
    const offer = world.offered('ann');
    world.must('r', { type: 'endDelivery', reason: 'The contract ran out' });
    expect(offerOf(offer)?.state).toBe('withdrawn');
    expect(world.resource()).toMatchObject({ delivery: 'ended', inCatalogue: false });
    expect(world.refusal('r', { type: 'acceptOffer', offer })).toBe('RESOURCE_ENDED');
    expect(world.refusal('r', { type: 'matchByRule' })).toBe('RESOURCE_ENDED');
  });

  it('keeps reasons in words out of its events', () => {
    world.must('r', { type: 'withdrawOffer', offer: world.offered('ann'), reason: 'Ann is in hospital' });
    expect(JSON.stringify([...world.events.values()])).not.toContain('hospital');
  });
});
