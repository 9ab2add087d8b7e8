import { Worker } from 'node:worker_threads';
import type { Statement, WriteResult } from './database.ts';

/** What the database said no with; `code` is SQLite's. */
export class DatabaseError extends Error {
  readonly code: string;

  constructor(message: string, code: string) {
    super(message);
    this.code = code;
  }
}

/** A connection in a thread of its own, so that waiting for the disk holds nobody up. */
export interface SqliteWorker {
  batch(statements: readonly Statement[]): Promise<WriteResult[]>;
  exec(sql: string): Promise<void>;
  /** Folds the log into the file unless it is to be left, and ends the thread. */
  close(): Promise<void>;
}

/** What becomes of the log when a connection ends. */
export interface LogAtEnd {
  /** `left` where another connection writes the file: folding takes the write lock, and the writer waits for nobody. */
  readonly log: 'folded' | 'left';
}

/** Opens a file in a worker thread; `pragmas` are of this connection alone. */
export function startSqliteWorker(file: string, pragmas: string, { log }: LogAtEnd): SqliteWorker {
  const worker = new Worker(new URL('./sqlite-thread.js', import.meta.url), {
    workerData: { file, pragmas, log },
    // Loaders of the parent (tsx, vitest) are of no use to plain JavaScript and cost a start.
    execArgv: [],
  });
  const waiting = new Map<number, { resolve(answer: unknown): void; reject(error: Error): void }>();
  let last = 0;
  let lost: Error | null = null;
  const giveUp = (error: Error) => {
    lost = error;
    for (const { reject } of waiting.values()) reject(error);
    waiting.clear();
  };
  worker.on('message', ({ id, answer, failure }: { id: number; answer?: unknown; failure?: Failure }) => {
    const one = waiting.get(id);
    waiting.delete(id);
    if (waiting.size === 0) worker.unref();
    if (failure) one?.reject(new DatabaseError(failure.message, failure.code));
    else one?.resolve(answer);
  });
  worker.on('error', (cause: Error & { code?: string }) =>
    giveUp(new DatabaseError(cause.message, String(cause.code ?? ''))),
  );
  const ended = new Promise<void>((resolve) => {
    worker.on('exit', () => {
      giveUp(lost ?? new DatabaseError('the database is closed', 'CLOSED'));
      resolve();
    });
  });
  worker.unref();
  const ask = <T>(verb: string, argument?: unknown) =>
    new Promise<T>((resolve, reject) => {
      if (lost) return reject(lost);
      // A process with nothing else to do still waits for what it asked.
      worker.ref();
      waiting.set(++last, { resolve: resolve as (answer: unknown) => void, reject });
      worker.postMessage({ id: last, verb, argument });
    });
  return {
    batch: (statements) => ask('batch', statements),
    exec: (sql) => ask('exec', sql),
    async close() {
      try {
        await ask('close');
      } finally {
        // The connection is gone with its thread, not before: prepared statements hold it. One that fails is gone soon.
        worker.ref();
        await ended;
      }
    },
  };
}

interface Failure {
  message: string;
  code: string;
}
