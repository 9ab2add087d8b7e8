import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { openDatabase } from '../service/db/connect.ts';
import { TakenError, takeLock } from '../service/db/lock-file.ts';
import { pruneBackups, writeBackup } from '../service/operations/backup.ts';
import { folderOf } from '../service/organisations/folder.ts';
import { FIRST_ORGANISATION, listOrganisations } from '../service/organisations/organisation-rows.ts';
import { type Io, UsageError } from './io.ts';

const usage = `usage: lintel backup --to DIR [--data DIR] [--keep N] [--json]
       lintel backup --server URL [--json]    (key in LINTEL_KEY; the service writes into its own LINTEL_BACKUP_FOLDER)`;

interface Done {
  folder: string;
  removed: string[];
  /** Backups of the organisations beside the first, each in a folder of its own. */
  others?: { organisation: string; folder: string; removed: string[] }[];
}

/** `lintel backup`: copies the databases with VACUUM INTO, of a folder that nobody serves, or by asking the service that serves it. */
export async function run(args: readonly string[], io: Io): Promise<number> {
  const { data, to, server, keep, json } = readArguments(args);
  const done = server === undefined ? await backUpFolder(data, to, keep) : await askServer(server);
  if (json) io.print(JSON.stringify(done));
  else for (const { folder } of [done, ...(done.others ?? [])]) io.print(`backed up to ${folder}`);
  return 0;
}

async function backUpFolder(data: string, to: string | undefined, keep: number): Promise<Done> {
  if (to === undefined) throw new UsageError(usage);
  if (!existsSync(join(data, 'control.db'))) throw new UsageError(`there is no database in ${data}`);
  const release = lockFolder(data);
  const opening = {
    onLost(error: Error) {
      throw error;
    },
  };
  const control = await openDatabase(`file:${join(data, 'control.db')}`, opening);
  try {
    const files = (await listOrganisations(control)).filter(({ place }) => existsSync(join(data, place)));
    const done: { organisation: string; folder: string; removed: string[] }[] = [];
    for (const { id, place } of files) {
      const database = await openDatabase(`file:${join(data, place)}`, opening);
      const parts = { control, organisation: { id, database }, folder: folderOf(data, id) };
      const target = id === FIRST_ORGANISATION ? resolve(to) : join(resolve(to), id);
      const folder = await writeBackup(parts, target, Math.floor(Date.now() / 1000)).finally(() => database.close());
      done.push({ organisation: id, folder, removed: pruneBackups(target, keep) });
    }
    const [first, ...others] = done;
    if (!first) throw new UsageError(`there is no database of an organisation in ${data}`);
    const { folder, removed } = first;
    return { folder, removed, ...(others.length > 0 ? { others } : {}) };
  } finally {
    await control.close();
    release();
  }
}

async function askServer(server: string): Promise<Done> {
  const key = process.env.LINTEL_KEY;
  if (key === undefined) throw new UsageError('LINTEL_KEY holds no key: make one for an administrator');
  const response = await fetch(new URL('/v1/admin/backups', server), {
    method: 'POST',
    headers: { authorization: `Bearer ${key}` },
  }).catch((cause: unknown) => {
    throw new UsageError(`${server} does not answer`, { cause });
  });
  const answer = (await response.json()) as Done & { detail?: string };
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
