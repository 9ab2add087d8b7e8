import type { RowChange } from '../commit/tables.ts';
import { keyedHash } from '../identity/secrets.ts';
import type { CustomerContact } from '../notify/render-message.ts';

const SHORTEST = 2;
const LONGEST = 6;

/** What a search looks for: a kind of value and the letters it begins with. */
export interface Sought {
  readonly kind: 'name' | 'email' | 'phone';
  readonly text: string;
}

/** Rows by which a customer is found: keyed hashes of beginnings, so that the file holds nobody's name. */
export function tokenRows(secret: string, customer: string, contact: CustomerContact): RowChange[] {
  const name = wordsOf(contact.name).flatMap((word) =>
    beginningsOf(word).map((text) => ({ kind: 'name', text }) as const),
  );
  const email = contact.email === undefined ? [] : beginningsOf(plain(contact.email));
  const digits = digitsOf(contact.phone ?? '');
  const phone = digits.length < LONGEST ? [] : [digits.slice(0, LONGEST), digits.slice(-LONGEST)];
  const sought: Sought[] = [
    ...name,
    ...email.map((text) => ({ kind: 'email' as const, text })),
    ...phone.map((text) => ({ kind: 'phone' as const, text })),
  ];
  const tokens = new Set(sought.map((one) => tokenOf(secret, one)));
  return [...tokens].map((token) => ({ table: 'customer_tokens', values: { token, customer } }));
}

/** What to look for when somebody types this: every part must be found. */
export function soughtIn(query: string): Sought[] {
  const digits = digitsOf(query);
  if (digits.length >= LONGEST && /^[\d\s()+-]+$/.test(query)) return [{ kind: 'phone', text: digits }];
  if (query.includes('@')) return [{ kind: 'email', text: plain(query) }];
  return wordsOf(query)
    .filter((word) => word.length >= SHORTEST)
    .map((text) => ({ kind: 'name', text }));
}

/** The tokens of which one must be there for each part. */
export function tokensFor(secret: string, { kind, text }: Sought): string[] {
  const parts = kind === 'phone' ? [text.slice(0, LONGEST), text.slice(-LONGEST)] : [text.slice(0, LONGEST)];
  return parts.map((part) => tokenOf(secret, { kind, text: part }));
}

/** Whether a contact, opened, is what was looked for: tokens know only the first letters. */
export function isSought(contact: CustomerContact, { kind, text }: Sought): boolean {
  if (kind === 'email') return plain(contact.email ?? '').startsWith(text);
  if (kind === 'phone') return digitsOf(contact.phone ?? '').includes(text);
  return wordsOf(contact.name).some((word) => word.startsWith(text));
}

const MOST_KNOWN = 20_000;
const known = new Map<string, Map<string, string>>();

/** Names begin alike: most tokens of a new customer were made for another before. */
function tokenOf(secret: string, { kind, text }: Sought): string {
  let tokens = known.get(secret);
  if (!tokens || tokens.size >= MOST_KNOWN) {
    tokens = new Map();
    known.set(secret, tokens);
  }
  const name = `customer:${kind}:${text}`;
  let token = tokens.get(name);
  if (token === undefined) {
    token = keyedHash(secret, name).slice(0, 22);
    tokens.set(name, token);
  }
  return token;
}

function beginningsOf(word: string): string[] {
  const longest = Math.min(word.length, LONGEST);
  return Array.from({ length: Math.max(1, longest - SHORTEST + 1) }, (_, at) => word.slice(0, SHORTEST + at));
}

function wordsOf(name: string): string[] {
  return plain(name)
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word.length > 0);
}

/** Without accents and capitals: people type either. */
function plain(text: string): string {
  return text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase().trim();
}

/** Digits as dialled in the United Kingdom. */
function digitsOf(phone: string): string {
  return phone.replaceAll(/\D/g, '').replace(/^0{0,2}44/, '0');
}
