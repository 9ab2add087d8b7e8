import type { Answers, AnswerValue } from '../../../schemas/condition.ts';
import type { QuestionType } from '../../../schemas/form.ts';
import { toEpochDay } from '../condition/dates.ts';
import { effectiveAnswers } from '../condition/effective-answers.ts';
import { isTrue } from '../condition/evaluate.ts';
import { questionsBehind } from '../condition/shape.ts';
import { type AdviceBook, isInEffect } from './advice-book.ts';
import { type Column, DateColumn, type RowLiterals, SelectionColumn, setBit, ValueColumn } from './index-column.ts';
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
  private readonly words: number;
  /** Key of the statement and number of the entry of every row. */
  private readonly statementOf: readonly string[];
  private readonly entryOf: Int32Array;
  private readonly inexact: Int32Array;
  /** Questions that rows look at, in the order of `columns`. */
  private readonly keys: readonly string[];
  private readonly types: readonly (QuestionType | undefined)[];
  private readonly places: ReadonlyMap<string, number>;
  private readonly columns: readonly Column[];
  /** Whether answers stand as given: no question is hidden or calculated. */
  private readonly plain: boolean;
  private readonly tree: ConjunctionTree;
  private treeIsOld = true;
  /** Rows all answers leave possible. */
  private readonly left: Int32Array;
  private inEffect: Int32Array;
  private asAt = '';
  private asAtDay = 0;
  /** Answers as given; kept only where some are hidden or calculated. */
  private given: Answers = {};
  /** The answers that count, by place. */
  private readonly counted: (AnswerValue | undefined)[];

  constructor(book: AdviceBook) {
    this.book = book;
    const inexact = new Set<number>();
    this.collectRows(inexact);
    this.words = Math.max(1, Math.ceil(this.rows.length / 32));
    this.statementOf = this.rows.map((row) => book.entries[row.entry]?.key ?? '');
    this.entryOf = Int32Array.from(this.rows, (row) => row.entry);
    const byKey = literalsByKey(this.rows);
    // Rows that must be evaluated may look at questions that no literal names.
    for (const { reasons } of book.entries)
      for (const { when } of reasons)
        for (const key of when ? questionsBehind(when, book.named) : []) if (!byKey.has(key)) byKey.set(key, []);
    this.keys = [...byKey.keys()];
    this.types = this.keys.map((key) => book.questions.get(key)?.type);
    this.places = new Map(this.keys.map((key, place) => [key, place]));
    this.columns = [...byKey].map(([key, rows]) => this.columnFor(key, rows, inexact));
    this.counted = this.keys.map(() => undefined);
    this.inexact = new Int32Array(this.words);
    for (const row of inexact) setBit(this.inexact, row);
    this.inEffect = new Int32Array(this.words);
    this.left = new Int32Array(this.words);
    this.tree = new ConjunctionTree(this.columns.length, this.words);
    this.plain = [...book.questions.values()].every(
      (question) => !question.shownWhen && question.type !== 'calculated',
    );
  }

  /** Keys of the statements advised, in pack order (A4). */
  select(answers: Readonly<Answers>, asAt: string): string[] {
    this.setDate(asAt);
    if (!this.plain) this.given = { ...answers };
    const counting = this.plain ? answers : this.effective();
    this.left.set(this.inEffect);
    for (let place = 0; place < this.columns.length; place += 1) {
      const answer = countedAnswer(counting[this.keys[place] as string], this.types[place]);
      this.counted[place] = answer;
      (this.columns[place] as Column).keep(this.left, answer, this.asAtDay);
    }
    this.treeIsOld = true;
    return this.fired();
  }

  /** The pack after one more answer; undefined takes the answer away. Only what that answer touches is computed again. */
  change(question: string, answer: AnswerValue | undefined): string[] {
    if (this.treeIsOld) this.growTree();
    if (this.plain) this.settle(question, answer);
    else {
      if (answer === undefined) delete this.given[question];
      else this.given[question] = answer;
      const effective = this.effective();
      for (const key of this.keys) this.settle(key, effective[key]);
    }
    this.tree.keepAll(this.left, this.inEffect);
    return this.fired();
  }

  private effective(): Answers {
    return effectiveAnswers(this.book.questions, this.given, this.asAt, this.book.named).answers;
  }

  private settle(key: string, answer: AnswerValue | undefined): void {
    const place = this.places.get(key);
    if (place === undefined) return;
    const counted = countedAnswer(answer, this.types[place]);
    if (counted === this.counted[place]) return;
    this.counted[place] = counted;
    (this.columns[place] as Column).keep(this.tree.clear(place), counted, this.asAtDay);
    this.tree.joinAbove(place);
  }

  /** Only a series of changes needs the tree of conjunctions; a single pack is cheaper without. */
  private growTree(): void {
    for (const [place, column] of this.columns.entries())
      column.keep(this.tree.clear(place), this.counted[place], this.asAtDay);
    this.tree.joinAll();
    this.treeIsOld = false;
  }

  private fired(): string[] {
    const { left, entryOf, statementOf, inexact } = this;
    const found: string[] = [];
    let last = -1;
    let record: Answers | undefined;
    for (let word = 0; word < this.words; word += 1) {
      for (let bits = left[word] as number; bits !== 0; bits &= bits - 1) {
        const row = word * 32 + 31 - Math.clz32(bits & -bits);
        const entry = entryOf[row] as number;
        if (entry === last) continue;
        if (((inexact[word] as number) & bits & -bits) !== 0) {
          record ??= this.record();
          if (!this.holds(row, record)) continue;
        }
        last = entry;
        found.push(statementOf[row] as string);
      }
    }
    return found;
  }

  private record(): Answers {
    return Object.fromEntries(
      this.keys.flatMap((key, place) => {
        const answer = this.counted[place];
        return answer === undefined ? [] : [[key, Array.isArray(answer) ? [...new Set(answer)] : answer]];
      }),
    );
  }

  private holds(row: number, answers: Answers): boolean {
    const { entry = 0, reason = 0 } = this.rows[row] ?? {};
    const when = this.book.entries[entry]?.reasons[reason]?.when;
    return when === undefined || isTrue(when, { answers, asAt: this.asAt, named: this.book.named });
  }

  private collectRows(inexact: Set<number>): void {
    for (const [entry, { reasons }] of this.book.entries.entries()) {
      for (const [reason, { when }] of reasons.entries()) {
        for (const row of when ? toRows(when, this.book.named) : [{ literals: [], exact: true }]) {
          if (!row.exact) inexact.add(this.rows.length);
          this.rows.push({ entry, reason, literals: row.literals });
        }
      }
    }
  }

  private columnFor(key: string, rows: readonly RowLiterals[], inexact: Set<number>): Column {
    const type = this.book.questions.get(key)?.type;
    if (type === 'multi-choice') return new SelectionColumn(rows, this.words, inexact);
    return type === 'date' ? new DateColumn(rows, this.words) : new ValueColumn(rows, this.words);
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
      setBit(this.inEffect, row);
    }
  }
}

/** Bits of many columns and of their conjunctions, so that one column's change costs the way to the root only. */
class ConjunctionTree {
  private readonly nodes: Int32Array[];
  private readonly width: number;

  constructor(columns: number, words: number) {
    this.width = 2 ** Math.ceil(Math.log2(Math.max(2, columns)));
    this.nodes = Array.from({ length: 2 * this.width }, () => new Int32Array(words).fill(-1));
  }

  /** The leaf of a column, all bits set. */
  clear(place: number): Int32Array {
    return (this.nodes[this.width + place] as Int32Array).fill(-1);
  }

  joinAll(): void {
    for (let node = this.width - 1; node >= 1; node -= 1) this.join(node);
  }

  joinAbove(place: number): void {
    for (let node = (this.width + place) >> 1; node >= 1; node >>= 1) this.join(node);
  }

  /** Writes the conjunction of all columns and of `also`. */
  keepAll(into: Int32Array, also: Int32Array): void {
    const root = this.nodes[1] as Int32Array;
    for (let i = 0; i < into.length; i += 1) into[i] = (root[i] as number) & (also[i] as number);
  }

  private join(node: number): void {
    const into = this.nodes[node] as Int32Array;
    const [left, right] = [this.nodes[2 * node] as Int32Array, this.nodes[2 * node + 1] as Int32Array];
    for (let i = 0; i < into.length; i += 1) into[i] = (left[i] as number) & (right[i] as number);
  }
}

/** An answer as conditions see it; questions that are not on the form or are calculated take none (A2). */
function countedAnswer(answer: AnswerValue | undefined, type: QuestionType | undefined): AnswerValue | undefined {
  if (type === undefined || answer === '' || typeof answer === 'function') return undefined;
  return typeof answer === 'boolean' ? (answer ? 'yes' : 'no') : answer;
}

function literalsByKey(rows: readonly IndexedRow[]): Map<string, RowLiterals[]> {
  const byKey = new Map<string, RowLiterals[]>();
  for (const [row, { literals }] of rows.entries()) {
    const own = new Map<string, Literal[]>();
    for (const literal of literals) own.set(literalKey(literal), [...(own.get(literalKey(literal)) ?? []), literal]);
    for (const [key, list] of own) {
      const known = byKey.get(key);
      if (known) known.push({ row, literals: list });
      else byKey.set(key, [{ row, literals: list }]);
    }
  }
  return byKey;
}

/** Days since 1970-01-01 of an as-at date; throws when it is no date. */
function asAtDayOf(asAt: string): number {
  const day = toEpochDay(asAt);
  if (day === undefined) throw new Error(`expected an as-at date written YYYY-MM-DD, got "${asAt}"`);
  return day;
}
