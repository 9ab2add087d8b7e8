import {
  type AllocationState,
  type InterestBook,
  type MatchState,
  type OfferState,
  placesTaken,
  type ResourceState,
  wakeResourceAt,
} from '../../engine/index.ts';
import type { SnapshotKind } from '../commit/snapshots.ts';
import type { RowChange } from '../commit/tables.ts';
import { intOf, jsonOf, textOf } from '../db/database.ts';

/** A service resource as its row holds it. */
export interface ResourceSnapshot {
  state: ResourceState;
  lastHash: string;
  /** The row's columns that no event carries. */
  fixed: { reference: string; sample: number };
}

/** Service resources for the pump: one row a resource, and rows of the matches, offers and allocations that changed. */
export const resourceSnapshots: SnapshotKind<ResourceSnapshot> = {
  kind: 'resource',
  async read(database, ids) {
    const rows = await database.query(
      'SELECT id, reference, sample, revision, last_hash, state FROM resources WHERE id IN (SELECT value FROM json_each(?))',
      [JSON.stringify(ids)],
    );
    return new Map(
      rows.map((row) => [
        textOf(row, 'id'),
        {
          revision: intOf(row, 'revision'),
          snapshot: {
            state: jsonOf<ResourceState>(row, 'state'),
            lastHash: textOf(row, 'last_hash'),
            fixed: { reference: textOf(row, 'reference'), sample: intOf(row, 'sample') },
          },
        },
      ]),
    );
  },
  toRows: (id, before, after) => [
    toResourceRow(id, after),
    ...changed(before?.state.matches, after.state.matches).map((match) => toMatchRow(id, match)),
    ...changed(before?.state.offers, after.state.offers).map((offer) => toOfferRow(id, offer)),
    ...changed(before?.state.allocations, after.state.allocations).map((one) => toAllocationRow(id, one)),
  ],
};

/** States share what did not change. */
function changed<T>(before: Readonly<Record<string, T>> | undefined, after: Readonly<Record<string, T>>): T[] {
  return Object.entries(after).flatMap(([id, one]) => (before?.[id] === one ? [] : [one]));
}

function toResourceRow(id: string, { state, lastHash, fixed }: ResourceSnapshot): RowChange {
  return {
    table: 'resources',
    values: {
      id,
      reference: fixed.reference,
      service_type: state.serviceType,
      release: state.release,
      title: state.title,
      provision: state.provision,
      provider: state.provider,
      starts_on: state.startsOn,
      ends_on: state.endsOn,
      capacity: state.capacity,
      taken: placesTaken(state),
      ready: state.ready ? 1 : 0,
      delivery: state.delivery,
      in_catalogue: state.inCatalogue ? 1 : 0,
      plan_case: state.plan.case,
      created_at: state.createdAt,
      wake_at: wakeResourceAt(state),
      sample: fixed.sample,
      revision: state.revision,
      last_hash: lastHash,
      state: JSON.stringify(state),
    },
  };
}

function toMatchRow(resource: string, { id, interest, customer, by, state, at }: MatchState): RowChange {
  return { table: 'matches', values: { id, resource, interest, customer, made_by: by, state, made_at: at } };
}

function toOfferRow(resource: string, offer: OfferState): RowChange {
  const { id, match, interest, customer, state, madeAt, expiresAt, answeredAt, charge } = offer;
  return {
    table: 'offers',
    values: {
      id,
      resource,
      match,
      interest,
      customer,
      state,
      made_at: madeAt,
      expires_at: expiresAt,
      answered_at: answeredAt,
      charge: charge === null ? null : JSON.stringify(charge),
    },
  };
}

function toAllocationRow(resource: string, allocation: AllocationState): RowChange {
  const { id, offer, interest, customer, startOn, endOn, charge, state, allocatedAt } = allocation;
  return {
    table: 'allocations',
    values: {
      id,
      resource,
      offer,
      interest,
      customer,
      start_on: startOn,
      end_on: endOn,
      charge: charge === null ? null : JSON.stringify(charge),
      state,
      allocated_at: allocatedAt,
    },
  };
}

/** One customer's interests as their row holds them. */
export interface InterestSnapshot {
  book: InterestBook;
  lastHash: string;
}

/** Stream of a customer's interests. */
export const interestStream = (customer: string) => `interests:${customer}`;

/** Customers' interests for the pump: one row a customer, and rows of the interests that changed. */
export const interestSnapshots: SnapshotKind<InterestSnapshot> = {
  kind: 'interests',
  async read(database, ids) {
    const rows = await database.query(
      'SELECT id, revision, last_hash, state FROM interest_books WHERE id IN (SELECT value FROM json_each(?))',
      [JSON.stringify(ids)],
    );
    return new Map(
      rows.map((row) => [
        textOf(row, 'id'),
        {
          revision: intOf(row, 'revision'),
          snapshot: { book: jsonOf<InterestBook>(row, 'state'), lastHash: textOf(row, 'last_hash') },
        },
      ]),
    );
  },
  toRows: (id, before, { book, lastHash }) => [
    {
      table: 'interest_books',
      values: {
        id,
        customer: book.customer,
        revision: book.revision,
        last_hash: lastHash,
        state: JSON.stringify(book),
      },
    },
    ...changed(before?.book.interests, book.interests).map(
      (interest): RowChange => ({
        table: 'interests',
        values: {
          id: interest.id,
          customer: book.customer,
          service_type: interest.serviceType,
          resource: interest.resource,
          release: interest.release,
          source: interest.source,
          source_case: interest.case,
          state: interest.state,
          offer_resource: interest.offer?.resource ?? null,
          answers_ref: interest.answersRef,
          registered_at: interest.registeredAt,
        },
      }),
    ),
  ],
};
