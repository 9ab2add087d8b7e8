import { fork, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, chownSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort } from '../../support/free-port.ts';
import { sleep } from '../support/bench-service.ts';
import { createCaller } from '../support/caller.ts';
import type { Runtime } from '../support/live-cases.ts';
import { hasPackage, usageOf } from './packages.ts';

/** DBOS in a process of its own on a PostgreSQL of its own; null where either is not installed. */
export async function startDbos(): Promise<Runtime | null> {
  const programs = spawnSync('pg_config', ['--bindir'], { encoding: 'utf8' }).stdout?.trim();
  if (!hasPackage('@dbos-inc/dbos-sdk') || !programs) return null;
  const postgres = await startPostgres(programs);
  const child = fork(fileURLToPath(new URL('./dbos-life.ts', import.meta.url)), [postgres.url], {
    execArgv: ['--import', 'tsx', '--max-semi-space-size=64'],
  });
  const [port] = (await once(child, 'message')) as [number];
  const caller = createCaller(`http://127.0.0.1:${port}`);
  const call = async (path: string, body: unknown) => {
    const { status, text } = await caller.send('POST', path, JSON.stringify(body));
    if (status >= 300) throw new Error(`DBOS, ${path}: ${status} ${text}`);
    return JSON.parse(text);
  };
  return {
    async launch(name) {
      const id = `${name}-${process.pid}`;
      await call(`/launch/${id}`, null);
      return id;
    },
    async complete(id, task) {
      await call(`/complete/${id}`, task);
      return 0;
    },
    close: async (id) => Number(await call(`/close/${id}`, null)),
    usage: async () => usageOf([child.pid ?? 0, postgres.pid]),
    async stop() {
      await caller.close();
      const ended = once(child, 'exit');
      child.kill('SIGKILL');
      await ended;
      await postgres.stop();
    },
  };
}

/** A fresh PostgreSQL as it comes, but for 200 connections; it refuses to run as the superuser, so it runs as `nobody` there. */
async function startPostgres(programs: string) {
  const folder = mkdtempSync(join(tmpdir(), 'lintel-dbos-'));
  const isRoot = process.getuid?.() === 0;
  const identity = isRoot ? { uid: 65534, gid: 65534 } : {};
  if (isRoot) chownSync(folder, 65534, 65534);
  chmodSync(folder, 0o700);
  const made = spawnSync(join(programs, 'initdb'), ['-D', join(folder, 'data'), '-U', 'life', '-A', 'trust'], {
    cwd: folder,
    encoding: 'utf8',
    ...identity,
  });
  if (made.status !== 0) throw new Error(`initdb: ${made.stderr}`);
  const port = await freePort();
  const server = spawn(
    join(programs, 'postgres'),
    ['-D', join(folder, 'data'), '-p', String(port), '-h', '127.0.0.1', '-k', folder, '-N', '200'],
    { cwd: folder, stdio: 'ignore', ...identity },
  );
  const url = `postgresql://life@127.0.0.1:${port}/life`;
  for (
    let attempt = 0;
    spawnSync(join(programs, 'pg_isready'), ['-q', '-h', '127.0.0.1', '-p', String(port)]).status;
  ) {
    if (++attempt > 100) throw new Error('PostgreSQL did not start');
    await sleep(200);
  }
  return {
    url,
    pid: server.pid ?? 0,
    async stop() {
      const ended = once(server, 'exit');
      server.kill('SIGINT');
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
