import type { AnswerValue } from '../../../schemas/condition.ts';
import { toEpochDay } from '../condition/dates.ts';
import { type Leaf, testLeaf, toText } from '../condition/leaf.ts';
import { FALSE, TRUE } from '../condition/truth.ts';
import type { Literal } from './rows.ts';

/** The literals of one row over one operand. */
export interface RowLiterals {
  readonly row: number;
  readonly literals: readonly Literal[];
}

/** For every answer to one question: the rows that answer leaves possible, one bit a row. */
export interface Column {
  /** The bits of the rows an answer leaves possible; good until the next call. */
  bits(answer: AnswerValue | undefined, asAtDay: number): Int32Array;
}

/** A column for choices, texts and numbers: bits are made once for each answer or piece of the number line. */
export function valueColumn(rows: readonly RowLiterals[], words: number): Column {
  const cuts = cutsOf(rows);
  const known = new Map<AnswerValue | undefined, Int32Array>();
  const pieces: (Int32Array | undefined)[] = [];
  return {
    bits(answer) {
      let bits: Int32Array | undefined;
      if (typeof answer === 'number') {
        const piece = pieceOf(cuts, answer);
        bits = pieces[piece] ?? bitsFor(rows, words, answer, 0);
        pieces[piece] = bits;
      } else {
        bits = known.get(answer) ?? bitsFor(rows, words, answer, 0);
        // Texts are without end; only those seen first are kept.
        if (known.size < 100) known.set(answer, bits);
      }
      return bits;
    },
  };
}

/** A column for dates, which also depend on the as-at date: bits of the latest few pairs are kept. */
export function dateColumn(rows: readonly RowLiterals[], words: number): Column {
  const known = new Map<string, Int32Array>();
  return {
    bits(answer, asAtDay) {
      const key = `${String(answer)} ${asAtDay}`;
      const bits = known.get(key) ?? bitsFor(rows, words, answer, asAtDay);
      if (known.size > 200) known.clear();
      known.set(key, bits);
      return bits;
    },
  };
}

/** A column for selections; undefined entries of `inexact` rows must be evaluated as well. */
export function selectionColumn(rows: readonly RowLiterals[], words: number, inexact: Set<number>): Column {
  const unanswered = bitsFor(rows, words, undefined, 0);
  const free = new Int32Array(words).fill(-1);
  // Few rows name an option, so they are listed, not kept as bits.
  const hits = new Map<string, number[]>();
  const misses = new Map<string, number[]>();
  const needs = new Map<string, number[]>();
  const scratch = new Int32Array(words);
  for (const { row, literals } of rows) {
    let hasHit = false;
    for (const literal of literals) {
      const role = roleOf(literal);
      const options = optionsIn(literal.leaf);
      if (role === 'other' || (role === 'hit' && hasHit)) inexact.add(row);
      if (role === 'unanswered') clearBit(free, row);
      if (role === 'need') for (const option of options) addRow(needs, option, row);
      if (role === 'miss') for (const option of options) addRow(misses, option, row);
      if (role !== 'hit' || hasHit) continue;
      hasHit = true;
      clearBit(free, row);
      for (const option of options) addRow(hits, option, row);
    }
  }
  const needed = [...needs];
  return {
    bits(answer) {
      if (!Array.isArray(answer)) return unanswered;
      scratch.set(free);
      for (const option of answer) {
        for (const row of hits.get(option) ?? none)
          scratch[row >> 5] = (scratch[row >> 5] as number) | (1 << (row & 31));
      }
      for (const option of answer) drop(scratch, misses.get(option) ?? none);
      for (const [option, own] of needed) if (!answer.includes(option)) drop(scratch, own);
      return scratch;
    },
  };
}

const none: readonly number[] = [];

function drop(from: Int32Array, rows: readonly number[]): void {
  for (const row of rows) clearBit(from, row);
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
    if ((cuts[middle] ?? 0) < value) low = middle + 1;
    else high = middle;
  }
  return cuts[low] === value ? 2 * low + 1 : 2 * low;
}

function addRow(rows: Map<string, number[]>, option: string, row: number): void {
  const own = rows.get(option);
  if (own) own.push(row);
  else rows.set(option, [row]);
}

function clearBit(bits: Int32Array, row: number): void {
  bits[row >> 5] = (bits[row >> 5] as number) & ~(1 << (row & 31));
}

/** Days since 1970-01-01 of an as-at date; throws when it is no date. */
export function asAtDayOf(asAt: string): number {
  const day = toEpochDay(asAt);
  if (day === undefined) throw new Error(`expected an as-at date written YYYY-MM-DD, got "${asAt}"`);
  return day;
}
