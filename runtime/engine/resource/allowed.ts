import type { ResourceCommandType } from '../../../schemas/resource-command.ts';
import { placesFree, placesTaken } from './readings.ts';
import type { ResourceState } from './types.ts';

/** Commands that make sense now, for the resource and for each thing on it, by id. */
export interface AllowedResourceCommands {
  readonly resource: readonly ResourceCommandType[];
  readonly matches: Readonly<Record<string, readonly ResourceCommandType[]>>;
  readonly offers: Readonly<Record<string, readonly ResourceCommandType[]>>;
  readonly allocations: Readonly<Record<string, readonly ResourceCommandType[]>>;
}

/** What a resource takes now; `hasRule` says whether its type has a match rule. */
export function allowedResourceCommands(state: ResourceState, hasRule: boolean): AllowedResourceCommands {
  const isOver = state.delivery === 'ended';
  const hasPlace = placesFree(state) !== 0;
  const held = new Set(
    Object.values(state.offers).flatMap(({ match, state: life }) =>
      life === 'open' || life === 'secured' || life === 'allocated' ? [match] : [],
    ),
  );
  const each = <T extends { id: string }>(items: Readonly<Record<string, T>>, of: (item: T) => ResourceCommandType[]) =>
    Object.fromEntries(Object.values(items).map((item) => [item.id, of(item)]));
  return {
    resource: isOver ? ['changeDetails'] : ofResource(state, hasRule),
    matches: each(state.matches, (match) => {
      if (isOver || match.state === 'removed' || held.has(match.id)) return [];
      return [...(hasPlace ? (['makeOffer'] as const) : []), 'removeMatch'];
    }),
    offers: each(state.offers, (offer) => {
      if (offer.state === 'open')
        return [...(hasPlace ? (['acceptOffer'] as const) : []), 'refuseOffer', 'withdrawOffer'];
      if (offer.state === 'secured') return [...(state.ready ? (['allocatePlace'] as const) : []), 'releasePlace'];
      return [];
    }),
    allocations: each(state.allocations, ({ state: life }) => (life === 'current' ? ['endAllocation'] : [])),
  };
}

function ofResource(state: ResourceState, hasRule: boolean): ResourceCommandType[] {
  return [
    'changeDetails',
    'changeCharge',
    'changeCapacity',
    'changeActionPath',
    'showInCatalogue',
    'registerInterest',
    'matchInterest',
    ...(hasRule ? (['matchByRule'] as const) : []),
    ...(state.delivery === 'notStarted' && state.ready ? (['startDelivery'] as const) : []),
    ...(placesTaken(state) === 0 ? (['endDelivery'] as const) : []),
  ];
}
