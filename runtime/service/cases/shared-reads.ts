import type { SnapshotsOf } from '../commit/snapshots.ts';
import type { Organisation } from '../organisation.ts';
import { cursorReads, cursorStreams } from './allocation-cursors.ts';
import { loadReads } from './load-guard.ts';
import type { PreparedCase } from './prepare.ts';
import { loadStream } from './workloads.ts';

type Asking = Pick<PreparedCase, 'bundle' | 'weighed'>;

/** What cases share and a command on one may move: the turns of its rules and the loads of people (L3 to L5). */
export function sharedReads(organisation: Organisation, prepared: Asking): SnapshotsOf[] {
  return [cursorReads(prepared.bundle), loadReads(organisation, prepared)].filter(({ ids }) => ids.length > 0);
}

/** The streams of it. */
export function sharedStreams(prepared: Asking): string[] {
  return [...cursorStreams(prepared.bundle), ...prepared.weighed.map(loadStream)];
}
