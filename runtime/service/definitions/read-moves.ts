import { intOf, jsonOf, type Row, textOf, textOrNull } from '../db/database.ts';
import type { Organisation } from '../organisation.ts';
import { Problem } from '../problem.ts';

const BATCH = 100;

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

/** Seconds at which the release begins that a job waits for; null once it is live. */
const RELEASE_STARTS =
  '(SELECT r.starts_at FROM releases r WHERE r.number = m.target AND r.starts_at > ?) AS release_starts';

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

/** Cases a job has yet to look at; arguments of `waitingArgs`. */
const WAITING = `FROM cases c WHERE c.status IN ('open', 'onHold') AND c.release <> ?
     AND NOT EXISTS (SELECT 1 FROM moved_cases m WHERE m.move = ? AND m.case_id = c.id)
     AND (CASE WHEN ? IS NULL THEN NOT EXISTS (SELECT 1 FROM case_pins p WHERE p.case_id = c.id AND p.pinned = 1) ELSE c.id IN (SELECT value FROM json_each(?)) END)`;

function waitingArgs({ target, id, selection }: Move): (string | number | null)[] {
  const chosen = selection ? JSON.stringify(selection) : null;
  return [target, id, chosen, chosen ?? '[]'];
}

/** The cases that a job looks at next. */
export async function nextCases({ database }: Organisation, move: Move): Promise<string[]> {
  const rows = await database.query(`SELECT c.id ${WAITING} ORDER BY c.id LIMIT ?`, [...waitingArgs(move), BATCH]);
  return rows.map((row) => textOf(row, 'id'));
}
