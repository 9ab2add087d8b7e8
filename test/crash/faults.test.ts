import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createClient } from '@libsql/client';
import Sqlite from 'libsql';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createActor, createMachine } from 'xstate';
import { verifyChain } from '../../runtime/service/audit/verify-chain.ts';
import { openDatabase } from '../../runtime/service/db/connect.ts';
import { openService } from '../../runtime/service/main.ts';
import { inspectBackup } from '../../runtime/service/operations/backup.ts';
import { answersFor, MONDAY, openTestService } from '../runtime/service/support/service.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lintel-faults-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

// What the runtime is built around. When one of these fails, the library was put right and its fence may go.
describe('faults of libraries that the runtime fences off', () => {
  it('the libSQL client loses an acknowledged write after its batch met BUSY', async () => {
    const url = `file:${join(folder, 'lost.db')}`;
    const holder = createClient({ url, concurrency: 1 });
    await holder.executeMultiple('PRAGMA journal_mode = WAL; CREATE TABLE t (x INTEGER);');
    const writer = createClient({ url, concurrency: 1 });
    await writer.executeMultiple('PRAGMA busy_timeout = 0;');
    const held = await holder.transaction('write');
    await expect(writer.batch(['INSERT INTO t VALUES (1)'], 'write')).rejects.toThrow(/BUSY|locked/);
    await held.rollback();
    await writer.execute('INSERT INTO t VALUES (2)');
    writer.close();
    const { rows } = await holder.execute('SELECT COUNT(*) AS n FROM t');
    holder.close();
    expect(Number(rows[0]?.n)).toBe(0);
  });

  it.skipIf(process.platform !== 'linux')(
    'a closed libSQL connection stays while a prepared statement is known',
    () => {
      const file = join(folder, 'closed.db');
      const database = new Sqlite(file);
      database.exec('CREATE TABLE t (x INTEGER)');
      const statement = database.prepare('SELECT x FROM t');
      database.close();
      expect(openFiles()).toContain(file);
      expect(statement.all()).toEqual([]);
    },
  );

  it('a machine restored by XState has forgotten what it waits for', async () => {
    const machine = createMachine({ initial: 'waits', states: { waits: { after: { 20: 'done' } }, done: {} } });
    const first = createActor(machine).start();
    const kept = first.getPersistedSnapshot();
    first.stop();
    const again = createActor(machine, { snapshot: kept }).start();
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(again.getSnapshot().value).toBe('waits');
    again.stop();
  });
});

function openFiles(): string[] {
  return readdirSync('/proc/self/fd').flatMap((number) => {
    try {
      return [readlinkSync(`/proc/self/fd/${number}`)];
    } catch {
      return [];
    }
  });
}

describe('a service in trouble', () => {
  const launch = async (opened: Awaited<ReturnType<typeof openTestService>>) => {
    const answers = await answersFor(opened.service, 'HP-01');
    const { body } = await opened.call('POST', '/v1/enquiries', { workflow: 'HP', answers, customer: { name: 'A' } });
    return body.caseId as string;
  };
  const note = (opened: Awaited<ReturnType<typeof openTestService>>, caseId: string, text: string, key?: string) =>
    opened.call(
      'POST',
      `/v1/cases/${caseId}/commands`,
      { command: { type: 'addNote', text } },
      key === undefined ? {} : { 'idempotency-key': key },
    );

  it('on a full disk refuses with 503, loses nothing, and goes on when there is room again', {
    timeout: 60_000,
  }, async () => {
    const opened = await openTestService(join(folder, 'full'));
    const { database } = opened.service.organisation;
    const caseId = await launch(opened);
    const [pages] = await database.query('PRAGMA page_count');
    await database.batch([`PRAGMA max_page_count = ${Number(Object.values(pages ?? {})[0]) + 2}`]);
    const long = 'x'.repeat(9000);
    const statuses: number[] = [];
    for (let n = 0; n < 6; n++) statuses.push((await note(opened, caseId, `${long}${n}`, `k${n}`)).status);
    expect(statuses.at(-1)).toBe(503);
    await database.batch(['PRAGMA max_page_count = 1000000']);
    for (let n = 0; n < 6; n++) expect((await note(opened, caseId, `${long}${n}`, `k${n}`)).status).toBe(200);
    const { body } = await opened.call('GET', `/v1/cases/${caseId}/events`);
    expect(body.events.filter(({ type }: { type: string }) => type === 'noteAdded')).toHaveLength(6);
    expect((await verifyChain(database, null)).faults).toEqual([]);
    // Written down once there was room, so that somebody learns of it.
    const { incidents } = (await opened.call('GET', '/v1/admin/incidents')).body;
    expect(incidents).toContainEqual(expect.objectContaining({ kind: 'databaseAway', state: 'open' }));
    await opened.close();
  });

  it('with a torn and garbled log comes up with what was whole', { timeout: 60_000 }, async () => {
    const opened = await openTestService(join(folder, 'torn'));
    const caseId = await launch(opened);
    for (let n = 0; n < 20; n++) await note(opened, caseId, `note ${n}`);
    const file = join(folder, 'torn', 'organisations', 'main.db');
    const whole = readFileSync(`${file}-wal`);
    for (const [name, log] of [
      ['cut', whole.subarray(0, whole.length - 1500)],
      ['garbled', Buffer.concat([whole.subarray(0, whole.length - 6000), Buffer.alloc(6000, 7)])],
    ] as const) {
      const copy = join(folder, `${name}.db`);
      copyFileSync(file, copy);
      writeFileSync(`${copy}-wal`, log);
      const database = await openDatabase(`file:${copy}`, { onLost() {} });
      const report = await verifyChain(database, null);
      expect(report.faults).toEqual([]);
      expect(report.events).toBeGreaterThan(10);
      await database.close();
    }
    await opened.close();
  });

  it('whose clock jumps forward and back records every fact once', { timeout: 60_000 }, async () => {
    const opened = await openTestService(join(folder, 'clock'));
    const { clock, ticker, organisation } = opened.service;
    const caseId = await launch(opened);
    for (const days of [20, 3, 40, -5, 41]) {
      clock.set(MONDAY + days * 86_400);
      await ticker.runOnce();
      expect((await note(opened, caseId, `day ${days}`)).status).toBe(200);
    }
    const rows = await organisation.database.query(
      "SELECT payload, COUNT(*) AS n FROM case_events WHERE type IN ('slaBreached', 'rungFired') GROUP BY payload",
    );
    expect(rows.length).toBeGreaterThan(0);
    expect(rows.every(({ n }) => Number(n) === 1)).toBe(true);
    expect((await opened.call('POST', `/v1/admin/cases/${caseId}/replay`)).body.differs).toEqual([]);
    await opened.close();
  });

  it('goes on when a backup finds no room, says so, and leaves no half of it', { timeout: 60_000 }, async () => {
    const data = join(folder, 'no-room');
    const opened = await openTestService(data);
    const caseId = await launch(opened);
    // A disk that is full at 100 kB a file: the shell's limit on what one process may write.
    const backUp = (limit: string) =>
      spawnSync(
        'sh',
        ['-c', `trap '' XFSZ; ${limit} exec "$@"`, 'sh', process.execPath, '--import', 'tsx', ...backup],
        { cwd: root, encoding: 'utf8' },
      );
    const to = join(folder, 'backups');
    const backup = ['runtime/cli/entry.ts', 'backup', '--data', data, '--to', to, '--json'];
    // Through the service: the folder's place is taken by a file.
    writeFileSync(join(folder, 'taken'), '');
    Object.assign(opened.service.operations.config, { backupFolder: join(folder, 'taken') });
    await expect(opened.service.operations.backup('test')).rejects.toThrow();
    expect((await note(opened, caseId, 'while there is no backup')).status).toBe(200);
    await opened.leave();
    const full = backUp('ulimit -f 200;');
    expect(full.status).not.toBe(0);
    expect(full.stderr).toMatch(/full|I\/O|too large/i);
    expect(existsSync(to) ? readdirSync(to) : []).toEqual([]);
    const whole = backUp('');
    expect([whole.status, whole.stderr]).toEqual([0, expect.anything()]);
    expect((await inspectBackup(JSON.parse(whole.stdout).folder)).faults).toEqual([]);
  });

  it('that may only read its folder says so and ends', { timeout: 60_000 }, () => {
    const data = join(folder, 'read-only');
    mkdirSync(data);
    chmodSync(folder, 0o755);
    chmodSync(data, 0o555);
    // Root may write everything: then as nobody.
    const user = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};
    const args = ['--import', 'tsx', 'runtime/cli/entry.ts', 'serve', '--data', data, '--port', '0'];
    const home = { ...process.env, HOME: folder, TMPDIR: tmpdir() };
    const { status, stderr } = spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8', env: home, ...user });
    expect(stderr).toContain('cannot be written');
    expect(status).toBe(2);
  });

  it('says what is wrong with a folder it cannot write', async () => {
    const file = join(folder, 'a-file');
    writeFileSync(file, '');
    const fail = (error: unknown) => {
      throw error;
    };
    const options = { previewClock: false, studioFolder: null, onLost: fail, onError: fail };
    await expect(openService({ ...options, data: join(file, 'data') })).rejects.toThrow(/cannot be written/);
  });

  it('takes no body of 50 MB, announced or not', { timeout: 60_000 }, async () => {
    const opened = await openTestService(join(folder, 'large'));
    const key = await opened.keyFor('officer');
    const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
    let sent = 0;
    const endless = new ReadableStream({
      pull(controller) {
        sent += 65_536;
        controller.enqueue(new Uint8Array(65_536).fill(32));
        if (sent > 50 * 1024 * 1024) controller.close();
      },
    });
    const request = new Request('http://local/v1/enquiries', {
      method: 'POST',
      headers,
      body: endless,
      duplex: 'half',
    } as RequestInit);
    expect((await opened.app.request(request)).status).toBe(413);
    expect(sent).toBeLessThan(5 * 1024 * 1024);
    const announced = await opened.app.request('/v1/enquiries', {
      method: 'POST',
      headers: { ...headers, 'content-length': '52428800' },
      body: '{}',
    });
    expect(announced.status).toBe(413);
    await opened.close();
  });
});
