import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { parseCheckpoints, readPublicKey } from '../service/audit/checkpoints.ts';
import { type ReplayReport, replayCase } from '../service/audit/replay-case.ts';
import { verifyChain } from '../service/audit/verify-chain.ts';
import { openForReading } from '../service/db/connect.ts';
import type { Reader } from '../service/db/database.ts';
import { TakenError, takeLock } from '../service/db/lock-file.ts';
import { folderOf } from '../service/organisations/folder.ts';
import { FIRST_ORGANISATION, wrongKey } from '../service/organisations/organisation-rows.ts';
import { type Io, UsageError } from './io.ts';

const usage = `usage: lintel audit verify [--data DIR] [--organisation KEY] [--checkpoints FILE] [--json]
       lintel audit replay [CASE ...] [--data DIR] [--organisation KEY] [--json]`;

/** `lintel audit`: whether the chain of a data folder or a backup is whole, and whether cases lived again are what their rows say. Exit 1 when not. */
export async function run(args: readonly string[], io: Io): Promise<number> {
  const { verb, names, data, organisation, checkpoints, json } = readArguments(args);
  const file = join(data, 'organisations', `${organisation}.db`);
  if (!existsSync(file)) throw new UsageError(`there is no database in ${data}`);
  const release = takeFolder(data);
  const database = openForReading(file);
  try {
    return verb === 'verify'
      ? await verify(database, { data: folderOf(data, organisation), checkpoints, json }, io)
      : await replayAll(database, names, json, io);
  } finally {
    database.close();
    release();
  }
}

async function verify(
  database: Reader,
  { data, checkpoints, json }: { data: string; checkpoints: string | undefined; json: boolean },
  io: Io,
): Promise<number> {
  const kept = checkpoints === undefined ? [] : parseCheckpoints(io.read(checkpoints));
  const report = await verifyChain(database, readPublicKey(data), kept);
  if (json) io.print(JSON.stringify(report));
  else {
    for (const { code, message } of report.faults) io.print(`${code}: ${message}`);
    const found = report.faults.length === 0 ? 'whole' : `${report.faults.length} faults`;
    io.print(`${report.events} events of ${report.streams} streams, ${report.checkpoints} checkpoints: ${found}`);
  }
  return report.faults.length === 0 ? 0 : 1;
}

async function replayAll(database: Reader, names: readonly string[], json: boolean, io: Io): Promise<number> {
  const all =
    names.length > 0 ? names : (await database.query('SELECT id FROM cases ORDER BY id')).map(({ id }) => String(id));
  const reports: ReplayReport[] = [];
  for (const id of all) {
    const [row] = await database.query('SELECT id FROM cases WHERE id = ?1 OR reference = ?1', [id]);
    const report = row ? await replayCase(database, String(row.id)) : undefined;
    if (!report) throw new UsageError(`there is no case ${id}`);
    reports.push(report);
  }
  const differing = reports.filter(({ differs }) => differs.length > 0);
  if (json) io.print(JSON.stringify({ replayed: reports.length, differing }));
  else {
    for (const { caseId, differs } of differing) io.print(`case ${caseId} differs in ${differs.join(', ')}`);
    io.print(`${reports.length} cases lived again, ${differing.length} differ`);
  }
  return differing.length === 0 ? 0 : 1;
}

function readArguments(args: readonly string[]) {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        data: { type: 'string' },
        organisation: { type: 'string' },
        checkpoints: { type: 'string' },
        json: { type: 'boolean' },
      },
    });
    const [verb, ...names] = positionals;
    if (verb !== 'verify' && verb !== 'replay') throw new UsageError(usage);
    const data = values.data ?? process.env.LINTEL_DATA ?? 'data';
    const organisation = values.organisation ?? FIRST_ORGANISATION;
    if (wrongKey(organisation) !== undefined) throw new UsageError(`${organisation}: ${wrongKey(organisation)}`);
    return { verb, names, data, organisation, checkpoints: values.checkpoints, json: values.json === true } as const;
  } catch (cause) {
    throw cause instanceof UsageError ? cause : new UsageError(`${(cause as Error).message}\n${usage}`, { cause });
  }
}

/** A served folder is not read from outside: its newest pages are in the serving process's log. */
function takeFolder(data: string): () => void {
  // A backup is read where it lies, also from a medium that cannot be written.
  if (existsSync(join(data, 'backup.json'))) return () => {};
  try {
    return takeLock(join(data, 'lintel.lock'));
  } catch (error) {
    if (!(error instanceof TakenError)) throw error;
    throw new UsageError(
      `${data} is being served: ask the service (POST /v1/admin/audit/verify), or verify a backup of it (lintel backup)`,
      { cause: error },
    );
  }
}
