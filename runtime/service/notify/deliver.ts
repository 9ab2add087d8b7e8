import { randomUUID } from 'node:crypto';
import type { CaseEventPayloads } from '../../../schemas/case-event.ts';
import { personOf } from '../cases/prepare.ts';
import { intOf, jsonOf, type Row, textOf, textOrNull } from '../db/database.ts';
import { ComeBackLater, DeliveryFailure, type Receipt } from '../delivery/channel.ts';
import { type Channels, createChannels, type DeliveryConfig } from '../delivery/channels.ts';
import { createWebhooks } from '../delivery/webhooks.ts';
import { seal } from '../identity/secrets.ts';
import { reportIncident } from '../operations/incidents.ts';
import type { Organisation } from '../organisation.ts';
import { offerTold } from './outbox.ts';
import { type RecentSends, releaseMessages } from './release.ts';
import { type RenderedMessage, renderMessage } from './render-message.ts';
import { renderOffer } from './render-offer.ts';

const LEASE_SECONDS = 30;
const BATCH = 64;
const INBOX_SECONDS = 90 * 86_400;
const TIDY_EVERY_SECONDS = 3600;
const IS_DUE =
  "state IN ('pending', 'sending') AND not_before <= ? AND COALESCE(claimed_until, 0) <= ? AND (attempts > 0 OR id IN (SELECT value FROM json_each(?)))";
const MAX_ATTEMPTS = 5;
const BACKOFF_SECONDS = [5, 60, 600, 3600];

export interface Delivery {
  /** Sends what is due until nothing is left; answers how many went out. */
  runOnce(): Promise<number>;
  start(): void;
  stop(): Promise<void>;
  /** The ways out as set up. */
  readonly channels: Channels;
  /** Whether subscribers may be on this machine or in private networks. */
  readonly allowsPrivate: boolean;
  /** Bearer token of the provider's receipts, or null. */
  readonly callbackToken: string | null;
}

interface Claimed {
  id: string;
  caseId: string;
  task: string | null;
  attempts: number;
  urgent: boolean;
  createdAt: number;
  message: CaseEventPayloads['messageQueued'];
  /** Another address, where an operator gave one. */
  target: string | null;
}

/** Sends the outbox of one organisation: in-app messages as rows, every other channel by the way set up for it; and tells the subscribers. */
export function createDelivery(
  organisation: Organisation,
  letterBox: string,
  config: DeliveryConfig,
  onError: (error: unknown) => void,
): Delivery {
  const channels = createChannels(config, letterBox, organisation);
  const webhooks = createWebhooks(organisation, { allowPrivate: config.webhooksPrivate }, onError);
  const worker = randomUUID();
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<number> = Promise.resolve(0);
  const recent: RecentSends = new Map();
  let tidied = Number.NEGATIVE_INFINITY;
  let waiting: Promise<number> | null = null;
  let isStopped = false;
  const runOnce = () => {
    const run = async () => {
      waiting = null;
      const now = organisation.clock.now();
      if (Math.abs(now - tidied) >= TIDY_EVERY_SECONDS) {
        await tidyInboxes(organisation, now);
        tidied = now;
      }
      return sendAll(organisation, channels, { worker, recent, isOver: () => isStopped });
    };
    // One that has not begun sees whatever was queued until now: it does for everybody.
    if (waiting) return waiting;
    running = running.then(run, run);
    waiting = running;
    return running;
  };
  return {
    channels,
    allowsPrivate: config.webhooksPrivate,
    callbackToken: config.notifyCallbackToken,
    runOnce,
    start() {
      webhooks.start();
      timer = setInterval(() => void runOnce().catch(onError), 1000);
    },
    async stop() {
      clearInterval(timer);
      isStopped = true;
      await running.catch(() => 0);
      await webhooks.stop();
    },
  };
}

/** Inboxes keep their lines for ninety days (N10); what was said stays in the history of the case. */
async function tidyInboxes({ database }: Organisation, now: number): Promise<void> {
  await database.batch([{ sql: 'DELETE FROM messages WHERE created_at < ?', args: [now - INBOX_SECONDS] }]);
}

async function sendAll(
  organisation: Organisation,
  channels: Channels,
  { worker, recent, isOver }: { worker: string; recent: RecentSends; isOver(): boolean },
): Promise<number> {
  let sent = 0;
  await setAsidePoisoned(organisation);
  const released = JSON.stringify(await releaseMessages(organisation, recent));
  for (;;) {
    const claimed = isOver() ? [] : await claim(organisation, worker, released);
    if (claimed.length === 0) return sent;
    for (const [index, one] of claimed.entries()) {
      if (isOver()) {
        await putBack(organisation, worker, claimed.slice(index));
        return sent;
      }
      await sendOne(organisation, channels, one);
      sent++;
    }
  }
}

/** Rows that were taken and not begun: whoever comes next need not wait for the end of the lease. */
async function putBack({ database }: Organisation, worker: string, rows: readonly Claimed[]): Promise<void> {
  await database.batch([
    {
      sql: `UPDATE outbox SET state = 'pending', attempts = attempts - 1, claimed_by = NULL, claimed_until = NULL
        WHERE claimed_by = ? AND id IN (SELECT value FROM json_each(?))`,
      args: [worker, JSON.stringify(rows.map(({ id }) => id))],
    },
  ]);
}

/** A row that cannot be read would hold up everything behind it: it is set aside with an incident. */
async function setAsidePoisoned({ database, clock }: Organisation): Promise<void> {
  const poisoned = await database.query(
    `SELECT id, case_id FROM outbox WHERE state IN ('pending', 'sending')
     AND CASE WHEN json_valid(variables) THEN variables->>'to' IS NULL OR variables->>'channel' IS NULL OR variables->>'item' IS NULL ELSE 1 END`,
  );
  for (const row of poisoned) {
    const [id, caseId] = [textOf(row, 'id'), textOf(row, 'case_id')];
    const detail = 'the stored message cannot be read: skip it, and tell the person another way';
    await database.batch([{ sql: "UPDATE outbox SET state = 'failed' WHERE id = ?", args: [id] }]);
    await reportIncident(
      database,
      { id: `message:${id}`, kind: 'messageFailed', caseId, subject: id, detail },
      clock.now(),
    );
  }
}

/** Takes released rows, and those that were tried before, by lease (D5): a crashed worker's rows come back when the lease ends. */
async function claim({ database, clock }: Organisation, worker: string, released: string): Promise<Claimed[]> {
  const now = BigInt(clock.now());
  const [due] = await database.query(`SELECT COUNT(*) AS n FROM outbox WHERE ${IS_DUE}`, [now, now, released]);
  if (!due || intOf(due, 'n') === 0) return [];
  const [result] = await database.batch([
    {
      sql: `UPDATE outbox SET state = 'sending', claimed_by = ?, claimed_until = ?, attempts = attempts + 1 WHERE id IN
        (SELECT id FROM outbox WHERE ${IS_DUE} ORDER BY not_before, id LIMIT ${BATCH})
        RETURNING id, case_id, task, attempts, urgent, variables, created_at, target`,
      args: [worker, now + BigInt(LEASE_SECONDS), now, now, released],
    },
  ]);
  return ((result?.rows ?? []) as unknown as Row[]).map((row) => ({
    id: textOf(row, 'id'),
    caseId: textOf(row, 'case_id'),
    task: textOrNull(row, 'task'),
    attempts: intOf(row, 'attempts'),
    urgent: intOf(row, 'urgent') === 1,
    createdAt: intOf(row, 'created_at'),
    message: jsonOf<CaseEventPayloads['messageQueued']>(row, 'variables'),
    target: textOrNull(row, 'target'),
  }));
}

async function sendOne(organisation: Organisation, channels: Channels, claimed: Claimed): Promise<void> {
  const now = organisation.clock.now();
  const { message } = claimed;
  try {
    if (await isAnswered(organisation, message)) return await settle(organisation, claimed, "state = 'dropped:closed'");
    const told = offerTold(message);
    const found = told
      ? await renderOffer(organisation, message, told)
      : await renderMessage(organisation, claimed.caseId, message);
    if (found.failed) await noteFailedTemplate(organisation, claimed, found.failed);
    const rendered = claimed.target === null ? found : { ...found, address: claimed.target };
    if (message.channel === 'inApp') return await putInApp(organisation, claimed, rendered);
    const channel = rendered.channel ?? message.channel;
    const receipt = await channels.of(channel).send({ ...claimed, message: { ...message, channel }, now, rendered });
    await settleSent(organisation, claimed, receipt, rendered, now);
  } catch (error) {
    await retryLater(organisation, claimed, error);
  }
}

/** Nobody is asked to answer an offer that is open no more. */
async function isAnswered({ database }: Organisation, message: Claimed['message']): Promise<boolean> {
  const told = offerTold(message);
  if (told?.event !== 'offerMade') return false;
  const [offer] = await database.query("SELECT 1 FROM offers WHERE id = ? AND state = 'open'", [told.offer]);
  return offer === undefined;
}

/** Providers forget: what was said is kept, sealed under the person's key, beside what they answered (N8). */
async function settleSent(
  { database, keys }: Organisation,
  { id, caseId, message }: Claimed,
  { reference, status }: Receipt,
  rendered: RenderedMessage,
  now: number,
): Promise<void> {
  const [row] = await database.query('SELECT customer FROM cases WHERE id = ?', [caseId]);
  const customer = offerTold(message)?.customer ?? (row ? textOrNull(row, 'customer') : null);
  const key = await keys.ensure(personOf(caseId, customer), now);
  await database.batch([
    {
      sql: `UPDATE outbox SET state = 'sent', sent_at = ?2, provider_reference = ?3, provider_status = ?4, rendered = ?5, channel = ?6,
        claimed_by = NULL, claimed_until = NULL WHERE id = ?1`,
      args: [
        id,
        now,
        reference,
        status ?? null,
        seal(key, `rendered:${id}`, rendered),
        rendered.channel ?? message.channel,
      ],
    },
  ]);
}

/** `template.renderFailed` (N5): the plain text goes instead, and somebody puts the template right. */
async function noteFailedTemplate(
  { database, clock }: Organisation,
  { caseId, message: { template, channel } }: Claimed,
  failed: string,
): Promise<void> {
  const id = `template.renderFailed:${template}:${channel}`;
  const detail = `Template "${template}" could not be rendered for ${channel}, so the built-in text was sent: ${failed}`;
  await reportIncident(database, { id, kind: 'template.renderFailed', caseId, subject: template, detail }, clock.now());
}

async function putInApp({ database, clock }: Organisation, claimed: Claimed, rendered: RenderedMessage): Promise<void> {
  const { id, caseId, task, message, createdAt, urgent } = claimed;
  await database.batch([
    {
      sql: `INSERT INTO messages (id, user_id, case_id, task, title, body, urgent, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
      args: [id, message.to, caseId, task, rendered.title, rendered.text, BigInt(urgent ? 1 : 0), BigInt(createdAt)],
    },
    {
      sql: "UPDATE outbox SET state = 'delivered', sent_at = ?, claimed_until = NULL WHERE id = ?",
      args: [BigInt(clock.now()), id],
    },
  ]);
}

async function retryLater(organisation: Organisation, claimed: Claimed, error: unknown): Promise<void> {
  const { database, clock } = organisation;
  const detail = error instanceof Error ? error.message : String(error);
  const isFinal = error instanceof DeliveryFailure;
  if (!isFinal && claimed.attempts < MAX_ATTEMPTS) {
    const planned = BACKOFF_SECONDS[claimed.attempts - 1] ?? 3600;
    const wait = error instanceof ComeBackLater ? Math.max(error.seconds, planned) : planned;
    await settle(organisation, claimed, `state = 'pending', not_before = ${clock.now() + wait}`);
    return;
  }
  await settle(organisation, claimed, "state = 'failed'");
  const { id, caseId } = claimed;
  await reportIncident(
    database,
    { id: `message:${id}`, kind: 'messageFailed', caseId, subject: id, detail },
    clock.now(),
  );
}

async function settle({ database }: Organisation, { id }: Claimed, set: string): Promise<void> {
  await database.batch([
    { sql: `UPDATE outbox SET ${set}, claimed_by = NULL, claimed_until = NULL WHERE id = ?`, args: [id] },
  ]);
}
