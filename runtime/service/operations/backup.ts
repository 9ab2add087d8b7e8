import { hash } from 'node:crypto';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { readPublicKey } from '../audit/checkpoints.ts';
import { replaySample } from '../audit/replay-case.ts';
import { type ChainFault, verifyChain } from '../audit/verify-chain.ts';
import { openForReading, runOnFile } from '../db/connect.ts';
import { type Database, intOf } from '../db/database.ts';
import { folderOf } from '../organisations/folder.ts';
import { FIRST_ORGANISATION } from '../organisations/organisation-rows.ts';

/** What a backup holds; written last, so that a folder without it is an unfinished backup. */
export interface BackupManifest {
  format: 1;
  createdAt: number;
  /** The one organisation it is of; the first where it is absent. */
  organisation?: string;
  files: { name: string; bytes: number; sha256: string }[];
}

const MANIFEST = 'backup.json';
const CONTROL = 'control.db';
const ATTACHMENTS = 'attachments';
const UNFINISHED = '.part';
/** Nobody writes one backup for so long. */
const GIVEN_UP_MS = 24 * 3600 * 1000;
const OTHERS = ['audit-signing-key.pem', 'audit-signing-key.pub'];

/** Copies one organisation's database, its part of the control database and its files while they are served. Answers the folder made; throws when there is no room. */
export async function writeBackup(
  service: { organisation: { id: string; database: Database }; control: Database; folder: string },
  target: string,
  now: number,
): Promise<string> {
  const { folder, started } = beginFolder(target, now);
  try {
    mkdirSync(join(started, 'organisations'), { mode: 0o700 });
    const { id } = service.organisation;
    // The organisation's database comes first: every key that its values need is in the control database by then.
    await service.organisation.database.copyTo(join(started, databaseOf(id)));
    await service.control.copyTo(join(started, CONTROL));
    await forgetOthers(join(started, CONTROL), id);
    const below = placeOf(id);
    mkdirSync(join(started, below), { recursive: true });
    for (const file of OTHERS)
      if (existsSync(join(service.folder, file))) copyFileSync(join(service.folder, file), join(started, below, file));
    const attachments = copyAttachments(service.folder, join(started, below));
    const files = [databaseOf(id), CONTROL, ...[...OTHERS, ...attachments].map((file) => join(below, file))]
      .filter((file) => existsSync(join(started, file)))
      .map((file) => toEntry(started, file));
    const manifest: BackupManifest = { format: 1, createdAt: now, organisation: id, files };
    writeFileSync(join(started, MANIFEST), `${JSON.stringify(manifest, null, 2)}\n`);
    renameSync(started, folder);
  } catch (error) {
    rmSync(started, { recursive: true, force: true });
    throw error;
  }
  return folder;
}

/** A name of its own for each of several backups of the same second; what is not finished has another name. */
function beginFolder(target: string, now: number): { folder: string; started: string } {
  mkdirSync(target, { recursive: true, mode: 0o700 });
  for (let millisecond = 0; ; millisecond++) {
    const name = `lintel-${new Date(now * 1000 + millisecond).toISOString().replaceAll(/[:.]/g, '-')}`;
    const folder = join(target, name);
    const started = `${folder}${UNFINISHED}`;
    if (!existsSync(folder) && makesFolder(started)) return { folder, started };
  }
}

/** Whether it was not there before. */
function makesFolder(folder: string): boolean {
  try {
    mkdirSync(folder, { mode: 0o700 });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

const databaseOf = (organisation: string) => `organisations/${organisation}.db`;

/** Where an organisation's files lie below a data folder. */
const placeOf = (organisation: string) => folderOf('', organisation);

/** Keys, people and sessions of other organisations do not belong in this one's backup: not even their bytes. */
async function forgetOthers(file: string, organisation: string): Promise<void> {
  const others = `organisation <> '${organisation}'`;
  const strangers = `identity IN (SELECT id FROM identities WHERE ${others})`;
  await runOnFile(
    file,
    `PRAGMA secure_delete = ON;
    DELETE FROM person_keys WHERE ${others}; DELETE FROM api_keys WHERE ${strangers}; DELETE FROM sessions WHERE ${strangers};
    DELETE FROM one_time_tokens WHERE ${strangers} OR COALESCE(organisation, '${FIRST_ORGANISATION}') <> '${organisation}';
    DELETE FROM identities WHERE ${others}; DELETE FROM organisations WHERE id <> '${organisation}'; VACUUM;`,
  );
}

/** Documents lie there before the database names them, so that copying them after it misses none. */
function copyAttachments(from: string, to: string): string[] {
  const source = join(from, ATTACHMENTS);
  const names = existsSync(source) ? readdirSync(source).filter((name) => !name.endsWith('.part')) : [];
  if (names.length > 0) mkdirSync(join(to, ATTACHMENTS), { recursive: true, mode: 0o700 });
  for (const name of names) copyFileSync(join(source, name), join(to, ATTACHMENTS, name));
  return names.map((name) => `${ATTACHMENTS}/${name}`);
}

function toEntry(folder: string, name: string) {
  const bytes = readFileSync(join(folder, name));
  return { name, bytes: bytes.byteLength, sha256: hash('sha256', bytes, 'hex') };
}

/** Keeps the newest backups of a folder and removes the others, and what a killed process left unfinished. Answers the backups. */
export function pruneBackups(target: string, keep: number): string[] {
  const names = readdirSync(target).filter((name) => /^lintel-\d{4}-/.test(name));
  const isUnfinished = (name: string) => name.endsWith(UNFINISHED);
  const old = names
    .filter((name) => !isUnfinished(name) && existsSync(join(target, name, MANIFEST)))
    .sort()
    .slice(0, -keep);
  for (const name of [...old, ...names.filter((name) => isUnfinished(name) && isGivenUp(join(target, name)))])
    rmSync(join(target, name), { recursive: true, force: true });
  return old;
}

function isGivenUp(folder: string): boolean {
  const found = statSync(folder, { throwIfNoEntry: false });
  return found !== undefined && Date.now() - found.mtimeMs > GIVEN_UP_MS;
}

/** What a look at a backup found. */
export interface BackupReport {
  createdAt: number;
  files: number;
  cases: number;
  events: number;
  replayed: number;
  faults: (ChainFault | { code: string; message: string })[];
}

/** Reads a backup's manifest; throws when there is none. */
export function readManifest(folder: string): BackupManifest {
  const file = join(folder, MANIFEST);
  if (!statSync(file, { throwIfNoEntry: false }))
    throw new Error(`${folder} is no finished backup: it has no ${MANIFEST}`);
  return JSON.parse(readFileSync(file, 'utf8')) as BackupManifest;
}

/** Whether a folder's databases are whole: bytes as written, SQLite's own check, the audit chain, and a sample of cases lived again. */
export async function inspectBackup(folder: string, sample = 50): Promise<BackupReport> {
  const manifest = readManifest(folder);
  const faults: BackupReport['faults'] = [];
  for (const { name, sha256 } of manifest.files) {
    const file = join(folder, name);
    const found = existsSync(file) ? hash('sha256', readFileSync(file), 'hex') : null;
    if (found === null) faults.push({ code: 'FILE_MISSING', message: `${name} is not there` });
    else if (found !== sha256) faults.push({ code: 'FILE_DIFFERS', message: `${name} is not what was written` });
  }
  const report = {
    createdAt: manifest.createdAt,
    files: manifest.files.length,
    cases: 0,
    events: 0,
    replayed: 0,
    faults,
  };
  // A file that is not what was written may not even be a database.
  return faults.length > 0 ? report : { ...report, ...(await inspectDatabases(folder, sample)) };
}

async function inspectDatabases(folder: string, sample: number) {
  const faults: BackupReport['faults'] = [];
  const { organisation = FIRST_ORGANISATION } = readManifest(folder);
  for (const name of [databaseOf(organisation), CONTROL]) {
    const database = openForReading(join(folder, name));
    const [row] = await database.query('PRAGMA integrity_check');
    const found = Object.values(row ?? {})[0];
    if (found !== 'ok') faults.push({ code: 'DATABASE_DAMAGED', message: `${name}: ${String(found)}` });
    database.close();
  }
  const database = openForReading(join(folder, databaseOf(organisation)));
  try {
    const chain = await verifyChain(database, readPublicKey(join(folder, placeOf(organisation))));
    const { replayed, differing } = await replaySample(database, sample);
    for (const { caseId, differs } of differing)
      faults.push({ code: 'REPLAY_DIFFERS', message: `case ${caseId} lived again differs in ${differs.join(', ')}` });
    const [cases] = await database.query('SELECT COUNT(*) AS n FROM cases');
    return {
      cases: cases ? intOf(cases, 'n') : 0,
      events: chain.events,
      replayed,
      faults: [...faults, ...chain.faults],
    };
  } finally {
    database.close();
  }
}

/** Puts a backup into an empty data folder. Throws when the folder holds databases already. */
export function restoreBackup(backup: string, data: string): void {
  const manifest = readManifest(backup);
  const taken = manifest.files.find(({ name }) => existsSync(join(data, name)));
  if (taken) throw new Error(`${join(data, taken.name)} is there already: restore into an empty folder`);
  for (const { name } of manifest.files) {
    mkdirSync(dirname(join(data, name)), { recursive: true });
    copyFileSync(join(backup, name), join(data, name));
  }
}
