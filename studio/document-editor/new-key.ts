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
  return freeAmong(words === '' ? 'entry' : words, taken);
}

const smallWords = new Set(['a', 'an', 'and', 'for', 'in', 'of', 'on', 'or', 'the', 'to', 'with']);

/**
 * A short key for a workflow, as every key of its tasks begins with it: `Damp and mould report` gives `DMR`, one word its
 * first two letters; numbered where it is taken.
 */
export function workflowKeyOfTitle(title: string, taken: readonly string[]): string {
  const words = keyOfTitle(title, []).split('_');
  const telling = words.filter((word) => !smallWords.has(word));
  const [first = 'entry', ...others] = telling.length > 0 ? telling : words;
  const letters = others.length === 0 ? first.slice(0, 2) : [first, ...others].map((word) => word[0]).join('');
  return freeAmong(letters.slice(0, 6).toUpperCase(), taken);
}

function freeAmong(base: string, taken: readonly string[]): string {
  const used = new Set(taken.map((key) => key.toLowerCase()));
  if (!used.has(base.toLowerCase())) return base;
  for (let number = 2; ; number++) if (!used.has(`${base}_${number}`.toLowerCase())) return `${base}_${number}`;
}

function isTaken(configuration: Configuration, kind: DocumentKind, key: string): boolean {
  return Object.keys(configuration[kind]).some((other) => other.toLowerCase() === key.toLowerCase());
}
