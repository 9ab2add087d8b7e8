import type { Formula } from './formula.ts';

/** A set of assignments, as a node of the diagram; 0 is the empty set, 1 holds everything. */
export type Diagram = number;

/** Places for pairs known to be apart: as many as there are nodes at first, up to a limit. */
const FEWEST_APART = 1 << 8;
const MOST_APART = 1 << 16;

/** The work grew beyond what was allowed; the question stays undecided (A6). */
export class BudgetExceeded extends Error {}

/** Multi-valued decision diagrams over variables in a fixed order, shared and reduced: equal sets are the same node. */
export class Diagrams {
  private readonly sizes: readonly number[];
  private readonly levels: number[];
  private readonly kids: (readonly Diagram[])[] = [[], []];
  /** Nodes by hash of level and kids, open addressing; 0 is an empty place. */
  private places = new Int32Array(1024);
  private readonly cache = new Map<number, Diagram>();
  private readonly negations = new Map<Diagram, Diagram>([
    [0, 1],
    [1, 0],
  ]);
  /** Pairs known to share nothing, the latest at each place; a forgotten pair is only walked again. */
  private apart = new Float64Array(FEWEST_APART);
  private readonly budget: number;

  /** `sizes` is the number of values of each variable; `budget` the most nodes that may be made. */
  constructor(sizes: readonly number[], budget: number) {
    this.sizes = sizes;
    this.levels = [sizes.length, sizes.length];
    this.budget = budget;
  }

  levelOf(node: Diagram): number {
    return this.levels[node] ?? this.sizes.length;
  }

  kidsOf(node: Diagram): readonly Diagram[] {
    return this.kids[node] ?? [];
  }

  /** The assignments a formula allows. Throws BudgetExceeded. */
  of(formula: Formula): Diagram {
    switch (formula.op) {
      case 'constant':
        return formula.value ? 1 : 0;
      case 'in':
        return this.node(
          formula.variable,
          formula.allowed.map((allowed) => (allowed ? 1 : 0)),
        );
      case 'not':
        return this.negate(this.of(formula.part));
      case 'and':
        return formula.parts.reduce((all, part) => (all === 0 ? 0 : this.and(all, this.of(part))), 1);
      case 'or':
        return formula.parts.reduce((any, part) => (any === 1 ? 1 : this.or(any, this.of(part))), 0);
      case 'count':
        return this.count(formula.variables, formula.least, formula.most);
    }
  }

  and(a: Diagram, b: Diagram): Diagram {
    if (a === b || b === 1) return a;
    if (a === 0 || b === 0) return 0;
    if (a === 1) return b;
    const key = pairKey(a, b);
    const known = this.cache.get(key);
    if (known !== undefined) return known;
    const level = Math.min(this.levelOf(a), this.levelOf(b));
    const [left, right] = [this.kidsAt(a, level), this.kidsAt(b, level)];
    const kids: Diagram[] = [];
    for (let i = 0; i < (this.sizes[level] ?? 0); i += 1) kids.push(this.and(left[i] ?? a, right[i] ?? b));
    const result = this.node(level, kids);
    this.cache.set(key, result);
    return result;
  }

  or(a: Diagram, b: Diagram): Diagram {
    return this.negate(this.and(this.negate(a), this.negate(b)));
  }

  negate(a: Diagram): Diagram {
    const known = this.negations.get(a);
    if (known !== undefined) return known;
    const result = this.node(
      this.levelOf(a),
      this.kidsOf(a).map((kid) => this.negate(kid)),
    );
    this.negations.set(a, result);
    this.negations.set(result, a);
    return result;
  }

  /** Whether two sets share an assignment; stops at the first found. */
  meet(a: Diagram, b: Diagram): boolean {
    if (a === 0 || b === 0) return false;
    if (a === 1 || b === 1 || a === b) return true;
    const key = pairKey(a, b);
    if (this.apart[apartPlace(a, b) & (this.apart.length - 1)] === key) return false;
    const levelA = this.levels[a] as number;
    const levelB = this.levels[b] as number;
    const left = this.kids[a] as readonly Diagram[];
    const right = this.kids[b] as readonly Diagram[];
    const size = (levelA <= levelB ? left : right).length;
    for (let i = 0; i < size; i += 1) {
      const nextA = levelA <= levelB ? (left[i] as Diagram) : a;
      if (nextA === 0) continue;
      const nextB = levelB <= levelA ? (right[i] as Diagram) : b;
      if (nextB !== 0 && (nextA === 1 || nextB === 1 || this.meet(nextA, nextB))) return true;
    }
    this.setApart(a, b, key);
    return false;
  }

  private setApart(a: Diagram, b: Diagram, key: number): void {
    const wanted = Math.min(MOST_APART, this.places.length);
    // What is forgotten when it grows is only walked again.
    if (this.apart.length < wanted) this.apart = new Float64Array(wanted);
    this.apart[apartPlace(a, b) & (this.apart.length - 1)] = key;
  }

  /** Writes the values one assignment of the set decides: the first possible, or the first from a `turn` on. */
  writeExample(root: Diagram, values: number[], turn?: () => number): void {
    let node = root;
    while (node > 1) {
      const kids = this.kidsOf(node);
      let value = turn ? turn() % kids.length : 0;
      while (kids[value] === 0) value = (value + 1) % kids.length;
      values[this.levelOf(node)] = value;
      node = kids[value] ?? 0;
    }
  }

  /** Whether an assignment is in the set. */
  holds(root: Diagram, values: ArrayLike<number>): boolean {
    let node = root;
    while (node > 1) node = this.kids[node]?.[values[this.levels[node] ?? 0] ?? 0] ?? 0;
    return node === 1;
  }

  /** Number of assignments of the given variables (ascending) in the set, each value weighed. */
  countOver(root: Diagram, variables: readonly number[], weights: readonly (readonly number[])[]): number {
    const places = new Map(variables.map((variable, place) => [variable, place]));
    const totals = variables.map((variable) => (weights[variable] ?? []).reduce((sum, weight) => sum + weight, 0));
    const known = new Map<Diagram, number>();
    const skipped = (from: number, to: number) => totals.slice(from, to).reduce((product, total) => product * total, 1);
    const placeOf = (node: Diagram) =>
      node <= 1 ? variables.length : (places.get(this.levelOf(node)) ?? variables.length);
    const visit = (node: Diagram): number => {
      if (node <= 1) return node;
      const done = known.get(node);
      if (done !== undefined) return done;
      const place = placeOf(node);
      const own = weights[this.levelOf(node)] ?? [];
      const sum = this.kidsOf(node).reduce(
        (total, kid, i) => (kid === 0 ? total : total + (own[i] ?? 1) * skipped(place + 1, placeOf(kid)) * visit(kid)),
        0,
      );
      known.set(node, sum);
      return sum;
    };
    return root === 0 ? 0 : skipped(0, placeOf(root)) * visit(root);
  }

  private count(variables: readonly number[], least: number, most: number): Diagram {
    const sorted = [...variables].sort((a, b) => a - b);
    let row: Diagram[] = Array.from({ length: sorted.length + 2 }, (_, n) => (n >= least && n <= most ? 1 : 0));
    for (let i = sorted.length - 1; i >= 0; i -= 1) {
      const below = row;
      row = below.slice(0, i + 1).map((same, n) => this.node(sorted[i] ?? 0, [same, below[n + 1] ?? 0]));
    }
    return row[0] ?? 0;
  }

  private kidsAt(node: Diagram, level: number): readonly Diagram[] {
    return this.levelOf(node) === level ? this.kidsOf(node) : [];
  }

  private node(level: number, kids: readonly Diagram[]): Diagram {
    if (allSame(kids)) return kids[0] ?? 0;
    let place = hashOf(level, kids) & (this.places.length - 1);
    for (let known = this.places[place] as number; known !== 0; known = this.places[place] as number) {
      if (this.levels[known] === level && sameKids(this.kids[known] as readonly Diagram[], kids)) return known;
      place = (place + 1) & (this.places.length - 1);
    }
    if (this.kids.length >= this.budget) throw new BudgetExceeded();
    this.levels.push(level);
    this.kids.push(kids);
    const made = this.kids.length - 1;
    this.places[place] = made;
    if (this.kids.length * 2 > this.places.length) this.spread();
    return made;
  }

  private spread(): void {
    this.places = new Int32Array(this.places.length * 4);
    for (let node = 2; node < this.kids.length; node += 1) {
      let place = hashOf(this.levels[node] as number, this.kids[node] as readonly Diagram[]) & (this.places.length - 1);
      while (this.places[place] !== 0) place = (place + 1) & (this.places.length - 1);
      this.places[place] = node;
    }
  }
}

function hashOf(level: number, kids: readonly Diagram[]): number {
  let hash = level;
  for (let i = 0; i < kids.length; i += 1) hash = Math.imul(hash ^ (kids[i] as Diagram), 0x01000193) ^ (hash >>> 15);
  return hash ^ (hash >>> 13);
}

function allSame(kids: readonly Diagram[]): boolean {
  for (let i = 1; i < kids.length; i += 1) if (kids[i] !== kids[0]) return false;
  return true;
}

function sameKids(a: readonly Diagram[], b: readonly Diagram[]): boolean {
  for (let i = 0; i < a.length; i += 1) if (a[i] !== b[i]) return false;
  return true;
}

function apartPlace(a: Diagram, b: Diagram): number {
  return Math.imul(a, 0x9e3779b1) ^ Math.imul(b, 0x9e3779b1);
}

function pairKey(a: Diagram, b: Diagram): number {
  return a < b ? a * 0x4000000 + b : b * 0x4000000 + a;
}
