import type { Database } from '../db/database.ts';

/** What the auditor found wrong (D6). */
export interface HealthProblem {
  code:
    | 'CASES_OVERDUE_TO_WAKE'
    | 'OUTBOX_STUCK'
    | 'CLOCK_WITHOUT_WAKE'
    | 'REPLAY_DIFFERS'
    | 'BACKUP_FAILED'
    | 'CHECKPOINT_FAILED';
  count: number;
  message: string;
}

const LATE_WAKE_SECONDS = 5 * 60;
const LATE_MESSAGE_SECONDS = 15 * 60;

/**
 * Looks for work that the runtime forgot (D6): open cases whose time to wake passed five minutes ago, messages due for a quarter
 * of an hour, and running clocks of open cases that nobody will wake for. It changes nothing and depends on nothing it watches.
 */
export async function findForgotten(database: Database, now: number): Promise<HealthProblem[]> {
  const count = async (sql: string, args: number[] = []) => Number((await database.query(sql, args))[0]?.n ?? 0);
  const problems: HealthProblem[] = [];
  const late = await count(
    `SELECT COUNT(*) AS n FROM cases WHERE wake_at < ? AND closed_at IS NULL
     AND id NOT IN (SELECT case_id FROM incidents WHERE state = 'paused' AND case_id IS NOT NULL)`,
    [now - LATE_WAKE_SECONDS],
  );
  if (late > 0)
    problems.push({
      code: 'CASES_OVERDUE_TO_WAKE',
      count: late,
      message: `${late} cases should have been woken five minutes ago`,
    });
  const stuck = await count(
    "SELECT COUNT(*) AS n FROM outbox WHERE state IN ('pending', 'sending') AND not_before < ?",
    [now - LATE_MESSAGE_SECONDS],
  );
  if (stuck > 0)
    problems.push({
      code: 'OUTBOX_STUCK',
      count: stuck,
      message: `${stuck} messages are due for a quarter of an hour`,
    });
  const unwatched = await count(
    `SELECT COUNT(*) AS n FROM cases INDEXED BY cases_unwatched WHERE wake_at IS NULL AND closed_at IS NULL AND status IN ('open', 'onHold')
     AND due_at IS NOT NULL AND breached_at IS NULL AND paused = 0`,
  );
  if (unwatched > 0)
    problems.push({
      code: 'CLOCK_WITHOUT_WAKE',
      count: unwatched,
      message: `${unwatched} cases have a running clock that nobody will wake for`,
    });
  return problems;
}
