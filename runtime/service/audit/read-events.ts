import type { StoredEvent } from '../commit/commit-group.ts';
import { intOf, type Reader, type Row, textOf } from '../db/database.ts';

/** An event with its place in the order of all commits. */
export interface PlacedEvent extends StoredEvent {
  position: number;
}

const PAGE = 1000;

/** Every event after a position, in commit order, page by page; between pages others get their turn. */
export async function* readAllEvents(database: Reader, after = 0): AsyncGenerator<PlacedEvent> {
  for (let from = after; ; ) {
    const rows = await database.query('SELECT * FROM case_events WHERE position > ? ORDER BY position LIMIT ?', [
      from,
      PAGE,
    ]);
    yield* rows.map(toPlacedEvent);
    const last = rows.at(-1);
    if (rows.length < PAGE || !last) return;
    from = intOf(last, 'position');
    await new Promise((resolve) => setImmediate(resolve));
  }
}

/** Every event of one stream, in order. */
export async function readStream(database: Reader, stream: string): Promise<PlacedEvent[]> {
  const rows = await database.query('SELECT * FROM case_events WHERE stream = ? ORDER BY seq', [stream]);
  return rows.map(toPlacedEvent);
}

function toPlacedEvent(row: Row): PlacedEvent {
  return {
    position: intOf(row, 'position'),
    stream: textOf(row, 'stream'),
    seq: intOf(row, 'seq'),
    actor: textOf(row, 'actor'),
    effectiveAt: intOf(row, 'effective_at'),
    recordedAt: intOf(row, 'recorded_at'),
    type: textOf(row, 'type'),
    payload: textOf(row, 'payload'),
    prevHash: textOf(row, 'prev_hash'),
    hash: textOf(row, 'hash'),
  };
}
