import { readinessChange } from '../readiness.ts';
import { openKeyActions, openOffers, placesTaken } from '../readings.ts';
import type { KeyActionState } from '../types.ts';
import {
  type Handler,
  type Refusal,
  type ResourceWork,
  reasonOf,
  refusal,
  resourceOf,
  tell,
  tellCustomer,
} from '../work.ts';

/** A resource begins as its service type has it; its plan begins with it (P11). */
export const createResource: Handler<'createResource'> = (work, command) => {
  const { serviceType: type, release, newPlan } = work.env;
  if (!newPlan) throw new Error('a new resource needs the id of its action plan: give env.newPlan');
  const actionPath = command.actionPath ?? type.actionPath;
  const details = {
    title: command.title,
    description: command.description ?? type.description ?? '',
    place: command.place ?? '',
    providedBy: command.providedBy ?? '',
    startsOn: command.startsOn ?? null,
    endsOn: command.endsOn ?? null,
  };
  const refused = datesRefusal(details, type.provision) ?? pathRefusal(actionPath, work.env.plan);
  if (refused) return refused;
  tell(work, 'resourceCreated', {
    ...details,
    serviceType: type.key,
    release,
    provision: type.provision,
    provider: command.provider ?? type.provider,
    capacity: command.capacity === undefined ? (type.capacity ?? null) : command.capacity,
    charge: command.charge === undefined ? (type.charge ?? null) : command.charge,
    plan: newPlan,
    actionPath: [...actionPath],
    inCatalogue: command.inCatalogue ?? false,
  });
  return undefined;
};

export const changeDetails: Handler<'changeDetails'> = (work, command) => {
  const before = resourceOf(work);
  const details = {
    title: command.title ?? before.title,
    description: command.description ?? before.description,
    place: command.place ?? before.place,
    providedBy: command.providedBy ?? before.providedBy,
    startsOn: command.startsOn ?? before.startsOn,
    endsOn: command.endsOn ?? before.endsOn,
  };
  const refused = datesRefusal(details, before.provision);
  if (refused) return refused;
  tell(work, 'detailsChanged', details);
  return undefined;
};

function datesRefusal(
  { startsOn, endsOn }: { startsOn: string | null; endsOn: string | null },
  provision: 'continuing' | 'dated',
): Refusal | undefined {
  if (provision === 'dated' && (startsOn === null || endsOn === null))
    return refusal('DATES_NEEDED', 'This service type is dated: give its first and last date.');
  if (startsOn !== null && endsOn !== null && endsOn < startsOn)
    return refusal('DATES_REVERSED', `The last date ${endsOn} lies before the first date ${startsOn}.`);
  return undefined;
}

/** Offers made before keep the charge they were made with. */
export const changeCharge: Handler<'changeCharge'> = (work, { charge, reason }) => {
  const { charge: from } = resourceOf(work);
  const why = reasonOf(work, reason, null);
  tell(work, 'chargeChanged', { from, to: charge, ...why.reason }, why.personal);
  return undefined;
};

/** The capacity never falls below what is taken. */
export const changeCapacity: Handler<'changeCapacity'> = (work, { capacity, reason }) => {
  const resource = resourceOf(work);
  const taken = placesTaken(resource);
  if (capacity !== null && capacity < taken)
    return refusal(
      'CAPACITY_BELOW_TAKEN',
      `${placesInWords(taken)} taken; release or end ${taken - capacity} of them before the capacity becomes ${capacity}.`,
    );
  const why = reasonOf(work, reason, null);
  tell(work, 'capacityChanged', { from: resource.capacity, to: capacity, ...why.reason }, why.personal);
  return undefined;
};

const placesInWords = (count: number) => (count === 1 ? '1 place is' : `${count} places are`);

export const changeActionPath: Handler<'changeActionPath'> = (work, { keyActions, reason }) => {
  const refused = pathRefusal(keyActions, work.env.plan);
  if (refused) return refused;
  const why = reasonOf(work, reason, null);
  tell(work, 'actionPathChanged', { keyActions, ...why.reason }, why.personal);
  const followed = readinessChange(resourceOf(work), work.env.plan);
  if (followed) tell(work, followed.type, followed.payload as never);
  return undefined;
};

function pathRefusal(path: readonly string[], plan: Readonly<Record<string, KeyActionState>>): Refusal | undefined {
  const unknown = path.find((node) => !Object.hasOwn(plan, node));
  if (unknown !== undefined)
    return refusal('KEY_ACTION_UNKNOWN', `The action plan has no task "${unknown}"; choose among its tasks.`);
  const twice = path.find((node, index) => path.indexOf(node) !== index);
  return twice === undefined ? undefined : refusal('KEY_ACTION_TWICE', `"${twice}" is on the action path twice.`);
}

export const showInCatalogue: Handler<'showInCatalogue'> = (work, { shown }) => {
  if (resourceOf(work).inCatalogue !== shown) tell(work, 'catalogueChanged', { shown });
  return undefined;
};

export const startDelivery: Handler<'startDelivery'> = (work) => {
  const resource = resourceOf(work);
  if (resource.delivery !== 'notStarted') return refusal('DELIVERY_STARTED', 'Its delivery has been started already.');
  const refused = readinessRefusal(work);
  if (refused) return refused;
  tell(work, 'deliveryStarted', {});
  return undefined;
};

/** Why delivery and allocation must wait; undefined when the resource is ready. */
export function readinessRefusal(work: ResourceWork): Refusal | undefined {
  const { ready, actionPath } = resourceOf(work);
  if (ready) return undefined;
  const open = openKeyActions(actionPath, work.env.plan);
  return refusal(
    'NOT_READY',
    `The resource is not ready: complete ${open.map((node) => `"${node}"`).join(', ') || 'its key actions'} first.`,
  );
}

/** Ends for good: nobody may hold a place any more; open offers are withdrawn. */
export const endDelivery: Handler<'endDelivery'> = (work, { reason }) => {
  const resource = resourceOf(work);
  const taken = placesTaken(resource);
  if (taken > 0)
    return refusal('PLACES_TAKEN', `${placesInWords(taken)} still taken: release them or end their allocations first.`);
  for (const offer of openOffers(resource)) {
    tell(work, 'offerWithdrawn', { offer: offer.id, because: 'deliveryEnded' });
    tellCustomer(work, offer.customer, 'interestReopened', { interest: offer.interest, because: 'withdrawn' });
  }
  const why = reasonOf(work, reason, null);
  tell(work, 'deliveryEnded', why.reason, why.personal);
  return undefined;
};
