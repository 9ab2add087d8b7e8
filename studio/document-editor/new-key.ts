import type { Configuration, DocumentKind } from '../../schemas/configuration.ts';
import { Key } from '../../schemas/ids.ts';
import { kindWords } from '../words/kind-words.ts';

/** Why a new document cannot have a key; undefined when it can. Keys differ by more than case. */
export function keyProblem(configuration: Configuration, kind: DocumentKind, key: string): string | undefined {
  const parsed = Key.safeParse(key);
  if (!parsed.success) return parsed.error.issues[0]?.message ?? 'This is no key.';
  return isTaken(configuration, kind, key)
    ? `There is already a ${kindWords[kind].toLowerCase()} with the key ${key}.`
    : undefined;
}

/** A free key that begins like another: `letter-2` after `letter`. */
export function freeKeyLike(configuration: Configuration, kind: DocumentKind, key: string): string {
  for (let number = 2; ; number++) {
    const wished = `${key.slice(0, 58)}-${number}`;
    if (!isTaken(configuration, kind, wished)) return wished;
  }
}

/** A key made of a title's words: `Rent arrears` gives `rent_arrears`; shortened, and numbered where it is taken. */
export function keyOfTitle(title: string, taken: readonly string[]): string {
  const words = title
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '_')
    .replaceAll(/^_+|_+$/g, '')
    .slice(0, 40)
    .replace(/_+$/, '');
  const base = words === '' ? 'entry' : words;
  const used = new Set(taken.map((key) => key.toLowerCase()));
  if (!used.has(base)) return base;
  for (let number = 2; ; number++) if (!used.has(`${base}_${number}`)) return `${base}_${number}`;
}

function isTaken(configuration: Configuration, kind: DocumentKind, key: string): boolean {
  return Object.keys(configuration[kind]).some((other) => other.toLowerCase() === key.toLowerCase());
}
