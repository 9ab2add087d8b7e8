/** A value as a row gives it. */
export type Row = Readonly<Record<string, unknown>>;

/** A value as a statement takes it; whole numbers are bound as integers. */
export type Value = string | number | bigint | null | Uint8Array;

export interface Statement {
  sql: string;
  args: readonly Value[];
  /** Arguments of its guard, which come before the others; one array where statements share a guard, so that it travels once. */
  guard?: readonly string[];
  /**
   * The same without its guard, fed by `args` alone. A database that sees the outcome of a statement before it runs the next may
   * take it instead, while all statements of the batch so far changed as many rows as they expect.
   */
  unguarded?: string;
  /** How many rows it changes where nothing is in its way. */
  expects?: number;
}

export interface WriteResult {
  rows: Row[];
  rowsAffected: number;
}

export interface BatchOptions {
  /** It only adds rows, and nobody remembers that they were not there: it does not count among the writes. */
  onlyAdds?: boolean;
}

/**
 * The one driver interface: a file of this process, or a database of a server over HTTP or WebSocket. Calls are plain messages,
 * so that the connection may live in another thread or on another machine.
 */
export interface Database {
  /** Runs the statements in one write transaction; all or nothing. */
  batch(statements: readonly (Statement | string)[], options?: BatchOptions): Promise<WriteResult[]>;
  /** Rows of one reading statement. */
  query(sql: string, args?: readonly unknown[]): Promise<Row[]>;
  close(): Promise<void>;
  /** Whether other processes write it too: a server's database, not a file of ours. */
  readonly isShared: boolean;
  /** How many batches this process has begun and ended; what was read stays true while it stands still, unless the database is shared. */
  writes(): number;
  /** Waits about so long before a batch is sent again; with jitter, so that nodes do not meet again. */
  pause(milliseconds: number): Promise<void>;
  /** Writes a whole copy of the database to a new file (VACUUM INTO); a server's database cannot be copied so. */
  copyTo(file: string): Promise<void>;
}

/** A database that is only looked at. */
export type Reader = Pick<Database, 'query'>;

/** Thrown when the writer met SQLITE_BUSY: the connection loses acknowledged writes after it, so the process must end. */
export class WriterLostError extends Error {}

/** Numbers bind as REAL; whole numbers are meant as integers. */
export function toBound(value: unknown): Value {
  return typeof value === 'number' && Number.isInteger(value) ? BigInt(value) : (value as Value);
}

/** A statement as connections take it. */
export function toStatement(statement: Statement | string): Statement {
  return typeof statement === 'string'
    ? { sql: statement, args: [] }
    : { ...statement, args: statement.args.map(toBound) };
}

/** A text as it stands in a statement that takes no arguments. */
export function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

export function isBusy(error: unknown): boolean {
  return /SQLITE_BUSY|database is locked/.test(textOfError(error));
}

/** Whether a database did not answer, or not in time: the same may be asked again. */
export function isAway(error: unknown): boolean {
  const text =
    /HRANA_(?:WEBSOCKET|CLOSED|HTTP)|ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|fetch failed|UND_ERR|socket hang up/;
  for (let one = error; one instanceof Error; one = one.cause) if (text.test(textOfError(one))) return true;
  return isBusy(error);
}

export function isConstraint(error: unknown): boolean {
  return /SQLITE_CONSTRAINT|constraint failed|cannot store/i.test(textOfError(error));
}

function textOfError(error: unknown): string {
  return error instanceof Error ? `${(error as { code?: string }).code} ${error.message}` : '';
}

export function pauseWithJitter(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds * (1 + Math.random())));
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
