import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { openOrganisations } from '../service/main.ts';
import { type BackupReport, inspectBackup, readManifest, restoreBackup } from '../service/operations/backup.ts';
import { FIRST_ORGANISATION } from '../service/organisations/organisation-rows.ts';
import { type Io, UsageError } from './io.ts';

const usage = `usage: lintel restore BACKUP --data DIR [--json]     puts a backup into an empty data folder
       lintel restore BACKUP --drill [--json]        proves that it could be: restores into a folder that is removed again`;

/** `lintel restore`: checks a backup and puts it back, or drills that. Exit 1 when the backup is not whole. */
export async function run(args: readonly string[], io: Io): Promise<number> {
  const { backup, data, drill, json } = readArguments(args);
  const report = await inspect(backup);
  const drilled = drill && report.faults.length === 0 ? await drillRestore(backup) : null;
  if (!drill && report.faults.length === 0) put(backup, data ?? '');
  if (json) io.print(JSON.stringify({ ...report, ...(drilled === null ? {} : { drill: drilled }) }));
  else for (const line of toLines(report, drilled, data)) io.print(line);
  return report.faults.length === 0 ? 0 : 1;
}

async function inspect(backup: string): Promise<BackupReport> {
  try {
    readManifest(backup);
  } catch (cause) {
    throw new UsageError((cause as Error).message, { cause });
  }
  return inspectBackup(backup);
}

function put(backup: string, data: string): void {
  try {
    restoreBackup(backup, resolve(data));
  } catch (cause) {
    throw new UsageError((cause as Error).message, { cause });
  }
}

/** Opens the service on the restored folder: migrations, keys, releases, the first look at what is due. */
async function drillRestore(backup: string): Promise<{ seconds: number; dueCases: number }> {
  const started = performance.now();
  const folder = mkdtempSync(join(tmpdir(), 'lintel-drill-'));
  try {
    restoreBackup(backup, folder);
    const fail = (error: unknown) => {
      throw error;
    };
    const opened = await openOrganisations({
      data: folder,
      previewClock: false,
      studioFolder: null,
      onLost: fail,
      onError: fail,
    });
    const id = readManifest(backup).organisation ?? FIRST_ORGANISATION;
    const [due] = await opened.organisations.use(id, ({ organisation: { database, clock } }) =>
      database.query('SELECT COUNT(*) AS n FROM cases WHERE wake_at <= ?', [clock.now()]),
    );
    await opened.close();
    return { seconds: Number(((performance.now() - started) / 1000).toFixed(2)), dueCases: Number(due?.n ?? 0) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function toLines(
  report: BackupReport,
  drilled: { seconds: number; dueCases: number } | null,
  data: string | undefined,
): string[] {
  const made = new Date(report.createdAt * 1000).toISOString();
  const lines = report.faults.map(({ code, message }) => `${code}: ${message}`);
  lines.push(`backup of ${made}: ${report.cases} cases, ${report.events} events, ${report.replayed} cases lived again`);
  if (report.faults.length > 0) return [...lines, `${report.faults.length} faults: not restored`];
  if (drilled) return [...lines, `drill passed: opened in ${drilled.seconds} s, ${drilled.dueCases} cases due at once`];
  return [...lines, `restored into ${data}`];
}

function readArguments(args: readonly string[]) {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { data: { type: 'string' }, drill: { type: 'boolean' }, json: { type: 'boolean' } },
    });
    const [backup] = positionals;
    const drill = values.drill === true;
    if (backup === undefined || (values.data === undefined) !== drill) throw new UsageError(usage);
    return { backup, data: values.data, drill, json: values.json === true };
  } catch (cause) {
    throw cause instanceof UsageError ? cause : new UsageError(`${(cause as Error).message}\n${usage}`, { cause });
  }
}
