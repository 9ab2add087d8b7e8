import type { Database } from '../db/database.ts';
import type { Caller } from './store.ts';

const MOST = 1000;

/** Who asked before, for the rest of the second, and only while nothing at all was written to the control database. */
export interface CallerMemory {
  find(hash: string, now: number): Caller | undefined;
  keep(hash: string, now: number, caller: Caller): Caller;
}

/**
 * Saves a read per request without letting a revoked session or key through once more: this process writes every revocation
 * itself, so an unchanged count of its writes proves that none happened. A database that others write too is always asked.
 */
export function createCallerMemory(control: Database): CallerMemory {
  const known = new Map<string, { at: number; writes: number; caller: Caller }>();
  return {
    find(hash, now) {
      const found = known.get(hash);
      return found && found.at === now && found.writes === control.writes() ? found.caller : undefined;
    },
    keep(hash, now, caller) {
      if (control.isShared) return caller;
      if (known.size >= MOST) known.clear();
      known.set(hash, { at: now, writes: control.writes(), caller });
      return caller;
    },
  };
}
