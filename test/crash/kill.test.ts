import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { callService as call, type ServiceProcess, startServe } from './serve-process.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'lintel-kill-'));
const rounds = Number(process.env.LINTEL_CRASH_ROUNDS ?? 3);
let running: ServiceProcess | undefined;

afterAll(async () => {
  await running?.kill();
  rmSync(folder, { recursive: true, force: true });
});

/** Ids of sample cases that still take notes. */
async function openCases(service: ServiceProcess): Promise<string[]> {
  const { body } = await call(service, '/v1/cases?state=open&limit=4');
  return (body.cases as { id: string }[]).map(({ id }) => id);
}

interface Sent {
  key: string;
  caseId: string;
  seqs: number[];
}

/** Sends notes from several hands at once until the process dies; answers what was acknowledged. */
async function sendUntilDeath(
  service: ServiceProcess,
  round: number,
  acknowledged: Sent[],
  inDoubt: { key: string; caseId: string }[],
): Promise<void> {
  const cases = await openCases(service);
  const hand = async (name: number) => {
    for (let n = 0; ; n++) {
      const key = `round-${round}-hand-${name}-${n}`;
      const caseId = cases[(name + n) % cases.length] ?? '';
      try {
        const { status, body } = await call(
          service,
          `/v1/cases/${caseId}/commands`,
          { command: { type: 'addNote', text: key } },
          key,
        );
        if (status !== 200) throw new Error(`note refused: ${JSON.stringify(body)}`);
        acknowledged.push({ key, caseId, seqs: (body.events as { seq: number }[]).map(({ seq }) => seq) });
      } catch (error) {
        if (error instanceof Error && error.message.startsWith('note refused')) throw error;
        inDoubt.push({ key, caseId });
        return;
      }
    }
  };
  const hands = Promise.all([0, 1, 2, 3, 4, 5].map(hand));
  await new Promise((resolve) => setTimeout(resolve, 400 + 150 * round));
  await service.kill();
  await hands;
}

async function eventsOf(service: ServiceProcess, caseId: string) {
  const { body } = await call(service, `/v1/cases/${caseId}/events`);
  return body as unknown as {
    events: { seq: number; type: string; payload: { text?: string } }[];
    personal: Record<string, string>;
  };
}

describe('a service killed in the middle of commands', () => {
  it('has every acknowledged command once after its restart, and what was in doubt at most once', {
    timeout: 240_000,
  }, async () => {
    const acknowledged: Sent[] = [];
    const inDoubt: { key: string; caseId: string }[] = [];
    for (let round = 0; round < rounds; round++) {
      running = await startServe(folder);
      await sendUntilDeath(running, round, acknowledged, inDoubt);
    }
    running = await startServe(folder);
    expect(acknowledged.length).toBeGreaterThan(20);
    // Repeating what was in doubt makes it exactly one, whether or not it was stored before.
    for (const { key, caseId } of inDoubt) {
      const { status } = await call(
        running,
        `/v1/cases/${caseId}/commands`,
        { command: { type: 'addNote', text: key } },
        key,
      );
      expect(status).toBe(200);
    }
    for (const caseId of new Set([...acknowledged, ...inDoubt].map((sent) => sent.caseId))) {
      const { events, personal } = await eventsOf(running, caseId);
      expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index + 1));
      const notes = events.flatMap(({ type, payload }) => (type === 'noteAdded' ? [personal[payload.text ?? '']] : []));
      const wanted = [...acknowledged, ...inDoubt].filter((sent) => sent.caseId === caseId).map(({ key }) => key);
      const found = notes.filter((note) => note?.startsWith('round-'));
      expect([...found].sort()).toEqual(wanted.sort());
      for (const { seqs, key } of acknowledged.filter((sent) => sent.caseId === caseId)) {
        const event = events.find(({ seq, type }) => seqs.includes(seq) && type === 'noteAdded');
        expect(personal[event?.payload.text ?? '']).toBe(key);
      }
    }
    expect(await running.stop()).toBe(0);
    running = undefined;
  });

  it('told to stop under load, it lets each connection go with its next answer, and lost nothing it said', {
    timeout: 120_000,
  }, async () => {
    const own = mkdtempSync(join(tmpdir(), 'lintel-stop-'));
    running = await startServe(own);
    const cases = await openCases(running);
    const acknowledged: string[] = [];
    const refused: number[] = [];
    const stopping = running;
    let isOver = false;
    // Each hand keeps its connection and sends on, as a proxy does.
    const hand = async (name: number) => {
      for (let n = 0; !isOver; n++) {
        const key = `hand-${name}-${n}`;
        const note = { command: { type: 'addNote', text: key } };
        const { status } = await call(stopping, `/v1/cases/${cases[n % cases.length]}/commands`, note, key);
        if (status === 200) acknowledged.push(key);
        else refused.push(status);
      }
    };
    const ends = [0, 1, 2, 3].map((name) => hand(name).catch(() => {}));
    const backup = call(stopping, '/v1/admin/backups', {}).catch(() => {});
    await new Promise((resolve) => setTimeout(resolve, 700));
    expect(await stopping.stop()).toBe(0);
    isOver = true;
    await Promise.all([...ends, backup]);
    // One that is kept would go on asking, and hold the server for its whole limit.
    expect(refused.length).toBeLessThanOrEqual(2 * ends.length);
    expect(refused.every((status) => status === 503)).toBe(true);
    expect(existsSync(join(own, 'lintel.lock'))).toBe(false);
    running = await startServe(own);
    const found: (string | undefined)[] = [];
    for (const caseId of cases) {
      const { events, personal } = await eventsOf(running, caseId);
      for (const { type, payload } of events) if (type === 'noteAdded') found.push(personal[payload.text ?? '']);
    }
    expect(acknowledged.length).toBeGreaterThan(5);
    expect(acknowledged.filter((key) => !found.includes(key))).toEqual([]);
    expect(await running.stop()).toBe(0);
    running = undefined;
    rmSync(own, { recursive: true, force: true });
  });

  it('told to stop while it starts, ends at once, and the next start goes on', { timeout: 120_000 }, async () => {
    const own = mkdtempSync(join(tmpdir(), 'lintel-told-'));
    const child = spawn(
      process.execPath,
      ['--import', 'tsx', 'runtime/cli/entry.ts', 'serve', '--data', own, '--port', '0', '--demo'],
      { cwd: root, stdio: ['ignore', 'ignore', 'pipe'] },
    );
    const ended = once(child, 'exit');
    let said = '';
    let isTold = false;
    for await (const chunk of child.stderr) {
      said += String(chunk);
      if (!isTold && said.includes('first start')) isTold = child.kill('SIGTERM');
    }
    expect(await ended).toEqual([0, null]);
    expect(said).toContain('told to stop while starting');
    running = await startServe(own);
    expect(await running.stop()).toBe(0);
    running = undefined;
    rmSync(own, { recursive: true, force: true });
  });

  it('lets no second process write the same folder', { timeout: 60_000 }, async () => {
    running = await startServe(folder);
    await expect(startServe(folder)).rejects.toThrow(/another process serves this data folder/);
  });
});
