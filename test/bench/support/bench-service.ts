import { fork } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundleTo, root } from '../../../runtime/cli/fresh.js';
import { createCaller } from './caller.ts';
import type { Promised } from './case-life-configuration.ts';

/** What the service's process used since its start; the event-loop delay since the last `reset`. */
export interface Usage {
  cpuMs: number;
  rssMb: number;
  heapMb: number;
  loopDelayP99Ms: number;
  loopDelayMaxMs: number;
}

/** A service in a process of its own, with its first administrator signed in. */
export interface BenchService {
  usage(question: 'usage' | 'reset'): Promise<Usage>;
  /** Answers the body; a refusal by the present state (409) too. Throws on any other refusal. */
  post(path: string, body: unknown, idempotencyKey: string): Promise<unknown>;
  get(path: string): Promise<unknown>;
  stop(): Promise<void>;
}

let built = 0;

/** Starts the service on a folder, or on one that is removed again at the end. */
export async function startBenchService(
  options: { data?: string; promised?: Promised; previewClock?: boolean } = {},
): Promise<BenchService> {
  // Bundled as `npm start` bundles it: a loader would give every function in it a name, each time it is made.
  const folder = join(root, 'dist', 'bench', `${process.pid}-${++built}`);
  await bundleTo(folder, fileURLToPath(new URL('./case-life-server.ts', import.meta.url)));
  const child = fork(
    join(folder, 'entry.js'),
    [options.data ?? '', options.promised ?? 'slas', options.previewClock ? 'preview' : ''],
    {
      // As `npm start` runs it.
      execArgv: ['--max-semi-space-size=64', ...(process.env.BENCH_NODE ?? '').split(' ').filter(Boolean)],
    },
  );
  const ask = <T>(question?: string) =>
    new Promise<T>((resolve) => {
      child.once('message', (answer) => resolve(answer as T));
      if (question) child.send(question);
    });
  const { url } = await ask<{ url: string }>();
  const { origin, hash } = new URL(url);
  const cookie = await signIn(url, decodeURIComponent(hash));
  const caller = createCaller(origin, { cookie, origin });

  async function send(
    method: 'GET' | 'POST',
    path: string,
    text: string,
    headers: Record<string, string>,
  ): Promise<unknown> {
    const { status, text: answer } = await caller.send(method, path, text, headers);
    if (status < 300 || status === 409) return JSON.parse(answer || 'null');
    throw new Error(`${path}: ${status} ${answer}`);
  }

  return {
    usage: (question) => ask<Usage>(question),
    get: (path) => send('GET', path, '', {}),
    post: (path, body, idempotencyKey) =>
      send('POST', path, JSON.stringify(body), { 'idempotency-key': idempotencyKey }),
    stop() {
      const ended = new Promise<void>((resolve) => child.once('exit', () => resolve())).then(() =>
        rmSync(folder, { recursive: true, force: true }),
      );
      child.send('stop');
      void caller.close();
      return ended;
    },
  };
}

const PASSWORD = 'a long password for the bench';

/** Makes the first administrator, or signs in as the one of an earlier run; answers the session's cookie. */
async function signIn(url: string, hash: string): Promise<string> {
  const token = hash.startsWith('#setup=') ? hash.slice('#setup='.length) : null;
  const [path, body] =
    token === null
      ? ['/v1/session', { name: 'Bench', password: PASSWORD }]
      : ['/v1/setup', { token, name: 'Bench', password: PASSWORD }];
  const response = await fetch(new URL(path as string, url), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  const found = response.headers.get('set-cookie')?.split(';')[0];
  if (!found) throw new Error(`the sign-in was refused: ${await response.text()}`);
  return found;
}

/** The time below which a share of the requests was answered, in milliseconds. */
export function quantile(times: readonly number[], share: number): number {
  const sorted = [...times].sort((a, b) => a - b);
  return Number((sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0).toFixed(1));
}

export function sleep(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
