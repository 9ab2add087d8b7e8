import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { createClient } from '@libsql/client';
import { quoted, toStatement } from './database.ts';
import type { SqliteWorker } from './sqlite-worker.ts';

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

/** Brings a server's database to the newest form; of several nodes that start at once, one does each step and the others see it done. */
export async function migrateServer(url: string, migrations: readonly Migration[], authToken?: string): Promise<void> {
  const client = createClient({ url, ...(authToken === undefined ? {} : { authToken }) });
  try {
    await client.execute(
      'CREATE TABLE IF NOT EXISTS migrations (number INTEGER PRIMARY KEY, name TEXT NOT NULL) STRICT',
    );
    for (const migration of migrations) {
      const isDone = async () =>
        (await client.execute({ sql: 'SELECT 1 FROM migrations WHERE number = ?', args: [migration.number] })).rows
          .length > 0;
      if (await isDone()) continue;
      try {
        await client.executeMultiple(inOneStep(migration));
      } catch (error) {
        // Another node may hold the lock or have been quicker; what it did counts.
        await new Promise((resolve) => setTimeout(resolve, 500));
        if (!(await isDone())) throw error;
      }
    }
    const { rows } = await client.execute(DONE);
    refuseNewer(url, rows, migrations);
  } finally {
    client.close();
  }
}

const DONE = 'SELECT number FROM migrations';

/** The numbers of what was done. */
function refuseNewer(
  name: string,
  rows: readonly Readonly<Record<string, unknown>>[],
  migrations: readonly Migration[],
): number[] {
  const done = rows.map(({ number }) => Number(number));
  const [at, newest] = [Math.max(0, ...done), migrations.at(-1)?.number ?? 0];
  if (at > newest) throw new Error(`${name} has form ${at}, this program knows ${newest}: start a newer program`);
  return done;
}

/** The first statement takes the write lock: whoever comes second waits, and finds the number taken. */
function inOneStep({ number, name, sql }: Migration): string {
  return `BEGIN IMMEDIATE;\nINSERT INTO migrations VALUES (${number}, ${quoted(name)});\n${sql}\nCOMMIT;`;
}

/**
 * Brings a database file to the newest form by its writing connection, each migration in one transaction; throws when it was
 * written by a newer program. A file that `existed` is first copied with VACUUM INTO when something will change.
 */
export async function migrateFile(
  writer: SqliteWorker,
  file: string,
  existed: boolean,
  migrations: readonly Migration[],
): Promise<void> {
  const [, found] = await writer.batch(
    ['CREATE TABLE IF NOT EXISTS migrations (number INTEGER PRIMARY KEY, name TEXT NOT NULL) STRICT', DONE].map(
      toStatement,
    ),
  );
  const done = refuseNewer(file, found?.rows ?? [], migrations);
  const at = Math.max(0, ...done);
  const missing = migrations.filter(({ number }) => !done.includes(number));
  if (existed && at > 0 && missing.length > 0) await writer.exec(`VACUUM INTO ${quoted(backupName(file, at))}`);
  for (const migration of missing) await writer.exec(inOneStep(migration));
}

function backupName(file: string, at: number): string {
  for (let copy = 0; ; copy++) {
    const name = `${file}.before-${at + 1}${copy ? `.${copy}` : ''}`;
    if (!existsSync(name)) return name;
  }
}
