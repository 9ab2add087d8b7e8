import type { CaseState } from '../../engine/index.ts';
import { STATE_COLUMNS, stateOf } from '../cases/stored-state.ts';
import { intOf, textOf } from '../db/database.ts';
import type { Organisation } from '../organisation.ts';

const BATCH = 200;

/** An open case as it stands. */
export interface OpenCase {
  id: string;
  reference: string;
  workflow: string;
  release: number;
  isPinned: boolean;
  state: CaseState;
}

/** Open cases in order of their ids, a batch at a time. */
export async function* openCases(
  { database }: Organisation,
  selection: readonly string[] | undefined,
): AsyncGenerator<OpenCase[]> {
  for (let after = ''; ; ) {
    const rows = await database.query(
      `SELECT c.id, c.reference, c.workflow, c.release, ${STATE_COLUMNS}, COALESCE(p.pinned, 0) AS pinned FROM cases c LEFT JOIN case_pins p ON p.case_id = c.id
       WHERE c.status IN ('open', 'onHold') AND c.id > ? AND (? IS NULL OR c.id IN (SELECT value FROM json_each(?))) ORDER BY c.id LIMIT ?`,
      [after, selection ? 1 : null, JSON.stringify(selection ?? []), BATCH],
    );
    if (rows.length === 0) return;
    yield rows.map((row) => ({
      id: textOf(row, 'id'),
      reference: textOf(row, 'reference'),
      workflow: textOf(row, 'workflow'),
      release: intOf(row, 'release'),
      isPinned: intOf(row, 'pinned') === 1,
      state: stateOf(row),
    }));
    after = textOf(rows.at(-1) ?? {}, 'id');
  }
}
