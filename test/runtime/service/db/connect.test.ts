import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClient } from '@libsql/client';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openDatabase } from '../../../../runtime/service/db/connect.ts';
import { WriterLostError } from '../../../../runtime/service/db/database.ts';
import { takeLock } from '../../../../runtime/service/db/lock-file.ts';
import { migrateDatabase, readMigrations } from '../../../../runtime/service/db/migrate.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lintel-connect-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('the writing connection', () => {
  it('is given up when another connection holds the database: what it acknowledged afterwards could be lost', async () => {
    const url = `file:${join(folder, 'a.db')}`;
    const lost: Error[] = [];
    const database = await openDatabase(url, (error) => lost.push(error));
    await database.batch(['CREATE TABLE t (x INTEGER) STRICT']);
    const other = createClient({ url, concurrency: 1 });
    const held = await other.transaction('write');
    await expect(database.batch(['INSERT INTO t VALUES (1)'])).rejects.toThrow(WriterLostError);
    expect(lost).toHaveLength(1);
    await held.rollback();
    other.close();
    await database.close();
  });

  it('goes on writing while it is copied: the copy takes no lock that a writer needs', async () => {
    const lost: Error[] = [];
    const database = await openDatabase(`file:${join(folder, 'a.db')}`, (error) => lost.push(error));
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
    const database = await openDatabase(`file:${join(folder, 'a.db')}`, () => {});
    const results = await database.batch(['SELECT * FROM pragma_journal_mode', 'SELECT * FROM pragma_synchronous']);
    expect(results.map((result) => Object.values({ ...result.rows[0] })[0])).toEqual(['wal', 2]);
    await database.close();
  });

  it('counts what it writes, so that who remembers what they read knows it still holds; new rows alone do not count', async () => {
    const database = await openDatabase(`file:${join(folder, 'a.db')}`, () => {});
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
  it('run once, and a file of a newer program is refused', async () => {
    const file = join(folder, 'b.db');
    const migrations = readMigrations('organisation');
    await migrateDatabase(file, migrations);
    await migrateDatabase(file, migrations);
    await migrateDatabase(file, [
      ...migrations,
      { number: 9000, name: '9000-later.sql', sql: 'CREATE TABLE later (x INTEGER) STRICT;' },
    ]);
    await expect(migrateDatabase(file, migrations)).rejects.toThrow(/newer program/);
  });
});

describe('the lock of a data folder', () => {
  it('left by a process that died is taken over', async () => {
    const file = join(folder, 'lock');
    const release = takeLock(file);
    release();
    const { writeFileSync } = await import('node:fs');
    const { hostname } = await import('node:os');
    writeFileSync(file, JSON.stringify({ pid: 2_147_483_646, host: hostname() }));
    takeLock(file)();
    writeFileSync(file, JSON.stringify({ pid: process.ppid, host: hostname() }));
    expect(() => takeLock(file)).toThrow(/another process serves/);
  });
});
