/** Entries of a map by key, in their order. */
export function inOrder<T extends { order: number }>(entries: Readonly<Record<string, T>>): (T & { key: string })[] {
  return Object.entries(entries)
    .map(([key, entry]) => ({ ...entry, key }))
    .sort((a, b) => a.order - b.order || (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
}
