import { createPrivateKey, createPublicKey, generateKeyPairSync, hash, sign, verify } from 'node:crypto';
import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Database, intOf, type Reader, textOf } from '../db/database.ts';
import { readAllEvents } from './read-events.ts';

/** The head of the chain at a moment, signed. */
export interface Checkpoint {
  number: number;
  /** The last event it covers, in commit order. */
  position: number;
  events: number;
  digest: string;
  createdAt: number;
  signature: string;
}

/** Digest before the first event. */
export const NO_DIGEST = '0'.repeat(64);

/** The digest over all events, one more folded in. */
export function foldDigest(digest: string, eventHash: string): string {
  return hash('sha256', digest + eventHash, 'hex');
}

/** The key that signs: Ed25519, in the data folder, readable by the service alone. */
export interface SigningKey {
  sign(text: string): string;
  publicKey: string;
}

const KEY_FILE = 'audit-signing-key.pem';

/** Takes the folder's key, or makes one at the first start; the public half lies beside it as `audit-signing-key.pub`. */
export function openSigningKey(folder: string): SigningKey {
  const file = join(folder, KEY_FILE);
  if (!existsSync(file)) {
    const { privateKey, publicKey } = generateKeyPairSync('ed25519');
    writeFileSync(file, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600, flag: 'wx' });
    writeFileSync(`${file.replace(/\.pem$/, '')}.pub`, publicKey.export({ type: 'spki', format: 'pem' }));
  }
  const key = createPrivateKey(readFileSync(file));
  return {
    sign: (text) => sign(null, Buffer.from(text), key).toString('base64'),
    publicKey: createPublicKey(key).export({ type: 'spki', format: 'pem' }).toString(),
  };
}

/** Public key of a data folder, or null when it never made a checkpoint. */
export function readPublicKey(folder: string): string | null {
  const file = join(folder, KEY_FILE.replace(/\.pem$/, '.pub'));
  return existsSync(file) ? readFileSync(file, 'utf8') : null;
}

export function isSigned(checkpoint: Checkpoint, publicKey: string): boolean {
  try {
    const signature = Buffer.from(checkpoint.signature, 'base64');
    return verify(null, Buffer.from(signedText(checkpoint)), createPublicKey(publicKey), signature);
  } catch {
    return false;
  }
}

function signedText({ number, position, events, digest, createdAt }: Omit<Checkpoint, 'signature'>): string {
  return JSON.stringify(['lintel-checkpoint-1', number, position, events, digest, createdAt]);
}

export async function readCheckpoints(database: Reader): Promise<Checkpoint[]> {
  const rows = await database.query('SELECT * FROM audit_checkpoints ORDER BY number');
  return rows.map((row) => ({
    number: intOf(row, 'number'),
    position: intOf(row, 'position'),
    events: intOf(row, 'events'),
    digest: textOf(row, 'digest'),
    createdAt: intOf(row, 'created_at'),
    signature: textOf(row, 'signature'),
  }));
}

/** Checkpoints as a file keeps them: one JSON document a line. */
export function parseCheckpoints(text: string): Checkpoint[] {
  return text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => JSON.parse(line) as Checkpoint);
}

/** Signs the chain as it stands and writes it down, also to `exportTo`: a file that leaves the machine. Null when nothing is new. */
export async function makeCheckpoint(
  database: Database,
  key: SigningKey,
  now: number,
  exportTo: string | null,
): Promise<Checkpoint | null> {
  const last = (await readCheckpoints(database)).at(-1);
  let [position, events, digest] = [last?.position ?? 0, last?.events ?? 0, last?.digest ?? NO_DIGEST];
  for await (const event of readAllEvents(database, position)) {
    digest = foldDigest(digest, event.hash);
    position = event.position;
    events++;
  }
  if (events === (last?.events ?? 0)) return null;
  const head = { number: (last?.number ?? 0) + 1, position, events, digest, createdAt: now };
  const checkpoint = { ...head, signature: key.sign(signedText(head)) };
  await database.batch([
    {
      sql: 'INSERT INTO audit_checkpoints (number, position, events, digest, created_at, signature) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING',
      args: [head.number, position, events, digest, now, checkpoint.signature],
    },
  ]);
  if (exportTo !== null) appendFileSync(exportTo, `${JSON.stringify(checkpoint)}\n`);
  return checkpoint;
}
