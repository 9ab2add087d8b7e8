import type { KeptChange } from './journal.ts';

/** What a page had no time to write, by document; null for what is no longer to be kept. */
export type LastWords = Record<string, KeptChange | null>;

const PREFIX = 'lintel-last-words';

/** Keeps them at once: a page that goes hears of no write that comes later. Not at all where there is no room. */
export function keepLastWords(owner: string, page: string, words: LastWords): void {
  try {
    localStorage.setItem(`${PREFIX} ${owner} ${page}`, JSON.stringify(words));
  } catch {
    // Full or blocked: the write under way may still arrive.
  }
}

/** Those of each page of this person. */
export function findLastWords(owner: string): Map<string, LastWords> {
  const found = new Map<string, LastWords>();
  const prefix = `${PREFIX} ${owner} `;
  try {
    for (const name of Object.keys(localStorage).filter((key) => key.startsWith(prefix)))
      found.set(name.slice(prefix.length), JSON.parse(localStorage.getItem(name) ?? '{}') as LastWords);
  } catch {
    // Blocked, or written by somebody else: what the database has is all there is.
  }
  return found;
}

export function forgetLastWords(owner: string, page: string): void {
  try {
    localStorage.removeItem(`${PREFIX} ${owner} ${page}`);
  } catch {
    // Blocked: then there are none.
  }
}
