/** The three truth values of A2. */
export type Truth = true | false | 'unknown';

/** Truth as a number, so that all is the minimum, any the maximum and not is 2 minus. */
export type TruthCode = 0 | 1 | 2;
export const FALSE = 0;
export const UNKNOWN = 1;
export const TRUE = 2;

/** The truth value of a code. */
export function toTruth(code: TruthCode): Truth {
  return code === TRUE ? true : code === FALSE ? false : 'unknown';
}

/** The code of a two-valued answer. */
export function toCode(value: boolean): TruthCode {
  return value ? TRUE : FALSE;
}

/** Kleene negation (A2). */
export function negate(code: TruthCode): TruthCode {
  return (TRUE - code) as TruthCode;
}
