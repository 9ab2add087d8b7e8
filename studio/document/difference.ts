/** How one JSON value becomes another, in as few parts as there are changes; `null` is a field that went. */
export type Difference = { set: unknown } | { within: readonly (readonly [key: string, change: Difference | null])[] };

type Fields = Readonly<Record<string, unknown>>;

/**
 * What to do to `before` for it to be `after`; undefined where nothing. Values that are the very same are not looked into, so
 * it costs what changed and the fields beside that.
 */
export function differenceBetween(before: unknown, after: unknown): Difference | undefined {
  if (before === after) return undefined;
  if (!hasFields(before) || !hasFields(after)) return { set: after };
  const within: [string, Difference | null][] = [];
  const keys = Object.keys(after);
  if (isSameList(Object.keys(before), keys)) {
    for (const key of keys) {
      const change = before[key] === after[key] ? undefined : differenceBetween(before[key], after[key]);
      if (change) within.push([key, change]);
    }
    return within.length > 0 ? { within } : undefined;
  }
  for (const key of Object.keys(before)) if (!Object.hasOwn(after, key)) within.push([key, null]);
  for (const [key, value] of Object.entries(after)) {
    if (!Object.hasOwn(before, key)) within.push([key, { set: value }]);
    else {
      const change = differenceBetween(before[key], value);
      if (change) within.push([key, change]);
    }
  }
  if (!isInOrder(before, after)) return { set: after };
  return within.length > 0 ? { within } : undefined;
}

/** The value after a change; every part that did not change is the very one it was. */
export function withDifference(before: unknown, change: Difference): unknown {
  if ('set' in change) return change.set;
  const after: Record<string, unknown> = { ...(before as Fields) };
  for (const [key, part] of change.within) {
    if (part === null) delete after[key];
    else after[key] = withDifference(after[key], part);
  }
  return after;
}

/** Whether what stayed comes first, as it was, and what is new after it: so it lies when it is put together again. */
function isInOrder(before: Fields, after: Fields): boolean {
  const keys = Object.keys(after);
  let at = 0;
  for (const key of Object.keys(before)) if (Object.hasOwn(after, key) && keys[at++] !== key) return false;
  return true;
}

function isSameList(a: readonly string[], b: readonly string[]): boolean {
  if (a.length !== b.length) return false;
  for (let at = 0; at < a.length; at++) if (a[at] !== b[at]) return false;
  return true;
}

function hasFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
