/** One place at which two documents differ; `from` is absent where it was added, `to` where it was taken out. */
export interface ChangedPart {
  readonly path: readonly string[];
  readonly from?: unknown;
  readonly to?: unknown;
}

/** The deepest places at which two values differ, by key; lists and conditions are compared whole. */
export function changedParts(from: unknown, to: unknown, path: readonly string[] = []): ChangedPart[] {
  if (isSame(from, to)) return [];
  if (!isMap(from) || !isMap(to))
    return [{ path, ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) }];
  const keys = [...new Set([...Object.keys(from), ...Object.keys(to)])];
  return keys.flatMap((key) => changedParts(from[key], to[key], [...path, key]));
}

/** Whether two JSON values say the same, whatever the order of their keys. */
export function isSame(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) || Array.isArray(b))
    return Array.isArray(a) && Array.isArray(b) && a.length === b.length && a.every((one, at) => isSame(one, b[at]));
  const [left, right] = [a as Record<string, unknown>, b as Record<string, unknown>];
  const keys = Object.keys(left).filter((key) => left[key] !== undefined);
  return (
    keys.length === Object.keys(right).filter((key) => right[key] !== undefined).length &&
    keys.every((key) => isSame(left[key], right[key]))
  );
}

/** A map by key, which is gone through; a condition is one thing, whatever it is made of. */
function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !('op' in value);
}
