// Plain JavaScript: a worker thread loads it as it lies here, from the sources and from the bundle alike.
import { parentPort, workerData } from 'node:worker_threads';
import Sqlite from 'libsql';

const MOST_STATEMENTS = 100;

const database = new Sqlite(workerData.file);
database.exec(workerData.pragmas);

/** Prepared once and kept: preparing the long set statements costs more than running them. */
const statements = new Map();

function prepare(sql) {
  const known = statements.get(sql);
  if (known) return known;
  if (statements.size >= MOST_STATEMENTS) statements.delete(statements.keys().next().value);
  const made = database.prepare(sql);
  statements.set(sql, made);
  return made;
}

/** All statements in one write transaction, or none. */
function batch(list) {
  database.exec('BEGIN IMMEDIATE');
  try {
    const results = list.map(({ sql, args }) => {
      const statement = prepare(sql);
      if (statement.reader) return { rows: statement.all(args), rowsAffected: 0 };
      return { rows: [], rowsAffected: statement.run(args).changes };
    });
    database.exec('COMMIT');
    return results;
  } catch (error) {
    // Some errors end the transaction by themselves; then there is nothing to roll back.
    if (database.inTransaction) database.exec('ROLLBACK');
    throw error;
  }
}

const verbs = {
  batch,
  exec: (sql) => void database.exec(sql),
  close() {
    try {
      if (workerData.log === 'folded') database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    } catch {
      // The log stays beside the file and is read at the next start; nothing is lost.
    }
    statements.clear();
    database.close();
  },
};

parentPort?.on('message', ({ id, verb, argument }) => {
  try {
    parentPort?.postMessage({ id, answer: verbs[verb](argument) });
  } catch (error) {
    parentPort?.postMessage({
      id,
      failure: { message: String(error?.message ?? error), code: String(error?.code ?? '') },
    });
  }
  if (verb === 'close') parentPort?.close();
});
