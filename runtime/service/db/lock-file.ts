import { hash, randomUUID } from 'node:crypto';
import { readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';

/** The data folder or the address is taken by another process. */
export class TakenError extends Error {}

const HEARTBEAT_MS = 2_000;
/** Another machine's lock (a shared folder) is dead after so long without a heartbeat; on this machine the process itself is asked. */
const DEAD_AFTER_MS = 15_000;

/** What a lock file holds. */
interface Mark {
  pid: number;
  host: string;
  /** Tells the process from a later one of the same number; absent where the system does not say. */
  born?: string;
  /** No two locks are the same text. */
  token: string;
}

/** Locks of this very process: its number alone does not tell them from those of a dead one. */
const ours = new Set<string>();

/**
 * Takes the exclusive lock of a data folder and keeps its heartbeat; throws when another living process holds it. Answers the
 * release. `onLost` is called once when the file is gone or another's: the folder was moved or removed, and what is written now
 * may never be found again.
 */
export function takeLock(file: string, onLost: (error: Error) => void = () => {}): () => void {
  if (ours.has(file)) throw taken(file);
  const me = newMark();
  hold(file, me);
  ours.add(file);
  const beat = setInterval(() => {
    try {
      if (textOf(file) === me) return void utimesSync(file, new Date(), new Date());
    } catch {
      // A folder that cannot be read or written for a moment is still ours; the next write of the database says so more clearly.
      return;
    }
    clearInterval(beat);
    onLost(new Error(`the data folder was moved, removed or taken by another process (${file} is not ours any more)`));
  }, HEARTBEAT_MS);
  beat.unref();
  return () => {
    clearInterval(beat);
    ours.delete(file);
    letGo(file, me);
  };
}

/** Makes the file, after the one of a dead process was taken away. */
function hold(file: string, me: string): void {
  for (let attempt = 0; attempt < 5; attempt++) {
    try {
      writeFileSync(file, me, { flag: 'wx' });
      return;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    const found = textOf(file);
    if (found === null) continue;
    if (isHeld(file, found)) throw taken(file);
    takeAway(file, found);
  }
  throw taken(file);
}

/**
 * Of several that found the same dead lock one takes it away, under a lock named after its text: a slow one, too late, would
 * take away the lock of whoever was quicker. Killed here, it leaves a dead lock of the same kind, taken away the same way.
 */
function takeAway(file: string, found: string): void {
  const claim = `${file}.after-${hash('sha256', found, 'hex').slice(0, 12)}`;
  const me = newMark();
  hold(claim, me);
  try {
    if (textOf(file) === found && !isHeld(file, found)) rmSync(file, { force: true });
  } finally {
    letGo(claim, me);
  }
}

function letGo(file: string, me: string): void {
  if (textOf(file) === me) rmSync(file, { force: true });
}

function taken(file: string): TakenError {
  return new TakenError(`another process serves this data folder (${file} is held); stop it first`);
}

function newMark(): string {
  const born = lookAt(process.pid)?.born;
  const mark: Mark = {
    pid: process.pid,
    host: hostname(),
    ...(born === undefined ? {} : { born }),
    token: randomUUID(),
  };
  return JSON.stringify(mark);
}

/** Null when it is not there. */
function textOf(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

function isHeld(file: string, text: string): boolean {
  const mark = markOf(text);
  // One that is just being written is empty for a moment.
  if (!mark || mark.host !== hostname()) return isFresh(file);
  const { pid, born } = mark;
  // A killed process leaves its file; a container may then start again with the very same number.
  if (pid === process.pid && born === undefined) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  const found = lookAt(pid);
  return !found || (!found.isOver && (born === undefined || born === found.born));
}

function markOf(text: string): Mark | null {
  try {
    return JSON.parse(text) as Mark;
  } catch {
    return null;
  }
}

function isFresh(file: string): boolean {
  const found = statSync(file, { throwIfNoEntry: false });
  return found !== undefined && Date.now() - found.mtimeMs < DEAD_AFTER_MS;
}

/** A process as Linux tells of it: when it began, since the machine did, and whether only its number is left; null elsewhere. */
function lookAt(pid: number): { born: string; isOver: boolean } | null {
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name before it, in brackets, may hold anything. See proc(5): state, threads and start are the 3rd, 20th and 22nd.
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    return { born: `${boot}:${fields[19]}`, isOver: /^[ZX]$/.test(fields[0] ?? '') && fields[17] === '1' };
  } catch {
    return null;
  }
}
