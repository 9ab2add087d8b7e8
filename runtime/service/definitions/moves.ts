import { randomUUID } from 'node:crypto';
import { forgetPrepared, prepareCases } from '../cases/prepare.ts';
import type { RowChange } from '../commit/tables.ts';
import { intOf, textOf } from '../db/database.ts';
import type { Organisation } from '../organisation.ts';
import { Problem } from '../problem.ts';
import { commandOf, type Sender } from './draft-store.ts';
import { moveWork } from './move-case.ts';
import { loadMove, type Move, nextCases } from './read-moves.ts';

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
