import { createCipheriv, createDecipheriv, createHash, randomBytes, randomUUID } from 'node:crypto';
import { mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { AttachmentView } from '../../../schemas/case-api.ts';
import { commandCase, type Sender } from '../cases/command-case.ts';
import { openValues, prepareCase } from '../cases/prepare.ts';
import { intOf, textOf, textOrNull } from '../db/database.ts';
import type { Organisation } from '../organisation.ts';
import { Problem } from '../problem.ts';
import { acceptedNames, contentTypeOf, typeOf } from './sniff.ts';

export const MAX_ATTACHMENT_BYTES = 20 * 1024 * 1024;
/** A file without a row is left by a crash between the two; a younger one may be on its way. */
const ORPHAN_SECONDS = 24 * 3600;

/** A document somebody uploads to a case, or to one of its tasks. */
export interface Upload {
  readonly caseId: string;
  readonly task: string | undefined;
  readonly name: string;
  readonly declaredType: string;
  readonly bytes: Uint8Array;
}

/**
 * Stores a document beside the database, sealed under the person's key, then tells the case in one transaction with its row; when
 * the case refuses, the file goes again. Throws 409 and 415.
 */
export async function attach(
  organisation: Organisation,
  folder: string,
  { caseId, task, name, declaredType, bytes }: Upload,
  sender: Sender,
): Promise<{ id: string; revision: number }> {
  const type = soundType(bytes, name, declaredType);
  const { key } = await prepareCase(organisation, caseId);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  // The same upload sent again under its key finds the first one's place; other content never touches it.
  const id = sender.key === undefined ? randomUUID() : idFor(`${sender.key}\n${sha256}`);
  const file = join(folder, id);
  await write(folder, file, sealBytes(key, id, bytes));
  try {
    const command = { type: 'attachDocument' as const, ...(task === undefined ? {} : { task }), document: id, name };
    const answer = await commandCase(organisation, caseId, command, {
      ...sender,
      alsoRows: (events) => {
        const told = events.find((event) => event.type === 'documentAttached');
        const nameRef = told?.type === 'documentAttached' ? told.payload.name : '';
        const values = { id, case_id: caseId, task: task ?? null, name_ref: nameRef, type, size: bytes.length, sha256 };
        return [
          {
            table: 'attachments',
            values: { ...values, created_by: sender.actor, created_at: organisation.clock.now() },
          },
        ];
      },
    });
    return { id, revision: (answer.response as { revision: number }).revision };
  } catch (error) {
    if (!(await isKnown(organisation, id))) await rm(file, { force: true });
    throw error;
  }
}

/** What the content is. Throws 415 where it is nothing people attach, or something else than it is called. */
function soundType(bytes: Uint8Array, name: string, declared: string): string {
  const type = typeOf(bytes, name);
  const isGeneric = declared === '' || declared === 'application/octet-stream';
  if (type !== undefined && (isGeneric || declared === type || isAlias(declared, type))) return type;
  const found = contentTypeOf(bytes);
  const what = found === undefined ? 'of no type that is taken' : `${found}, which is not what it is called`;
  throw new Problem(415, 'ATTACHMENT_TYPE', `The content of this document is ${what}. Taken are: ${acceptedNames}.`);
}

const aliases: Readonly<Record<string, string>> = {
  'image/jpg': 'image/jpeg',
  'image/heif': 'image/heic',
  'text/rtf': 'application/rtf',
  'application/vnd.ms-excel': 'text/csv',
  'text/markdown': 'text/plain',
};

function isAlias(declared: string, type: string): boolean {
  return aliases[declared] === type;
}

function idFor(upload: string): string {
  return `k-${createHash('sha256').update(upload).digest('hex').slice(0, 32)}`;
}

/** Whole and durable before anybody hears of it: a crash leaves the old state or the new, never half a file. */
async function write(folder: string, file: string, bytes: Uint8Array): Promise<void> {
  await mkdir(folder, { recursive: true });
  const temporary = `${file}.${randomUUID()}.part`;
  const handle = await open(temporary, 'wx', 0o600);
  try {
    await handle.writeFile(bytes);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(temporary, file);
}

function sealBytes(key: Buffer, id: string, bytes: Uint8Array): Buffer {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  cipher.setAAD(Buffer.from(`attachment:${id}`));
  const body = Buffer.concat([cipher.update(bytes), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), body]);
}

function unsealBytes(key: Buffer, id: string, sealed: Buffer): Buffer {
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, 12));
  decipher.setAAD(Buffer.from(`attachment:${id}`));
  decipher.setAuthTag(sealed.subarray(12, 28));
  return Buffer.concat([decipher.update(sealed.subarray(28)), decipher.final()]);
}

async function isKnown({ database }: Organisation, id: string): Promise<boolean> {
  return (await database.query('SELECT 1 FROM attachments WHERE id = ?', [id])).length > 0;
}

/** Documents of a case, oldest first. */
export async function listAttachments(organisation: Organisation, caseId: string): Promise<AttachmentView[]> {
  const rows = await organisation.database.query(
    'SELECT * FROM attachments WHERE case_id = ? ORDER BY created_at, id LIMIT 1000',
    [caseId],
  );
  const names = await namesOf(
    organisation,
    caseId,
    Object.fromEntries(rows.map((row) => [textOf(row, 'id'), textOf(row, 'name_ref')])),
  );
  return rows.map((row) => ({
    id: textOf(row, 'id'),
    task: textOrNull(row, 'task'),
    name: names[textOf(row, 'id')] ?? 'document',
    type: textOf(row, 'type'),
    size: intOf(row, 'size'),
    createdBy: textOf(row, 'created_by'),
    createdAt: intOf(row, 'created_at'),
  }));
}

async function namesOf(organisation: Organisation, caseId: string, refs: Record<string, string>) {
  const { person } = await prepareCase(organisation, caseId);
  const key = await organisation.keys.find(person);
  return (key ? await openValues(organisation, key, refs) : {}) as Record<string, string>;
}

/** One document with its bytes. Throws 404, also when its person was erased. */
export async function readAttachment(organisation: Organisation, folder: string, caseId: string, id: string) {
  const [row] = await organisation.database.query('SELECT * FROM attachments WHERE id = ? AND case_id = ?', [
    id,
    caseId,
  ]);
  const { person } = await prepareCase(organisation, caseId);
  const key = await organisation.keys.find(person);
  const sealed = row && key ? await readFile(join(folder, textOf(row, 'id'))).catch(() => undefined) : undefined;
  if (!row || !key || !sealed) throw new Problem(404, 'NOT_FOUND', 'There is no such document.');
  const { name = 'document' } = await namesOf(organisation, caseId, { name: textOf(row, 'name_ref') });
  return { name, type: textOf(row, 'type'), bytes: unsealBytes(key, textOf(row, 'id'), sealed) };
}

/** Removes files that a crash left without a row; answers how many. */
export async function sweepAttachments(organisation: Organisation, folder: string): Promise<number> {
  const files = await readdir(folder).catch(() => []);
  let removed = 0;
  for (const file of files) {
    const age = Date.now() - (await stat(join(folder, file))).mtimeMs;
    if (age < ORPHAN_SECONDS * 1000 || (!file.endsWith('.part') && (await isKnown(organisation, file)))) continue;
    await rm(join(folder, file), { force: true });
    removed++;
  }
  return removed;
}
