import { localDateOf } from '../../calendar/time.ts';
import { isTrue } from '../../condition/evaluate.ts';
import { liveInterests } from '../readings.ts';
import type { InterestState } from '../types.ts';
import {
  bookOf,
  GroundMissing,
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

/** A customer's interest, in one resource or in any of the type; the rule, if there is one, matches it at once. */
export const registerInterest: Handler<'registerInterest'> = (work, command) => {
  const { customer, interest, serviceType, source } = command;
  const resource = work.resource ? work.id : null;
  const live = liveInterests(bookOf(work, customer));
  const same = live.find((other) => other.serviceType === serviceType && other.resource === resource);
  if (same)
    return refusal(
      'INTEREST_ALREADY_REGISTERED',
      'This customer has registered this interest already; it still stands.',
    );
  if (work.resource && work.resource.serviceType !== serviceType)
    return refusal('SERVICE_TYPE_DIFFERS', `The resource is of service type ${work.resource.serviceType}.`);
  if (work.resource && source === 'catalogue' && !work.resource.inCatalogue)
    return refusal('NOT_IN_CATALOGUE', 'This service is not open for interest at the moment.');
  const over = work.resource ? overRefusal(work) : undefined;
  if (over) return over;
  tellCustomer(work, customer, 'interestRegistered', {
    interest,
    customer,
    serviceType,
    resource,
    release: work.env.release,
    source,
    case: command.case ?? null,
    answersRef: `answers:${interest}`,
  });
  if (work.resource && satisfiesRule(work, interest)) match(work, { id: interest, customer }, 'rule');
  return undefined;
};

/** Why nothing new can begin with a resource that is over; undefined when it is not. */
export function overRefusal(work: ResourceWork): Refusal | undefined {
  const { delivery, provision, endsOn } = resourceOf(work);
  if (delivery === 'ended') return refusal('RESOURCE_ENDED', 'The resource has ended.');
  if (provision === 'dated' && endsOn !== null && endsOn < localDateOf(work.env.calendar, work.env.now))
    return refusal('RESOURCE_OVER', `The resource was over on ${endsOn}.`);
  return undefined;
}

/** Whether the type's match rule is true for an interest's answers; a type without a rule matches by hand. */
function satisfiesRule({ env }: ResourceWork, interest: string): boolean {
  const { matchWhen } = env.serviceType;
  const answers = env.answers[interest];
  if (matchWhen === undefined || answers === undefined) return false;
  return isTrue(matchWhen, { answers, asAt: localDateOf(env.calendar, env.now) });
}

function match(work: ResourceWork, { id: interest, customer }: { id: string; customer: string }, by: 'rule' | 'hand') {
  tell(work, 'interestMatched', { match: work.env.ids(), interest, customer, by });
}

function standingMatch(work: ResourceWork, interest: string) {
  return Object.values(resourceOf(work).matches).find(
    (other) => other.interest === interest && other.state === 'matched',
  );
}

/** Puts every open interest that the rule is true for together with the resource. */
export const matchByRule: Handler<'matchByRule'> = (work) => {
  const over = overRefusal(work);
  if (over) return over;
  if (work.env.serviceType.matchWhen === undefined)
    return refusal('NO_MATCH_RULE', 'The service type has no match rule: match by hand.');
  for (const [customer, book] of work.books) {
    for (const interest of liveInterests(book)) {
      if (interest.state !== 'open' || unfit(work, interest) || standingMatch(work, interest.id)) continue;
      if (wasRemoved(work, interest.id)) continue;
      if (satisfiesRule(work, interest.id)) match(work, { id: interest.id, customer }, 'rule');
    }
  }
  return undefined;
};

/** A match that a person removed is not made again by the rule. */
function wasRemoved(work: ResourceWork, interest: string): boolean {
  return Object.values(resourceOf(work).matches).some((other) => other.interest === interest);
}

export const matchInterest: Handler<'matchInterest'> = (work, { interest }) => {
  const over = overRefusal(work);
  if (over) return over;
  const found = [...work.books].flatMap(([customer, book]) => {
    const own = book?.interests[interest];
    return own ? [{ customer, own }] : [];
  })[0];
  if (!found) return refusal('UNKNOWN_INTEREST', 'There is no such interest.');
  const why = unfit(work, found.own);
  if (why) return why;
  if (standingMatch(work, interest))
    return refusal('ALREADY_MATCHED', 'This interest is matched with the resource already.');
  if (found.own.state !== 'open') return stateRefusal(found.own);
  match(work, { id: interest, customer: found.customer }, 'hand');
  return undefined;
};

/** Why an interest cannot be in this resource. */
function unfit(work: ResourceWork, interest: InterestState): Refusal | undefined {
  const { serviceType } = resourceOf(work);
  if (interest.serviceType !== serviceType)
    return refusal(
      'SERVICE_TYPE_DIFFERS',
      `The interest is in ${interest.serviceType}, the resource is ${serviceType}.`,
    );
  if (interest.resource !== null && interest.resource !== work.id)
    return refusal('OTHER_RESOURCE_MEANT', 'The interest is in one other resource only.');
  return undefined;
}

const stateWords: Readonly<Record<InterestState['state'], string>> = {
  open: 'is open',
  offered: 'has an open offer; it must be answered, withdrawn or expire first',
  secured: 'has a place already',
  allocated: 'has a place already',
  refused: 'ended with a refusal',
  withdrawn: 'was withdrawn',
  ended: 'has ended',
};

export function stateRefusal({ state }: InterestState): Refusal {
  return refusal(`INTEREST_${state.toUpperCase()}`, `The interest ${stateWords[state]}.`);
}

export const removeMatch: Handler<'removeMatch'> = (work, { match: id, reason }) => {
  const resource = resourceOf(work);
  const found = Object.hasOwn(resource.matches, id) ? resource.matches[id] : undefined;
  if (!found) return refusal('UNKNOWN_MATCH', 'There is no such match on this resource.');
  if (found.state === 'removed') return refusal('MATCH_REMOVED', 'The match was removed already.');
  const live = Object.values(resource.offers).find(
    (offer) => offer.match === id && ['open', 'secured', 'allocated'].includes(offer.state),
  );
  if (live) return refusal('MATCH_HAS_OFFER', 'An offer stands on this match: withdraw it or end its place first.');
  const why = reasonOf(work, reason, found.customer);
  tell(work, 'matchRemoved', { match: id, because: 'hand', ...why.reason }, why.personal);
  return undefined;
};

/** The customer, or an officer for them, wants it no more: open offers and secured places go with it, an allocated place must be ended first. */
export const withdrawInterest: Handler<'withdrawInterest'> = (work, { customer, interest, reason }) => {
  const found = interestOf(work, customer, interest);
  if (!found) return refusal('UNKNOWN_INTEREST', 'There is no such interest.');
  if (found.state === 'allocated')
    return refusal('PLACE_ALLOCATED', 'The place has been allocated: end the allocation instead.');
  if (found.state === 'refused' || found.state === 'withdrawn' || found.state === 'ended') return stateRefusal(found);
  if (found.offer && found.offer.resource !== work.id) throw new GroundMissing({ resource: found.offer.resource });
  const why = reasonOf(work, reason, customer);
  if (work.resource) {
    for (const offer of Object.values(work.resource.offers)) {
      if (offer.interest !== interest) continue;
      if (offer.state === 'open') tell(work, 'offerWithdrawn', { offer: offer.id, because: 'interestWithdrawn' });
      if (offer.state === 'secured') tell(work, 'placeReleased', { offer: offer.id, because: 'interestWithdrawn' });
    }
    for (const own of Object.values(work.resource.matches))
      if (own.interest === interest && own.state === 'matched')
        tell(work, 'matchRemoved', { match: own.id, because: 'interestWithdrawn' });
  }
  tellCustomer(work, customer, 'interestWithdrawn', { interest, ...why.reason }, why.personal);
  return undefined;
};
