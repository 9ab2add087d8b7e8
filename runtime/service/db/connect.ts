import { existsSync } from 'node:fs';
import Sqlite from 'libsql';
import {
  type Database,
  isBusy,
  pauseWithJitter,
  quoted,
  type Reader,
  type Row,
  toBound,
  toStatement,
  WriterLostError,
} from './database.ts';
import { type Migration, migrateFile, migrateServer } from './migrate.ts';
import { openServerDatabase } from './server-database.ts';
import { type LogAtEnd, startSqliteWorker } from './sqlite-worker.ts';

export interface Opening {
  /** Called once when the writer cannot be trusted any more. */
  onLost(error: Error): void;
  /** Of a server's database. */
  token?: string | undefined;
  /** Brings it to their newest form first; throws when a newer program wrote it. */
  migrations?: readonly Migration[];
}

/** Opens a database: `file:PATH` for the one process that writes it, `http(s):` or `ws(s):` for a server that several nodes share. */
export async function openDatabase(url: string, { onLost, token, migrations }: Opening): Promise<Database> {
  if (url.startsWith('file:')) return openFile(url.slice('file:'.length), onLost, migrations);
  if (migrations) await migrateServer(url, migrations, token);
  return openServerDatabase(url, token);
}

/**
 * The log is folded into the file every 32 MB: a page that changes with every group is then written there once, not each time.
 * The very first statement waits: a connection used before, of this process too, holds the file for a moment when it goes, and
 * the client library lets it go only when memory is collected. Nothing is acknowledged yet that BUSY could lose.
 */
const OPENING =
  'PRAGMA busy_timeout = 10000; PRAGMA foreign_keys = OFF; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 8000;';
/** From now on BUSY is told at once. Keys between tables are watched only now: migrations make tables anew. */
const SERVING = 'PRAGMA foreign_keys = ON; PRAGMA busy_timeout = 0;';
const READER = 'PRAGMA query_only = ON; PRAGMA busy_timeout = 2000;';
const MOST_STATEMENTS = 200;

async function openFile(
  file: string,
  onLost: (error: Error) => void,
  migrations?: readonly Migration[],
): Promise<Database> {
  const existed = existsSync(file);
  const writer = startSqliteWorker(file, OPENING, { log: 'folded' });
  let reader: Sqlite.Database;
  try {
    // The first statement takes the write lock by itself: a deferred one could meet BUSY half-way.
    await guardBusy(onLost, () => writer.exec('BEGIN IMMEDIATE; COMMIT;'));
    if (migrations) await migrateFile(writer, file, existed, migrations);
    await writer.exec(SERVING);
    reader = openReader(file);
  } catch (error) {
    await writer.close().catch(() => {});
    throw error;
  }
  const prepare = keepPrepared(reader);
  let writes = 0;
  return {
    isShared: false,
    pause: pauseWithJitter,
    writes: () => writes,
    async batch(statements, { onlyAdds = false } = {}) {
      const counted = onlyAdds ? 0 : 1;
      writes += counted;
      try {
        return await guardBusy(onLost, () => writer.batch(statements.map(toStatement)));
      } finally {
        // Counted again at the end: what was read in between may be of before.
        writes += counted;
      }
    },
    async query(sql, args = []) {
      return prepare(sql).all(args.map(toBound)) as Row[];
    },
    copyTo: (target) => copyFile(file, target),
    async close() {
      await writer.close().finally(() => reader.close());
    },
  };
}

/** Opens a file nobody serves, a backup for example, without changing a byte of it. */
export function openForReading(file: string): Reader & { close(): void } {
  const reader = openReader(file);
  const prepare = keepPrepared(reader);
  return {
    query: async (sql, args = []) => prepare(sql).all(args.map(toBound)) as Row[],
    close: () => void reader.close(),
  };
}

function openReader(file: string): Sqlite.Database {
  const reader = new Sqlite(file);
  reader.exec(READER);
  return reader;
}

/** Preparing costs four times what a small select costs. */
function keepPrepared(database: Sqlite.Database) {
  const known = new Map<string, Sqlite.Statement>();
  return (sql: string): Sqlite.Statement => {
    const found = known.get(sql);
    if (found) return found;
    const oldest = known.size >= MOST_STATEMENTS ? known.keys().next().value : undefined;
    if (oldest !== undefined) known.delete(oldest);
    const made = database.prepare(sql);
    known.set(sql, made);
    return made;
  };
}

/** Runs statements on a file that nobody serves, a copy for example. */
export function runOnFile(file: string, sql: string): Promise<void> {
  return runApart(file, sql, { log: 'folded' });
}

async function runApart(file: string, sql: string, atEnd: LogAtEnd): Promise<void> {
  const worker = startSqliteWorker(file, 'PRAGMA busy_timeout = 2000;', atEnd);
  try {
    await worker.exec(sql);
  } finally {
    await worker.close();
  }
}

/** A connection of its own copies the file: the writer goes on. */
function copyFile(file: string, target: string): Promise<void> {
  return runApart(file, `VACUUM INTO ${quoted(target)}`, { log: 'left' });
}

async function guardBusy<T>(onLost: (error: Error) => void, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    if (!isBusy(cause)) throw cause;
    const lost = new WriterLostError(
      'another connection holds the database; this process must stop so that no acknowledged write is lost',
      { cause },
    );
    onLost(lost);
    throw lost;
  }
}
