import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { StoredEvent } from '../../../../runtime/service/commit/commit-group.ts';
import { openDatabase } from '../../../../runtime/service/db/connect.ts';
import type { Database } from '../../../../runtime/service/db/database.ts';
import { readMigrations } from '../../../../runtime/service/db/migrate.ts';

/** A real organisation database in a folder of its own. */
export async function openTestDatabase(): Promise<{ database: Database; file: string; remove(): Promise<void> }> {
  const folder = mkdtempSync(join(tmpdir(), 'lintel-db-'));
  const file = join(folder, 'organisation.db');
  const database = await openDatabase(`file:${file}`, {
    onLost() {},
    migrations: readMigrations('organisation'),
  });
  return {
    database,
    file,
    async remove() {
      await database.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** An event of a made-up type; its hash is not looked at here. */
export function anEvent(stream: string, seq: number): StoredEvent {
  return {
    stream,
    seq,
    actor: 'a',
    effectiveAt: 1,
    recordedAt: 1,
    type: 'made',
    payload: '{}',
    prevHash: `h${seq - 1}`,
    hash: `h${seq}`,
  };
}
