// Plain JavaScript: a worker thread loads it as it lies here, from the sources and from the bundle alike.
import { parentPort, workerData } from 'node:worker_threads';
import Sqlite from 'libsql';
import { runBatch } from './sqlite-batch.js';

const MOST_STATEMENTS = 100;

let database;
/** Why it could not be opened: told to whoever asks, in its own words, which an error that ends the thread would lose. */
let unopened;
try {
  database = new Sqlite(workerData.file);
  database.exec(workerData.pragmas);
} catch (error) {
  unopened = error;
}

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

const verbs = {
  batch: (list) => runBatch(database, prepare, list),
  exec: (sql) => void database.exec(sql),
  close() {
    try {
      if (workerData.log === 'folded' && !unopened) database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    } catch {
      // The log stays beside the file and is read at the next start; nothing is lost.
    }
    statements.clear();
    database?.close();
  },
};

parentPort?.on('message', ({ id, verb, argument }) => {
  try {
    if (unopened && verb !== 'close') throw unopened;
    parentPort?.postMessage({ id, answer: verbs[verb](argument) });
  } catch (error) {
    parentPort?.postMessage({
      id,
      failure: { message: String(error?.message ?? error), code: String(error?.code ?? '') },
    });
  }
  if (verb === 'close') parentPort?.close();
});
