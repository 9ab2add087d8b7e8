import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { findSqld, startSqld } from '../../../support/sqld.ts';
import { answersFor, openTestService, type TestService } from '../support/service.ts';

/** Six places in all. */
const CAPACITY = { ann: 3, ben: 2, cat: 1 };
const LAUNCHES = 24;

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  while (closing.length > 0) await closing.pop()?.();
});

async function open(...args: Parameters<typeof openTestService>): Promise<TestService> {
  const test = await openTestService(...args);
  closing.push(() => test.close());
  return test;
}

/** HP01, which opens when the case is raised, goes to the least loaded of three people with few places. */
async function limit(test: TestService): Promise<void> {
  const { organisation } = test.service;
  await organisation.database.batch([
    { sql: "UPDATE directory_users SET teams = '[]'", args: [] },
    ...Object.entries(CAPACITY).map(([id, places]) => ({
      sql: `INSERT INTO directory_users (id, name, teams, skills, active, absences, capacity) VALUES (?, ?, '["DUTY"]', '[]', 1, '[]', ?)`,
      args: [id, id, places],
    })),
  ]);
  organisation.refresh();
  await giveBy(test, 'task/HP01', { by: 'leastLoaded', team: 'DUTY' });
  // A turn that all cases take would guard them by itself.
  await giveBy(test, 'workflow/HP', { by: 'group', group: 'DUTY' });
  const { status } = await test.call('POST', '/v1/releases', { note: 'By load', acceptWarnings: true });
  expect(status).toBe(201);
}

async function giveBy(test: TestService, document: string, to: object): Promise<void> {
  const path = `/v1/drafts/main/documents/${document}`;
  const { document: drawn, revision } = (await test.call('GET', path)).body;
  const changed = { ...drawn, ownerRules: { only: { order: 1, to } } };
  expect((await test.call('PUT', path, changed, { 'if-match': `"${revision}"` })).status).toBe(200);
}

/** Launches at once, in turn at each node; answers the statuses. */
async function launchAll(nodes: readonly TestService[], launches = LAUNCHES): Promise<number[]> {
  const [first] = nodes;
  if (!first) return [];
  const answers = await answersFor(first.service, 'HP-01');
  return Promise.all(
    Array.from({ length: launches }, async (_, n) => {
      const body = { workflow: 'HP', answers, customer: { name: `Ada ${n}` } };
      return (await (nodes[n % nodes.length] ?? first).call('POST', '/v1/enquiries', body)).status;
    }),
  );
}

async function ownersOf(test: TestService): Promise<Record<string, number>> {
  const rows = await test.service.organisation.database.query(
    "SELECT COALESCE(owner, 'queue') AS owner, COUNT(*) AS n FROM case_tasks WHERE node = 'HP01' AND is_open = 1 GROUP BY 1",
  );
  return Object.fromEntries(rows.map((row) => [row['owner'], Number(row['n'])]));
}

describe('cases launched at the same instant', () => {
  it('never take anybody beyond their capacity: what is over waits in the queue (L3, L6)', async () => {
    const test = await open();
    await limit(test);
    expect(new Set(await launchAll([test]))).toEqual(new Set([201]));
    expect(await ownersOf(test)).toEqual({ ...CAPACITY, queue: LAUNCHES - 6 });
  }, 60_000);

  it('are spread by load, in turn of the last work given, where nobody is limited (L5)', async () => {
    const test = await open();
    await limit(test);
    await test.service.organisation.database.batch([{ sql: 'UPDATE directory_users SET capacity = NULL', args: [] }]);
    test.service.organisation.refresh();
    await launchAll([test]);
    expect(await ownersOf(test)).toEqual({ ann: 8, ben: 8, cat: 8 });
  }, 60_000);

  it('guard nobody where no load is looked at', async () => {
    const test = await open();
    expect(new Set(await launchAll([test], 4))).toEqual(new Set([201]));
    const streams = await test.service.organisation.database.query("SELECT id FROM streams WHERE kind = 'load'");
    expect(streams).toEqual([]);
  }, 60_000);
});

const sqld = findSqld();
describe.skipIf(sqld === null).each(['http', 'ws'])('two nodes on one libSQL server over %s', (protocol) => {
  it('never take anybody beyond their capacity together (L3)', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'lintel-capacity-'));
    const servers = [
      await startSqld(sqld ?? '', join(folder, 'control')),
      await startSqld(sqld ?? '', join(folder, 'organisation')),
    ];
    closing.push(async () => {
      for (const server of servers) await server.kill();
      rmSync(folder, { recursive: true, force: true });
    });
    const [control = '', organisation = ''] = servers.map(({ url }) => url.replace('http:', `${protocol}:`));
    const first = await open(join(folder, 'node-1'), { control, organisation });
    await limit(first);
    const second = await open(join(folder, 'node-2'), { control, organisation });
    // Each has loaded the release before they race.
    for (const node of [first, second]) await launchAll([node], 1);
    expect(new Set(await launchAll([first, second]))).toEqual(new Set([201]));
    expect(await ownersOf(first)).toEqual({ ...CAPACITY, queue: LAUNCHES + 2 - 6 });
  }, 120_000);
});
