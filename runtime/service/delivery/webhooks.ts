import { randomUUID } from 'node:crypto';
import { intOf, type Row, textOf } from '../db/database.ts';
import { reportIncident } from '../operations/incidents.ts';
import type { Organisation } from '../organisation.ts';
import { DeliveryFailure } from './channel.ts';
import { queueLadderCalls, receiverOf } from './ladder-calls.ts';
import { postWebhook } from './post-webhook.ts';
import { signatureHeaders } from './webhook-signature.ts';
import { listEndpoints, secretsOf, setEndpointState } from './webhook-store.ts';

/** Tells subscribers of events: each has its cursor on the order of all events, each event a row in a queue of its own (N9). */
export interface Webhooks {
  /** Puts what is new into the queue and sends what is due; answers how many were sent. */
  runOnce(): Promise<number>;
  start(): void;
  stop(): Promise<void>;
}

/** Seconds after the attempt before: at once, 5 s, 5 min, 30 min, 2 h, 5 h, 10 h, 14 h, 20 h, 24 h. */
const RETRY_SECONDS = [5, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 86_400];
const LEASE_SECONDS = 60;
const FEED_PAGE = 500;
const BATCH = 16;

export function createWebhooks(
  organisation: Organisation,
  options: { allowPrivate: boolean; random?: () => number },
  onError: (error: unknown) => void,
): Webhooks {
  const worker = randomUUID();
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<number> = Promise.resolve(0);
  let isStopped = false;
  const runOnce = () => {
    const run = async () => {
      await feedAll(organisation);
      await queueLadderCalls(organisation);
      return sendDue(organisation, worker, { ...options, isOver: () => isStopped });
    };
    running = running.then(run, run);
    return running;
  };
  return {
    runOnce,
    start() {
      timer = setInterval(() => void runOnce().catch(onError), 1000);
      timer.unref();
    },
    async stop() {
      clearInterval(timer);
      isStopped = true;
      await running.catch(() => 0);
    },
  };
}

/** Moves every cursor on; the rows and the cursor change in one transaction, so that a crash neither loses nor doubles an event. */
async function feedAll(organisation: Organisation): Promise<void> {
  const { database, clock } = organisation;
  for (const { id, types, position, state } of await listEndpoints(organisation)) {
    if (state !== 'active') continue;
    for (let from = position; ; ) {
      const rows = await database.query('SELECT * FROM case_events WHERE position > ? ORDER BY position LIMIT ?', [
        from,
        FEED_PAGE,
      ]);
      const last = rows.at(-1);
      if (!last) break;
      const wanted = rows.filter((row) => types.length === 0 || types.includes(textOf(row, 'type'))).map(toBody);
      await database.batch([
        {
          sql: `INSERT INTO webhook_deliveries (id, endpoint, position, type, body, state, not_before, created_at)
            SELECT ?1 || '.' || (value->>'position'), ?1, value->>'position', value->>'type', value->>'body', 'pending', ?3, ?3 FROM json_each(?2)
            WHERE (SELECT position FROM webhook_endpoints WHERE id = ?1) = ?4 ON CONFLICT DO NOTHING`,
          args: [id, JSON.stringify(wanted), clock.now(), from],
        },
        {
          sql: 'UPDATE webhook_endpoints SET position = ? WHERE id = ? AND position = ?',
          args: [intOf(last, 'position'), id, from],
        },
      ]);
      from = intOf(last, 'position');
      if (rows.length < FEED_PAGE) break;
    }
  }
}

/** What a subscriber is told: references and outcomes, as in the event; no personal value is in there. */
function toBody(row: Row): { position: number; type: string; body: string } {
  const [position, type] = [intOf(row, 'position'), textOf(row, 'type')];
  const body = {
    type: `case.${type}`,
    timestamp: new Date(intOf(row, 'effective_at') * 1000).toISOString(),
    data: {
      stream: textOf(row, 'stream'),
      seq: intOf(row, 'seq'),
      position,
      recordedAt: intOf(row, 'recorded_at'),
      event: JSON.parse(textOf(row, 'payload')) as unknown,
    },
  };
  return { position, type, body: JSON.stringify(body) };
}

interface Claimed {
  id: string;
  endpoint: string;
  body: string;
  attempts: number;
  caseId: string;
}

async function sendDue(
  organisation: Organisation,
  worker: string,
  options: { allowPrivate: boolean; random?: () => number; isOver(): boolean },
): Promise<number> {
  let sent = 0;
  for (;;) {
    const claimed = options.isOver() ? [] : await claim(organisation, worker);
    if (claimed.length === 0) return sent;
    // One receiver that is slow holds up nobody else's deliveries of this batch.
    await Promise.all(claimed.map((one) => sendOne(organisation, one, options)));
    sent += claimed.length;
  }
}

async function claim({ database, clock }: Organisation, worker: string): Promise<Claimed[]> {
  const now = clock.now();
  const due = `state IN ('pending', 'sending') AND not_before <= ?1 AND COALESCE(claimed_until, 0) <= ?1
    AND (endpoint LIKE 'url:%' OR endpoint IN (SELECT id FROM webhook_endpoints WHERE state = 'active'))`;
  const [waiting] = await database.query(`SELECT 1 AS n FROM webhook_deliveries WHERE ${due} LIMIT 1`, [now]);
  if (!waiting) return [];
  const [result] = await database.batch([
    {
      sql: `UPDATE webhook_deliveries SET state = 'sending', claimed_by = ?2, claimed_until = ?1 + ${LEASE_SECONDS}, attempts = attempts + 1
        WHERE id IN (SELECT id FROM webhook_deliveries WHERE ${due} ORDER BY not_before, position LIMIT ${BATCH}) RETURNING id, endpoint, body, attempts`,
      args: [now, worker],
    },
  ]);
  return (result?.rows ?? []).map((row) => ({
    id: textOf(row, 'id'),
    endpoint: textOf(row, 'endpoint'),
    body: textOf(row, 'body'),
    attempts: intOf(row, 'attempts'),
    caseId: (JSON.parse(textOf(row, 'body')) as { data: { stream: string } }).data.stream,
  }));
}

async function sendOne(
  organisation: Organisation,
  claimed: Claimed,
  { allowPrivate, random = Math.random }: { allowPrivate: boolean; random?: () => number },
): Promise<void> {
  const { clock } = organisation;
  try {
    const receiver = await receiverOf(organisation, claimed.endpoint);
    if (!receiver) return;
    // Signed with real time: receivers refuse what is five minutes off.
    const now = Math.floor(Date.now() / 1000);
    const headers = signatureHeaders(await secretsOf(organisation, receiver.id), claimed.id, now, claimed.body);
    const { status, retryAfter } = await postWebhook(receiver.url, claimed.body, headers, allowPrivate);
    if (status >= 200 && status < 300) {
      await settle(organisation, claimed.id, "state = 'delivered', status = ?2, delivered_at = ?3, failure = NULL", [
        status,
        clock.now(),
      ]);
    } else if (status === 410) {
      await setEndpointState(organisation, receiver.id, 'disabled');
      await report(
        organisation,
        claimed,
        'webhookDisabled',
        'the receiver answered 410: it wants no more; enable it again by hand',
      );
      await settle(organisation, claimed.id, "state = 'failed', status = 410, failure = ?2", ['gone']);
    } else await retryLater(organisation, claimed, `answered ${status}`, status, retryAfter, random);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    if (error instanceof DeliveryFailure) await fail(organisation, claimed, reason, null);
    else await retryLater(organisation, claimed, reason, null, null, random);
  }
}

async function retryLater(
  organisation: Organisation,
  claimed: Claimed,
  reason: string,
  status: number | null,
  retryAfter: number | null,
  random: () => number,
): Promise<void> {
  const planned = RETRY_SECONDS[claimed.attempts - 1];
  if (planned === undefined) return fail(organisation, claimed, reason, status);
  const wait = Math.max(retryAfter ?? 0, Math.round(planned * (0.9 + 0.2 * random())));
  await settle(organisation, claimed.id, "state = 'pending', status = ?2, failure = ?3, not_before = ?4", [
    status,
    reason.slice(0, 500),
    organisation.clock.now() + wait,
  ]);
}

async function fail(
  organisation: Organisation,
  claimed: Claimed,
  reason: string,
  status: number | null,
): Promise<void> {
  // The incident first: a process that ends between the two tries again, and nobody misses a dead letter.
  await report(organisation, claimed, 'webhookFailed', reason);
  await settle(organisation, claimed.id, "state = 'failed', status = ?2, failure = ?3", [status, reason.slice(0, 500)]);
}

function report(
  { database, clock }: Organisation,
  { id, caseId }: Claimed,
  kind: string,
  detail: string,
): Promise<void> {
  return reportIncident(database, { id: `webhook:${id}`, kind, caseId, subject: id, detail }, clock.now());
}

async function settle(
  { database }: Organisation,
  id: string,
  set: string,
  args: (string | number | null)[],
): Promise<void> {
  await database.batch([
    {
      sql: `UPDATE webhook_deliveries SET ${set}, claimed_by = NULL, claimed_until = NULL WHERE id = ?1`,
      args: [id, ...args],
    },
  ]);
}
