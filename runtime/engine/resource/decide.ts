import type { ResourceCommand, ResourceCommandType } from '../../../schemas/resource-command.ts';
import { allowedResourceCommands } from './allowed.ts';
import * as interests from './commands/interests.ts';
import * as offers from './commands/offers.ts';
import * as life from './commands/resource-life.ts';
import type { ResourceDecision, ResourceEnv, ResourceGround } from './types.ts';
import {
  GroundMissing,
  type Handler,
  newResourceWork,
  type Refusal,
  type ResourceWork,
  refusal,
  tell,
  tellCustomer,
} from './work.ts';

const handlers: { [T in ResourceCommandType]: Handler<T> } = {
  createResource: life.createResource,
  changeDetails: life.changeDetails,
  changeCharge: life.changeCharge,
  changeCapacity: life.changeCapacity,
  changeActionPath: life.changeActionPath,
  showInCatalogue: life.showInCatalogue,
  startDelivery: life.startDelivery,
  endDelivery: life.endDelivery,
  registerInterest: interests.registerInterest,
  withdrawInterest: interests.withdrawInterest,
  matchByRule: interests.matchByRule,
  matchInterest: interests.matchInterest,
  removeMatch: interests.removeMatch,
  makeOffer: offers.makeOffer,
  acceptOffer: offers.acceptOffer,
  refuseOffer: offers.refuseOffer,
  withdrawOffer: offers.withdrawOffer,
  releasePlace: offers.releasePlace,
  allocatePlace: offers.allocatePlace,
  endAllocation: offers.endAllocation,
  advance: () => undefined,
};

/** Commands that do without a resource: an interest may be in any of its type. */
const withoutResource: readonly ResourceCommandType[] = ['createResource', 'registerInterest', 'withdrawInterest'];
/** Commands that a resource still takes when its delivery has ended. */
const afterwards: readonly ResourceCommandType[] = ['changeDetails', 'withdrawInterest', 'advance'];

/**
 * What a command on a service resource leads to (P11): first what time has done, then the command, all or nothing over the
 * resource and the customers it touches. Pure. Answers `load` when it touches what was not given.
 */
export function decideResource(ground: ResourceGround, command: ResourceCommand, env: ResourceEnv): ResourceDecision {
  const work = newResourceWork(ground, command, env);
  try {
    const refused = groundRefusal(work) ?? carryOut(work);
    if (refused) return rejected(ground, env, refused);
  } catch (error) {
    if (error instanceof GroundMissing) return { ok: 'load', missing: error.missing };
    throw error;
  }
  return { ok: true, resource: work.resourceDrafts, interests: Object.fromEntries(work.interestDrafts) };
}

function groundRefusal({ resource, command }: ResourceWork): Refusal | undefined {
  if (command.type === 'createResource')
    return resource ? refusal('ALREADY_CREATED', 'The resource exists already.') : undefined;
  if (!resource)
    return withoutResource.includes(command.type) ? undefined : refusal('NOT_CREATED', 'There is no such resource.');
  if (resource.delivery === 'ended' && !afterwards.includes(command.type))
    return refusal('RESOURCE_ENDED', 'The resource has ended.');
  return undefined;
}

function carryOut(work: ResourceWork): Refusal | undefined {
  advance(work, work.command.type === 'advance');
  work.at = work.env.now;
  const refused = (handlers[work.command.type] as Handler<ResourceCommandType>)(work, work.command);
  // A last date that lies in the past ends its allocation at once.
  if (!refused) advance(work, true);
  return refused;
}

/** Offers whose time is over expire, allocations whose last date is over end, in the order of their instants (D1). */
function advance(work: ResourceWork, withNow: boolean): void {
  const { resource, env } = work;
  if (!resource) return;
  const isPast = (at: number) => (withNow ? at <= env.now : at < env.now);
  const expired = Object.values(resource.offers).flatMap((offer) =>
    offer.state === 'open' && offer.expiresAt < env.now ? [{ at: offer.expiresAt, offer }] : [],
  );
  const ended = Object.values(resource.allocations).flatMap((allocation) =>
    allocation.state === 'current' && allocation.endAt !== null && isPast(allocation.endAt)
      ? [{ at: allocation.endAt, allocation }]
      : [],
  );
  for (const due of [...expired, ...ended].sort((a, b) => a.at - b.at)) {
    work.at = Math.max(due.at, 'allocation' in due ? due.allocation.allocatedAt : due.offer.madeAt);
    if ('offer' in due) {
      const { id, customer, interest } = due.offer;
      tell(work, 'offerExpired', { offer: id });
      tellCustomer(work, customer, 'interestReopened', { interest, because: 'expired' });
    } else {
      const { id, customer, interest } = due.allocation;
      tell(work, 'allocationEnded', { allocation: id });
      tellCustomer(work, customer, 'interestEnded', { interest });
    }
  }
}

function rejected(ground: ResourceGround, env: ResourceEnv, { code, reason }: Refusal): ResourceDecision {
  const state = ground.resource?.state;
  const allowed = state
    ? allowedResourceCommands(state, env.serviceType.matchWhen !== undefined).resource
    : (['createResource', 'registerInterest'] as const);
  return { ok: false, rejection: { code, reason, allowed } };
}
