import { type Database, intOf, textOf } from '../db/database.ts';

/** What a listener hears of an event: where and when, never what it says. */
export interface FeedEvent {
  /** Place in the order of all commits; a cursor that stays good across restarts. */
  position: number;
  stream: string;
  seq: number;
  type: string;
  at: number;
}

/** The live order of events of one database: one reader for however many listeners. */
export interface Feed {
  /** The newest position that listeners have heard of. */
  position(): number;
  listen(hear: (events: readonly FeedEvent[]) => void): () => void;
  /** Events after a position, at most `limit`, of one stream or of all. */
  after(position: number, limit: number, stream?: string): Promise<FeedEvent[]>;
  /** Looks for new events; the pump calls it after each commit. */
  look(): void;
  start(): Promise<void>;
  stop(): Promise<void>;
}

const PAGE = 1000;
const LOOK_EVERY_MS = 1000;

export function createFeed(database: Database, onError: (error: unknown) => void): Feed {
  const listeners = new Set<(events: readonly FeedEvent[]) => void>();
  let position = 0;
  let timer: NodeJS.Timeout | undefined;
  let looking: Promise<void> | null = null;
  let isWanted = false;

  const after: Feed['after'] = async (from, limit, stream) => {
    const rows = await database.query(
      stream === undefined
        ? 'SELECT position, stream, seq, type, recorded_at FROM case_events WHERE position > ?1 ORDER BY position LIMIT ?2'
        : 'SELECT position, stream, seq, type, recorded_at FROM case_events WHERE stream = ?3 AND position > ?1 ORDER BY seq LIMIT ?2',
      stream === undefined ? [from, limit] : [from, limit, stream],
    );
    return rows.map((row) => ({
      position: intOf(row, 'position'),
      stream: textOf(row, 'stream'),
      seq: intOf(row, 'seq'),
      type: textOf(row, 'type'),
      at: intOf(row, 'recorded_at'),
    }));
  };

  const find = async () => {
    const [row] = await database.query('SELECT MAX(position) AS position FROM case_events');
    return row && row.position !== null ? intOf(row, 'position') : 0;
  };
  const readOn = async () => {
    do {
      isWanted = false;
      if (listeners.size === 0) {
        const newest = await find();
        // Nobody listens: the place is enough. Whoever began to meanwhile hears everything since the place they were told.
        if (listeners.size === 0) position = newest;
      }
      for (let page = await after(position, PAGE); page.length > 0; page = await after(position, PAGE)) {
        position = page.at(-1)?.position ?? position;
        for (const hear of listeners) hear(page);
        await new Promise((resolve) => setImmediate(resolve));
      }
    } while (isWanted);
  };
  const look = () => {
    isWanted = true;
    looking ??= readOn()
      .catch(onError)
      .finally(() => {
        looking = null;
      });
  };
  return {
    position: () => position,
    after,
    look,
    listen(hear) {
      listeners.add(hear);
      return () => void listeners.delete(hear);
    },
    async start() {
      position = await find();
      timer = setInterval(look, LOOK_EVERY_MS);
      timer.unref();
    },
    async stop() {
      clearInterval(timer);
      await looking;
      listeners.clear();
    },
  };
}
