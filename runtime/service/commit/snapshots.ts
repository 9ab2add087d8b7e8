import type { Reader } from '../db/database.ts';
import type { RowChange } from './tables.ts';

/** What a command may know of a stream: its revision, and what its rows hold. */
export interface Known<S> {
  revision: number;
  snapshot: S;
}

/** How the snapshots of one kind of stream are read, and what rows they make: cases, resources and whatever else has events. */
export interface SnapshotKind<S = unknown> {
  readonly kind: string;
  /** Also made of what does not move its stream, so that it is read for every group and never remembered. */
  readonly isDerived?: boolean;
  /** Those that exist, in one read. */
  read(database: Reader, ids: readonly string[]): Promise<Map<string, Known<S>>>;
  /** The rows that differ from before; asked once a group, with the last form of each stream. */
  toRows(id: string, before: S | null, after: S): RowChange[];
}

/** Snapshots of several streams of one kind that a command wants to see. */
export interface SnapshotsOf {
  readonly of: SnapshotKind;
  readonly ids: readonly string[];
}

/** A snapshot after a change. */
export interface SnapshotChange<S = unknown> {
  readonly of: SnapshotKind<S>;
  readonly id: string;
  readonly snapshot: S;
}

const REMEMBERED = 1024;

/** Snapshots as last committed, the latest used ones; the guards of the commit make a stale one harmless. */
export interface SnapshotCache {
  find(kind: string, id: string): Known<unknown> | undefined;
  keep(kind: string, id: string, known: Known<unknown>): void;
  forget(id: string): void;
}

export function createSnapshotCache(most = REMEMBERED): SnapshotCache {
  const known = new Map<string, Known<unknown> & { kind: string }>();
  return {
    find(kind, id) {
      const found = known.get(id);
      if (found?.kind !== kind) return undefined;
      known.delete(id);
      known.set(id, found);
      return found;
    },
    keep(kind, id, { revision, snapshot }) {
      known.delete(id);
      known.set(id, { kind, revision, snapshot });
      const oldest = known.size > most ? known.keys().next().value : undefined;
      if (oldest !== undefined) known.delete(oldest);
    },
    forget: (id) => void known.delete(id),
  };
}
