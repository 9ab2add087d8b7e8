import type { AnswerValue } from '../../../schemas/condition.ts';
import { type Leaf, testLeaf, toText } from '../condition/leaf.ts';
import { FALSE, TRUE } from '../condition/truth.ts';
import type { Literal } from './rows.ts';

/** The literals of one row over one operand. */
export interface RowLiterals {
  readonly row: number;
  readonly literals: readonly Literal[];
}

/** What answers to one question leave possible, one bit a row. */
export interface Column {
  /** Clears the bits of rows that cannot fire with this answer. */
  keep(into: Int32Array, answer: AnswerValue | undefined, asAtDay: number): void;
}

/** A column for choices, texts and numbers: bits are made once for each answer or piece of the number line. */
export class ValueColumn implements Column {
  private readonly rows: readonly RowLiterals[];
  private readonly words: number;
  private readonly cuts: readonly number[];
  private readonly known = new Map<AnswerValue | undefined, Int32Array>();
  private readonly pieces: (Int32Array | undefined)[];

  constructor(rows: readonly RowLiterals[], words: number) {
    this.rows = rows;
    this.words = words;
    this.cuts = cutsOf(rows);
    this.pieces = new Array(2 * this.cuts.length + 1).fill(undefined);
  }

  keep(into: Int32Array, answer: AnswerValue | undefined): void {
    keepCommon(into, typeof answer === 'number' ? this.bitsOfNumber(answer) : this.bitsOf(answer));
  }

  private bitsOfNumber(answer: number): Int32Array {
    const piece = pieceOf(this.cuts, answer);
    const known = this.pieces[piece];
    if (known) return known;
    const bits = bitsFor(this.rows, this.words, answer, 0);
    this.pieces[piece] = bits;
    return bits;
  }

  private bitsOf(answer: AnswerValue | undefined): Int32Array {
    const known = this.known.get(answer);
    if (known) return known;
    const bits = bitsFor(this.rows, this.words, answer, 0);
    // Texts are without end; only those seen first are kept.
    if (this.known.size < 100) this.known.set(answer, bits);
    return bits;
  }
}

/** A column for dates, which also depend on the as-at date: bits of the latest few pairs are kept. */
export class DateColumn implements Column {
  private readonly rows: readonly RowLiterals[];
  private readonly words: number;
  private readonly known = new Map<string, Int32Array>();

  constructor(rows: readonly RowLiterals[], words: number) {
    this.rows = rows;
    this.words = words;
  }

  keep(into: Int32Array, answer: AnswerValue | undefined, asAtDay: number): void {
    const key = `${String(answer)} ${asAtDay}`;
    const bits = this.known.get(key) ?? bitsFor(this.rows, this.words, answer, asAtDay);
    if (this.known.size > 200) this.known.clear();
    this.known.set(key, bits);
    keepCommon(into, bits);
  }
}

/** Most options a chunk holds; its bits are made once for each of the 2^8 selections of them. */
const CHUNK = 8;

interface Chunk {
  readonly options: readonly string[];
  /** Rows that any of the chosen options satisfies, by selection; in the first chunk also those that wait for none. */
  readonly hits: (Int32Array | undefined)[];
  /** Rows that no chosen and no missing option rules out, by selection. */
  readonly kept: (Int32Array | undefined)[];
}

/** A column for selections, put together from chunks of options; rows it cannot decide are added to `inexact`. */
export class SelectionColumn implements Column {
  private readonly words: number;
  private readonly unanswered: Int32Array;
  /** Rows that wait for no option. */
  private readonly free: Int32Array;
  private readonly hits = new Map<string, number[]>();
  private readonly misses = new Map<string, number[]>();
  private readonly needs = new Map<string, number[]>();
  private readonly places: ReadonlyMap<string, number>;
  private readonly chunks: readonly Chunk[];
  private readonly size: number;
  private readonly chosen: Int32Array;

  constructor(rows: readonly RowLiterals[], words: number, inexact: Set<number>) {
    this.words = words;
    this.unanswered = bitsFor(rows, words, undefined, 0);
    this.free = new Int32Array(words).fill(-1);
    for (const one of rows) this.sort(one, inexact);
    const options = [...new Set([...this.hits.keys(), ...this.misses.keys(), ...this.needs.keys()])];
    const chunks = Math.max(1, Math.ceil(options.length / CHUNK));
    this.size = Math.max(1, Math.ceil(options.length / chunks));
    this.places = new Map(options.map((option, place) => [option, place]));
    this.chunks = Array.from({ length: chunks }, (_, i) => ({
      options: options.slice(i * this.size, (i + 1) * this.size),
      hits: new Array(2 ** this.size).fill(undefined),
      kept: new Array(2 ** this.size).fill(undefined),
    }));
    this.chosen = new Int32Array(chunks);
  }

  keep(into: Int32Array, answer: AnswerValue | undefined): void {
    if (!Array.isArray(answer)) {
      keepCommon(into, this.unanswered);
      return;
    }
    this.choose(answer);
    const { chunks } = this;
    const [first, second] = [chunks[0] as Chunk, chunks[1]];
    const [hits, kept] = [this.hitsOf(first, 0), this.keptOf(first, 0)];
    if (!second) keepBoth(into, hits, kept);
    else if (chunks.length === 2) keepEither(into, [hits, this.hitsOf(second, 1)], [kept, this.keptOf(second, 1)]);
    else this.keepMany(into);
  }

  private choose(answer: readonly string[]): void {
    const { chosen, places, size } = this;
    for (let i = 0; i < chosen.length; i += 1) chosen[i] = 0;
    for (const option of answer) {
      const place = places.get(option);
      if (place === undefined) continue;
      const chunk = (place / size) | 0;
      chosen[chunk] = (chosen[chunk] as number) | (1 << (place - chunk * size));
    }
  }

  private keepMany(into: Int32Array): void {
    const hits = new Int32Array(this.words);
    for (const [i, chunk] of this.chunks.entries()) {
      addAll(hits, this.hitsOf(chunk, i));
      keepCommon(into, this.keptOf(chunk, i));
    }
    keepCommon(into, hits);
  }

  private hitsOf(chunk: Chunk, number: number): Int32Array {
    return chunk.hits[this.chosen[number] as number] ?? this.fillHits(chunk, number);
  }

  private keptOf(chunk: Chunk, number: number): Int32Array {
    return chunk.kept[this.chosen[number] as number] ?? this.fillKept(chunk, number);
  }

  private sort({ row, literals }: RowLiterals, inexact: Set<number>): void {
    // A row that wants no answer fires with no selection, whatever else it wants.
    if (literals.some((literal) => roleOf(literal) === 'unanswered')) {
      clearBit(this.free, row);
      return;
    }
    let hasHit = false;
    for (const literal of literals) {
      const role = roleOf(literal);
      const options = optionsIn(literal.leaf);
      if (role === 'other' || (role === 'hit' && hasHit)) inexact.add(row);
      if (role === 'need') for (const option of options) addRow(this.needs, option, row);
      if (role === 'miss') for (const option of options) addRow(this.misses, option, row);
      if (role !== 'hit' || hasHit) continue;
      hasHit = true;
      clearBit(this.free, row);
      for (const option of options) addRow(this.hits, option, row);
    }
  }

  private fillHits(chunk: Chunk, number: number): Int32Array {
    const selection = this.chosen[number] as number;
    const bits = number === 0 ? this.free.slice() : new Int32Array(this.words);
    for (const [i, option] of chunk.options.entries())
      if ((selection >> i) & 1) for (const row of this.hits.get(option) ?? []) setBit(bits, row);
    chunk.hits[selection] = bits;
    return bits;
  }

  private fillKept(chunk: Chunk, number: number): Int32Array {
    const selection = this.chosen[number] as number;
    const bits = new Int32Array(this.words).fill(-1);
    for (const [i, option] of chunk.options.entries()) {
      const out = (selection >> i) & 1 ? this.misses : this.needs;
      for (const row of out.get(option) ?? []) clearBit(bits, row);
    }
    chunk.kept[selection] = bits;
    return bits;
  }
}

type Role = 'answered' | 'unanswered' | 'hit' | 'miss' | 'need' | 'other';

function roleOf({ leaf, wanted }: Literal): Role {
  switch (leaf.op) {
    case 'answered':
    case 'unanswered':
      return (leaf.op === 'answered') === wanted ? 'answered' : 'unanswered';
    case 'includes':
      return wanted ? 'need' : 'miss';
    case 'includesAny':
      return wanted ? 'hit' : 'miss';
    case 'includesAll':
      return wanted ? 'need' : 'other';
    default:
      return 'other';
  }
}

function optionsIn(leaf: Leaf): string[] {
  if ('values' in leaf) return leaf.values.map(toText);
  return 'value' in leaf ? [toText(leaf.value)] : [];
}

/** Rows without a literal here are possible whatever the answer. */
function bitsFor(
  rows: readonly RowLiterals[],
  words: number,
  answer: AnswerValue | undefined,
  asAtDay: number,
): Int32Array {
  const bits = new Int32Array(words).fill(-1);
  for (const { row, literals } of rows) {
    const possible = literals.every(({ leaf, wanted }) => testLeaf(leaf, answer, asAtDay) === (wanted ? TRUE : FALSE));
    if (!possible) clearBit(bits, row);
  }
  return bits;
}

function cutsOf(rows: readonly RowLiterals[]): number[] {
  const cuts = new Set<number>();
  for (const { leaf } of rows.flatMap((row) => row.literals)) {
    if ('from' in leaf) cuts.add(leaf.from).add(leaf.to);
    else if ('value' in leaf && typeof leaf.value === 'number') cuts.add(leaf.value);
    else if ('values' in leaf) for (const value of leaf.values) if (typeof value === 'number') cuts.add(value);
  }
  return [...cuts].sort((a, b) => a - b);
}

/** Number of the piece a number lies in: odd for the cuts themselves, even for what lies between. */
function pieceOf(cuts: readonly number[], value: number): number {
  let low = 0;
  let high = cuts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((cuts[middle] as number) < value) low = middle + 1;
    else high = middle;
  }
  return cuts[low] === value ? 2 * low + 1 : 2 * low;
}

function addRow(rows: Map<string, number[]>, option: string, row: number): void {
  const own = rows.get(option);
  if (own) own.push(row);
  else rows.set(option, [row]);
}

/** Keeps the bits both have; both hold the same number of words. */
function keepCommon(into: Int32Array, bits: Int32Array): void {
  const words = into.length;
  for (let i = 0; i < words; i += 1) into[i] = (into[i] as number) & (bits[i] as number);
}

function keepBoth(into: Int32Array, a: Int32Array, b: Int32Array): void {
  for (let i = 0; i < into.length; i += 1) into[i] = (into[i] as number) & (a[i] as number) & (b[i] as number);
}

type Pair = readonly [Int32Array, Int32Array];

function keepEither(into: Int32Array, [hit, other]: Pair, [a, b]: Pair): void {
  for (let i = 0; i < into.length; i += 1) {
    const hits = (hit[i] as number) | (other[i] as number);
    into[i] = (into[i] as number) & hits & (a[i] as number) & (b[i] as number);
  }
}

function addAll(into: Int32Array, bits: Int32Array): void {
  for (let i = 0; i < into.length; i += 1) into[i] = (into[i] as number) | (bits[i] as number);
}

/** Marks a row. */
export function setBit(bits: Int32Array, row: number): void {
  bits[row >> 5] = (bits[row >> 5] as number) | (1 << (row & 31));
}

function clearBit(bits: Int32Array, row: number): void {
  bits[row >> 5] = (bits[row >> 5] as number) & ~(1 << (row & 31));
}
