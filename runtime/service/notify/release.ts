import { randomUUID } from 'node:crypto';
import type { CaseEventPayloads } from '../../../schemas/case-event.ts';
import {
  type CompiledCalendar,
  DIGEST_WINDOW_SECONDS,
  type OutgoingMessage,
  planRelease,
  releaseAt,
  whyNotSent,
} from '../../engine/index.ts';
import { STATE_COLUMNS, stateOf } from '../cases/stored-state.ts';
import { intOf, jsonOf, textOf, textOrNull } from '../db/database.ts';
import type { Organisation } from '../organisation.ts';
import { DIGEST, toOutboxRow } from './outbox.ts';

const MOST_AT_ONCE = 5000;
/** A row that is gathered for a digest is leased to this name until the storm's window is over. */
const GATHERED = 'digest';

type Queued = CaseEventPayloads['messageQueued'];

interface Waiting extends OutgoingMessage {
  readonly id: string;
  readonly caseId: string;
  readonly createdAt: number;
  readonly waited: boolean;
  readonly gathered: boolean;
  readonly queued: Queued;
}

/** Remembers what left in the last minutes, by person and channel; a restart forgets it, which costs a few single messages. */
export type RecentSends = Map<string, number[]>;

/**
 * Looks at what is due before anything is sent: messages that no longer matter are dropped with the reason (E8, E10), what is
 * not urgent waits for the office (N11), and a storm becomes one message a person and channel (D7). Answers the ids that may leave now.
 */
export async function releaseMessages(organisation: Organisation, recent: RecentSends): Promise<string[]> {
  const now = organisation.clock.now();
  await dropAmongRetries(organisation, now);
  const all = await readDue(organisation, now, 'attempts = 0');
  if (all.length === 0) return [];
  // A digest that an interrupted run left behind was looked at already.
  const isDigest = ({ queued }: Waiting) => queued.rung === DIGEST;
  const due = all.filter((message) => !isDigest(message));
  const dropped = await findDropped(organisation, due, now);
  const hoursOf = await notifyHours(organisation);
  const kept = due.filter(({ id }) => !dropped.has(id));
  // An inbox waits for nobody.
  const opensAt = (message: Waiting) =>
    message.channel === 'inApp' ? now : releaseAt(now, message.urgent, hoursOf(message.to));
  const held = kept.filter((message) => opensAt(message) > now && Number.isFinite(opensAt(message)));
  const heldIds = new Set(held.map(({ id }) => id));
  const changes: Change[] = [
    ...[...dropped].map(([id, reason]) => ({ id, state: `dropped:${reason}`, notBefore: null, lease: null })),
    ...held.map((message) => ({ id: message.id, state: 'pending', notBefore: opensAt(message), lease: null })),
  ];
  const digests: Waiting[][] = [];
  const free = all.filter(isDigest).map(({ id }) => id);
  forgetOld(recent, now);
  for (const pile of pilesOf(kept.filter(({ id }) => !heldIds.has(id)))) {
    const plan = planRelease(pile.messages, recent.get(pile.name) ?? [], now);
    for (const delivery of plan.now) {
      if (delivery.kind === 'digest') digests.push([...delivery.messages]);
      else free.push(delivery.message.id);
    }
    changes.push(
      ...plan.later.map(({ message, at }) => ({ id: message.id, state: 'pending', notBefore: at, lease: at })),
    );
    recent.set(pile.name, [...(recent.get(pile.name) ?? []), ...plan.now.map(() => now)]);
  }
  return [...free, ...(await store(organisation, changes, digests, now))];
}

/** What could not be sent at first is not tried again once nobody needs it (E8, E10). */
async function dropAmongRetries(organisation: Organisation, now: number): Promise<void> {
  const retried = await readDue(organisation, now, 'attempts > 0');
  if (retried.length === 0) return;
  const dropped = await findDropped(organisation, retried, now);
  const changes = [...dropped].map(([id, why]) => ({ id, state: `dropped:${why}`, notBefore: null, lease: null }));
  await store(organisation, changes, [], now);
}

/** Forgets what is older than a storm's window, and, where the clock was set back, what is yet to come. */
function forgetOld(recent: RecentSends, now: number): void {
  for (const [name, sent] of recent) {
    const kept = sent.filter((at) => at > now - DIGEST_WINDOW_SECONDS && at <= now);
    if (kept.length === 0) recent.delete(name);
    else recent.set(name, kept);
  }
}

interface Change {
  readonly id: string;
  readonly state: string;
  readonly notBefore: number | null;
  readonly lease: number | null;
}

async function readDue(
  { database }: Organisation,
  now: number,
  which: 'attempts = 0' | 'attempts > 0',
): Promise<Waiting[]> {
  // The list of states is that of the index: without it every message ever sent would be looked at.
  const rows = await database.query(
    `SELECT id, case_id, recipient, channel, urgent, variables, not_before, created_at, claimed_by FROM outbox
     WHERE state IN ('pending', 'sending') AND state = 'pending' AND not_before <= ? AND ${which} AND COALESCE(claimed_until, 0) <= ? ORDER BY not_before, id LIMIT ${MOST_AT_ONCE}`,
    [now, now],
  );
  return rows.map((row): Waiting => {
    const queued = jsonOf<Queued>(row, 'variables');
    return {
      id: textOf(row, 'id'),
      caseId: textOf(row, 'case_id'),
      to: textOf(row, 'recipient'),
      channel: queued.channel,
      item: queued.item,
      urgent: intOf(row, 'urgent') === 1,
      isForCustomer: queued.to === 'customer',
      sendAt: intOf(row, 'not_before'),
      createdAt: intOf(row, 'created_at'),
      waited: intOf(row, 'not_before') > intOf(row, 'created_at'),
      gathered: textOrNull(row, 'claimed_by') === GATHERED,
      queued,
    };
  });
}

async function findDropped(
  organisation: Organisation,
  due: readonly Waiting[],
  now: number,
): Promise<Map<string, string>> {
  const { database, releases } = organisation;
  const ids = JSON.stringify([...new Set(due.map(({ caseId }) => caseId))]);
  const [cases, drops, directory] = await Promise.all([
    database.query(
      `SELECT id, release, workflow, ${STATE_COLUMNS} FROM cases c WHERE id IN (SELECT value FROM json_each(?))`,
      [ids],
    ),
    database.query(
      `SELECT stream, json_extract(payload, '$.item') AS item, json_extract(payload, '$.reason') AS reason, MAX(recorded_at) AS at
       FROM case_events WHERE stream IN (SELECT value FROM json_each(?)) AND type = 'messagesDropped' GROUP BY 1, 2`,
      [ids],
    ),
    organisation.directory(),
  ]);
  const dropOf = new Map(drops.map((row) => [`${textOf(row, 'stream')} ${textOf(row, 'item')}`, row]));
  const found = new Map<string, string>();
  const byCase = new Map(cases.map((row) => [textOf(row, 'id'), row]));
  for (const message of due) {
    const row = byCase.get(message.caseId);
    if (!row) continue;
    const { bundleOf } = await releases.load(intOf(row, 'release'));
    const view = { bundle: bundleOf(textOf(row, 'workflow')), directory, now, waited: message.waited };
    const why = whyNotSent(message.queued, { ...view, state: stateOf(row) });
    const drop = message.queued.firing === null ? undefined : dropOf.get(`${message.caseId} ${message.item}`);
    // A drop speaks of what was queued before it, also when the item has been opened again since.
    if (drop && message.queued.rung !== null && intOf(drop, 'at') >= message.createdAt) {
      found.set(message.id, textOf(drop, 'reason'));
    } else if (why !== null) found.set(message.id, why);
  }
  return found;
}

/** The calendar whose hours messages to somebody wait for: their own, else the organisation's, else none (N11). */
async function notifyHours(organisation: Organisation): Promise<(to: string) => CompiledCalendar | null> {
  const { users } = await organisation.directory();
  const calendars = await organisation.calendars();
  const number = await organisation.releases.newestNumber();
  const documents = number === null ? {} : (await organisation.releases.load(number)).configuration.settings;
  const [settings] = Object.values(documents);
  const calendarOf = (key: string | undefined) => (key === undefined ? undefined : calendars[key]);
  const common = calendarOf(settings?.notifyCalendar) ?? null;
  return (to) => calendarOf(Object.hasOwn(users, to) ? users[to]?.calendar : undefined) ?? common;
}

function pilesOf(messages: readonly Waiting[]): { name: string; messages: Waiting[] }[] {
  const piles = new Map<string, Waiting[]>();
  for (const message of messages) {
    // A customer's message goes by itself (N13), an endpoint reads every one, and an inbox is a list whose lines open their case (N10).
    const alone = message.isForCustomer || message.channel === 'webhook' || message.channel === 'inApp';
    const name = JSON.stringify(alone ? [message.id] : [message.to, message.channel]);
    const pile = piles.get(name);
    if (pile) pile.push(message);
    else piles.set(name, [message]);
  }
  return [...piles].map(([name, pile]) => ({ name, messages: pile }));
}

/** All of it in one transaction, so that a digest stands exactly when the rows it speaks for are gone; answers the ids of the digests. */
async function store(
  { database }: Organisation,
  changes: readonly Change[],
  digests: readonly Waiting[][],
  now: number,
): Promise<string[]> {
  const made = digests.map((messages) => ({ ids: messages.map(({ id }) => id), row: toDigestRow(messages, now) }));
  const statements = [
    ...changes.map(({ id, state, notBefore, lease }) => ({
      sql: `UPDATE outbox SET state = ?, not_before = COALESCE(?, not_before), claimed_by = ?, claimed_until = ? WHERE id = ? AND state = 'pending'`,
      args: [state, notBefore, lease === null ? null : GATHERED, lease, id],
    })),
    ...made.flatMap(({ ids, row }) => bundle(ids, row)),
  ];
  if (statements.length > 0) await database.batch(statements);
  return made.map(({ row }) => row.id);
}

/** Another node may have taken some of the rows in the meantime: then this digest is not made. */
function bundle(ids: readonly string[], { id, values }: ReturnType<typeof toDigestRow>) {
  const columns = Object.keys(values);
  const members = JSON.stringify(ids);
  const arePending = "id IN (SELECT value FROM json_each(?)) AND state = 'pending'";
  return [
    {
      sql: `INSERT INTO outbox (${columns.join(', ')}) SELECT ${columns.map(() => '?').join(', ')}
        WHERE (SELECT COUNT(*) FROM outbox WHERE ${arePending}) = ? ON CONFLICT DO NOTHING`,
      args: [...Object.values(values), members, ids.length],
    },
    {
      sql: `UPDATE outbox SET state = 'dropped:bundled', provider_reference = ?, claimed_by = NULL, claimed_until = NULL
        WHERE ${arePending} AND EXISTS (SELECT 1 FROM outbox WHERE id = ?)`,
      args: [`digest:${id}`, members, id],
    },
  ];
}

function toDigestRow(messages: readonly Waiting[], now: number) {
  const [first] = messages;
  if (!first) throw new Error('a digest has at least one message; expected some');
  const message: Queued = {
    ...first.queued,
    messageId: randomUUID(),
    firing: null,
    rung: DIGEST,
    template: null,
    urgent: messages.some(({ urgent }) => urgent),
    variables: { digest: messages.map(({ id }) => id) },
  };
  return { id: message.messageId, values: toOutboxRow(first.caseId, message, now).values };
}
