import type { Diagram } from './diagram.ts';
import type { TruthSet, TruthSets } from './truth-sets.ts';
import { compareSeen, type Seen, Witnesses } from './witnesses.ts';

type Keys = readonly [string, string];

/** How statements that fire sometimes stand to one another. */
export interface Relations {
  /** Pairs that fire for the same answers. */
  duplicates: [string, string][];
  /** Pairs of which the first fires only when the second does, and not the other way round. */
  subsumptions: [string, string][];
  /** Pairs that never fire together. */
  exclusive: [string, string][];
}

/** Where a statement fires. */
export interface Fired {
  readonly key: string;
  readonly set: TruthSet;
}

interface Leader {
  readonly set: TruthSet;
  /** Keys of all statements that fire there. */
  readonly keys: readonly string[];
  /** Its components as bits, 32 a word. */
  readonly mask: Int32Array;
  /** The witnesses that lie in it. */
  readonly seen: Int32Array;
}

/** Assignments that pairs are compared over before their diagrams are. */
const MOST_WITNESSES = 2_048;

/**
 * Compares all pairs of statements that fire sometimes; witnesses settle most pairs before any diagram is walked. Which
 * pairs never fire together may be left out, for that is most of the work.
 */
export function relateStatements(
  sets: TruthSets,
  fired: readonly Fired[],
  { withExclusive = true }: { withExclusive?: boolean } = {},
): Relations {
  const leaders = findLeaders(sets, fired);
  const relations: Relations = { duplicates: [], subsumptions: [], exclusive: [] };
  for (const { keys } of leaders)
    for (const [i, a] of keys.entries()) for (const b of keys.slice(i + 1)) relations.duplicates.push([a, b]);
  const seen: Seen = { both: false, first: false, second: false };
  for (const [i, a] of leaders.entries()) {
    for (let j = i + 1; j < leaders.length; j += 1) {
      const b = leaders[j] as Leader;
      compareSeen(a.seen, b.seen, seen);
      seen.both ||= !withExclusive;
      if (seen.both && seen.first && seen.second) continue;
      // Statements over questions that have nothing to do with each other can fire together and apart, unless one always does.
      if (meets(a.mask, b.mask) || a.set.no === 0 || b.set.no === 0) relatePair(sets, [a, b], seen, relations);
    }
  }
  sortPairs(relations, new Map(fired.map((one, place) => [one.key, place])));
  return relations;
}

function findLeaders(sets: TruthSets, fired: readonly Fired[]): Leader[] {
  const groups = new Map<Diagram, { set: TruthSet; keys: string[] }>();
  for (const { key, set } of fired) {
    if (set.yes === 0) continue;
    const group = groups.get(set.yes);
    if (group) group.keys.push(key);
    else groups.set(set.yes, { set, keys: [key] });
  }
  const found = [...groups.values()];
  const turn = turns();
  const assignments = [...found, ...found].slice(0, MOST_WITNESSES).map(({ set }) => sets.assignment(set, turn));
  const sizes = sets.space.variables.map((variable) => variable.weights.length);
  const witnesses = new Witnesses(sets.diagrams, sizes, assignments);
  return found.map(({ set, keys }) => ({
    set,
    keys,
    mask: toMask(set.components, sets.components.length),
    seen: witnesses.in(set.yes),
  }));
}

function relatePair(sets: TruthSets, [a, b]: readonly [Leader, Leader], seen: Seen, relations: Relations): void {
  const { diagrams } = sets;
  if (!seen.both && !diagrams.meet(a.set.yes, b.set.yes)) {
    addPairs(a, b, relations.exclusive);
    return;
  }
  const within = !seen.first && !diagrams.meet(a.set.yes, b.set.no);
  const around = !seen.second && !diagrams.meet(b.set.yes, a.set.no);
  if (within && around) addPairs(a, b, relations.duplicates);
  else if (within) addPairs(a, b, relations.subsumptions);
  else if (around) addPairs(b, a, relations.subsumptions);
}

function addPairs(left: Leader, right: Leader, into: [string, string][]): void {
  for (const a of left.keys) for (const b of right.keys) into.push([a, b]);
}

/** Symmetric pairs name the statement that comes first in the bank first. */
function sortPairs(relations: Relations, place: ReadonlyMap<string, number>): void {
  const at = (key: string) => place.get(key) ?? 0;
  const byPlace = (a: Keys, b: Keys) => at(a[0]) - at(b[0]) || at(a[1]) - at(b[1]);
  for (const pairs of [relations.duplicates, relations.exclusive])
    for (const pair of pairs) pair.sort((a, b) => at(a) - at(b));
  for (const pairs of [relations.duplicates, relations.exclusive, relations.subsumptions]) pairs.sort(byPlace);
}

function meets(a: Int32Array, b: Int32Array): boolean {
  for (let i = 0; i < a.length; i += 1) if (((a[i] as number) & (b[i] as number)) !== 0) return true;
  return false;
}

function toMask(numbers: readonly number[], size: number): Int32Array {
  const mask = new Int32Array(Math.ceil(size / 32));
  for (const number of numbers) mask[number >> 5] = (mask[number >> 5] as number) | (1 << (number & 31));
  return mask;
}

/** Repeatable numbers to take turns by: the same bank gives the same witnesses. */
function turns(): () => number {
  let state = 1;
  return () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    return state >> 8;
  };
}
