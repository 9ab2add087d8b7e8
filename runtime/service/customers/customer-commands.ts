import { randomUUID } from 'node:crypto';
import { toPersonalRow } from '../cases/case-change.ts';
import type { Sender } from '../cases/command-case.ts';
import { FIRST_HASH, hashEvent } from '../cases/event-chain.ts';
import type { StoredEvent } from '../commit/commit-group.ts';
import type { GroupView } from '../commit/group-view.ts';
import type { Change } from '../commit/pump.ts';
import { intOf, textOf } from '../db/database.ts';
import { commandOf } from '../definitions/draft-store.ts';
import type { CustomerContact } from '../notify/render-message.ts';
import type { Organisation } from '../organisation.ts';
import { Problem } from '../problem.ts';
import { type CustomerSnapshot, customerSnapshots, customerStream } from './customer-snapshots.ts';
import { sameInterests } from './family-interests.ts';
import { familyOf } from './survivor.ts';
import { tokenRows } from './tokens.ts';

/** What happened to a customer, as their stream tells it; no personal values. */
type CustomerEvent =
  | { readonly type: 'customerCreated'; readonly payload: { readonly contact: string } }
  | { readonly type: 'customerCorrected'; readonly payload: { readonly contact: string; readonly reason: string } }
  | { readonly type: 'customerMerged'; readonly payload: { readonly into: string; readonly reason: string } }
  | { readonly type: 'duplicateTaken'; readonly payload: { readonly from: string; readonly reason: string } };

/** Makes a customer before there is any enquiry; answers the id. */
export async function createCustomer(
  organisation: Organisation,
  contact: CustomerContact,
  sender: Sender,
): Promise<{ id: string }> {
  const id = `p-${randomUUID()}`;
  const now = organisation.clock.now();
  const key = await organisation.keys.ensure(id, now);
  const stream = customerStream(id);
  const answer = await organisation.pump.submit({
    ...commandOf(sender, organisation, 'createCustomer'),
    streams: [stream],
    decide() {
      const fresh = { id, nameRef: `name:${id}`, contactRef: `contact:${id}`, createdAt: now, mergedInto: null };
      const told = { type: 'customerCreated' as const, payload: { contact: fresh.contactRef } };
      const snapshot = { ...fresh, revision: 0, lastHash: FIRST_HASH };
      const change = toCustomerChange(organisation, sender.actor, [{ snapshot, told }], { id });
      return {
        ...change,
        rows: [
          toPersonalRow({ person: id, key }, fresh.nameRef, contact.name, now),
          toPersonalRow({ person: id, key }, fresh.contactRef, contact, now),
          ...tokenRows(organisation.secret, id, contact),
        ],
      };
    },
  });
  return answer.response as { id: string };
}

/** Corrects name and contact; what they were stays under its reference in the history. Throws 404, 409 and 412. */
export async function correctCustomer(
  organisation: Organisation,
  id: string,
  { customer, reason }: { customer: CustomerContact; reason: string },
  sender: Sender & { revision?: number },
): Promise<{ id: string; revision: number }> {
  const now = organisation.clock.now();
  const key = await organisation.keys.find(id);
  if (!key) throw new Problem(404, 'NOT_FOUND', 'There is no such customer.');
  const stream = customerStream(id);
  const answer = await organisation.pump.submit({
    ...commandOf(sender, organisation, 'correctCustomer'),
    streams: [stream],
    reads: [{ of: customerSnapshots, ids: [stream] }],
    decide(view) {
      const before = liveCustomer(view, id);
      if (sender.revision !== undefined && sender.revision !== before.revision)
        throw new Problem(412, 'STALE', `The customer is at revision ${before.revision} by now: load it again.`);
      const [contact, why] = [`contact:${randomUUID()}`, `reason:${randomUUID()}`];
      const nameRef = `name:${randomUUID()}`;
      const told = { type: 'customerCorrected' as const, payload: { contact, reason: why } };
      const snapshot = { ...before, contactRef: contact, nameRef };
      const change = toCustomerChange(organisation, sender.actor, [{ snapshot, told }], {
        id,
        revision: before.revision + 1,
      });
      const own = { person: id, key };
      const values = [
        toPersonalRow(own, nameRef, customer.name, now),
        toPersonalRow(own, contact, customer, now),
        toPersonalRow(own, why, reason, now),
      ];
      return { ...change, rows: [...values, ...tokenRows(organisation.secret, id, customer)] };
    },
  });
  return answer.response as { id: string; revision: number };
}

/** What moved with a merge. */
interface Merged {
  into: string;
  cases: { id: string; reference: string }[];
  done: boolean;
}

/**
 * Merges a duplicate into the customer that stays: its cases count as theirs from now on, and keep the key their values are sealed
 * under. Refused while either has an open offer, since two people's places must not become one's, and while both hold the same
 * interest. Throws 404 and 409.
 */
export async function mergeCustomers(
  organisation: Organisation,
  id: string,
  { into, reason, dryRun = false }: { into: string; reason: string; dryRun?: boolean | undefined },
  sender: Sender,
): Promise<Merged> {
  const [key, now] = [await organisation.keys.find(id), organisation.clock.now()];
  if (id === into) throw new Problem(409, 'SAME_CUSTOMER', 'A customer cannot be merged into itself.');
  const cases = await casesOf(organisation, id);
  if (!key) throw new Problem(404, 'NOT_FOUND', 'There is no such customer.');
  const streams = [customerStream(id), customerStream(into)];
  // Offers are made under the customers' interest books: a merge at the same time as an offer is decided again.
  const [theirs, ours] = [await familyOf(organisation, id), await familyOf(organisation, into)];
  const families = [...theirs, ...ours];
  const books = await booksOf(organisation, families);
  await refuseOpenOffers(organisation, families);
  refuseSame(await sameInterests(organisation, theirs, ours));
  const answer = await organisation.pump.submit({
    ...commandOf(sender, organisation, 'mergeCustomers'),
    streams: [...streams, ...books.keys()],
    reads: [{ of: customerSnapshots, ids: streams }],
    decide(view) {
      const [duplicate, stays] = [liveCustomer(view, id), liveCustomer(view, into)];
      for (const [book, revision] of books) {
        if (view.revision(book) !== revision)
          throw new Problem(409, 'CONFLICT', 'An offer to one of them changed meanwhile; load them again and repeat.');
      }
      const response = { into, cases, done: !dryRun };
      if (dryRun) return { moves: [], events: [], rows: [], response };
      const why = `reason:${randomUUID()}`;
      const change = toCustomerChange(
        organisation,
        sender.actor,
        [
          {
            snapshot: { ...duplicate, mergedInto: into },
            told: { type: 'customerMerged', payload: { into, reason: why } },
          },
          { snapshot: stays, told: { type: 'duplicateTaken', payload: { from: id, reason: why } } },
        ],
        response,
      );
      const waiting = [...books.keys()].map((stream) => ({ stream, kind: 'interests', by: 0 }));
      return {
        ...change,
        moves: [...change.moves, ...waiting],
        rows: [toPersonalRow({ person: id, key }, why, reason, now)],
      };
    },
  });
  return answer.response as Merged;
}

async function casesOf({ database }: Organisation, customer: string): Promise<Merged['cases']> {
  const rows = await database.query('SELECT id, reference FROM cases WHERE customer = ? ORDER BY opened_at, id', [
    customer,
  ]);
  return rows.map((row) => ({ id: textOf(row, 'id'), reference: textOf(row, 'reference') }));
}

async function refuseOpenOffers({ database }: Organisation, customers: readonly string[]): Promise<void> {
  const rows = await database.query(
    "SELECT id FROM offers WHERE state = 'open' AND customer IN (SELECT value FROM json_each(?)) ORDER BY id",
    [JSON.stringify(customers)],
  );
  if (rows.length === 0) return;
  const offers = rows.map((row) => textOf(row, 'id'));
  throw new Problem(
    409,
    'OPEN_OFFERS',
    `There is an open offer to one of them (${offers.join(', ')}); have it answered or withdrawn first.`,
    { allowed: { offers } },
  );
}

function refuseSame(interests: readonly string[]): void {
  if (interests.length === 0) return;
  throw new Problem(
    409,
    'SAME_INTEREST',
    `Both have registered the same interest (${interests.join(', ')}); have one of the two withdrawn first.`,
    { allowed: { interests } },
  );
}

async function booksOf({ database }: Organisation, customers: readonly string[]): Promise<Map<string, number>> {
  const rows = await database.query(
    `SELECT s.id, s.revision FROM interest_books b JOIN streams s ON s.id = b.id
     WHERE b.customer IN (SELECT value FROM json_each(?))`,
    [JSON.stringify(customers)],
  );
  return new Map(rows.map((row) => [textOf(row, 'id'), intOf(row, 'revision')]));
}

function liveCustomer(view: GroupView, id: string): CustomerSnapshot {
  const found = view.find(customerSnapshots, customerStream(id));
  if (!found) throw new Problem(404, 'NOT_FOUND', 'There is no such customer.');
  if (found.mergedInto === null) return found;
  throw new Problem(409, 'CUSTOMER_MERGED', 'This customer was merged into another; go on with that one.', {
    allowed: { customer: found.mergedInto },
  });
}

/** Events on the customers' own streams, chained like those of cases, and their rows. */
function toCustomerChange(
  organisation: Organisation,
  actor: string,
  told: readonly { snapshot: CustomerSnapshot; told: CustomerEvent }[],
  response: unknown,
): Change {
  const at = organisation.clock.now();
  const events: StoredEvent[] = [];
  const snapshots = told.map(({ snapshot, told: { type, payload } }) => {
    const stream = customerStream(snapshot.id);
    const seq = snapshot.revision + 1;
    const event = {
      stream,
      seq,
      type,
      actor,
      effectiveAt: at,
      recordedAt: at,
      payload: JSON.stringify(payload),
      prevHash: snapshot.lastHash || FIRST_HASH,
    };
    const hash = hashEvent(event);
    events.push({ ...event, hash });
    return { of: customerSnapshots, id: stream, snapshot: { ...snapshot, revision: seq, lastHash: hash } };
  });
  return {
    moves: events.map(({ stream }) => ({ stream, kind: 'customer', by: 1 })),
    events,
    rows: [],
    snapshots,
    response,
  };
}
