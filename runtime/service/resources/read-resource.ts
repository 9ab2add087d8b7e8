import type {
  AllocationSummary,
  InterestSummary,
  MatchSummary,
  OfferSummary,
  ResourceLife,
  ResourcePage,
  ResourceSummary,
} from '../../../schemas/resource-api.ts';
import type { ResourceEvent } from '../../../schemas/resource-event.ts';
import { allowedResourceCommands, keyActionsOf, type ResourceState, resourceTimeline } from '../../engine/index.ts';
import { openValues } from '../cases/prepare.ts';
import { readEvents } from '../cases/read-case.ts';
import { STATE_COLUMNS, stateOf } from '../cases/stored-state.ts';
import { intOf, intOrNull, jsonOf, type Row, textOf, textOrNull } from '../db/database.ts';
import { zoneOf } from '../enquiries/submit-enquiry.ts';
import type { Organisation } from '../organisation.ts';
import { Problem } from '../problem.ts';
import { namesOf } from './customer-names.ts';
import { resourcePerson } from './prepare-resource.ts';

const columns =
  'id, reference, service_type, title, provision, provider, starts_on, ends_on, capacity, taken, ready, delivery, in_catalogue, plan_case, created_at, sample, revision';

/** A resource as lists show it. */
export function toResourceSummary(row: Row): ResourceSummary {
  const ready = intOf(row, 'ready') === 1;
  return {
    id: textOf(row, 'id'),
    reference: textOf(row, 'reference'),
    serviceType: textOf(row, 'service_type'),
    title: textOf(row, 'title'),
    provision: textOf(row, 'provision') as ResourceSummary['provision'],
    provider: textOf(row, 'provider') as ResourceSummary['provider'],
    startsOn: textOrNull(row, 'starts_on'),
    endsOn: textOrNull(row, 'ends_on'),
    capacity: intOrNull(row, 'capacity'),
    taken: intOf(row, 'taken'),
    ready,
    life: lifeOf(textOf(row, 'delivery'), ready),
    inCatalogue: intOf(row, 'in_catalogue') === 1,
    planCase: textOf(row, 'plan_case'),
    isSample: intOf(row, 'sample') === 1,
    createdAt: intOf(row, 'created_at'),
    revision: intOf(row, 'revision'),
  };
}

function lifeOf(delivery: string, ready: boolean): ResourceLife {
  if (delivery === 'ended') return 'ended';
  if (delivery === 'started') return 'delivering';
  return ready ? 'ready' : 'planned';
}

export function toInterestSummary(row: Row): InterestSummary {
  return {
    id: textOf(row, 'id'),
    customer: textOf(row, 'customer'),
    name: null,
    serviceType: textOf(row, 'service_type'),
    resource: textOrNull(row, 'resource'),
    source: textOf(row, 'source') as InterestSummary['source'],
    case: textOrNull(row, 'source_case'),
    state: textOf(row, 'state') as InterestSummary['state'],
    registeredAt: intOf(row, 'registered_at'),
  };
}

function toOwned(row: Row) {
  return {
    id: textOf(row, 'id'),
    resource: textOf(row, 'resource'),
    interest: textOf(row, 'interest'),
    customer: textOf(row, 'customer'),
    name: null,
  };
}

export function toMatchSummary(row: Row): MatchSummary {
  return {
    ...toOwned(row),
    by: textOf(row, 'made_by') as MatchSummary['by'],
    state: textOf(row, 'state') as MatchSummary['state'],
    at: intOf(row, 'made_at'),
  };
}

const chargeOf = (row: Row) =>
  textOrNull(row, 'charge') === null ? null : jsonOf<OfferSummary['charge']>(row, 'charge');

export function toOfferSummary(row: Row): OfferSummary {
  return {
    ...toOwned(row),
    match: textOf(row, 'match'),
    state: textOf(row, 'state') as OfferSummary['state'],
    madeAt: intOf(row, 'made_at'),
    expiresAt: intOf(row, 'expires_at'),
    answeredAt: intOrNull(row, 'answered_at'),
    charge: chargeOf(row),
  };
}

export function toAllocationSummary(row: Row): AllocationSummary {
  return {
    ...toOwned(row),
    offer: textOf(row, 'offer'),
    startOn: textOf(row, 'start_on'),
    endOn: textOrNull(row, 'end_on'),
    charge: chargeOf(row),
    state: textOf(row, 'state') as AllocationSummary['state'],
    allocatedAt: intOf(row, 'allocated_at'),
  };
}

/** The same with the customers' names. */
export async function withNames<T extends { customer: string }>(
  organisation: Organisation,
  items: readonly T[],
): Promise<T[]> {
  const names = await namesOf(
    organisation,
    items.map(({ customer }) => customer),
  );
  return items.map((item) => ({ ...item, name: names.get(item.customer) ?? null }));
}

/** A resource's row. Throws 404. */
export async function loadResourceRow({ database }: Organisation, id: string): Promise<Row> {
  const [row] = await database.query(`SELECT ${columns}, release, state FROM resources WHERE id = ?`, [id]);
  if (!row) throw new Problem(404, 'NOT_FOUND', 'There is no such resource.');
  return row;
}

const MOST_INTERESTS = 500;

/** Everything the page of a resource shows (P11). Throws 404. */
export async function loadResourcePage(organisation: Organisation, id: string): Promise<ResourcePage> {
  const { database, clock, releases } = organisation;
  const row = await loadResourceRow(organisation, id);
  const state = jsonOf<ResourceState>(row, 'state');
  const { configuration } = await releases.load(intOf(row, 'release'));
  const type = configuration['service-type'][state.serviceType];
  const [interests, matches, offers, allocations, plan] = await Promise.all([
    // Those who mean this resource, those matched with it, and those open to any of the type.
    database.query(
      `SELECT * FROM interests WHERE resource = ?1 OR id IN (SELECT interest FROM matches WHERE resource = ?1)
       OR (service_type = ?2 AND resource IS NULL AND state = 'open') ORDER BY registered_at DESC, id LIMIT ${MOST_INTERESTS}`,
      [id, state.serviceType],
    ),
    database.query('SELECT * FROM matches WHERE resource = ? ORDER BY made_at DESC, id', [id]),
    database.query('SELECT * FROM offers WHERE resource = ? ORDER BY made_at DESC, id', [id]),
    database.query('SELECT * FROM allocations WHERE resource = ? ORDER BY allocated_at DESC, id', [id]),
    database.query(`SELECT reference, status, ${STATE_COLUMNS} FROM cases c WHERE id = ?`, [state.plan.case]),
  ]);
  const [planRow] = plan;
  if (!planRow) throw new Error(`resource ${id} has no action plan: case ${state.plan.case} is not there`);
  const planState = stateOf(planRow);
  const hasRule = type?.matchWhen !== undefined;
  const {
    resource,
    matches: ofMatches,
    offers: ofOffers,
    allocations: ofAllocations,
  } = allowedResourceCommands(state, hasRule);
  const words = { description: state.description, place: state.place, providedBy: state.providedBy };
  return {
    resource: {
      ...toResourceSummary(row),
      ...words,
      charge: state.charge,
      readyAt: state.readyAt,
      typeTitle: type?.title ?? state.serviceType,
    },
    plan: {
      case: state.plan.case,
      reference: textOf(planRow, 'reference'),
      title: planState.title,
      status: textOf(planRow, 'status'),
    },
    keyActions: toKeyActions(state, planState),
    interests: await withNames(organisation, interests.map(toInterestSummary)),
    matches: await withNames(organisation, matches.map(toMatchSummary)),
    offers: await withNames(organisation, offers.map(toOfferSummary)),
    allocations: await withNames(organisation, allocations.map(toAllocationSummary)),
    hasRule,
    allowed: {
      resource: [...resource],
      matches: copy(ofMatches),
      offers: copy(ofOffers),
      allocations: copy(ofAllocations),
    },
    now: clock.now(),
  };
}

function copy(lists: Readonly<Record<string, readonly string[]>>): Record<string, string[]> {
  return Object.fromEntries(Object.entries(lists).map(([key, list]) => [key, [...list]]));
}

function toKeyActions(state: ResourceState, plan: NonNullable<Parameters<typeof keyActionsOf>[0]>) {
  const states = keyActionsOf(plan);
  const titles = new Map(Object.values(plan.tasks).map((task) => [task.node, task.title]));
  const path = state.actionPath;
  const others = [...titles.keys()].filter((node) => !path.includes(node));
  return [...path, ...others].map((node) => ({
    node,
    title: titles.get(node) ?? node,
    state: states[node] ?? ('open' as const),
    isKey: path.includes(node),
  }));
}

/** Events of a resource after `after`. Throws 404. */
export async function loadResourceEvents(organisation: Organisation, id: string, after: number) {
  await loadResourceRow(organisation, id);
  return readEvents(organisation, id, after);
}

/** The history of a resource in sentences, with the names and reasons behind it. Throws 404. */
export async function loadResourceTimeline(organisation: Organisation, id: string) {
  const row = await loadResourceRow(organisation, id);
  const { plan } = jsonOf<ResourceState>(row, 'state');
  const release = await organisation.releases.load(intOf(row, 'release'));
  const tasks = release.bundleOf(plan.workflow).tasks;
  const titles = Object.fromEntries(Object.entries(tasks).map(([node, { title }]) => [node, title]));
  const events = (await readEvents(organisation, id)).map(
    ({ seq, type, actor, effectiveAt, recordedAt, payload }) =>
      ({ seq, type, actor, effectiveAt, recordedAt, payload }) as unknown as ResourceEvent,
  );
  const entries = resourceTimeline(events, titles, zoneOf(release));
  const names = await namesOf(
    organisation,
    entries.flatMap(({ customer }) => customer ?? []),
  );
  const reasons = await openReasons(organisation, id, entries);
  return entries.map(({ customer, reason, ...entry }) => ({
    ...entry,
    name: customer === undefined ? null : (names.get(customer) ?? null),
    reason: reason === undefined ? null : (reasons.get(reason) ?? null),
  }));
}

/** Reasons in words: each is sealed under the customer it is about, else under the resource's own key. */
async function openReasons(
  organisation: Organisation,
  id: string,
  entries: readonly { customer?: string; reason?: string }[],
): Promise<Map<string, string>> {
  const people = entries.map(({ customer }) => customer ?? resourcePerson(id));
  const keys = await organisation.keys.findAll([...new Set(people)]);
  const found = new Map<string, string>();
  for (const [index, { reason }] of entries.entries()) {
    const key = keys.get(people[index] ?? '');
    if (reason === undefined || !key) continue;
    const { text } = await openValues(organisation, key, { text: reason });
    if (typeof text === 'string') found.set(reason, text);
  }
  return found;
}
