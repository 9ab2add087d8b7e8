import { randomUUID } from 'node:crypto';
import { isOpenCase, isUntouched, moveCase } from '../../engine/index.ts';
import { cursorsIn } from '../cases/allocation-cursors.ts';
import { toChange } from '../cases/case-change.ts';
import { caseSnapshots } from '../cases/case-snapshots.ts';
import { loadsIn } from '../cases/load-guard.ts';
import { forgetPrepared, type PreparedCase, prepareCases } from '../cases/prepare.ts';
import { sharedReads, sharedStreams } from '../cases/shared-reads.ts';
import { weighedBy } from '../cases/workloads.ts';
import type { Change, Work } from '../commit/pump.ts';
import type { RowChange } from '../commit/tables.ts';
import { intOf, jsonOf, type Row, textOf, textOrNull } from '../db/database.ts';
import type { Organisation } from '../organisation.ts';
import { Problem } from '../problem.ts';
import { commandOf } from './draft-store.ts';
import type { LoadedRelease } from './release-store.ts';

/** Open cases on their way to another release (R5). */
export interface Move {
  id: string;
  target: number;
  /** Chosen cases; null is all open cases that are not pinned. */
  selection: readonly string[] | null;
  state: 'running' | 'done';
  note: string;
  startedBy: string;
  startedAt: number;
  finishedAt: number | null;
  /** When the release goes live that it waits for; null where it waits no longer. */
  startsAt: number | null;
}

interface Sender {
  actor: string;
  key?: string;
  requestHash?: string;
}

const BATCH = 100;

/** Begins a move; the cases go one by one, each in a transaction of its own, until `runMove` is through. */
export async function startMove(
  organisation: Organisation,
  options: { to: number; cases?: readonly string[] | undefined; note: string },
  sender: Sender,
): Promise<string> {
  await organisation.releases.load(options.to);
  const id = randomUUID();
  const selection = options.cases ? JSON.stringify(options.cases) : null;
  const answer = await organisation.pump.submit({
    ...commandOf(sender, organisation, 'startMove'),
    streams: [`move:${id}`],
    decide: () => ({
      moves: [{ stream: `move:${id}`, kind: 'move', by: 1 }],
      events: [],
      rows: [
        moveRow({ id, target: options.to, selection, note: options.note, ...begun(organisation, sender) }, 'running'),
      ],
      response: { id },
    }),
  });
  return (answer.response as { id: string }).id;
}

function begun({ clock }: Organisation, { actor }: Sender) {
  return { startedBy: actor, startedAt: clock.now() };
}

function moveRow(
  move: { id: string; target: number; selection: string | null; note: string; startedBy: string; startedAt: number },
  state: Move['state'],
  finishedAt: number | null = null,
): RowChange {
  const { id, target, selection, note } = move;
  return {
    table: 'moves',
    values: {
      id,
      target,
      selection,
      state,
      note,
      started_by: move.startedBy,
      started_at: move.startedAt,
      finished_at: finishedAt,
    },
  };
}

/** When moves begin whose release is not live yet, by job; a restart finds them again (`resumeMoves`). */
const waitingMoves = new WeakMap<Organisation, Map<string, number>>();

/** Begins the moves whose release has gone live meanwhile: nothing is asked of the database before that (R5). */
export function beginDueMoves(organisation: Organisation, onError: (error: unknown) => void): void {
  const waiting = waitingMoves.get(organisation);
  for (const [id, startsAt] of waiting ?? []) {
    if (startsAt > organisation.clock.now()) continue;
    waiting?.delete(id);
    void runMove(organisation, id).catch(onError);
  }
}

/** Whether a job has to wait for its release to go live; the ticker begins it then. */
async function waitsForRelease(organisation: Organisation, { id, target }: Move): Promise<boolean> {
  const { database, clock } = organisation;
  const [row] = await database.query('SELECT starts_at FROM releases WHERE number = ? AND starts_at > ?', [
    target,
    clock.now(),
  ]);
  if (!row) return false;
  const waiting = waitingMoves.get(organisation) ?? new Map<string, number>();
  waitingMoves.set(organisation, waiting.set(id, intOf(row, 'starts_at')));
  return true;
}

/**
 * Moves the cases of a job that have not been looked at yet, none of them before the release is live. Safe to call again after
 * a kill: what is done stays done.
 */
export async function runMove(organisation: Organisation, id: string): Promise<void> {
  const move = await loadMove(organisation, id);
  if (move.state === 'done' || (await waitsForRelease(organisation, move))) return;
  const target = await organisation.releases.load(move.target);
  for (
    let waiting = await nextCases(organisation, move);
    waiting.length > 0;
    waiting = await nextCases(organisation, move)
  ) {
    const prepared = await prepareCases(organisation, waiting);
    const results = await Promise.allSettled(
      waiting.map((one) => {
        const found = prepared.get(one);
        return found ? organisation.pump.submit(moveWork(organisation, move, found, target)) : Promise.resolve();
      }),
    );
    for (const one of waiting) forgetPrepared(organisation, one);
    const failed = results.find((result) => result.status === 'rejected' && !isTransient(result.reason));
    if (failed?.status === 'rejected') throw failed.reason;
  }
  await organisation.pump.submit({
    ...commandOf({ actor: move.startedBy, key: `move-done:${id}` }, organisation, 'finishMove'),
    streams: [`move:${id}`],
    decide: () => ({
      moves: [{ stream: `move:${id}`, kind: 'move', by: 1 }],
      events: [],
      rows: [
        moveRow(
          { ...move, selection: move.selection ? JSON.stringify(move.selection) : null },
          'done',
          organisation.clock.now(),
        ),
      ],
      response: null,
    }),
  });
}

/** Jobs that a stop or a kill cut off go on. */
export async function resumeMoves(organisation: Organisation): Promise<void> {
  const rows = await organisation.database.query("SELECT id FROM moves WHERE state = 'running' ORDER BY started_at");
  for (const row of rows) await runMove(organisation, textOf(row, 'id'));
}

function isTransient(reason: unknown): boolean {
  return reason instanceof Problem && (reason.status === 409 || reason.status === 503);
}

/** Cases a job has yet to look at; arguments of `waitingArgs`. */
const WAITING = `FROM cases c WHERE c.status IN ('open', 'onHold') AND c.release <> ?
     AND NOT EXISTS (SELECT 1 FROM moved_cases m WHERE m.move = ? AND m.case_id = c.id)
     AND (CASE WHEN ? IS NULL THEN NOT EXISTS (SELECT 1 FROM case_pins p WHERE p.case_id = c.id AND p.pinned = 1) ELSE c.id IN (SELECT value FROM json_each(?)) END)`;

function waitingArgs({ target, id, selection }: Move): (string | number | null)[] {
  const chosen = selection ? JSON.stringify(selection) : null;
  return [target, id, chosen, chosen ?? '[]'];
}

async function nextCases({ database }: Organisation, move: Move): Promise<string[]> {
  const rows = await database.query(`SELECT c.id ${WAITING} ORDER BY c.id LIMIT ?`, [...waitingArgs(move), BATCH]);
  return rows.map((row) => textOf(row, 'id'));
}

/** Seconds at which the release begins that a job waits for; null once it is live. */
const RELEASE_STARTS =
  '(SELECT r.starts_at FROM releases r WHERE r.number = m.target AND r.starts_at > ?) AS release_starts';

/** Jobs with how far each is, newest first. */
export async function listMoves({ database, clock }: Organisation) {
  const rows = await database.query(
    `SELECT m.*, ${RELEASE_STARTS} FROM moves m ORDER BY m.started_at DESC, m.id LIMIT 100`,
    [clock.now()],
  );
  const counted = await database.query(
    'SELECT move, state, COUNT(*) AS n FROM moved_cases WHERE move IN (SELECT value FROM json_each(?)) GROUP BY move, state',
    [JSON.stringify(rows.map((row) => textOf(row, 'id')))],
  );
  const counts = new Map(counted.map((row) => [`${textOf(row, 'move')} ${textOf(row, 'state')}`, intOf(row, 'n')]));
  return Promise.all(
    rows.map(async (row) => {
      const { target, selection, ...move } = toMove(row);
      const of = (state: string) => counts.get(`${move.id} ${state}`) ?? 0;
      const [waiting] =
        move.state === 'done'
          ? []
          : await database.query(`SELECT COUNT(*) AS n ${WAITING}`, waitingArgs({ ...move, target, selection }));
      return {
        ...move,
        to: target,
        moved: of('moved'),
        refused: of('refused'),
        undone: of('undone'),
        left: waiting ? intOf(waiting, 'n') : 0,
      };
    }),
  );
}

/** One case's move as the pump takes it: its events, its rows and the job's note of it in one transaction. */
function moveWork(
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

/** Takes a move back for every case nobody has worked on since (R5). */
export async function undoMove(organisation: Organisation, id: string, sender: Sender) {
  const move = await loadMove(organisation, id);
  const moved = await organisation.database.query(
    "SELECT case_id, from_release, moved_seq, last_seq FROM moved_cases WHERE move = ? AND state = 'moved' AND moved_seq IS NOT NULL ORDER BY case_id",
    [id],
  );
  const result = { undone: 0, kept: [] as { id: string; reason: string }[] };
  for (const row of moved) {
    const caseId = textOf(row, 'case_id');
    const later = await organisation.database.query('SELECT actor FROM case_events WHERE stream = ? AND seq > ?', [
      caseId,
      intOf(row, 'last_seq'),
    ]);
    if (!isUntouched(later.map((one) => ({ actor: textOf(one, 'actor') })))) {
      result.kept.push({ id: caseId, reason: 'Somebody has worked on the case since it was moved.' });
      continue;
    }
    forgetPrepared(organisation, caseId);
    const prepared = (await prepareCases(organisation, [caseId])).get(caseId);
    const back = await organisation.releases.load(intOf(row, 'from_release'));
    const seqs = { movedSeq: intOf(row, 'moved_seq'), lastSeq: intOf(row, 'last_seq') };
    if (!prepared || prepared.bundle.release !== move.target) {
      result.kept.push({ id: caseId, reason: 'The case is under another release by now.' });
      continue;
    }
    const by = { id, startedBy: sender.actor };
    const answer = await organisation.pump.submit(moveWork(organisation, by, prepared, back, seqs));
    forgetPrepared(organisation, caseId);
    const { moved: isBack, reasons } = answer.response as { moved: boolean; reasons?: { reason: string }[] };
    if (isBack) result.undone++;
    else result.kept.push({ id: caseId, reason: reasons?.[0]?.reason ?? '' });
  }
  return result;
}

/** Keeps cases where they are, or lets them go again: `move all` passes pinned ones by (R5). */
export async function pinCases(
  organisation: Organisation,
  options: { cases: readonly string[]; pinned: boolean; reason: string },
  sender: Sender,
): Promise<void> {
  const streams = options.cases.map((id) => `pin:${id}`);
  await organisation.pump.submit({
    ...commandOf(sender, organisation, 'pinCases'),
    streams,
    decide: () => ({
      moves: streams.map((stream) => ({ stream, kind: 'pin', by: 1 })),
      events: [],
      rows: options.cases.map((id) => ({
        table: 'case_pins',
        values: {
          case_id: id,
          pinned: options.pinned ? 1 : 0,
          pinned_by: sender.actor,
          pinned_at: organisation.clock.now(),
          reason: options.reason,
        },
      })),
      response: null,
    }),
  });
}

/** One job; throws 404. */
export async function loadMove({ database, clock }: Organisation, id: string): Promise<Move> {
  const [row] = await database.query(`SELECT m.*, ${RELEASE_STARTS} FROM moves m WHERE m.id = ?`, [clock.now(), id]);
  if (!row) throw new Problem(404, 'NOT_FOUND', 'There is no such move.');
  return toMove(row);
}

function toMove(row: Row): Move {
  const selection = textOrNull(row, 'selection');
  return {
    id: textOf(row, 'id'),
    target: intOf(row, 'target'),
    selection: selection === null ? null : (JSON.parse(selection) as string[]),
    state: textOf(row, 'state') === 'done' ? 'done' : 'running',
    note: textOf(row, 'note'),
    startedBy: textOf(row, 'started_by'),
    startedAt: intOf(row, 'started_at'),
    finishedAt: row['finished_at'] === null ? null : intOf(row, 'finished_at'),
    startsAt: row['release_starts'] === null ? null : intOf(row, 'release_starts'),
  };
}

/** What became of each case of a job. */
export async function movedCases({ database }: Organisation, id: string) {
  const rows = await database.query(
    'SELECT m.*, c.reference FROM moved_cases m JOIN cases c ON c.id = m.case_id WHERE m.move = ? ORDER BY m.case_id LIMIT 10000',
    [id],
  );
  return rows.map((row) => ({
    id: textOf(row, 'case_id'),
    reference: textOf(row, 'reference'),
    fromRelease: intOf(row, 'from_release'),
    state: textOf(row, 'state'),
    reasons: jsonOf<{ code: string; what: string; reason: string }[]>(row, 'reasons'),
  }));
}
