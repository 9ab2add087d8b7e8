import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { openDatabase } from '../service/db/connect.ts';
import { TakenError, takeLock } from '../service/db/lock-file.ts';
import { pruneBackups, writeBackup } from '../service/operations/backup.ts';
import { FIRST_ORGANISATION } from '../service/organisations/organisation-rows.ts';
import { type Io, UsageError } from './io.ts';

const usage = `usage: lintel backup --to DIR [--data DIR] [--keep N] [--json]
       lintel backup --server URL [--json]    (key in LINTEL_KEY; the service writes into its own LINTEL_BACKUP_FOLDER)`;

/** `lintel backup`: copies the databases with VACUUM INTO, of a folder that nobody serves, or by asking the service that serves it. */
export async function run(args: readonly string[], io: Io): Promise<number> {
  const { data, to, server, keep, json } = readArguments(args);
  const done = server === undefined ? await backUpFolder(data, to, keep) : await askServer(server);
  io.print(json ? JSON.stringify(done) : `backed up to ${done.folder}`);
  return 0;
}

async function backUpFolder(
  data: string,
  to: string | undefined,
  keep: number,
): Promise<{ folder: string; removed: string[] }> {
  if (to === undefined) throw new UsageError(usage);
  if (!existsSync(join(data, 'control.db'))) throw new UsageError(`there is no database in ${data}`);
  const release = lockFolder(data);
  const fail = (error: Error) => {
    throw error;
  };
  const control = await openDatabase(`file:${join(data, 'control.db')}`, fail);
  const database = await openDatabase(`file:${join(data, 'organisations', 'main.db')}`, fail);
  try {
    const now = Math.floor(Date.now() / 1000);
    const organisation = { id: FIRST_ORGANISATION, database };
    const folder = await writeBackup({ control, organisation, folder: data }, resolve(to), now);
    return { folder, removed: pruneBackups(resolve(to), keep) };
  } finally {
    await database.close();
    await control.close();
    release();
  }
}

async function askServer(server: string): Promise<{ folder: string; removed: string[] }> {
  const key = process.env.LINTEL_KEY;
  if (key === undefined) throw new UsageError('LINTEL_KEY holds no key: make one for an administrator');
  const response = await fetch(new URL('/v1/admin/backups', server), {
    method: 'POST',
    headers: { authorization: `Bearer ${key}` },
  }).catch((cause: unknown) => {
    throw new UsageError(`${server} does not answer`, { cause });
  });
  const answer = (await response.json()) as { folder: string; removed: string[]; detail?: string };
  if (!response.ok) throw new UsageError(`${server} refused: ${answer.detail ?? response.status}`);
  return answer;
}

function lockFolder(data: string): () => void {
  try {
    return takeLock(join(data, 'lintel.lock'));
  } catch (error) {
    if (!(error instanceof TakenError)) throw error;
    throw new UsageError(`${data} is being served: use --server URL, so that the service copies it`, { cause: error });
  }
}

function readArguments(args: readonly string[]) {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        data: { type: 'string' },
        to: { type: 'string' },
        server: { type: 'string' },
        keep: { type: 'string' },
        json: { type: 'boolean' },
      },
    });
    const keep = Number(values.keep ?? 14);
    if (!Number.isInteger(keep) || keep < 1) throw new UsageError('--keep takes a whole number from 1');
    return { ...values, keep, data: values.data ?? process.env.LINTEL_DATA ?? 'data' };
  } catch (cause) {
    throw cause instanceof UsageError ? cause : new UsageError(`${(cause as Error).message}\n${usage}`, { cause });
  }
}
