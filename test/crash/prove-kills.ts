import { join } from 'node:path';
import { createClient } from '@libsql/client';
import { verifyChain } from '../../runtime/service/audit/verify-chain.ts';
import { openDatabase } from '../../runtime/service/db/connect.ts';
import { type SqldProcess, startSqld } from '../support/sqld.ts';
import { type ServiceProcess, startServe } from './serve-process.ts';

export interface KillReport {
  kills: number;
  serverKills: number;
  acknowledged: number;
  repeated: number;
  events: number;
  faults: string[];
}

interface Setting {
  folder: string;
  kills: number;
  nodes: number;
  /** Binary of the libSQL server; null proves the file. */
  sqld: string | null;
  say(text: string): void;
}

const HANDS = 6;

interface Acknowledged {
  key: string;
  caseId: string;
  seqs: number[];
}

/** Kills processes with -9 while notes are written; every note is asked for under its key until it is acknowledged. */
export async function proveKills({ folder, kills, nodes: count, sqld, say }: Setting): Promise<KillReport> {
  const servers: SqldProcess[] = [];
  if (sqld !== null)
    for (const name of ['control', 'organisation']) servers.push(await startSqld(sqld, join(folder, `sqld-${name}`)));
  const environment: Record<string, string> =
    servers[0] && servers[1]
      ? { LINTEL_CONTROL_DATABASE: servers[0].url, LINTEL_ORGANISATION_DATABASE: servers[1].url }
      : {};
  const start = (index: number) => startServe(join(folder, `node-${index}`), ['--demo'], environment);
  const nodes: (ServiceProcess | null)[] = [];
  for (let index = 0; index < count; index++) nodes.push(await start(index));
  say(`${count} nodes serve${sqld === null ? ' from a file' : ' from a libSQL server'}`);
  const cases = await openCases(nodes[0]);
  const acknowledged: Acknowledged[] = [];
  const counts = { repeated: 0, isOver: false };
  const hands = Promise.all(
    Array.from({ length: HANDS }, async (_, hand) => {
      for (let n = 0; !counts.isOver; n++)
        await writeNote(nodes, cases[(hand + n) % cases.length] ?? '', `hand-${hand}-${n}`, acknowledged, counts);
    }),
  );
  let serverKills = 0;
  for (let kill = 0; kill < kills; kill++) {
    await sleep(300 + 900 * Math.random());
    const target = Math.floor(Math.random() * (count + servers.length));
    const server = servers[target - count];
    if (server) {
      serverKills++;
      await server.kill();
      await server.restart();
    } else {
      const node = nodes[target];
      nodes[target] = null;
      await node?.kill();
      nodes[target] = await start(target);
    }
    if ((kill + 1) % 10 === 0) say(`${kill + 1} kills, ${acknowledged.length} acknowledged`);
  }
  await sleep(1000);
  counts.isOver = true;
  await hands;
  for (const node of nodes) await node?.stop();
  const place =
    environment.LINTEL_ORGANISATION_DATABASE ?? `file:${join(folder, 'node-0', 'organisations', 'main.db')}`;
  const { events, faults } = await findFaults(place, acknowledged);
  for (const server of servers) await server.kill();
  return { kills, serverKills, acknowledged: acknowledged.length, repeated: counts.repeated, events, faults };
}

async function openCases(node: ServiceProcess | null | undefined): Promise<string[]> {
  if (!node) return [];
  const response = await fetch(`${node.origin}/v1/cases?state=open&limit=6`, { headers: { cookie: node.cookie } });
  return ((await response.json()) as { cases: { id: string }[] }).cases.map(({ id }) => id);
}

/** Asks under one key, at whichever node, until somebody says it is durable. */
async function writeNote(
  nodes: readonly (ServiceProcess | null)[],
  caseId: string,
  key: string,
  acknowledged: Acknowledged[],
  counts: { repeated: number },
): Promise<void> {
  for (let attempt = 0; attempt < 2000; attempt++) {
    const node = nodes[Math.floor(Math.random() * nodes.length)];
    if (attempt > 0) counts.repeated++;
    if (node) {
      const answer = await fetch(`${node.origin}/v1/cases/${caseId}/commands`, {
        method: 'POST',
        headers: {
          cookie: node.cookie,
          origin: node.origin,
          'content-type': 'application/json',
          'idempotency-key': key,
        },
        body: JSON.stringify({ command: { type: 'addNote', text: key } }),
        signal: AbortSignal.timeout(10_000),
      })
        .then(async (response) => ({
          status: response.status,
          body: (await response.json()) as { events?: { seq: number }[] },
        }))
        .catch(() => null);
      if (answer?.status === 200) {
        acknowledged.push({ key, caseId, seqs: (answer.body.events ?? []).map(({ seq }) => seq) });
        return;
      }
    }
    await sleep(50);
  }
  throw new Error(`${key} was never acknowledged`);
}

/** Looks at the database itself: every acknowledged event once, no gap, the chain whole, no fact twice, the outbox exact. */
async function findFaults(
  place: string,
  acknowledged: readonly Acknowledged[],
): Promise<{ events: number; faults: string[] }> {
  const faults: string[] = [];
  const client = createClient({ url: place, concurrency: 1 });
  const ask = async (sql: string, args: (string | number)[] = []) => (await client.execute({ sql, args })).rows;
  for (const { key, caseId, seqs } of acknowledged) {
    const commands = await ask("SELECT id FROM commands WHERE key LIKE '%:' || ?", [key]);
    if (commands.length !== 1) faults.push(`${key} is stored ${commands.length} times`);
    for (const seq of seqs) {
      const events = await ask('SELECT command FROM case_events WHERE stream = ? AND seq = ?', [caseId, seq]);
      if (events[0]?.command !== commands[0]?.id) faults.push(`event ${seq} of ${key} is not there`);
    }
  }
  const gaps = await ask(
    'SELECT stream, COUNT(*) AS n, MAX(seq) AS last FROM case_events GROUP BY stream HAVING n <> last',
  );
  for (const { stream } of gaps) faults.push(`the sequence of ${String(stream)} has a gap`);
  const twice = await ask(
    "SELECT stream, type, payload, COUNT(*) AS n FROM case_events WHERE type IN ('slaBreached', 'rungFired', 'taskCompleted') GROUP BY stream, type, payload HAVING n > 1",
  );
  for (const { stream, type } of twice) faults.push(`${String(type)} of ${String(stream)} is there twice`);
  const [outbox] = await ask(
    "SELECT (SELECT COUNT(*) FROM case_events WHERE type = 'messageQueued') AS queued, (SELECT COUNT(*) FROM outbox WHERE id IN (SELECT payload->>'messageId' FROM case_events WHERE type = 'messageQueued')) AS rows",
  );
  if (outbox?.queued !== outbox?.rows)
    faults.push(`${String(outbox?.queued)} messages queued, ${String(outbox?.rows)} in the outbox`);
  const [count] = await ask('SELECT COUNT(*) AS n FROM case_events');
  client.close();
  const database = await openDatabase(place, { onLost() {} });
  faults.push(...(await verifyChain(database, null)).faults.map(({ message }) => message));
  await database.close();
  return { events: Number(count?.n ?? 0), faults };
}

function sleep(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
