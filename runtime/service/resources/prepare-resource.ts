import { randomBytes } from 'node:crypto';
import type { Answers } from '../../../schemas/condition.ts';
import type { ResourceCommand } from '../../../schemas/resource-command.ts';
import type { MissingGround, ResourceEnv, ResourceState } from '../../engine/index.ts';
import { openValues } from '../cases/prepare.ts';
import { textOf } from '../db/database.ts';
import type { LoadedRelease } from '../definitions/release-store.ts';
import type { Organisation } from '../organisation.ts';
import { Problem } from '../problem.ts';
import { resourceSnapshots } from './resource-snapshots.ts';

/** What a decision on a resource needs beside what the pump reads, loaded before it is queued. */
export interface PreparedResource {
  /** The resource, or null for an interest in any of its type. */
  id: string | null;
  /** Customers it touches, with the keys that seal what is theirs. */
  customers: ReadonlyMap<string, Buffer>;
  /** Key of the resource's own reasons in words. */
  key: Buffer;
  /** The case that is its action plan. */
  planCase: string | null;
  env: Omit<ResourceEnv, 'now' | 'actor' | 'ids' | 'plan'>;
}

/** Person id under which a resource's own texts are sealed. */
export const resourcePerson = (id: string) => `resource:${id}`;

/** What comes due while a command waits in the queue is prepared for as well. */
const SOON_SECONDS = 60;

/** Loads what a command on a resource needs; `missing` names what an earlier decision lacked. Throws 404 and 422. */
export async function prepareResource(
  organisation: Organisation,
  id: string | null,
  command: ResourceCommand,
  missing: MissingGround = {},
): Promise<PreparedResource> {
  const { clock, database, keys, releases } = organisation;
  const state = id === null ? undefined : (await resourceSnapshots.read(database, [id])).get(id)?.snapshot.state;
  if (id !== null && !state) throw new Problem(404, 'NOT_FOUND', 'There is no such resource.');
  const release = await (state ? releases.load(state.release) : releases.newest());
  const type =
    state?.serviceType ?? ('serviceType' in command ? command.serviceType : await typeOf(organisation, command));
  const interests = await interestsFor(organisation, id, type, command);
  const people = new Set([
    ...interests.map(({ customer }) => customer),
    ...(state ? customersIn(state, command, clock.now() + SOON_SECONDS) : []),
    ...('customer' in command ? [command.customer] : []),
    ...(missing.customers ?? []),
  ]);
  const found = await keys.findAll([...people]);
  // What is written of an erased person from now on is sealed under a key nobody keeps.
  const customers = new Map([...people].map((person) => [person, found.get(person) ?? randomBytes(32)]));
  return {
    id,
    customers,
    key: id === null ? randomBytes(32) : await keys.ensure(resourcePerson(id), clock.now()),
    planCase: state?.plan.case ?? null,
    env: {
      ...(await typeEnv(organisation, release, type)),
      answers: await answersOf(organisation, command, interests, customers),
    },
  };
}

/** The service type of a release with the calendar its offers expire by. Throws 422 when there is none. */
export async function typeEnv(organisation: Organisation, release: LoadedRelease, key: string) {
  const { configuration, number } = release;
  const serviceType = configuration['service-type'][key];
  if (!serviceType)
    throw new Problem(422, 'SERVICE_TYPE_UNKNOWN', `There is no service type "${key}" in release ${number}.`, {
      pointer: '/serviceType',
    });
  const name = configuration.workflow[serviceType.actionPlan]?.calendar ?? '';
  const calendar = (await organisation.calendars())[name];
  if (!calendar)
    throw new Problem(
      409,
      'CALENDAR_MISSING',
      `The action plan "${serviceType.actionPlan}" has no published calendar.`,
    );
  return { serviceType, calendar, release: number };
}

async function typeOf({ database }: Organisation, command: ResourceCommand): Promise<string> {
  const interest = 'interest' in command ? command.interest : '';
  const [row] = await database.query('SELECT service_type FROM interests WHERE id = ?', [interest]);
  if (!row) throw new Problem(404, 'NOT_FOUND', 'There is no such interest.');
  return textOf(row, 'service_type');
}

interface InterestHead {
  id: string;
  customer: string;
  answersRef: string;
}

/** Interests that a command on matches is about. */
async function interestsFor(
  { database }: Organisation,
  resource: string | null,
  type: string,
  command: ResourceCommand,
): Promise<InterestHead[]> {
  const columns = 'id, customer, answers_ref FROM interests';
  const rows =
    command.type === 'matchByRule'
      ? await database.query(
          `SELECT ${columns} WHERE service_type = ? AND state = 'open' AND (resource IS NULL OR resource = ?)`,
          [type, resource],
        )
      : command.type === 'matchInterest'
        ? await database.query(`SELECT ${columns} WHERE id = ?`, [command.interest])
        : [];
  return rows.map((row) => ({
    id: textOf(row, 'id'),
    customer: textOf(row, 'customer'),
    answersRef: textOf(row, 'answers_ref'),
  }));
}

/** Customers of what a command names on the resource, and of what is due by `soon`. */
function customersIn(state: ResourceState, command: ResourceCommand, soon: number): string[] {
  const [offers, allocations] = [Object.values(state.offers), Object.values(state.allocations)];
  const named = [
    'offer' in command ? state.offers[command.offer] : undefined,
    'match' in command ? state.matches[command.match] : undefined,
    'allocation' in command ? state.allocations[command.allocation] : undefined,
  ];
  return [
    ...named,
    ...offers.filter((offer) => offer.state === 'open' && (offer.expiresAt < soon || command.type === 'endDelivery')),
    ...allocations.filter((one) => one.state === 'current' && one.endAt !== null && one.endAt <= soon),
  ].flatMap((one) => (one ? [one.customer] : []));
}

async function answersOf(
  organisation: Organisation,
  command: ResourceCommand,
  interests: readonly InterestHead[],
  customers: ReadonlyMap<string, Buffer>,
): Promise<Record<string, Answers>> {
  if (command.type === 'registerInterest') return { [command.interest]: command.answers };
  if (command.type !== 'matchByRule') return {};
  const entries = await Promise.all(
    interests.map(async ({ id, customer, answersRef }) => {
      const key = customers.get(customer);
      const opened = key ? await openValues(organisation, key, { answers: answersRef }).catch(() => ({})) : {};
      return [id, ((opened as { answers?: Answers }).answers ?? {}) satisfies Answers] as const;
    }),
  );
  return Object.fromEntries(entries);
}
