import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { createClient } from '@libsql/client';

export interface Migration {
  number: number;
  name: string;
  sql: string;
}

/** The migrations of one kind of database, in order. The files lie beside this source, also when the code is bundled. */
export function readMigrations(kind: 'control' | 'organisation'): Migration[] {
  const folder = fileURLToPath(new URL(`./migrations/${kind}/`, import.meta.url));
  return readdirSync(folder)
    .filter((file) => /^\d{4}-.+\.sql$/.test(file))
    .sort()
    .map((name) => ({ number: Number(name.slice(0, 4)), name, sql: readFileSync(`${folder}/${name}`, 'utf8') }));
}

/**
 * Brings a database file to the newest form, each migration in one transaction; throws when it was written by a newer program.
 * A file that exists is first copied with VACUUM INTO when something will change.
 */
export async function migrateDatabase(file: string, migrations: readonly Migration[]): Promise<void> {
  const existed = existsSync(file);
  const client = createClient({ url: `file:${file}`, concurrency: 1 });
  try {
    // The first statement at boot takes the write lock by itself: a deferred one could meet BUSY half-way.
    await client.executeMultiple(
      'BEGIN IMMEDIATE; CREATE TABLE IF NOT EXISTS migrations (number INTEGER PRIMARY KEY, name TEXT NOT NULL) STRICT; COMMIT;',
    );
    const { rows } = await client.execute('SELECT number FROM migrations');
    const done = new Set(rows.map(({ number }) => Number(number)));
    const at = Math.max(0, ...done);
    const newest = migrations.at(-1)?.number ?? 0;
    if (at > newest) throw new Error(`${file} has form ${at}, this program knows ${newest}: start a newer program`);
    const missing = migrations.filter(({ number }) => !done.has(number));
    if (existed && at > 0 && missing.length > 0)
      await client.execute({ sql: 'VACUUM INTO ?', args: [backupName(file, at)] });
    for (const migration of missing) {
      const name = migration.name.replaceAll("'", "''");
      await client.executeMultiple(
        `BEGIN IMMEDIATE;\n${migration.sql}\nINSERT INTO migrations VALUES (${migration.number}, '${name}'); COMMIT;`,
      );
    }
  } finally {
    client.close();
  }
}

function backupName(file: string, at: number): string {
  for (let copy = 0; ; copy++) {
    const name = `${file}.before-${at + 1}${copy ? `.${copy}` : ''}`;
    if (!existsSync(name)) return name;
  }
}
