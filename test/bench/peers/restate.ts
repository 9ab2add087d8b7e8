import { fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort } from '../../support/free-port.ts';
import { sleep } from '../support/bench-service.ts';
import { createCaller } from '../support/caller.ts';
import type { Runtime } from '../support/live-cases.ts';
import { hasPackage, PEERS_FOLDER, usageOf } from './packages.ts';

/** Restate's server and the workflow beside it, each in a process of its own; null where its packages are not installed. */
export async function startRestate(): Promise<Runtime | null> {
  if (!hasPackage('@restatedev/restate-server') || !hasPackage('@restatedev/restate-sdk')) return null;
  const folder = mkdtempSync(join(tmpdir(), 'lintel-restate-'));
  const [ingress, admin, fabric, life] = [await freePort(), await freePort(), await freePort(), await freePort()];
  const child = fork(fileURLToPath(new URL('./restate-life.ts', import.meta.url)), [String(life)], {
    execArgv: ['--import', 'tsx'],
    env: { ...process.env, RESTATE_LOGGING: 'ERROR' },
  });
  await once(child, 'message');
  const server = spawn(process.execPath, [join(PEERS_FOLDER, 'node_modules/@restatedev/restate-server/lib/index.js')], {
    cwd: folder,
    stdio: 'ignore',
    env: {
      ...process.env,
      DO_NOT_TRACK: '1',
      RESTATE_INGRESS__BIND_ADDRESS: `127.0.0.1:${ingress}`,
      RESTATE_ADMIN__BIND_ADDRESS: `127.0.0.1:${admin}`,
      RESTATE_BIND_ADDRESS: `127.0.0.1:${fabric}`,
      RESTATE_ADVERTISED_ADDRESS: `http://127.0.0.1:${fabric}`,
      RESTATE_BASE_DIR: folder,
      RESTATE_LOG_FILTER: 'error',
    },
  });
  await register(admin, life);
  const caller = createCaller(`http://127.0.0.1:${ingress}`);
  const call = async (path: string, body: unknown) => {
    const { status, text } = await caller.send('POST', path, body === undefined ? '' : JSON.stringify(body));
    if (status >= 300) throw new Error(`Restate, ${path}: ${status} ${text}`);
  };
  return {
    async launch(name) {
      const id = `${name}-${process.pid}`;
      await call(`/Life/${id}/run/send`, undefined);
      return id;
    },
    async complete(id, task) {
      await call(`/Life/${id}/complete`, task);
      return 0;
    },
    async close(id) {
      const { status, text } = await caller.send('GET', `/restate/workflow/Life/${id}/attach`, '');
      if (status >= 300) throw new Error(`Restate, attach: ${status} ${text}`);
      return Number(JSON.parse(text));
    },
    usage: async () => usageOf([server.pid ?? 0, child.pid ?? 0]),
    async stop() {
      await caller.close();
      for (const one of [server, child]) {
        const ended = once(one, 'exit');
        one.kill('SIGTERM');
        await ended;
      }
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Tells the server where the workflow is, as soon as it listens. */
async function register(admin: number, life: number): Promise<void> {
  for (let attempt = 0; attempt < 100; attempt++) {
    try {
      const response = await fetch(`http://127.0.0.1:${admin}/deployments`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ uri: `http://127.0.0.1:${life}` }),
      });
      if (response.ok) return;
    } catch {
      // It does not listen yet.
    }
    await sleep(200);
  }
  throw new Error('Restate did not take the workflow');
}
