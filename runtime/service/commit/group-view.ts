import { type Database, intOf, textOf } from '../db/database.ts';
import type { Change, Work } from './pump.ts';
import type { Known, SnapshotCache, SnapshotChange, SnapshotKind } from './snapshots.ts';
import type { RowChange } from './tables.ts';

/** What a group of commands sees: loaded once, then kept up to date by the decisions before. */
export interface GroupView {
  /** Revision of a stream after the decisions so far; 0 when it does not exist. */
  revision(stream: string): number;
  /** A snapshot with the decisions so far; undefined when there is none. */
  find<S>(of: SnapshotKind<S>, id: string): S | undefined;
}

/** The view with what only the pump may do. */
export interface LoadedGroup extends GroupView {
  /** The stored answer of a key, when the command came before. */
  answered(key: string): { requestHash: string; response: string } | undefined;
  /** Revision of a stream when the group was loaded. */
  base(stream: string): number;
  apply(change: Change): void;
  /** Rows of the snapshots that a unit's changes leave behind. */
  rowsOf(changes: readonly Change[]): RowChange[];
  /** Remembers what was committed, for the groups to come. */
  keep(changes: readonly Change[]): void;
}

/** The view as it will be after a change that is part of the same command. */
export function viewAfter(view: GroupView, { moves, snapshots = [] }: Pick<Change, 'moves' | 'snapshots'>): GroupView {
  const changed = new Map(snapshots.map((one) => [one.id, one]));
  const by = (stream: string) => moves.reduce((sum, move) => (move.stream === stream ? sum + move.by : sum), 0);
  return {
    revision: (stream) => view.revision(stream) + by(stream),
    find: (of, id) => (changed.has(id) ? snapshotIn(changed, of, id) : view.find(of, id)),
  };
}

type Held = Pick<SnapshotChange, 'of' | 'snapshot'>;

/** A stream is of one kind, and its id its own among those of all kinds. */
function snapshotIn<S>(held: ReadonlyMap<string, Held>, { kind }: SnapshotKind<S>, id: string): S | undefined {
  const found = held.get(id);
  return found?.of.kind === kind ? (found.snapshot as S) : undefined;
}

/** One read of everything that the group needs and that is not known from the commits before. */
export async function loadGroup(
  database: Database,
  works: readonly Work[],
  cache: SnapshotCache,
): Promise<LoadedGroup> {
  const wanted = wantedSnapshots(works);
  const cached = new Map<SnapshotKind, Map<string, Known<unknown>>>();
  for (const [of, ids] of wanted) cached.set(of, findCached(of, ids, cache));
  const named = works.flatMap((work) => (work.isOnce ? [] : [work.key]));
  const known = database.isShared ? [] : [...cached.values()].flatMap((found) => [...found.keys()]);
  const streams = without(new Set(works.flatMap((work) => work.streams)), known);
  const [answered, revisions] = await Promise.all([readAnswers(database, named), readRevisions(database, streams)]);
  const bases = new Map(revisions);
  const loaded = new Map<string, Held>();
  await Promise.all(
    [...wanted].map(async ([of, ids]) => {
      const found = cached.get(of) ?? new Map<string, Known<unknown>>();
      // With several writers a remembered snapshot counts only while its stream has not moved.
      const stale = [...found].filter(([id, { revision }]) => (revisions.get(id) ?? revision) !== revision);
      for (const [id] of stale) found.delete(id);
      const missing = without(ids, [...found.keys()]);
      const read = missing.length > 0 ? await of.read(database, missing) : new Map<string, Known<unknown>>();
      for (const [id, entry] of [...found, ...read]) {
        bases.set(id, entry.revision);
        loaded.set(id, { of, snapshot: entry.snapshot });
      }
    }),
  );
  return toGroup(bases, answered, loaded, cache);
}

function toGroup(
  bases: ReadonlyMap<string, number>,
  answered: ReadonlyMap<string, { requestHash: string; response: string }>,
  loaded: ReadonlyMap<string, Held>,
  cache: SnapshotCache,
): LoadedGroup {
  const revisions = new Map(bases);
  const snapshots = new Map(loaded);
  return {
    answered: (key) => answered.get(key),
    base: (stream) => bases.get(stream) ?? 0,
    revision: (stream) => revisions.get(stream) ?? 0,
    find: (of, id) => snapshotIn(snapshots, of, id),
    apply(change) {
      for (const { stream, by } of change.moves) revisions.set(stream, (revisions.get(stream) ?? 0) + by);
      for (const one of change.snapshots ?? []) snapshots.set(one.id, one);
    },
    rowsOf: (changes) =>
      lastSnapshots(changes).flatMap(({ of, id, snapshot }) =>
        of.toRows(id, snapshotIn(loaded, of, id) ?? null, snapshot),
      ),
    keep(changes) {
      for (const { of, id, snapshot } of lastSnapshots(changes)) {
        if (of.isDerived !== true) cache.keep(of.kind, id, { revision: revisions.get(id) ?? 0, snapshot });
      }
    },
  };
}

/** Of a stream that several commands changed, the last form. */
function lastSnapshots(changes: readonly Change[]): readonly SnapshotChange[] {
  const [only] = changes;
  if (only?.snapshots && changes.length === 1 && only.snapshots.length === 1) return only.snapshots;
  const last = new Map<string, SnapshotChange>();
  for (const change of changes) for (const one of change.snapshots ?? []) last.set(one.id, one);
  return [...last.values()];
}

function wantedSnapshots(works: readonly Work[]): Map<SnapshotKind, Set<string>> {
  const wanted = new Map<SnapshotKind, Set<string>>();
  for (const { reads = [] } of works) {
    for (const { of, ids } of reads) {
      if (ids.length === 0) continue;
      const all = wanted.get(of) ?? new Set();
      for (const id of ids) all.add(id);
      wanted.set(of, all);
    }
  }
  return wanted;
}

function findCached(of: SnapshotKind, ids: Iterable<string>, cache: SnapshotCache): Map<string, Known<unknown>> {
  const found = new Map<string, Known<unknown>>();
  for (const id of ids) {
    const known = cache.find(of.kind, id);
    if (known) found.set(id, known);
  }
  return found;
}

async function readAnswers(database: Database, keys: readonly string[]) {
  if (keys.length === 0) return new Map<string, { requestHash: string; response: string }>();
  const rows = await database.query(
    'SELECT key, request_hash, response FROM commands WHERE key IN (SELECT value FROM json_each(?))',
    [JSON.stringify(keys)],
  );
  return new Map(
    rows.map((row) => [
      textOf(row, 'key'),
      { requestHash: textOf(row, 'request_hash'), response: textOf(row, 'response') },
    ]),
  );
}

async function readRevisions(database: Database, streams: readonly string[]): Promise<Map<string, number>> {
  if (streams.length === 0) return new Map();
  const rows = await database.query('SELECT id, revision FROM streams WHERE id IN (SELECT value FROM json_each(?))', [
    JSON.stringify(streams),
  ]);
  return new Map(rows.map((row) => [textOf(row, 'id'), intOf(row, 'revision')]));
}

function without(ids: Iterable<string>, known: readonly string[]): string[] {
  const skip = new Set(known);
  return [...ids].filter((id) => !skip.has(id));
}
