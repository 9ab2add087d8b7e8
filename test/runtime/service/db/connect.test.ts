import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClient } from '@libsql/client';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openDatabase } from '../../../../runtime/service/db/connect.ts';
import { WriterLostError } from '../../../../runtime/service/db/database.ts';
import { type Migration, readMigrations } from '../../../../runtime/service/db/migrate.ts';
import { startSqliteWorker } from '../../../../runtime/service/db/sqlite-worker.ts';

const migrations = readMigrations('organisation');
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lintel-connect-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('the writing connection', () => {
  it('is given up when another connection holds the database: what it acknowledged afterwards could be lost', async () => {
    const url = `file:${join(folder, 'a.db')}`;
    const lost: Error[] = [];
    const database = await openDatabase(url, { onLost: (error) => lost.push(error) });
    await database.batch(['CREATE TABLE t (x INTEGER) STRICT']);
    const other = createClient({ url, concurrency: 1 });
    const held = await other.transaction('write');
    await expect(database.batch(['INSERT INTO t VALUES (1)'])).rejects.toThrow(WriterLostError);
    expect(lost).toHaveLength(1);
    await held.rollback();
    other.close();
    await database.close();
  });

  it('waits while another goes that still holds the file: as it opens, nothing can be lost yet', async () => {
    const url = `file:${join(folder, 'a.db')}`;
    await (await openDatabase(url, { onLost() {} })).close();
    const other = createClient({ url, concurrency: 1 });
    const held = await other.transaction('write');
    const lost: Error[] = [];
    const opening = openDatabase(url, { onLost: (error) => lost.push(error), migrations });
    await new Promise((resolve) => setTimeout(resolve, 300));
    await held.rollback();
    other.close();
    await (await opening).close();
    expect(lost).toEqual([]);
  });

  it('says in the words of the database why it could not be opened, and with its code', async () => {
    const file = join(folder, 'a.db');
    writeFileSync(file, 'no database '.repeat(1000));
    await expect(openDatabase(`file:${file}`, { onLost() {}, migrations })).rejects.toThrow(/file is not a database/);
    rmSync(file);
    const first = startSqliteWorker(file, 'BEGIN IMMEDIATE;', { log: 'left' });
    await first.exec('SELECT 1');
    const second = startSqliteWorker(file, 'PRAGMA busy_timeout = 0; BEGIN IMMEDIATE;', { log: 'left' });
    await expect(second.exec('SELECT 1')).rejects.toMatchObject({ code: 'SQLITE_BUSY' });
    await second.close();
    await first.close();
  });

  it('is gone from the file when it was closed', async () => {
    const file = join(folder, 'a.db');
    const database = await openDatabase(`file:${file}`, { onLost() {}, migrations });
    await database.batch(['UPDATE migrations SET name = name']);
    await database.close();
    // Folded and let go: nothing is left beside the file but what the last one that goes takes away.
    expect(readdirSync(folder)).toEqual(['a.db']);
  });

  it('goes on writing while it is copied: the copy takes no lock that a writer needs', async () => {
    const lost: Error[] = [];
    const database = await openDatabase(`file:${join(folder, 'a.db')}`, { onLost: (error) => lost.push(error) });
    await database.batch(['CREATE TABLE t (x BLOB) STRICT']);
    let isCopying = true;
    const write = async () => {
      for (; isCopying && lost.length === 0; ) await database.batch(['INSERT INTO t VALUES (randomblob(20000))']);
    };
    const writing = write();
    for (let copy = 0; copy < 12 && lost.length === 0; copy++) await database.copyTo(join(folder, `${copy}.db`));
    isCopying = false;
    await writing.catch(() => {});
    expect(lost).toEqual([]);
    await database.close();
  });

  it('writes through to the disk: WAL and synchronous FULL', async () => {
    const database = await openDatabase(`file:${join(folder, 'a.db')}`, { onLost() {} });
    const results = await database.batch(['SELECT * FROM pragma_journal_mode', 'SELECT * FROM pragma_synchronous']);
    expect(results.map((result) => Object.values({ ...result.rows[0] })[0])).toEqual(['wal', 2]);
    await database.close();
  });

  it('counts what it writes, so that who remembers what they read knows it still holds; new rows alone do not count', async () => {
    const database = await openDatabase(`file:${join(folder, 'a.db')}`, { onLost() {} });
    await database.batch(['CREATE TABLE t (x INTEGER) STRICT']);
    const before = database.writes();
    await database.batch(['INSERT INTO t VALUES (1)'], { onlyAdds: true });
    expect(database.writes()).toBe(before);
    const writing = database.batch(['UPDATE t SET x = 2']);
    const begun = database.writes();
    await writing;
    expect([begun > before, database.writes() > begun]).toEqual([true, true]);
    await database.close();
  });
});

describe('migrations', () => {
  const migrate = async (file: string, list: readonly Migration[]) => {
    const database = await openDatabase(`file:${file}`, { onLost() {}, migrations: list });
    const rows = await database.query('SELECT number FROM migrations ORDER BY number');
    await database.close();
    return rows.map(({ number }) => number);
  };
  const later = { number: 9000, name: "9000-somebody's.sql", sql: 'CREATE TABLE later (x INTEGER) STRICT;' };

  it('run once, after a copy, and a file of a newer program is refused', async () => {
    const file = join(folder, 'b.db');
    const numbers = migrations.map(({ number }) => number);
    expect(await migrate(file, migrations)).toEqual(numbers);
    expect(await migrate(file, migrations)).toEqual(numbers);
    expect(await migrate(file, [...migrations, later])).toEqual([...numbers, 9000]);
    expect(readdirSync(folder)).toContain(`b.db.before-${(numbers.at(-1) ?? 0) + 1}`);
    await expect(migrate(file, migrations)).rejects.toThrow(/newer program/);
  });

  it('leave nothing of one that fails, and may empty a table that others point to', async () => {
    const file = join(folder, 'c.db');
    const tables = {
      number: 1,
      name: '0001-tables.sql',
      sql: 'CREATE TABLE a (x INTEGER PRIMARY KEY) STRICT; CREATE TABLE b (x INTEGER REFERENCES a ON DELETE CASCADE) STRICT; INSERT INTO a VALUES (1); INSERT INTO b VALUES (1);',
    };
    await migrate(file, [tables]);
    const failing = { number: 2, name: '0002.sql', sql: 'INSERT INTO a VALUES (2); INSERT INTO nowhere VALUES (1);' };
    await expect(migrate(file, [tables, failing])).rejects.toThrow(/nowhere/);
    const anew = {
      number: 2,
      name: '0002.sql',
      sql: 'CREATE TABLE c (x INTEGER PRIMARY KEY) STRICT; INSERT INTO c SELECT x FROM a; DROP TABLE a; ALTER TABLE c RENAME TO a;',
    };
    expect(await migrate(file, [tables, anew])).toEqual([1, 2]);
    const database = await openDatabase(`file:${file}`, { onLost() {} });
    expect(await database.query('SELECT a.x FROM a JOIN b ON b.x = a.x')).toHaveLength(1);
    expect(await database.query('SELECT x FROM a')).toHaveLength(1);
    await expect(database.batch(['INSERT INTO b VALUES (7)'])).rejects.toThrow(/FOREIGN KEY/);
    await database.close();
  });
});
