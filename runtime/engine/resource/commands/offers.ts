import { addPeriod } from '../../calendar/due.ts';
import { tickOf } from '../../calendar/time.ts';
import { placesFree } from '../readings.ts';
import type { OfferState } from '../types.ts';
import {
  type Handler,
  interestOf,
  type Refusal,
  type ResourceWork,
  reasonOf,
  refusal,
  resourceOf,
  tell,
  tellCustomer,
} from '../work.ts';
import { overRefusal, stateRefusal } from './interests.ts';
import { readinessRefusal } from './resource-life.ts';

/** An offer holds no place: whoever accepts first has it. It expires by the type's period, or when said. */
export const makeOffer: Handler<'makeOffer'> = (work, { match: id, expiresAt: given }) => {
  const resource = resourceOf(work);
  const match = Object.hasOwn(resource.matches, id) ? resource.matches[id] : undefined;
  if (!match) return refusal('UNKNOWN_MATCH', 'There is no such match on this resource.');
  if (match.state === 'removed') return refusal('MATCH_REMOVED', 'The match was removed: match again first.');
  const over = overRefusal(work);
  if (over) return over;
  const interest = interestOf(work, match.customer, match.interest);
  if (!interest) return refusal('UNKNOWN_INTEREST', 'There is no such interest.');
  if (interest.state !== 'open') return stateRefusal(interest);
  const full = fullRefusal(work);
  if (full) return full;
  const { now, calendar, serviceType } = work.env;
  if (given !== undefined && given <= now) return refusal('EXPIRY_PAST', 'An offer cannot expire in the past.');
  const expiresAt = given ?? addPeriod(calendar, now, serviceType.offer.expires).dueAt;
  if (!Number.isFinite(expiresAt))
    return refusal('EXPIRY_UNKNOWN', 'The calendar of the action plan never opens, so say when the offer expires.');
  const offer = work.env.ids();
  const { interest: key, customer } = match;
  tell(work, 'offerMade', { offer, match: id, interest: key, customer, expiresAt, charge: resource.charge });
  tellCustomer(work, customer, 'interestOffered', { interest: key, resource: work.id, offer });
  return undefined;
};

function fullRefusal(work: ResourceWork): Refusal | undefined {
  const resource = resourceOf(work);
  const free = placesFree(resource);
  if (free === null || free > 0) return undefined;
  return refusal(
    'NO_PLACE_LEFT',
    resource.capacity === 1 ? 'The only place is taken.' : `All ${resource.capacity} places are taken.`,
  );
}

const notOpen: Readonly<Record<Exclude<OfferState['state'], 'open'>, readonly [code: string, words: string]>> = {
  expired: ['OFFER_EXPIRED', 'has expired'],
  refused: ['OFFER_REFUSED', 'was refused'],
  withdrawn: ['OFFER_WITHDRAWN', 'was withdrawn'],
  secured: ['OFFER_ACCEPTED', 'was accepted already'],
  released: ['PLACE_RELEASED', 'was accepted and its place was given up'],
  allocated: ['OFFER_ACCEPTED', 'was accepted already'],
  ended: ['ALLOCATION_ENDED', 'was accepted and its allocation has ended'],
};

function findOffer(work: ResourceWork, id: string): OfferState | Refusal {
  const { offers } = resourceOf(work);
  const found = Object.hasOwn(offers, id) ? offers[id] : undefined;
  return found ?? refusal('UNKNOWN_OFFER', 'There is no such offer on this resource.');
}

function findOpenOffer(work: ResourceWork, id: string): OfferState | Refusal {
  const offer = findOffer(work, id);
  if ('code' in offer || offer.state === 'open') return offer;
  const [code, words] = notOpen[offer.state];
  return refusal(code, `The offer ${words}.`);
}

function findSecured(work: ResourceWork, id: string): OfferState | Refusal {
  const offer = findOffer(work, id);
  if ('code' in offer || offer.state === 'secured') return offer;
  if (offer.state === 'open') return refusal('OFFER_OPEN', 'The offer has not been accepted yet.');
  if (offer.state === 'allocated') return refusal('PLACE_ALLOCATED', 'The place has been allocated already.');
  const [code, words] = notOpen[offer.state];
  return refusal(code, `The offer ${words}.`);
}

/** Secures a place; the last one goes to the first who accepts. */
export const acceptOffer: Handler<'acceptOffer'> = (work, { offer: id }) => {
  const offer = findOpenOffer(work, id);
  if ('code' in offer) return offer;
  const full = fullRefusal(work);
  if (full) return full;
  tell(work, 'placeSecured', { offer: id });
  tellCustomer(work, offer.customer, 'interestSecured', { interest: offer.interest });
  return undefined;
};

/** A refusal ends an interest in this one resource; an interest in any of the type stays open for others. */
export const refuseOffer: Handler<'refuseOffer'> = (work, { offer: id, reason }) => {
  const offer = findOpenOffer(work, id);
  if ('code' in offer) return offer;
  const why = reasonOf(work, reason, offer.customer);
  tell(work, 'offerRefused', { offer: id, ...why.reason }, why.personal);
  tell(work, 'matchRemoved', { match: offer.match, because: 'refused' });
  const { interest, customer } = offer;
  if (interestOf(work, customer, interest)?.resource === null)
    tellCustomer(work, customer, 'interestReopened', { interest, because: 'refused' });
  else tellCustomer(work, customer, 'interestRefused', { interest, ...why.reason });
  return undefined;
};

export const withdrawOffer: Handler<'withdrawOffer'> = (work, { offer: id, reason }) => {
  const offer = findOpenOffer(work, id);
  if ('code' in offer) return offer;
  const why = reasonOf(work, reason, offer.customer);
  tell(work, 'offerWithdrawn', { offer: id, because: 'hand', ...why.reason }, why.personal);
  tellCustomer(work, offer.customer, 'interestReopened', { interest: offer.interest, because: 'withdrawn' });
  return undefined;
};

/** A secured place is given up before it was allocated. */
export const releasePlace: Handler<'releasePlace'> = (work, { offer: id, reason }) => {
  const offer = findSecured(work, id);
  if ('code' in offer) return offer;
  const why = reasonOf(work, reason, offer.customer);
  tell(work, 'placeReleased', { offer: id, because: 'hand', ...why.reason }, why.personal);
  tellCustomer(work, offer.customer, 'interestReopened', { interest: offer.interest, because: 'released' });
  return undefined;
};

/** The place is given, with the dates between which it is charged; the resource must be ready. */
export const allocatePlace: Handler<'allocatePlace'> = (work, command) => {
  const offer = findSecured(work, command.offer);
  if ('code' in offer) return offer;
  const refused = readinessRefusal(work);
  if (refused) return refused;
  const resource = resourceOf(work);
  const startOn = command.startOn ?? resource.startsOn;
  const endOn = command.endOn ?? resource.endsOn;
  if (startOn === null) return refusal('START_NEEDED', 'Give the first date of service and charge.');
  const wrong = periodRefusal(work, startOn, endOn);
  if (wrong) return wrong;
  const allocation = work.env.ids();
  const endAt = endOn === null ? null : dayAfter(work, endOn);
  tell(work, 'placeAllocated', { allocation, offer: offer.id, startOn, endOn, endAt });
  tellCustomer(work, offer.customer, 'interestAllocated', { interest: offer.interest });
  return undefined;
};

function periodRefusal(work: ResourceWork, startOn: string, endOn: string | null): Refusal | undefined {
  const { provision, startsOn, endsOn } = resourceOf(work);
  if (endOn !== null && endOn < startOn)
    return refusal('DATES_REVERSED', `The last date ${endOn} lies before the first date ${startOn}.`);
  if (endOn !== null && !Number.isFinite(dayAfter(work, endOn)))
    return refusal('DATE_TOO_FAR', `The last date ${endOn} is not one that the calendar knows; leave it open instead.`);
  if (provision !== 'dated' || startsOn === null || endsOn === null) return undefined;
  if (startOn < startsOn || (endOn ?? endsOn) > endsOn)
    return refusal('OUTSIDE_DATES', `The resource lasts from ${startsOn} to ${endsOn}; keep inside.`);
  return undefined;
}

/** First instant after a date; not finite where the calendar ends. */
function dayAfter({ env }: ResourceWork, date: string): number {
  return tickOf(env.calendar, date, 'endOfDay');
}

/** Sets the last date of service and charge; the place is free when it is over. */
export const endAllocation: Handler<'endAllocation'> = (work, { allocation: id, endOn, reason }) => {
  const { allocations } = resourceOf(work);
  const found = Object.hasOwn(allocations, id) ? allocations[id] : undefined;
  if (!found) return refusal('UNKNOWN_ALLOCATION', 'There is no such allocation on this resource.');
  if (found.state === 'ended') return refusal('ALLOCATION_ENDED', 'The allocation has ended already.');
  const wrong = periodRefusal(work, found.startOn, endOn);
  if (wrong) return wrong;
  const why = reasonOf(work, reason, found.customer);
  const endAt = dayAfter(work, endOn);
  tell(work, 'allocationEndSet', { allocation: id, from: found.endOn, endOn, endAt, ...why.reason }, why.personal);
  return undefined;
};
