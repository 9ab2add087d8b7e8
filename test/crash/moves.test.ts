import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { replayCase } from '../../runtime/service/audit/replay-case.ts';
import { verifyChain } from '../../runtime/service/audit/verify-chain.ts';
import { openForReading } from '../../runtime/service/db/connect.ts';
import { callService as call, type ServiceProcess, startServe } from './serve-process.ts';

const folder = mkdtempSync(join(tmpdir(), 'lintel-moves-'));
const CASES = Number(process.env.LINTEL_CRASH_CASES ?? 240);
const HANDS = 4;
let running: ServiceProcess | undefined;

afterAll(async () => {
  await running?.kill();
  rmSync(folder, { recursive: true, force: true });
});

async function launchMany(service: ServiceProcess): Promise<string[]> {
  const saved = await call(service, '/v1/drafts/main/documents/test/HP-01');
  const { answers } = saved.body['document'] as { answers: object };
  const ids: string[] = [];
  while (ids.length < CASES) {
    const batch = Array.from({ length: 20 }, (_, n) =>
      call(service, '/v1/enquiries', {
        workflow: 'HP',
        answers,
        customer: { name: `Sample ${ids.length + n}` },
        allowIncomplete: true,
      }),
    );
    for (const { status, body } of await Promise.all(batch)) {
      expect(status, JSON.stringify(body)).toBe(201);
      ids.push(body['caseId'] as string);
    }
  }
  return ids;
}

/** A release in which HP01 has three working days more. */
async function publishLonger(service: ServiceProcess): Promise<number> {
  const path = '/v1/drafts/main/documents/task/HP01';
  const { document, revision } = (await call(service, path)).body as {
    document: { sla: { target: { value: number } } };
    revision: number;
  };
  const { sla } = document;
  const target = { ...sla.target, value: sla.target.value + 3 };
  const saved = await fetch(`${service.origin}${path}`, {
    method: 'PUT',
    headers: {
      cookie: service.cookie,
      origin: service.origin,
      'content-type': 'application/json',
      'if-match': `"${revision}"`,
    },
    body: JSON.stringify({ ...document, sla: { ...sla, target } }),
  });
  expect(saved.status).toBe(200);
  const published = await call(service, '/v1/releases', { note: 'longer', acceptWarnings: true });
  expect(published.status, JSON.stringify(published.body)).toBe(201);
  return published.body['number'] as number;
}

/** Notes from several hands at once until told to stop, or until the process is gone; answers how many were acknowledged. */
function writeNotes(service: ServiceProcess, cases: readonly string[], round: string): () => Promise<number> {
  let isOver = false;
  let written = 0;
  const hand = async (name: number) => {
    for (let n = 0; !isOver; n++) {
      const id = cases[(name * 61 + n) % cases.length] ?? '';
      const note = { command: { type: 'addNote', text: `${round} ${n}` } };
      const sent = await call(service, `/v1/cases/${id}/commands`, note, `${round}-${name}-${n}`).catch(() => null);
      if (sent === null) return;
      expect(sent.status, JSON.stringify(sent.body)).toBe(200);
      written++;
    }
  };
  const hands = Promise.all(Array.from({ length: HANDS }, (_, name) => hand(name)));
  return async () => {
    isOver = true;
    await hands;
    return written;
  };
}

const movedSoFar = async (service: ServiceProcess, move: string) => {
  const { body } = await call(service, `/v1/moves/${move}`);
  return { state: body['state'], cases: body['cases'] as { id: string; state: string }[] };
};

const file = join(folder, 'organisations', 'main.db');

describe('a move of many open cases, while they are worked and the service is killed', () => {
  it('goes on after the restart to its end: each case once, its row what its events make', {
    timeout: 300_000,
  }, async () => {
    running = await startServe(folder);
    const cases = await launchMany(running);
    const to = await publishLonger(running);
    const stopNotes = writeNotes(running, cases, 'before');
    const begun = await call(running, '/v1/moves', { to, note: 'longer' });
    expect(begun.status).toBe(201);
    const move = begun.body['id'] as string;
    while ((await movedSoFar(running, move)).cases.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    await running.kill();
    await stopNotes();

    const killed = openForReading(file);
    const [count] = await killed.query("SELECT COUNT(*) AS n FROM moved_cases WHERE state = 'moved'");
    const [job] = await killed.query('SELECT state FROM moves WHERE id = ?', [move]);
    killed.close();
    expect([Number(count?.['n']) > 0, Number(count?.['n']) < CASES, job?.['state']]).toEqual([true, true, 'running']);

    running = await startServe(folder);
    const stopMore = writeNotes(running, cases, 'after');
    const service = running;
    await expect.poll(async () => (await movedSoFar(service, move)).state, { timeout: 120_000 }).toBe('done');
    expect(await stopMore()).toBeGreaterThan(0);
    expect(await running.stop()).toBe(0);
    running = undefined;

    const database = openForReading(file);
    const moves = await database.query(
      "SELECT stream, COUNT(*) AS n FROM case_events WHERE type = 'caseMoved' GROUP BY stream",
    );
    expect(new Set(moves.map(({ n }) => Number(n)))).toEqual(new Set([1]));
    const moved = new Set(moves.map(({ stream }) => stream));
    expect(cases.filter((id) => !moved.has(id))).toEqual([]);
    const left = await database.query(
      `SELECT id FROM cases WHERE status IN ('open', 'onHold') AND release <> ?
       AND id NOT IN (SELECT case_id FROM moved_cases WHERE move = ? AND state = 'refused')`,
      [to, move],
    );
    expect(left).toEqual([]);
    const all = await database.query('SELECT id FROM cases');
    const differing = [];
    for (const { id } of all) {
      const report = await replayCase(database, String(id));
      if (report && report.differs.length > 0) differing.push(report);
    }
    expect([all.length >= CASES, differing]).toEqual([true, []]);
    expect((await verifyChain(database, null)).faults).toEqual([]);
    database.close();
  });
});
