import type { Formula } from './formula.ts';

/** The variable has one of the values whose bits are set, 32 a word. */
export interface Literal {
  readonly variable: number;
  readonly allowed: Int32Array;
}

/** Formulas as clauses, of each of which one literal must hold; helper variables stand for what is nested deeper. */
export class Clauses {
  /** Number of values of each variable, the helpers last. */
  readonly sizes: number[];
  readonly clauses: Literal[][] = [];
  readonly words: number;

  constructor(sizes: readonly number[]) {
    this.sizes = [...sizes];
    this.words = Math.max(1, Math.ceil(Math.max(2, ...sizes) / 32));
  }

  /** Demands that the formula is true (or, with `wanted` false, that it is not). */
  require(formula: Formula, wanted = true): void {
    if (formula.op === 'not') this.require(formula.part, !wanted);
    else if ((formula.op === 'and' || formula.op === 'or') && (formula.op === 'and') === wanted)
      for (const part of formula.parts) this.require(part, wanted);
    else this.add(this.literals(formula, wanted));
  }

  /** Literals of which one must hold; undefined when the formula holds anyway. */
  private literals(formula: Formula, wanted: boolean): Literal[] | undefined {
    switch (formula.op) {
      case 'constant':
        return formula.value === wanted ? undefined : [];
      case 'in':
        return [this.literal(formula.variable, (value) => formula.allowed[value] === wanted)];
      case 'not':
        return this.literals(formula.part, !wanted);
      case 'count':
        return this.count(formula, wanted);
      case 'and':
      case 'or': {
        const [only] = formula.parts;
        if (only && formula.parts.length === 1) return this.literals(only, wanted);
        return (formula.op === 'or') === wanted
          ? this.oneOf(formula.parts.map((part) => this.literals(part, wanted)))
          : this.helper(formula.parts.map((part) => this.literals(part, wanted)));
      }
    }
  }

  private oneOf(parts: readonly (Literal[] | undefined)[]): Literal[] | undefined {
    const known = parts.filter((part) => part !== undefined);
    return known.length < parts.length ? undefined : known.flat();
  }

  /** A helper variable that, once 1, brings all of the parts with it. */
  private helper(parts: readonly (Literal[] | undefined)[]): Literal[] | undefined {
    const demanded = parts.filter((part) => part !== undefined);
    const [only] = demanded;
    if (!only) return undefined;
    if (demanded.length === 1) return only;
    if (demanded.some((part) => part.length === 0)) return [];
    const variable = this.sizes.push(2) - 1;
    for (const part of demanded) this.add([this.literal(variable, (value) => value === 0), ...part]);
    return [this.literal(variable, (value) => value === 1)];
  }

  private count(formula: Extract<Formula, { op: 'count' }>, wanted: boolean): Literal[] | undefined {
    const { variables, least, most } = formula;
    if (wanted) return this.countFrom(variables, 0, { least, most }, new Map());
    const fewer = this.countFrom(variables, 0, { least: 0, most: least - 1 }, new Map());
    const more = this.countFrom(variables, 0, { least: most + 1, most: variables.length }, new Map());
    return this.oneOf([fewer, more]);
  }

  /** The variables from `at` on must bring between `least` and `most` ones. */
  private countFrom(
    variables: readonly number[],
    at: number,
    { least, most }: { least: number; most: number },
    known: Map<string, Literal[] | undefined>,
  ): Literal[] | undefined {
    const rest = variables.length - at;
    if (most < 0 || least > rest || least > most) return [];
    if (least <= 0 && most >= rest) return undefined;
    const key = `${at} ${least}`;
    if (known.has(key)) return known.get(key);
    const variable = variables[at] ?? 0;
    const chosen = this.countFrom(variables, at + 1, { least: least - 1, most: most - 1 }, known);
    const left = this.countFrom(variables, at + 1, { least, most }, known);
    const literals = this.helper([
      chosen && [this.literal(variable, (value) => value === 0), ...chosen],
      left && [this.literal(variable, (value) => value === 1), ...left],
    ]);
    known.set(key, literals);
    return literals;
  }

  private literal(variable: number, holds: (value: number) => boolean): Literal {
    const allowed = new Int32Array(this.words);
    for (let value = 0; value < (this.sizes[variable] ?? 0); value += 1)
      if (holds(value)) allowed[value >> 5] = (allowed[value >> 5] as number) | (1 << (value & 31));
    return { variable, allowed };
  }

  /** Literals over the same variable become one; a clause that always holds is left out. */
  private add(literals: readonly Literal[] | undefined): void {
    if (!literals) return;
    const merged = new Map<number, Int32Array>();
    for (const { variable, allowed } of literals) {
      const known = merged.get(variable);
      if (known) for (let i = 0; i < this.words; i += 1) known[i] = (known[i] as number) | (allowed[i] as number);
      else merged.set(variable, allowed.slice());
    }
    const clause = [...merged].map(([variable, allowed]) => ({ variable, allowed }));
    if (clause.some(({ variable, allowed }) => countBits(allowed) === this.sizes[variable])) return;
    this.clauses.push(clause.filter(({ allowed }) => countBits(allowed) > 0));
  }
}

/** Number of bits set. */
export function countBits(bits: Int32Array): number {
  let count = 0;
  for (const word of bits) for (let rest = word; rest !== 0; rest &= rest - 1) count += 1;
  return count;
}
