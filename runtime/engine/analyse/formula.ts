/** A two-valued formula over variables with few values; what conditions become for analysis (A6). */
export type Formula =
  | { readonly op: 'constant'; readonly value: boolean }
  /** The variable has one of the values whose `allowed` entry is true. */
  | { readonly op: 'in'; readonly variable: number; readonly allowed: readonly boolean[] }
  /** Between `least` and `most` of the two-valued variables are 1. */
  | { readonly op: 'count'; readonly variables: readonly number[]; readonly least: number; readonly most: number }
  | { readonly op: 'and' | 'or'; readonly parts: readonly Formula[] }
  | { readonly op: 'not'; readonly part: Formula };

export const ALWAYS: Formula = { op: 'constant', value: true };
export const NEVER: Formula = { op: 'constant', value: false };

/** All of the parts. */
export function and(...parts: readonly Formula[]): Formula {
  return { op: 'and', parts };
}

/** One of the parts. */
export function or(...parts: readonly Formula[]): Formula {
  return { op: 'or', parts };
}

/** The opposite, two-valued. */
export function not(part: Formula): Formula {
  return { op: 'not', part };
}

/** If the first then the second. */
export function implies(part: Formula, then: Formula): Formula {
  return or(not(part), then);
}
