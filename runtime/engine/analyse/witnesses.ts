import type { Diagram, Diagrams } from './diagram.ts';

/** Which of many assignments lie in a set, 32 a word; settles most questions about two sets without walking them. */
export class Witnesses {
  private readonly diagrams: Diagrams;
  private readonly words: number;
  /** Assignments in which a variable has a value. */
  private readonly having: readonly (readonly Int32Array[])[];
  private readonly known = new Map<Diagram, Int32Array>();

  /** `sizes` is the number of values of each variable. */
  constructor(diagrams: Diagrams, sizes: readonly number[], assignments: readonly (readonly number[])[]) {
    this.diagrams = diagrams;
    this.words = Math.max(1, Math.ceil(assignments.length / 32));
    this.having = sizes.map((size) => Array.from({ length: size }, () => new Int32Array(this.words)));
    for (const [at, values] of assignments.entries()) {
      for (const [variable, value] of values.entries()) mark(this.having[variable]?.[value], at);
    }
    this.known.set(0, new Int32Array(this.words));
    const all = new Int32Array(this.words);
    for (const at of assignments.keys()) mark(all, at);
    this.known.set(1, all);
  }

  /** The assignments that lie in a set. */
  in(set: Diagram): Int32Array {
    const known = this.known.get(set);
    if (known) return known;
    const bits = new Int32Array(this.words);
    const having = this.having[this.diagrams.levelOf(set)] ?? [];
    for (const [value, kid] of this.diagrams.kidsOf(set).entries()) {
      if (kid !== 0) addCommon(bits, having[value] as Int32Array, this.in(kid));
    }
    this.known.set(set, bits);
    return bits;
  }
}

/** Whether some assignment lies in both, in the first alone, in the second alone. */
export interface Seen {
  both: boolean;
  first: boolean;
  second: boolean;
}

/** Compares two sets of assignments, stopping once all is seen; `into` is written and given back. */
export function compareSeen(a: Int32Array, b: Int32Array, into: Seen): Seen {
  let [both, first, second] = [0, 0, 0];
  for (let i = 0; i < a.length; i += 1) {
    const [left, right] = [a[i] as number, b[i] as number];
    both |= left & right;
    first |= left & ~right;
    second |= right & ~left;
    if (both !== 0 && first !== 0 && second !== 0) break;
  }
  into.both = both !== 0;
  into.first = first !== 0;
  into.second = second !== 0;
  return into;
}

function mark(bits: Int32Array | undefined, at: number): void {
  if (bits) bits[at >> 5] = (bits[at >> 5] as number) | (1 << (at & 31));
}

function addCommon(into: Int32Array, a: Int32Array, b: Int32Array): void {
  for (let i = 0; i < into.length; i += 1) into[i] = (into[i] as number) | ((a[i] as number) & (b[i] as number));
}
