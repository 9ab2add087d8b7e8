import { createClient, type InArgs } from '@libsql/client';
import { type Database, pauseWithJitter, type Row, toBound, toStatement } from './database.ts';

/** A database of a libSQL server (sqld, Turso) over HTTP or WebSocket; one write of this node is in flight at a time. */
export async function openServerDatabase(url: string, authToken?: string): Promise<Database> {
  const client = createClient({ url, ...(authToken === undefined ? {} : { authToken }) });
  let last: Promise<unknown> = Promise.resolve();
  let writes = 0;
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const next = last.then(work, work);
    last = next.catch(() => {});
    return next;
  };
  return {
    isShared: true,
    pause: pauseWithJitter,
    writes: () => writes,
    async batch(statements, { onlyAdds = false } = {}) {
      if (!onlyAdds) writes++;
      const list = statements
        .map(toStatement)
        .map(({ sql, guard = [], args }) => ({ sql, args: [...guard, ...args] as unknown as InArgs }));
      const results = await inTurn(() => client.batch(list, 'write'));
      return results.map(({ rows, rowsAffected }) => ({ rows: rows as unknown as Row[], rowsAffected }));
    },
    async query(sql, args = []) {
      const { rows } = await client.execute({ sql, args: args.map(toBound) as InArgs });
      return rows as unknown as Row[];
    },
    copyTo() {
      return Promise.reject(new Error("a server's database is backed up by the server: see docs/scale.md"));
    },
    async close() {
      await last;
      client.close();
    },
  };
}
