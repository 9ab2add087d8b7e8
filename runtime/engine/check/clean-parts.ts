/** How deep the parts stand of which it is remembered that nothing is found in them: `links`, `nodes/KEY`. */
const DEPTHS = [1, 2];

/**
 * Walks documents for something that is found in few of their parts, and remembers the parts without it: a part never changes,
 * and an edit of a large drawing leaves all but one as they were.
 */
export function passingClean<T>(
  look: (value: object, path: string[], found: T[]) => void,
): (value: unknown, path: string[], found: T[]) => void {
  const clean = new WeakSet<object>();
  return (value, path, found) => {
    if (typeof value !== 'object' || value === null) return;
    if (!DEPTHS.includes(path.length)) return look(value, path, found);
    if (clean.has(value)) return;
    const before = found.length;
    look(value, path, found);
    if (found.length === before) clean.add(value);
  };
}
