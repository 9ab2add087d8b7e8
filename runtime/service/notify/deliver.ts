import { randomUUID } from 'node:crypto';
import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CaseEventPayloads } from '../../../schemas/case-event.ts';
import { intOf, jsonOf, type Row, textOf, textOrNull } from '../db/database.ts';
import type { Organisation } from '../organisation.ts';
import { type RecentSends, releaseMessages } from './release.ts';
import { type RenderedMessage, renderMessage } from './render-message.ts';

const LEASE_SECONDS = 30;
const BATCH = 64;
const IS_DUE =
  "state IN ('pending', 'sending') AND not_before <= ? AND COALESCE(claimed_until, 0) <= ? AND (attempts > 0 OR id IN (SELECT value FROM json_each(?)))";
const MAX_ATTEMPTS = 5;
const BACKOFF_SECONDS = [5, 60, 600, 3600];

export interface Delivery {
  /** Sends what is due until nothing is left; answers how many went out. */
  runOnce(): Promise<number>;
  start(): void;
  stop(): Promise<void>;
}

interface Claimed {
  id: string;
  caseId: string;
  task: string | null;
  attempts: number;
  urgent: boolean;
  createdAt: number;
  message: CaseEventPayloads['messageQueued'];
}

/** Sends the outbox of one organisation: in-app messages as rows, every other channel as a letter in the letter-box folder. */
export function createDelivery(
  organisation: Organisation,
  letterBox: string,
  onError: (error: unknown) => void,
): Delivery {
  const worker = randomUUID();
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<number> = Promise.resolve(0);
  const recent: RecentSends = new Map();
  mkdirSync(letterBox, { recursive: true });
  const runOnce = () => {
    const run = () => sendAll(organisation, letterBox, worker, recent);
    running = running.then(run, run);
    return running;
  };
  return {
    runOnce,
    start() {
      timer = setInterval(() => void runOnce().catch(onError), 1000);
    },
    async stop() {
      clearInterval(timer);
      await running.catch(() => 0);
    },
  };
}

async function sendAll(
  organisation: Organisation,
  letterBox: string,
  worker: string,
  recent: RecentSends,
): Promise<number> {
  let sent = 0;
  const released = JSON.stringify(await releaseMessages(organisation, recent));
  for (;;) {
    const claimed = await claim(organisation, worker, released);
    if (claimed.length === 0) return sent;
    for (const one of claimed) await sendOne(organisation, letterBox, one);
    sent += claimed.length;
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
        RETURNING id, case_id, task, attempts, urgent, variables, created_at`,
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
  }));
}

async function sendOne(organisation: Organisation, letterBox: string, claimed: Claimed): Promise<void> {
  const { clock } = organisation;
  try {
    const rendered = await renderMessage(organisation, claimed.caseId, claimed.message);
    if (claimed.message.channel === 'inApp') return await putInApp(organisation, claimed, rendered);
    const reference = putInLetterBox(letterBox, claimed, rendered, clock.now());
    await settle(
      organisation,
      claimed,
      `state = 'sent', sent_at = ${clock.now()}, provider_reference = '${reference}'`,
    );
  } catch (error) {
    await retryLater(organisation, claimed, error);
  }
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

/** One file a message, named by its id: a second sending after a crash writes the same file. */
function putInLetterBox(
  letterBox: string,
  { id, caseId, task, message, createdAt }: Claimed,
  rendered: RenderedMessage,
  now: number,
): string {
  const letter = {
    id,
    case: caseId,
    task,
    channel: message.channel,
    to: message.to,
    address: rendered.address,
    title: rendered.title,
    text: rendered.text,
    template: message.template,
    urgent: message.urgent,
    createdAt,
    sentAt: now,
  };
  const name = id.replaceAll(/[^A-Za-z0-9_-]/g, '_');
  for (const [ending, text] of [
    ['json', `${JSON.stringify(letter, null, 2)}\n`],
    [
      'txt',
      `To: ${rendered.address ?? message.to} (${message.channel})\nSubject: ${rendered.title}\n\n${rendered.text}\n`,
    ],
  ] as const) {
    const file = join(letterBox, `${name}.${ending}`);
    writeFileSync(`${file}.new`, text);
    renameSync(`${file}.new`, file);
  }
  return `letter-box:${name}`;
}

async function retryLater(organisation: Organisation, claimed: Claimed, error: unknown): Promise<void> {
  const { database, clock } = organisation;
  const detail = error instanceof Error ? error.message : String(error);
  if (claimed.attempts < MAX_ATTEMPTS) {
    const wait = BACKOFF_SECONDS[claimed.attempts - 1] ?? 3600;
    await settle(organisation, claimed, `state = 'pending', not_before = ${clock.now() + wait}`);
    return;
  }
  await settle(organisation, claimed, "state = 'failed'");
  await database.batch([
    {
      sql: 'INSERT INTO incidents (id, kind, case_id, detail, created_at) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING',
      args: [`message:${claimed.id}`, 'messageFailed', claimed.caseId, detail.slice(0, 1000), BigInt(clock.now())],
    },
  ]);
}

async function settle({ database }: Organisation, { id }: Claimed, set: string): Promise<void> {
  await database.batch([
    { sql: `UPDATE outbox SET ${set}, claimed_by = NULL, claimed_until = NULL WHERE id = ?`, args: [id] },
  ]);
}
