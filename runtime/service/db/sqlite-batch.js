// Plain JavaScript: the worker thread loads it as it lies here, from the sources and from the bundle alike.

/**
 * Runs statements in one write transaction, all or none. While everything changed as many rows as it expects, what follows goes
 * without its guards: nobody else writes between the statements of a transaction, so that they would all hold.
 */
export function runBatch(database, prepare, statements) {
  database.exec('BEGIN IMMEDIATE');
  try {
    let isAsExpected = statements[0]?.expects !== undefined;
    const results = statements.map(({ sql, args, guard = [], unguarded, expects }) => {
      const isFree = isAsExpected && unguarded !== undefined;
      const statement = prepare(isFree ? unguarded : sql);
      const given = isFree ? args : [...guard, ...args];
      if (statement.reader) return { rows: statement.all(given), rowsAffected: 0 };
      const { changes } = statement.run(given);
      if (expects !== undefined && changes !== expects) isAsExpected = false;
      return { rows: [], rowsAffected: changes };
    });
    database.exec('COMMIT');
    return results;
  } catch (error) {
    // Some errors end the transaction by themselves; then there is nothing to roll back.
    if (database.inTransaction) database.exec('ROLLBACK');
    throw error;
  }
}
