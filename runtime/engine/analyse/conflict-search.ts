import type { Clauses, Literal } from './clauses.ts';

interface Step {
  readonly variable: number;
  /** Values the variable could have before. */
  readonly before: Int32Array;
  /** The clause that left it no choice; undefined for a decision. */
  readonly reason: readonly Literal[] | undefined;
  readonly level: number;
  /** The step before on the same variable. */
  readonly previous: Step | undefined;
}

/**
 * Looks for values that satisfy all clauses. A conflict is traced back to the steps that made it, and the clause
 * learned from them keeps the search out of every other place where the same steps meet.
 */
export class ConflictSearch {
  private readonly words: number;
  private readonly domains: Int32Array[];
  private readonly clauses: Literal[][] = [];
  /** Clauses that must be looked at when a variable loses values: the first two literals of each are watched. */
  private readonly watched: Literal[][][];
  private readonly trail: Step[] = [];
  private readonly latest: (Step | undefined)[];
  private readonly activity: Float64Array;
  private readonly scores: Float64Array[];
  private readonly units: Literal[] = [];
  private impossible = false;
  private level = 0;
  private done = 0;
  private bump = 1;

  constructor({ sizes, clauses, words }: Clauses) {
    this.words = words;
    this.domains = sizes.map((size) => fullDomain(size, words));
    this.watched = sizes.map(() => []);
    this.latest = sizes.map(() => undefined);
    this.activity = new Float64Array(sizes.length);
    this.scores = sizes.map((size) => new Float64Array(size));
    for (const clause of clauses) {
      this.weigh(clause);
      this.attach([...clause]);
    }
  }

  /** Values by variable; undefined when there are none (proved); `undecided` after `most` conflicts. */
  run(most: number): number[] | undefined | 'undecided' {
    if (this.impossible || !this.units.every((unit) => this.restrict(unit, undefined))) return undefined;
    let left = most;
    let untilRestart = 100;
    for (;;) {
      const conflict = this.propagate();
      if (!conflict) {
        if (!this.decide()) return this.domains.map((domain) => firstBit(domain));
        continue;
      }
      if (this.level === 0) return undefined;
      if (left === 0) return 'undecided';
      left -= 1;
      this.learn(conflict);
      untilRestart -= 1;
      if (untilRestart > 0 || this.level === 0) continue;
      untilRestart = 100 + (most - left) / 4;
      this.backTo(0);
    }
  }

  private attach(clause: Literal[]): void {
    const [first, second] = clause;
    if (!first) this.impossible = true;
    else if (!second) this.units.push(first);
    else {
      this.clauses.push(clause);
      this.watched[first.variable]?.push(clause);
      this.watched[second.variable]?.push(clause);
    }
  }

  /** Short clauses matter more; a value counts for less with every clause it does not satisfy. */
  private weigh(clause: readonly Literal[]): void {
    const weight = 2 ** -clause.length;
    for (const { variable, allowed } of clause) {
      this.activity[variable] = (this.activity[variable] as number) + weight;
      const [domain, scores] = [this.domains[variable] as Int32Array, this.scores[variable] as Float64Array];
      for (let i = 0; i < this.words; i += 1) {
        for (let out = (domain[i] as number) & ~(allowed[i] as number); out !== 0; out &= out - 1) {
          const value = i * 32 + 31 - Math.clz32(out & -out);
          scores[value] = (scores[value] as number) - weight;
        }
      }
    }
  }

  /** Follows what has no choice left; gives the clause that cannot hold any more, if one. */
  private propagate(): readonly Literal[] | undefined {
    while (this.done < this.trail.length) {
      const variable = (this.trail[this.done] as Step).variable;
      this.done += 1;
      const conflict = this.visit(variable);
      if (conflict) return conflict;
    }
    return undefined;
  }

  private visit(variable: number): readonly Literal[] | undefined {
    const clauses = this.watched[variable] as Literal[][];
    let kept = 0;
    for (let i = 0; i < clauses.length; i += 1) {
      const clause = clauses[i] as Literal[];
      if ((clause[0] as Literal).variable === variable) swap(clause, 0, 1);
      if (this.mayHold(clause[1] as Literal) || !this.watchAnother(clause)) {
        clauses[kept] = clause;
        kept += 1;
        if (this.mayHold(clause[1] as Literal) || this.restrict(clause[0] as Literal, clause)) continue;
        for (i += 1; i < clauses.length; i += 1, kept += 1) clauses[kept] = clauses[i] as Literal[];
        clauses.length = kept;
        return clause;
      }
    }
    clauses.length = kept;
    return undefined;
  }

  private watchAnother(clause: Literal[]): boolean {
    for (let k = 2; k < clause.length; k += 1) {
      if (!this.mayHold(clause[k] as Literal)) continue;
      swap(clause, 1, k);
      this.watched[(clause[1] as Literal).variable]?.push(clause);
      return true;
    }
    return false;
  }

  private mayHold({ variable, allowed }: Literal): boolean {
    return meets(this.domains[variable] as Int32Array, allowed);
  }

  /** Leaves the variable the values of the literal; false when none would be left. */
  private restrict({ variable, allowed }: Literal, reason: readonly Literal[] | undefined): boolean {
    const before = this.domains[variable] as Int32Array;
    const after = before.slice();
    let [any, changed] = [0, 0];
    for (let i = 0; i < this.words; i += 1) {
      after[i] = (before[i] as number) & (allowed[i] as number);
      any |= after[i] as number;
      changed |= (after[i] as number) ^ (before[i] as number);
    }
    if (any === 0) return false;
    if (changed === 0) return true;
    const step = { variable, before, reason, level: this.level, previous: this.latest[variable] };
    this.trail.push(step);
    this.latest[variable] = step;
    this.domains[variable] = after;
    return true;
  }

  private decide(): boolean {
    let chosen = -1;
    for (const [variable, domain] of this.domains.entries()) {
      if (isSingle(domain)) continue;
      if (chosen < 0 || (this.activity[variable] as number) > (this.activity[chosen] as number)) chosen = variable;
    }
    if (chosen < 0) return false;
    const [domain, scores] = [this.domains[chosen] as Int32Array, this.scores[chosen] as Float64Array];
    let best = -1;
    for (let value = 0; value < scores.length; value += 1)
      if (hasBit(domain, value) && (best < 0 || (scores[value] as number) > (scores[best] as number))) best = value;
    const allowed = new Int32Array(this.words);
    allowed[best >> 5] = 1 << (best & 31);
    this.level += 1;
    return this.restrict({ variable: chosen, allowed }, undefined);
  }

  private learn(conflict: readonly Literal[]): void {
    const learned = this.explain(conflict);
    const levels = new Map([...learned].map(([variable, values]) => [variable, this.levelOf(variable, values)]));
    const clause = [...learned]
      .map(([variable, allowed]) => ({ variable, allowed }))
      .sort((a, b) => (levels.get(b.variable) ?? 0) - (levels.get(a.variable) ?? 0));
    const [asserted, second] = clause;
    for (const { variable } of clause) this.activity[variable] = (this.activity[variable] as number) + this.bump;
    this.bump *= 1.05;
    if (this.bump > 1e90) this.rescale();
    this.backTo(second ? (levels.get(second.variable) ?? 0) : 0);
    if (second) this.attach(clause);
    if (asserted) this.restrict(asserted, second ? clause : undefined);
  }

  /** The clause behind a conflict, with one literal of the latest level left. */
  private explain(conflict: readonly Literal[]): Map<number, Int32Array> {
    const learned = new Map<number, Int32Array>();
    for (const literal of conflict) this.merge(learned, literal);
    for (let at = this.trail.length - 1; at >= 0; at -= 1) {
      const { variable, before, reason } = this.trail[at] as Step;
      const values = learned.get(variable);
      if (!values || !meets(before, values)) continue;
      const open = [...learned].filter(([one, own]) => this.levelOf(one, own) === this.level);
      if (open.length <= 1 || !reason) break;
      learned.delete(variable);
      for (const literal of reason) {
        if (literal.variable !== variable) this.merge(learned, literal);
        else this.merge(learned, { variable, allowed: common(values, literal.allowed) });
      }
    }
    return learned;
  }

  /** What no decision made false needs no place in a learned clause. */
  private merge(learned: Map<number, Int32Array>, { variable, allowed }: Literal): void {
    const known = learned.get(variable);
    const values = known ? union(known, allowed) : allowed;
    if (this.levelOf(variable, values) > 0) learned.set(variable, values);
  }

  /** The level at which the variable lost the last of the values. */
  private levelOf(variable: number, values: Int32Array): number {
    for (let step = this.latest[variable]; step; step = step.previous)
      if (meets(step.before, values)) return step.level;
    return 0;
  }

  private backTo(level: number): void {
    for (let step = this.trail.at(-1); step && step.level > level; step = this.trail.at(-1)) {
      this.domains[step.variable] = step.before;
      this.latest[step.variable] = step.previous;
      this.trail.pop();
    }
    this.level = level;
    this.done = Math.min(this.done, this.trail.length);
  }

  private rescale(): void {
    for (let i = 0; i < this.activity.length; i += 1) this.activity[i] = (this.activity[i] as number) / this.bump;
    this.bump = 1;
  }
}

function fullDomain(size: number, words: number): Int32Array {
  const domain = new Int32Array(words);
  for (let value = 0; value < size; value += 1)
    domain[value >> 5] = (domain[value >> 5] as number) | (1 << (value & 31));
  return domain;
}

function hasBit(bits: Int32Array, at: number): boolean {
  return (((bits[at >> 5] as number) >> (at & 31)) & 1) === 1;
}

function firstBit(bits: Int32Array): number {
  const word = bits.findIndex((one) => one !== 0);
  const own = bits[word] ?? 0;
  return word * 32 + 31 - Math.clz32(own & -own);
}

function isSingle(bits: Int32Array): boolean {
  let found = false;
  for (let i = 0; i < bits.length; i += 1) {
    const word = bits[i] as number;
    if (word === 0) continue;
    if (found || (word & (word - 1)) !== 0) return false;
    found = true;
  }
  return found;
}

function meets(a: Int32Array, b: Int32Array): boolean {
  for (let i = 0; i < a.length; i += 1) if (((a[i] as number) & (b[i] as number)) !== 0) return true;
  return false;
}

function common(a: Int32Array, b: Int32Array): Int32Array {
  return a.map((word, i) => word & (b[i] as number));
}

function union(a: Int32Array, b: Int32Array): Int32Array {
  return a.map((word, i) => word | (b[i] as number));
}

function swap(clause: Literal[], a: number, b: number): void {
  const [left, right] = [clause[a] as Literal, clause[b] as Literal];
  clause[a] = right;
  clause[b] = left;
}
