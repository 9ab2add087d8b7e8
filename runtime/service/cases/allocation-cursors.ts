import { type CompiledWorkflow, roundRobinCursors } from '../../engine/index.ts';
import type { GroupView } from '../commit/group-view.ts';
import type { SnapshotKind, SnapshotsOf } from '../commit/snapshots.ts';
import { intOf, textOf } from '../db/database.ts';

const PREFIX = 'allocation:';

/** Round robin cursors (L4): one guarded stream a rule, so that two allocations never take the same turn; the snapshot is the person chosen last. */
export const cursorSnapshots: SnapshotKind<string> = {
  kind: 'allocation',
  async read(database, ids) {
    const rows = await database.query(
      `SELECT s.id, s.revision, c.last_user FROM streams s JOIN allocation_cursors c ON s.id = 'allocation:' || c.team
       WHERE s.id IN (SELECT value FROM json_each(?))`,
      [JSON.stringify(ids)],
    );
    return new Map(
      rows.map((row) => [textOf(row, 'id'), { revision: intOf(row, 'revision'), snapshot: textOf(row, 'last_user') }]),
    );
  },
  toRows: (id, _before, user) => [
    { table: 'allocation_cursors', values: { team: id.slice(PREFIX.length), last_user: user } },
  ],
};

const streamsOf = new WeakMap<CompiledWorkflow, readonly string[]>();

/** Streams of the cursors that a command on a case of this workflow may move. */
export function cursorStreams(bundle: CompiledWorkflow): readonly string[] {
  const known = streamsOf.get(bundle) ?? roundRobinCursors(bundle).map(cursorStream);
  streamsOf.set(bundle, known);
  return known;
}

export function cursorStream(key: string): string {
  return `${PREFIX}${key}`;
}

/** What the pump loads so that a command sees the cursors. */
export function cursorReads(bundle: CompiledWorkflow): SnapshotsOf {
  return { of: cursorSnapshots as SnapshotKind, ids: cursorStreams(bundle) };
}

/** The cursors as the decisions before left them. */
export function cursorsIn(view: GroupView, bundle: CompiledWorkflow): Record<string, string> {
  const cursors: Record<string, string> = {};
  for (const stream of cursorStreams(bundle)) {
    const user = view.find(cursorSnapshots, stream);
    if (user !== undefined) cursors[stream.slice(PREFIX.length)] = user;
  }
  return cursors;
}
