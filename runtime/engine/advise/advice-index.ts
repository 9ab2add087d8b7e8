import type { Answers, AnswerValue, Condition } from '../../../schemas/condition.ts';
import { effectiveAnswers } from '../condition/effective-answers.ts';
import { isTrue } from '../condition/evaluate.ts';
import { type AdviceBook, isInEffect } from './advice-book.ts';
import { asAtDayOf, type Column, dateColumn, type RowLiterals, selectionColumn, valueColumn } from './index-column.ts';
import { type Literal, literalKey, toRows } from './rows.ts';

interface IndexedRow {
  readonly entry: number;
  readonly reason: number;
  readonly literals: readonly Literal[];
}

/**
 * An inverted index over everything a workflow may advise: every condition is cut into rows of literals, every answer
 * knows which rows it leaves possible (one bit a row), and the rows left by all answers fire. Rows the bits cannot decide
 * alone are evaluated. Gives exactly what `selectAdvice` gives.
 */
export class AdviceIndex {
  private readonly book: AdviceBook;
  private readonly rows: IndexedRow[] = [];
  private readonly inexact = new Set<number>();
  private readonly keys: string[];
  private readonly columns: Column[];
  private readonly words: number;
  /** Columns' bits at the leaves of a tree of conjunctions; the root is node 1. */
  private readonly tree: Int32Array;
  /** Rows all answers leave possible. */
  private readonly left: Int32Array;
  private treeIsOld = true;
  private readonly known: readonly boolean[];
  private readonly width: number;
  private readonly plain: boolean;
  private readonly places: ReadonlyMap<string, number>;
  private answers: Answers = {};
  private effective: Answers = {};
  private asAt = '';
  private asAtDay = 0;
  private inEffect: Int32Array;

  constructor(book: AdviceBook) {
    this.book = book;
    this.collectRows();
    this.words = Math.max(1, Math.ceil(this.rows.length / 32));
    const byKey = this.literalsByKey();
    this.keys = [...byKey.keys()];
    this.places = new Map(this.keys.map((key, place) => [key, place]));
    this.columns = [...byKey].map(([key, rows]) => this.columnFor(key, rows));
    this.width = 2 ** Math.ceil(Math.log2(Math.max(2, this.columns.length)));
    this.tree = new Int32Array(2 * this.width * this.words).fill(-1);
    this.inEffect = new Int32Array(this.words);
    this.left = new Int32Array(this.words);
    this.known = this.keys.map((key) => book.questions.has(key));
    this.plain = [...book.questions.values()].every((question) => !question.shownWhen && !question.calculation);
  }

  /** Keys of the statements advised, in pack order (A4). */
  select(answers: Readonly<Answers>, asAt: string): string[] {
    this.setDate(asAt);
    this.answers = { ...answers };
    this.effective = this.plain
      ? this.answers
      : effectiveAnswers(this.book.questions, answers, asAt, this.book.named).answers;
    this.left.fill(-1);
    for (let place = 0; place < this.columns.length; place += 1) keepCommon(this.left, this.bitsOf(place), this.words);
    this.treeIsOld = true;
    return this.fired();
  }

  /** The pack after one more answer; undefined takes the answer away. Only what that answer touches is computed again. */
  change(question: string, answer: AnswerValue | undefined): string[] {
    if (answer === undefined) delete this.answers[question];
    else this.answers[question] = answer;
    const before = this.effective;
    if (!this.plain)
      this.effective = effectiveAnswers(this.book.questions, this.answers, this.asAt, this.book.named).answers;
    const touched = this.plain ? [question] : this.keys.filter((key) => before[key] !== this.effective[key]);
    if (this.treeIsOld) this.growTree();
    else for (const key of touched) this.rewrite(key);
    this.left.set(this.tree.subarray(this.words, 2 * this.words));
    return this.fired();
  }

  /** Only a series of changes needs the tree of conjunctions; a single pack is cheaper without. */
  private growTree(): void {
    for (let place = 0; place < this.columns.length; place += 1) this.writeLeaf(place);
    for (let node = this.width - 1; node >= 1; node -= 1) this.join(node);
    this.treeIsOld = false;
  }

  private rewrite(key: string): void {
    const place = this.places.get(key);
    if (place === undefined) return;
    this.writeLeaf(place);
    for (let node = (this.width + place) >> 1; node >= 1; node >>= 1) this.join(node);
  }

  private writeLeaf(place: number): void {
    this.tree.set(this.bitsOf(place), (this.width + place) * this.words);
  }

  private bitsOf(place: number): Int32Array {
    // Without branching the answers stand as given; those to questions that are not on the form do not count (A2).
    const answer = this.known[place] ? this.effective[this.keys[place] as string] : undefined;
    return (this.columns[place] as Column).bits(answer, this.asAtDay);
  }

  private join(node: number): void {
    const { tree, words } = this;
    const at = node * words;
    const from = 2 * at;
    for (let i = 0; i < words; i += 1) tree[at + i] = (tree[from + i] as number) & (tree[from + words + i] as number);
  }

  private fired(): string[] {
    const found: string[] = [];
    let last = -1;
    for (let word = 0; word < this.words; word += 1) {
      let bits = (this.left[word] as number) & (this.inEffect[word] as number);
      for (; bits !== 0; bits &= bits - 1) {
        const row = word * 32 + 31 - Math.clz32(bits & -bits);
        const entry = this.rows[row]?.entry ?? -1;
        if (entry === last || (this.inexact.has(row) && !this.holds(row))) continue;
        last = entry;
        found.push(this.book.entries[entry]?.key ?? '');
      }
    }
    return found;
  }

  private holds(row: number): boolean {
    const when = this.conditionOf(row);
    return when === undefined || isTrue(when, { answers: this.effective, asAt: this.asAt, named: this.book.named });
  }

  private conditionOf(row: number): Condition | undefined {
    const indexed = this.rows[row];
    return indexed && this.book.entries[indexed.entry]?.reasons[indexed.reason]?.when;
  }

  private collectRows(): void {
    for (const [entry, { reasons }] of this.book.entries.entries()) {
      for (const [reason, { when }] of reasons.entries()) {
        for (const row of when ? toRows(when, this.book.named) : [{ literals: [], exact: true }]) {
          if (!row.exact) this.inexact.add(this.rows.length);
          this.rows.push({ entry, reason, literals: row.literals });
        }
      }
    }
  }

  private literalsByKey(): Map<string, RowLiterals[]> {
    const byKey = new Map<string, RowLiterals[]>();
    for (const [row, { literals }] of this.rows.entries()) {
      const own = new Map<string, Literal[]>();
      for (const literal of literals) own.set(literalKey(literal), [...(own.get(literalKey(literal)) ?? []), literal]);
      for (const [key, list] of own) {
        const rows = byKey.get(key);
        if (rows) rows.push({ row, literals: list });
        else byKey.set(key, [{ row, literals: list }]);
      }
    }
    return byKey;
  }

  private columnFor(key: string, rows: readonly RowLiterals[]): Column {
    const type = this.book.questions.get(key)?.type;
    if (type === 'multi-choice') return selectionColumn(rows, this.words, this.inexact);
    return type === 'date' ? dateColumn(rows, this.words) : valueColumn(rows, this.words);
  }

  private setDate(asAt: string): void {
    if (asAt === this.asAt) return;
    this.asAt = asAt;
    this.asAtDay = asAtDayOf(asAt);
    this.inEffect = new Int32Array(this.words);
    for (const [row, { entry, reason }] of this.rows.entries()) {
      const statement = this.book.entries[entry];
      const why = statement?.reasons[reason];
      if (!statement || !why || !isInEffect(statement.statement, asAt) || !isInEffect(why, asAt)) continue;
      this.inEffect[row >> 5] = (this.inEffect[row >> 5] ?? 0) | (1 << (row & 31));
    }
  }
}

function keepCommon(into: Int32Array, bits: Int32Array, words: number): void {
  for (let i = 0; i < words; i += 1) into[i] = (into[i] as number) & (bits[i] as number);
}
