import { isDeepStrictEqual } from 'node:util';
import type { CaseEvent } from '../../../schemas/case-event.ts';
import { replay } from '../../engine/index.ts';
import { STATE_COLUMNS, stateOf } from '../cases/stored-state.ts';
import { intOf, type Reader, textOf } from '../db/database.ts';
import { readStream } from './read-events.ts';

export interface ReplayReport {
  caseId: string;
  revision: number;
  /** Parts of the state whose stored form is not what the events make; none when the row is a true cache. */
  differs: string[];
}

/** Lives a case again from its events and compares with its row; undefined when there is no such case. */
export async function replayCase(database: Reader, caseId: string): Promise<ReplayReport | undefined> {
  const [row] = await database.query(`SELECT revision, last_hash, ${STATE_COLUMNS} FROM cases c WHERE id = ?`, [
    caseId,
  ]);
  if (!row) return undefined;
  const events = await readStream(database, caseId);
  const lived = events.map(
    ({ payload, ...event }) => ({ ...event, payload: JSON.parse(payload) }) as unknown as CaseEvent,
  );
  const again = JSON.parse(JSON.stringify(replay(lived))) as Record<string, unknown>;
  const stored = JSON.parse(JSON.stringify(stateOf(row))) as Record<string, unknown>;
  const differs = [...new Set([...Object.keys(again), ...Object.keys(stored)])].filter(
    (part) => !isDeepStrictEqual(again[part], stored[part]),
  );
  if (intOf(row, 'revision') !== events.length) differs.push('revision');
  if (textOf(row, 'last_hash') !== events.at(-1)?.hash) differs.push('lastHash');
  return { caseId, revision: events.length, differs };
}

/** Replays up to `most` cases, spread over all of them by chance; answers those that differ. */
export async function replaySample(
  database: Reader,
  most: number,
  random: () => number = Math.random,
): Promise<{ replayed: number; differing: ReplayReport[] }> {
  const differing: ReplayReport[] = [];
  const ids = new Set<string>();
  for (let n = 0; n < most; n++) {
    // Rows are numbered as they came: a random number is a fair choice, found at once.
    const [row] = await database.query(
      'SELECT id FROM cases WHERE rowid >= 1 + CAST(? * (SELECT MAX(rowid) FROM cases) AS INTEGER) ORDER BY rowid LIMIT 1',
      [random()],
    );
    if (row) ids.add(textOf(row, 'id'));
  }
  for (const id of ids) {
    const report = await replayCase(database, id);
    if (report && report.differs.length > 0) differing.push(report);
    await new Promise((resolve) => setImmediate(resolve));
  }
  return { replayed: ids.size, differing };
}
