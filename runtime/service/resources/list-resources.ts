import type { Row } from '../db/database.ts';
import { fromCursor, toCursor } from '../http/openapi.ts';
import type { Organisation } from '../organisation.ts';
import {
  toAllocationSummary,
  toInterestSummary,
  toMatchSummary,
  toOfferSummary,
  toResourceSummary,
  withNames,
} from './read-resource.ts';

export interface ResourceFilter {
  serviceType?: string | undefined;
  life?: string | undefined;
  cursor?: string | undefined;
  limit: number;
}

const lives: Readonly<Record<string, string>> = {
  planned: "delivery = 'notStarted' AND ready = 0",
  ready: "delivery = 'notStarted' AND ready = 1",
  delivering: "delivery = 'started'",
  ended: "delivery = 'ended'",
};

/** Resources, newest first, by keyset. */
export async function listResources({ database }: Organisation, { serviceType, life, cursor, limit }: ResourceFilter) {
  const [at, id] = cursor === undefined ? [null, null] : fromCursor(cursor, 2);
  const rows = await database.query(
    `SELECT * FROM resources WHERE (?1 IS NULL OR service_type = ?1) AND (${lives[life ?? ''] ?? '1'})
     AND (?2 IS NULL OR created_at < ?2 OR (created_at = ?2 AND id > ?3)) ORDER BY created_at DESC, id LIMIT ?4`,
    [serviceType ?? null, at ?? null, id ?? null, limit + 1],
  );
  const resources = rows.slice(0, limit).map(toResourceSummary);
  const last = resources.at(-1);
  return { resources, next: rows.length > limit && last ? toCursor([last.createdAt, last.id]) : null };
}

export interface OwnedFilter {
  resource?: string | undefined;
  customer?: string | undefined;
  state?: string | undefined;
  cursor?: string | undefined;
  limit: number;
}

interface Listed<T> {
  table: 'interests' | 'matches' | 'offers' | 'allocations';
  time: string;
  read(row: Row): T;
  timeOf(item: T): number;
}

const kinds = {
  interests: { table: 'interests', time: 'registered_at', read: toInterestSummary, timeOf: (one) => one.registeredAt },
  matches: { table: 'matches', time: 'made_at', read: toMatchSummary, timeOf: (one) => one.at },
  offers: { table: 'offers', time: 'made_at', read: toOfferSummary, timeOf: (one) => one.madeAt },
  allocations: {
    table: 'allocations',
    time: 'allocated_at',
    read: toAllocationSummary,
    timeOf: (one) => one.allocatedAt,
  },
} as const satisfies {
  interests: Listed<ReturnType<typeof toInterestSummary>>;
  matches: Listed<ReturnType<typeof toMatchSummary>>;
  offers: Listed<ReturnType<typeof toOfferSummary>>;
  allocations: Listed<ReturnType<typeof toAllocationSummary>>;
};

async function listOwned<T extends { id: string; customer: string }>(
  organisation: Organisation,
  { table, time, read, timeOf }: Listed<T>,
  { resource, customer, state, cursor, limit }: OwnedFilter,
): Promise<{ items: T[]; next: string | null }> {
  const [at, id] = cursor === undefined ? [null, null] : fromCursor(cursor, 2);
  const rows = await organisation.database.query(
    `SELECT * FROM ${table} WHERE (?1 IS NULL OR resource = ?1) AND (?2 IS NULL OR customer = ?2) AND (?3 IS NULL OR state = ?3)
     AND (?4 IS NULL OR ${time} < ?4 OR (${time} = ?4 AND id > ?5)) ORDER BY ${time} DESC, id LIMIT ?6`,
    [resource ?? null, customer ?? null, state ?? null, at ?? null, id ?? null, limit + 1],
  );
  const items = await withNames(organisation, rows.slice(0, limit).map(read));
  const last = items.at(-1);
  return { items, next: rows.length > limit && last ? toCursor([timeOf(last), last.id]) : null };
}

/** Interests, newest first, by keyset. */
export async function listInterests(organisation: Organisation, filter: OwnedFilter) {
  const { items, next } = await listOwned(organisation, kinds.interests, filter);
  return { interests: items, next };
}

/** Matches, newest first, by keyset. */
export async function listMatches(organisation: Organisation, filter: OwnedFilter) {
  const { items, next } = await listOwned(organisation, kinds.matches, filter);
  return { matches: items, next };
}

/** Offers, newest first, by keyset. */
export async function listOffers(organisation: Organisation, filter: OwnedFilter) {
  const { items, next } = await listOwned(organisation, kinds.offers, filter);
  return { offers: items, next };
}

/** Allocations, newest first, by keyset. */
export async function listAllocations(organisation: Organisation, filter: OwnedFilter) {
  const { items, next } = await listOwned(organisation, kinds.allocations, filter);
  return { allocations: items, next };
}
