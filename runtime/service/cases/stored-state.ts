import type { CaseEvent } from '../../../schemas/case-event.ts';
import { type CaseState, evolve } from '../../engine/index.ts';
import { jsonOf, type Row } from '../db/database.ts';

/**
 * Whole states are most of what a commit would write: they are stored every so many events, and lived on from there by reading.
 * More would make a case that is not remembered slow to read.
 */
const STORED_EVERY = 32;

/** Columns of a case `c` that `stateOf` needs: the state as stored and the events since, by one statement, so that they fit together. */
export const STATE_COLUMNS = `c.state, (SELECT json_group_array(json_array(e.seq, e.type, e.actor, e.effective_at, e.recorded_at, json(e.payload)))
  FROM case_events e WHERE e.stream = c.id AND e.seq > c.state_revision) AS since`;

type Since = [
  seq: number,
  type: string,
  actor: string,
  effectiveAt: number,
  recordedAt: number,
  payload: Record<string, unknown>,
];

/** What the row of a case holds until its state is stored for the first time: its events tell all of it. */
export const NOT_YET = { state: '', state_revision: 0 } as const;

/** The state of a case as its row and its events tell it. Throws RangeError when neither does. */
export function stateOf(row: Row): CaseState {
  let state = row['state'] === NOT_YET.state ? null : jsonOf<CaseState>(row, 'state');
  const since = jsonOf<Since[]>(row, 'since').sort(([a], [b]) => a - b);
  for (const [seq, type, actor, effectiveAt, recordedAt, payload] of since)
    state = evolve(state, { seq, type, actor, effectiveAt, recordedAt, payload } as unknown as CaseEvent);
  if (!state) throw new RangeError('a case has a stored state or events that make one; its row has neither');
  return state;
}

/** The revision up to which the state is stored once a case has come to a revision; 0 is not yet. */
export function storedAfter(stored: number, revision: number): number {
  return revision - stored >= STORED_EVERY ? revision : stored;
}
