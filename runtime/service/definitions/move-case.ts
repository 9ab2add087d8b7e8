import { randomUUID } from 'node:crypto';
import { isOpenCase, moveCase } from '../../engine/index.ts';
import { cursorsIn } from '../cases/allocation-cursors.ts';
import { toChange } from '../cases/case-change.ts';
import { caseSnapshots } from '../cases/case-snapshots.ts';
import { loadsIn } from '../cases/load-guard.ts';
import type { PreparedCase } from '../cases/prepare.ts';
import { sharedReads, sharedStreams } from '../cases/shared-reads.ts';
import { weighedBy } from '../cases/workloads.ts';
import type { Change, Work } from '../commit/pump.ts';
import type { RowChange } from '../commit/tables.ts';
import type { Organisation } from '../organisation.ts';
import { Problem } from '../problem.ts';
import { commandOf } from './draft-store.ts';
import type { Move } from './read-moves.ts';
import type { LoadedRelease } from './release-store.ts';

/** One case's move as the pump takes it: its events, its rows and the job's note of it in one transaction. */
export function moveWork(
  organisation: Organisation,
  move: Pick<Move, 'id' | 'startedBy'>,
  prepared: PreparedCase,
  target: LoadedRelease,
  undo?: { movedSeq: number; lastSeq: number },
): Work {
  const actor = move.startedBy;
  const to = bundleIn(target, prepared.bundle.key);
  // Under the new drawing other people's loads and other turns may count.
  const asking = to ? [prepared, { bundle: to, weighed: weighedBy(to, prepared.env.directory) }] : [prepared];
  const seen = { weighed: [...new Set(asking.flatMap(({ weighed }) => weighed))] };
  const name = undo ? `unmove:${move.id}:${prepared.id}` : `move:${move.id}:${prepared.id}`;
  return {
    ...commandOf({ actor, key: name }, organisation, undo ? 'undoMove' : 'moveCase'),
    streams: [prepared.id, ...asking.flatMap(sharedStreams)],
    reads: [{ of: caseSnapshots, ids: [prepared.id] }, ...asking.flatMap((one) => sharedReads(organisation, one))],
    decide(view): Change {
      const snapshot = view.find(caseSnapshots, prepared.id);
      if (!snapshot) throw new Problem(404, 'NOT_FOUND', 'There is no such case.');
      if (prepared.bundle.release !== snapshot.fixed.release || prepared.answersRef !== snapshot.fixed.answersRef)
        throw new Problem(409, 'CONFLICT', 'The case moved on meanwhile; it is looked at again.');
      const row = (
        state: string,
        seqs: readonly [number | null, number | null],
        reasons: readonly unknown[],
      ): RowChange => ({
        table: 'moved_cases',
        values: {
          move: move.id,
          case_id: prepared.id,
          from_release: undo ? target.number : snapshot.fixed.release,
          state,
          moved_seq: seqs[0],
          last_seq: seqs[1],
          reasons: JSON.stringify(reasons),
        },
      });
      const refused = (reasons: readonly unknown[]): Change => ({
        moves: [{ stream: prepared.id, kind: 'case', by: 0 }],
        events: [],
        rows: [row(undo ? 'moved' : 'refused', undo ? [undo.movedSeq, undo.lastSeq] : [null, null], reasons)],
        response: { moved: false, reasons },
      });
      if (!isOpenCase(snapshot.state))
        return refused([{ code: 'CASE_ENDED', what: '', reason: 'The case has ended.' }]);
      const env = {
        ...prepared.env,
        ...loadsIn(organisation, view, seen),
        now: organisation.clock.now(),
        actor,
        isLive: true,
        ids: randomUUID,
        answers: prepared.answers,
        cursors: Object.assign({}, ...asking.map(({ bundle }) => cursorsIn(view, bundle))) as Record<string, string>,
      };
      const moved = moveCase(prepared.bundle, to, snapshot.state, env, undo?.movedSeq);
      if (!moved.ok) return refused(moved.blocks);
      const change = toChange(
        organisation,
        { ...prepared, ...seen },
        { ...snapshot, fixed: { ...snapshot.fixed, release: target.number } },
        { ...moved, before: snapshot.state, view, ...(to ? { bundle: to } : {}) },
      );
      const seq = change.events.find(({ type }) => type === 'caseMoved')?.seq ?? null;
      const last = change.events.at(-1)?.seq ?? null;
      return {
        ...change,
        rows: [...change.rows, row(undo ? 'undone' : 'moved', [seq, last], [])],
        response: { moved: true },
      };
    },
  };
}

function bundleIn(release: LoadedRelease, workflow: string) {
  return Object.hasOwn(release.configuration.workflow, workflow) ? release.bundleOf(workflow) : undefined;
}
