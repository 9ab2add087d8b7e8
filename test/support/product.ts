import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';
import { root } from './architecture.ts';
import { chromiumArguments, findChromium } from './chromium.js';
import { freePort } from './free-port.ts';
import { PATIENCE_MS } from './patience.ts';

const START_LIMIT_MS = 90_000;

/** A started product: what `npm start` runs, on a folder of its own. */
export interface Product {
  /** The one address that `npm start` prints; it opens the studio signed in. */
  url: string;
  /** Scheme, host and port of that address. */
  origin: string;
  folder: string;
  output(): string;
  /** Ends the process as Ctrl-C does; answers its exit code. The data stay. */
  stop(): Promise<number>;
  /** Ends the process at once, as a crash does. The data stay. */
  kill(): Promise<void>;
}

/** Starts the product as `npm start` does, on a folder (a new one when left out) and a port (a free one when left out); throws with its output when no address comes. */
export function startProduct(
  folder: string = newDataFolder(),
  args: readonly string[] = [],
  port?: number,
): Promise<Product> {
  return startScript(['start.js'], folder, args, port);
}

/** Starts the product as `lintel serve` does: without sample cases, on an empty folder with a set-up link. */
export function serveProduct(folder: string = newDataFolder()): Promise<Product> {
  return startScript(['bin.js', 'serve'], folder, []);
}

async function startScript(
  [script = '', ...command]: string[],
  folder: string,
  args: readonly string[],
  wanted?: number,
) {
  const port = wanted ?? (await freePort());
  const options = [...command, '--data', folder, '--port', String(port), ...args];
  const child = spawn(process.execPath, [join(root, 'runtime', 'cli', script), ...options], {
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  let output = '';
  const note = (chunk: Buffer) => {
    output += chunk.toString();
  };
  child.stdout.on('data', note);
  child.stderr.on('data', note);
  const exited = new Promise<number>((resolve) => child.on('exit', (code) => resolve(code ?? 1)));
  const url = await findAddress(port, () => output, exited);
  return {
    url,
    origin: new URL(url).origin,
    folder,
    output: () => output,
    stop: () => {
      child.kill('SIGTERM');
      return exited;
    },
    kill: async () => {
      killGroup(child);
      await exited;
    },
  };
}

/** An empty folder for the data of one product. */
export function newDataFolder(): string {
  return mkdtempSync(join(tmpdir(), 'lintel-data-'));
}

/** Removes the data of a stopped product. */
export function removeData(product: Product): void {
  rmSync(product.folder, { recursive: true, force: true });
}

/** The system's Chromium without a window. Its pages do not keep the studio for work without the server, unless they are asked to: that costs each a copy. */
export async function openBrowser(more: readonly string[] = []): Promise<Browser> {
  const executablePath = findChromium();
  if (!executablePath) throw new Error('Chromium is missing: install it or set CHROMIUM_PATH to it');
  const browser = await chromium.launch({ executablePath, args: [...chromiumArguments, ...more] });
  const newContext = browser.newContext.bind(browser);
  browser.newContext = async (options) => {
    const context = await newContext({ serviceWorkers: 'block', ...options });
    context.setDefaultTimeout(PATIENCE_MS);
    return context;
  };
  return browser;
}

async function findAddress(port: number, output: () => string, exited: Promise<number>): Promise<string> {
  const address = new RegExp(`http://[^\\s]+:${port}[^\\s]*`);
  const giveUpAt = Date.now() + START_LIMIT_MS;
  let isOver = false;
  void exited.then(() => {
    isOver = true;
  });
  while (Date.now() < giveUpAt && !isOver) {
    const found = address.exec(output());
    if (found) return found[0];
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`the product printed no address on port ${port}; it said:\n${output()}`);
}

/** The launcher and the server share a group of their own, so that neither outlives a crash. */
function killGroup({ pid }: ChildProcess): void {
  if (pid !== undefined) process.kill(-pid, 'SIGKILL');
}
