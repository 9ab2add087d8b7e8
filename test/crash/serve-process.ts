import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { freePort } from '../support/free-port.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** A service in a process of its own, so that it can be killed. */
export interface ServiceProcess {
  origin: string;
  /** Signs in with the one-time token of the printed address; answers the cookie. */
  cookie: string;
  kill(): Promise<void>;
  stop(): Promise<number | null>;
}

/** Starts `lintel serve` from the sources on a folder; throws with its output when it does not come up. */
export async function startServe(
  folder: string,
  args: readonly string[] = ['--demo'],
  environment: Readonly<Record<string, string>> = {},
): Promise<ServiceProcess> {
  const port = await freePort();
  const entry = ['--import', 'tsx', 'runtime/cli/entry.ts', 'serve', '--data', folder, '--port', String(port), ...args];
  const child = spawn(process.execPath, entry, {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...environment },
  });
  const address = await printedAddress(child);
  const origin = new URL(address).origin;
  const token = address.split('signin=')[1]?.trim() ?? '';
  const response = await fetch(`${origin}/v1/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ token }),
  });
  const cookie = response.headers.get('set-cookie')?.split(';')[0] ?? '';
  const ended = new Promise<number | null>((resolve) => child.on('exit', (code) => resolve(code)));
  return {
    origin,
    cookie,
    async kill() {
      child.kill('SIGKILL');
      await ended;
    },
    stop() {
      child.kill('SIGTERM');
      return ended;
    },
  };
}

function printedAddress(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let output = '';
    const note = (chunk: Buffer) => {
      output += chunk.toString();
      const found = /ready: (http\S+)/.exec(output);
      if (found?.[1]) resolve(found[1]);
    };
    child.stdout?.on('data', note);
    child.stderr?.on('data', note);
    child.on('exit', () => reject(new Error(`the service did not start:\n${output}`)));
  });
}

/** One call of the API as the signed-in administrator: a GET, or a POST where there is a body. */
export async function callService(service: ServiceProcess, path: string, body?: unknown, key?: string) {
  const response = await fetch(`${service.origin}${path}`, {
    method: body === undefined ? 'GET' : 'POST',
    headers: {
      cookie: service.cookie,
      origin: service.origin,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(key === undefined ? {} : { 'idempotency-key': key }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}
