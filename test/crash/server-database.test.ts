import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApp } from '../../runtime/service/app.ts';
import { verifyChain } from '../../runtime/service/audit/verify-chain.ts';
import { openDatabase } from '../../runtime/service/db/connect.ts';
import { openService } from '../../runtime/service/main.ts';
import { caseLifeConfiguration } from '../bench/support/case-life-configuration.ts';
import { findSqld, type SqldProcess, startSqld } from '../support/sqld.ts';

const binary = findSqld();
const folder = mkdtempSync(join(tmpdir(), 'lintel-server-database-'));
const servers: SqldProcess[] = [];

beforeAll(async () => {
  for (const name of ['control', 'organisation'])
    if (binary !== null) servers.push(await startSqld(binary, join(folder, name)));
}, 60_000);
afterAll(async () => {
  for (const server of servers) await server.kill();
  rmSync(folder, { recursive: true, force: true });
});

/** A service on the two servers, by the protocol asked for, with an administrator's key. */
async function open(protocol: 'http' | 'ws', node: string) {
  const [control, organisation] = servers.map(({ url }) => url.replace('http:', `${protocol}:`));
  const fail = (error: Error) => {
    throw error;
  };
  const opened = await openService({
    data: join(folder, node),
    previewClock: false,
    studioFolder: null,
    databases: { control: control ?? null, organisation: organisation ?? null },
    configuration: () => caseLifeConfiguration(),
    onLost: fail,
    onError: () => {},
  });
  opened.organisations.ready = true;
  const app = createApp(opened.organisations);
  const now = Math.floor(Date.now() / 1000);
  const { identities } = opened.organisations;
  const identity = { id: 'i-admin', organisation: 'main', user: 'u-admin', login: 'admin' };
  await identities.addIdentity({ ...identity, roles: ['administrator'] }, now);
  const key = await identities.addKey('i-admin', node, null, now);
  return {
    ...opened,
    async call(method: string, path: string, body?: unknown, idempotencyKey?: string) {
      const response = await app.request(`/v1${path}`, {
        method,
        headers: {
          authorization: `Bearer ${key}`,
          'content-type': 'application/json',
          ...(idempotencyKey === undefined ? {} : { 'idempotency-key': idempotencyKey }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      // biome-ignore lint/suspicious/noExplicitAny: a test reads what it expects
      return { status: response.status, body: (await response.json()) as any };
    },
  };
}

const enquiry = { workflow: 'LIFE', answers: { age: 40 }, customer: { name: 'A' } };
const noteOf = (text: string) => ({ command: { type: 'addNote', text } });

describe.skipIf(binary === null)('a database of a server', () => {
  it('by WebSocket takes batches whole or not at all, and answers as by HTTP', async () => {
    const url = servers[1]?.url ?? '';
    const byWs = await openDatabase(url.replace('http:', 'ws:'), { onLost() {} });
    const byHttp = await openDatabase(url, { onLost() {} });
    await byWs.batch(['CREATE TABLE t (x INTEGER PRIMARY KEY, y TEXT) STRICT']);
    const [written, read] = await byWs.batch([
      { sql: 'INSERT INTO t VALUES (?, ?), (?, ?)', args: [1, 'one', 2n, null] },
      'SELECT x, y FROM t ORDER BY x',
    ]);
    expect([written?.rowsAffected, read?.rows.map((row) => ({ ...row }))]).toEqual([
      2,
      [
        { x: 1, y: 'one' },
        { x: 2, y: null },
      ],
    ]);
    await expect(byWs.batch(["INSERT INTO t VALUES (3, 'three')", 'INSERT INTO t VALUES (1, NULL)'])).rejects.toThrow(
      /constraint/i,
    );
    for (const database of [byWs, byHttp])
      expect((await database.query('SELECT COUNT(*) AS n FROM t WHERE x > ?', [0]))[0]?.n).toBe(2);
    await byWs.batch(['DROP TABLE t']);
    await byWs.close();
    await byHttp.close();
  });

  it('carries two nodes by WebSocket, refuses while it is away, and goes on by itself when it is back', {
    timeout: 120_000,
  }, async () => {
    const [one, two] = [await open('ws', 'one'), await open('ws', 'two')];
    const { caseId } = (await one.call('POST', '/enquiries', enquiry, 'launch')).body;
    expect((await two.call('POST', '/enquiries', enquiry, 'launch')).status).toBe(201);
    // Both at one case at once: revisions keep them apart, and every note is there once.
    const noted = await Promise.all(
      Array.from({ length: 12 }, (_, n) =>
        (n % 2 === 0 ? one : two).call('POST', `/cases/${caseId}/commands`, noteOf(`note ${n}`), `note-${n}`),
      ),
    );
    expect(noted.map(({ status }) => status)).toEqual(noted.map(() => 200));

    await servers[1]?.kill();
    const refused = await one.call('POST', `/cases/${caseId}/commands`, noteOf('while away'), 'away');
    expect(refused.status).toBe(503);
    await servers[1]?.restart();
    const again = async () =>
      (await one.call('POST', `/cases/${caseId}/commands`, noteOf('while away'), 'away')).status;
    let status = 503;
    for (let attempt = 0; status === 503 && attempt < 40; attempt++) {
      await new Promise((resolve) => setTimeout(resolve, 250));
      status = await again();
    }
    expect(status).toBe(200);
    expect(await again()).toBe(200);

    const { events } = (await one.call('GET', `/cases/${caseId}/events?limit=200`)).body;
    expect(events.filter(({ type }: { type: string }) => type === 'noteAdded')).toHaveLength(13);
    const database = one.service.organisation.database;
    expect((await verifyChain(database, null)).faults).toEqual([]);
    const { incidents } = (await one.call('GET', '/admin/incidents')).body;
    expect(incidents).toContainEqual(expect.objectContaining({ kind: 'databaseAway' }));
    await one.close();
    await two.close();
  });
});
