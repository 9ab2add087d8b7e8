/** Entries of a map by key, in their order. */
export function inOrder<T extends { order: number }>(entries: Readonly<Record<string, T>>): (T & { key: string })[] {
  return Object.entries(entries)
    .map(([key, entry]) => ({ ...entry, key }))
    .sort((a, b) => a.order - b.order || (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
}

/** The keys of a map in the same order, without a copy of its entries. */
export function keysInOrder(entries: Readonly<Record<string, { order: number }>>): string[] {
  const place = (key: string) => entries[key]?.order ?? 0;
  return Object.keys(entries).sort((a, b) => place(a) - place(b) || (a < b ? -1 : a > b ? 1 : 0));
}
