import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  hash,
  randomBytes,
  randomFillSync,
  scrypt,
  timingSafeEqual,
} from 'node:crypto';
import { promisify } from 'node:util';

const deriveKey = promisify(scrypt) as (
  password: string,
  salt: Buffer,
  length: number,
  options: object,
) => Promise<Buffer>;
const COST = { N: 32_768, r: 8, p: 1, maxmem: 96 * 1024 * 1024 };

/** 256 random bits, safe in a URL. */
export function newSecret(): string {
  return randomBytes(32).toString('base64url');
}

/** What is stored of a secret: it cannot be turned back into the secret. */
export function hashSecret(secret: string): string {
  return hash('sha256', secret, 'base64url');
}

/** A secret that can be made again from the organisation's own secret and a name, so that it is never stored. */
export function derivedSecret(organisationSecret: string, name: string): string {
  return keyedHash(organisationSecret, name);
}

/** HMAC-SHA-256 in base64url. */
export function keyedHash(secret: string, text: string): string {
  return createHmac('sha256', secret).update(text).digest('base64url');
}

export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  const key = await deriveKey(password.normalize('NFKC'), salt, 32, COST);
  return `scrypt$${COST.N}$${salt.toString('base64url')}$${key.toString('base64url')}`;
}

/** Whether a password is the one hashed; takes the same time when there is no hash, so that logins cannot be guessed. */
export async function isPassword(password: string, hash: string | null): Promise<boolean> {
  const [, cost, salt, expected] = (hash ?? `scrypt$${COST.N}$AAAAAAAAAAAAAAAAAAAAAA$`).split('$');
  const key = await deriveKey(password.normalize('NFKC'), Buffer.from(salt ?? '', 'base64url'), 32, {
    ...COST,
    N: Number(cost),
  });
  const wanted = Buffer.from(expected ?? '', 'base64url');
  return hash !== null && wanted.length === key.length && timingSafeEqual(wanted, key);
}

/** Seals a personal value under its person's key (AES-256-GCM); erasing the key erases the value. */
export function seal(key: Buffer, ref: string, value: unknown): string {
  const nonce = nextRandom(12);
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  cipher.setAAD(Buffer.from(ref));
  const body = Buffer.concat([cipher.update(JSON.stringify(value), 'utf8'), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), body]).toString('base64');
}

const drawn = Buffer.alloc(4096);
let drawnTo = drawn.length;

/** Random bytes, good until this turn of the event loop ends. Drawn by the block: twelve cost as much as thousands; none is handed out twice. */
function nextRandom(length: number): Buffer {
  if (drawnTo + length > drawn.length) {
    randomFillSync(drawn);
    drawnTo = 0;
  }
  drawnTo += length;
  return drawn.subarray(drawnTo - length, drawnTo);
}

/** Opens a sealed value; throws when key, reference or text is another. */
export function unseal(key: Buffer, ref: string, sealed: string): unknown {
  const bytes = Buffer.from(sealed, 'base64');
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, 12));
  decipher.setAAD(Buffer.from(ref));
  decipher.setAuthTag(bytes.subarray(12, 28));
  return JSON.parse(Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString('utf8'));
}

const ALPHABET = '23456789BCDFGHJKMNPQRTVWXY';

/** A reference people can read out: no vowels, no 0/O, 1/I/L, S/5, U/V, 2/Z pairs. `HP-4K7D-29QX`. */
export function newReference(prefix: string): string {
  const letters = Array.from(nextRandom(8), (byte) => ALPHABET[byte % ALPHABET.length]).join('');
  return `${prefix}-${letters.slice(0, 4)}-${letters.slice(4)}`;
}
