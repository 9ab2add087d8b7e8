import { readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';

/** The data folder or the address is taken by another process. */
export class TakenError extends Error {}

const HEARTBEAT_MS = 2_000;
/** Another machine's lock (a shared folder) is dead after so long without a heartbeat; on this machine the process itself is asked. */
const DEAD_AFTER_MS = 15_000;

/** Locks of this very process: its number alone does not tell them from those of a dead one. */
const ours = new Set<string>();

/** Takes the exclusive lock of a data folder and keeps its heartbeat; throws when another living process holds it. Answers the release. */
export function takeLock(file: string): () => void {
  const me = JSON.stringify({ pid: process.pid, host: hostname() });
  for (let attempt = 0; ; attempt++) {
    try {
      writeFileSync(file, me, { flag: 'wx' });
      break;
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code !== 'EEXIST' || attempt > 2) throw cause;
      if (ours.has(file) || isHeld(file))
        throw new TakenError(`another process serves this data folder (${file} is held); stop it first`, { cause });
      rmSync(file, { force: true });
    }
  }
  ours.add(file);
  const beat = setInterval(() => {
    const now = new Date();
    try {
      utimesSync(file, now, now);
    } catch {
      // The folder is gone or read-only; the next write of the database says so more clearly.
    }
  }, HEARTBEAT_MS);
  beat.unref();
  return () => {
    clearInterval(beat);
    ours.delete(file);
    rmSync(file, { force: true });
  };
}

function isHeld(file: string): boolean {
  try {
    const { pid, host } = JSON.parse(readFileSync(file, 'utf8')) as { pid: number; host: string };
    if (host !== hostname()) return Date.now() - statSync(file).mtimeMs < DEAD_AFTER_MS;
    // A killed process leaves its file; a container may then start again with the very same number.
    if (pid === process.pid) return false;
    process.kill(pid, 0);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EPERM') return true;
    if (error instanceof SyntaxError) return Date.now() - statSync(file).mtimeMs < DEAD_AFTER_MS;
    return false;
  }
}
