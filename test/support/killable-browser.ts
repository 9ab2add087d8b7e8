import { type ChildProcess, spawn } from 'node:child_process';
import { type Browser, chromium } from 'playwright-core';
import { chromiumArguments, findChromium } from './chromium.js';
import { PATIENCE_MS } from './patience.ts';

/** A browser with a profile of its own on disk, which can be ended as a power cut ends it. */
export interface KillableBrowser {
  browser: Browser;
  /** Ends every process of it at once; nothing can be written any more. */
  kill(): Promise<void>;
}

/** Starts Chromium on a profile folder; the same folder opened again is the same browser after a crash. */
export async function openKillableBrowser(profile: string): Promise<KillableBrowser> {
  const executable = findChromium();
  if (!executable) throw new Error('Chromium is missing: install it or set CHROMIUM_PATH to it');
  const args = [...chromiumArguments, '--headless', '--remote-debugging-port=0', `--user-data-dir=${profile}`];
  const child = spawn(executable, [...args, 'about:blank'], { stdio: ['ignore', 'ignore', 'pipe'], detached: true });
  const exited = new Promise<void>((resolve) => child.on('exit', () => resolve()));
  const browser = await chromium.connectOverCDP(await debuggingAddress(child), { timeout: PATIENCE_MS });
  return {
    browser,
    kill: async () => {
      if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
      await exited;
      await browser.close().catch(() => {});
    },
  };
}

function debuggingAddress(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = '';
    const limit = setTimeout(() => reject(new Error(`Chromium gave no address; it said:\n${said}`)), PATIENCE_MS);
    child.stderr?.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      const address = /DevTools listening on (ws:\S+)/.exec(said)?.[1];
      if (!address) return;
      clearTimeout(limit);
      resolve(address);
    });
  });
}
