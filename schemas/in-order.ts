/** Entries of a map by key, in their order. */
export function inOrder<T extends { order: number }>(entries: Readonly<Record<string, T>>): (T & { key: string })[] {
  return keysInOrder(entries).map((key) => ({ ...(entries[key] as T), key }));
}

/** The keys of a map in the same order, without a copy of its entries. */
export function keysInOrder(entries: Readonly<Record<string, { order: number }>>): string[] {
  const place = (key: string) => entries[key]?.order ?? 0;
  const compare = (a: string, b: string) => place(a) - place(b) || (a < b ? -1 : a > b ? 1 : 0);
  const keys = Object.keys(entries);
  return isInOrder(keys, compare) ? keys : keys.sort(compare);
}

/** Most maps are written in their order. */
function isInOrder<T>(list: readonly T[], compare: (a: T, b: T) => number): boolean {
  for (let at = 1; at < list.length; at++) if (compare(list[at - 1] as T, list[at] as T) > 0) return false;
  return true;
}
