import { type Client, createClient, type InArgs, type InStatement, LibsqlError, type ResultSet } from '@libsql/client';

export type { InStatement };

/** A value as a row gives it. */
export type Row = Readonly<Record<string, unknown>>;

/** One database: a single writing connection and one that only reads. */
export interface Database {
  /** Runs the statements in one write transaction; all or nothing. */
  batch(statements: InStatement[]): Promise<ResultSet[]>;
  /** Rows of one reading statement; numbers in `args` are bound as integers. */
  query(sql: string, args?: readonly unknown[]): Promise<Row[]>;
  close(): Promise<void>;
  /** Whether other processes write it too: a server's database, not a file of ours. */
  readonly isShared: boolean;
  /** Waits about so long before a batch is sent again; with jitter, so that nodes do not meet again. */
  pause(milliseconds: number): Promise<void>;
}

/** Thrown when the writer met SQLITE_BUSY: the connection loses acknowledged writes after it, so the process must end. */
export class WriterLostError extends Error {}

/** Opens (and creates) a database file for the one process that writes it. `onLost` is called once when the writer cannot be trusted any more. */
export async function openDatabase(url: string, onLost: (error: Error) => void): Promise<Database> {
  // concurrency 1: PRAGMAs are per connection, and a second connection would not have them.
  const writer = createClient({ url, concurrency: 1 });
  await guardBusy(onLost, () =>
    writer.executeMultiple(
      'PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA busy_timeout = 0;',
    ),
  );
  const reader = createClient({ url, concurrency: 1 });
  await reader.executeMultiple('PRAGMA query_only = ON; PRAGMA busy_timeout = 2000;');
  return {
    isShared: false,
    pause: pauseWithJitter,
    batch: (statements) => guardBusy(onLost, () => writer.batch(statements, 'write')),
    async query(sql, args = []) {
      const result = await reader.execute({ sql, args: args.map(toBound) as InArgs });
      return result.rows as unknown as Row[];
    },
    async close() {
      await checkpoint(writer);
      reader.close();
      writer.close();
    },
  };
}

function pauseWithJitter(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds * (1 + Math.random())));
}

/** Numbers bind as REAL; whole numbers are meant as integers. */
export function toBound(value: unknown): unknown {
  return typeof value === 'number' && Number.isInteger(value) ? BigInt(value) : value;
}

export function isBusy(error: unknown): boolean {
  return (
    error instanceof LibsqlError &&
    (error.code.startsWith('SQLITE_BUSY') || error.message.includes('database is locked'))
  );
}

export function isConstraint(error: unknown): boolean {
  return (
    error instanceof Error &&
    /SQLITE_CONSTRAINT|constraint failed|cannot store/i.test(`${(error as { code?: string }).code} ${error.message}`)
  );
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

async function checkpoint(writer: Client): Promise<void> {
  try {
    await writer.execute('PRAGMA wal_checkpoint(TRUNCATE)');
  } catch {
    // The log stays beside the file and is read at the next start; nothing is lost.
  }
}

/** Text of a column; throws when the column holds something else. */
export function textOf(row: Row, column: string): string {
  const value = row[column];
  if (typeof value !== 'string')
    throw new Error(`column ${column}: expected text, got ${value === null ? 'null' : typeof value}`);
  return value;
}

export function textOrNull(row: Row, column: string): string | null {
  return row[column] === null || row[column] === undefined ? null : textOf(row, column);
}

/** Whole number of a column. */
export function intOf(row: Row, column: string): number {
  const value = row[column];
  if (typeof value === 'bigint') return Number(value);
  if (typeof value !== 'number')
    throw new Error(`column ${column}: expected a number, got ${value === null ? 'null' : typeof value}`);
  return value;
}

export function intOrNull(row: Row, column: string): number | null {
  return row[column] === null || row[column] === undefined ? null : intOf(row, column);
}

/** JSON of a column that this service wrote itself. */
export function jsonOf<T>(row: Row, column: string): T {
  return JSON.parse(textOf(row, column)) as T;
}
