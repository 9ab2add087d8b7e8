import type { Finding } from '../../schemas/finding.ts';

/** What was told of a list that is told again and again: of what was in the list before, only its place there is told. */
export class Told {
  #places = new Map<string, number>();

  /** The list as the other side, which knows the last one, can put it together. */
  next(findings: readonly Finding[]): (Finding | number)[] {
    const places = new Map<string, number>();
    const list = findings.map((finding, at) => {
      const text = textOf(finding);
      places.set(text, at);
      return this.#places.get(text) ?? finding;
    });
    this.#places = places;
    return list;
  }
}

/** The findings that were told, the very ones of before wherever they still hold. */
export function heard(before: readonly Finding[], told: readonly (Finding | number)[]): readonly Finding[] {
  const now = told.map((one) => {
    const finding = typeof one === 'number' ? before[one] : one;
    if (!finding) throw new Error(`expected finding ${one} among the ${before.length} told before`);
    return finding;
  });
  return now.length === before.length && now.every((one, at) => one === before[at]) ? before : now;
}

// A finding never changes, and most stand from one check to the next.
const texts = new WeakMap<Finding, string>();

function textOf(finding: Finding): string {
  const known = texts.get(finding);
  if (known !== undefined) return known;
  const text = JSON.stringify(finding);
  texts.set(finding, text);
  return text;
}
