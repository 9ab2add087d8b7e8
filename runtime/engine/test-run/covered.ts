/** A measure of what tests touch. */
export interface Covered {
  covered: number;
  total: number;
  /** What no test touches, as `workflow/what`. */
  missing: string[];
}

export function compareCovered(all: ReadonlySet<string>, hit: ReadonlySet<string>): Covered {
  const missing = [...all].filter((one) => !hit.has(one));
  return { covered: all.size - missing.length, total: all.size, missing };
}
