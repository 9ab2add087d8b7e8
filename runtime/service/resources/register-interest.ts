import { randomUUID } from 'node:crypto';
import type { Customer } from '../../../schemas/api.ts';
import type { Answers } from '../../../schemas/condition.ts';
import type { InterestSource, ResourceCommand } from '../../../schemas/resource-command.ts';
import { settleAnswers } from '../../engine/index.ts';
import type { Sender } from '../cases/command-case.ts';
import type { RowChange } from '../commit/tables.ts';
import { isHeldInFamily } from '../customers/family-interests.ts';
import { survivorOf } from '../customers/survivor.ts';
import { textOf } from '../db/database.ts';
import { mistakesIn, refuseMistakes } from '../enquiries/answers.ts';
import { customerRows, zoneOf } from '../enquiries/submit-enquiry.ts';
import { derivedSecret, hashSecret, seal } from '../identity/secrets.ts';
import { dateIn } from '../local-date.ts';
import type { Organisation } from '../organisation.ts';
import { Problem } from '../problem.ts';
import { commandResource } from './command-resource.ts';
import { openInterestForm } from './interest-form.ts';
import { resourceSnapshots } from './resource-snapshots.ts';

/** An interest to register: in one resource, or in any of a service type. */
export interface NewInterest {
  resource: string | null;
  serviceType: string;
  /** A known customer's id, or a new customer. */
  customer: { id: string } | (Customer & { person?: string });
  answers: Answers;
  source: InterestSource;
  case?: string | undefined;
  /** An officer may leave required answers out. */
  allowIncomplete?: boolean | undefined;
}

export interface RegisteredInterest {
  interestId: string;
  customer: string;
  /** End of the secret link /interest/…, where the customer answers offers. */
  secret: string;
}

/** Registers an interest with its answers; the rule may match it at once. Throws 404, 409, and 422 with pointers. */
export async function registerInterest(
  organisation: Organisation,
  body: NewInterest,
  sender: Sender,
): Promise<RegisteredInterest> {
  const { clock, keys, secret } = organisation;
  const answers = await countedAnswers(organisation, body);
  const known = 'id' in body.customer ? await findCustomer(organisation, body.customer.id) : undefined;
  const customer = known ?? (('person' in body.customer && body.customer.person) || `p-${randomUUID()}`);
  const key = known === undefined ? await keys.ensure(customer, clock.now()) : await keys.find(customer);
  if (!key) throw new Problem(404, 'NOT_FOUND', 'There is no such customer.');
  if (known !== undefined && (await isHeldInFamily(organisation, known, body)))
    throw new Problem(
      409,
      'INTEREST_ALREADY_REGISTERED',
      'This customer registered this interest before they were merged; it still stands.',
    );
  const interest = randomUUID();
  const command: ResourceCommand = {
    type: 'registerInterest',
    interest,
    customer,
    serviceType: body.serviceType,
    answers,
    source: body.source,
    ...(body.case === undefined ? {} : { case: body.case }),
  };
  const answer = await commandResource(organisation, body.resource, command, sender, () => {
    const now = clock.now();
    const ref = `answers:${interest}`;
    const rows: RowChange[] = [
      { table: 'personal_values', values: { ref, person: customer, sealed: seal(key, ref, answers), created_at: now } },
      {
        table: 'interest_links',
        values: { secret_hash: hashSecret(interestSecret(organisation, interest)), interest, customer },
      },
    ];
    if ('id' in body.customer) return rows;
    const { person: _person, ...contact } = body.customer;
    return [...customerRows(organisation, { person: customer, key }, contact), ...rows];
  });
  // A repeat under the same key answers with the interest of the first time.
  const { events } = answer.response as { events: { type: string; id?: string }[] };
  const interestId = events.find(({ type }) => type === 'interestRegistered')?.id ?? interest;
  const owner = interestId === interest ? customer : await customerOf(organisation, interestId);
  return { interestId, customer: owner, secret: derivedSecret(secret, `interest:${interestId}`) };
}

/** The secret of an interest's link: made from the organisation's secret, so that it is stored nowhere. */
export function interestSecret({ secret }: Organisation, interest: string): string {
  return derivedSecret(secret, `interest:${interest}`);
}

async function countedAnswers(organisation: Organisation, body: NewInterest): Promise<Answers> {
  const { clock, database, releases } = organisation;
  const snapshot =
    body.resource === null
      ? undefined
      : (await resourceSnapshots.read(database, [body.resource])).get(body.resource)?.snapshot;
  if (body.resource !== null && !snapshot) throw new Problem(404, 'NOT_FOUND', 'There is no such resource.');
  const release = await (snapshot ? releases.load(snapshot.state.release) : releases.newest());
  const form = openInterestForm(release, body.serviceType, dateIn(zoneOf(release), clock.now()));
  refuseMistakes(form, mistakesIn(form, body.answers, body.allowIncomplete === true));
  return settleAnswers(form, body.answers).answers;
}

/** The customer, or the one that they were merged into; throws 404. */
async function findCustomer(organisation: Organisation, id: string): Promise<string> {
  const survivor = (await survivorOf(organisation, id)) ?? id;
  const [row] = await organisation.database.query('SELECT id FROM customers WHERE id = ?', [survivor]);
  if (!row) throw new Problem(404, 'NOT_FOUND', 'There is no such customer.');
  return survivor;
}

async function customerOf({ database }: Organisation, interest: string): Promise<string> {
  const [row] = await database.query('SELECT customer FROM interests WHERE id = ?', [interest]);
  if (!row) throw new Problem(404, 'NOT_FOUND', 'There is no such interest.');
  return textOf(row, 'customer');
}
