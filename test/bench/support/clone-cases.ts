import { join } from 'node:path';
import Sqlite from 'libsql';

/** Columns that name the case itself, by table; every other value is copied as it is. */
const tables = {
  streams: { of: 'id', changed: { id: 'ids.id' } },
  commands: { of: 'id', changed: { id: "'c' || ids.id", key: "'k' || ids.id" } },
  cases: {
    of: 'id',
    changed: { id: 'ids.id', reference: "'B-' || ids.id", state: 'replace(state, :case, ids.id)' },
  },
  case_tasks: { of: 'case_id', changed: { case_id: 'ids.id' } },
  case_events: { of: 'stream', changed: { stream: 'ids.id', command: "'c' || ids.id" } },
} as const;

/** The newest event stands for all, since the next must follow its number; and those that the stored state does not hold yet. */
function whereOf(table: string, column: string): string {
  const newest = '(SELECT MAX(seq) FROM case_events WHERE stream = :case)';
  const since = '(SELECT state_revision FROM cases WHERE id = :case)';
  if (table === 'case_events') return `t.stream = :case AND (t.seq = ${newest} OR t.seq > ${since})`;
  if (table !== 'commands') return `t.${column} = :case`;
  return `t.id = (SELECT command FROM case_events WHERE stream = :case AND seq = ${newest})`;
}

/**
 * Copies one real case of a stopped service's folder so many times, with its rows and its newest event, under ids as random as real
 * ones; fast and not durable: no journal, triggers away meanwhile. Hashes are not made anew.
 */
export function cloneCases(folder: string, caseId: string, count: number, say: (text: string) => void): void {
  const database = new Sqlite(join(folder, 'organisations', 'main.db'));
  database.exec(
    'PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -1000000; PRAGMA temp_store = MEMORY;',
  );
  const triggers = database.prepare("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").all() as {
    name: string;
    sql: string;
  }[];
  for (const { name } of triggers) database.exec(`DROP TRIGGER ${name}`);
  database.exec(`CREATE TEMP TABLE ids AS
    WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${count})
    SELECT lower(hex(randomblob(4))) || '-' || lower(hex(randomblob(12))) AS id FROM n ORDER BY 1`);
  for (const [table, { of, changed }] of Object.entries(tables)) {
    const began = performance.now();
    const columns = (database.prepare(`PRAGMA table_info(${table})`).all() as { name: string }[])
      .map(({ name }) => name)
      .filter((name) => name !== 'position');
    const values = columns.map((name) => (changed as Record<string, string>)[name] ?? `t.${name}`);
    // In the order of the ids as they lie there: sorting the rows themselves would take all memory.
    const from = `temp.ids CROSS JOIN ${table} t WHERE ${whereOf(table, of)}`;
    const sql = `INSERT INTO ${table} (${columns.join(', ')}) SELECT ${values.join(', ')} FROM ${from}`;
    database.exec(sql.replaceAll(':case', `'${caseId}'`));
    say(`${table}: ${count} copies in ${((performance.now() - began) / 1000).toFixed(1)} s`);
  }
  for (const { sql } of triggers) database.exec(sql);
  database.exec('DROP TABLE temp.ids; PRAGMA optimize; PRAGMA journal_mode = WAL;');
  database.close();
}
