import type { Answers, AnswerValue, Condition } from '../../../schemas/condition.ts';
import { toDateText, toEpochDay } from '../condition/dates.ts';
import { effectiveAnswers, inputsOf } from '../condition/effective-answers.ts';
import { dateRange, type Leaf, toText } from '../condition/leaf.ts';
import type { Question } from '../condition/question.ts';
import { conditionNodes, questionsBehind } from '../condition/shape.ts';
import type { AdviceBook, AdviceEntry } from './advice-book.ts';
import { fires } from './select.ts';

/** A change of answers; null takes an answer away. */
export type AnswerChange = Record<string, AnswerValue | null>;

export interface FlipResult {
  /** The smallest change found, fewest questions first; absent when no change of answers flips the statement. */
  change?: AnswerChange;
  /** False when the search met its budget before it was sure. */
  decided: boolean;
}

/** Evaluations one search may take. */
const BUDGET = 20_000;

/**
 * The smallest change of answers, by number of questions, after which the statement stands the other way (A5).
 * Every change returned was evaluated again; candidates are the values at which a condition can change.
 */
export function findFlip(book: AdviceBook, entry: AdviceEntry, answers: Readonly<Answers>, asAt: string): FlipResult {
  const before = firesFor(book, entry, answers, asAt);
  const candidates = [...candidateChanges(book, entry, answers, asAt)];
  const search = { left: BUDGET };
  for (let size = 1; size <= candidates.length; size += 1) {
    const change = tryChanges(candidates, size, 0, {}, (tried) => {
      search.left -= 1;
      return search.left < 0 ? 'stop' : firesFor(book, entry, applyChange(answers, tried), asAt) !== before;
    });
    if (search.left < 0) return { decided: false };
    if (change) return { change, decided: true };
  }
  return { decided: true };
}

/** Answers after a change. */
export function applyChange(answers: Readonly<Answers>, change: AnswerChange): Answers {
  const changed: Answers = { ...answers };
  for (const [key, value] of Object.entries(change)) {
    if (value === null) delete changed[key];
    else changed[key] = value;
  }
  return changed;
}

function firesFor(book: AdviceBook, entry: AdviceEntry, answers: Readonly<Answers>, asAt: string): boolean {
  const effective = effectiveAnswers(book.questions, answers, asAt, book.named);
  return fires(entry, { answers: effective.answers, asAt, named: book.named }, asAt);
}

type Candidate = readonly [question: string, values: readonly (AnswerValue | null)[]];

/** Tries every choice of `size` questions from `from` on; depth is at most the number of questions that matter. */
function tryChanges(
  candidates: readonly Candidate[],
  size: number,
  from: number,
  change: AnswerChange,
  flips: (change: AnswerChange) => boolean | 'stop',
): AnswerChange | undefined {
  for (let i = from; i <= candidates.length - size; i += 1) {
    const [question, values] = candidates[i] ?? ['', []];
    for (const value of values) {
      const next = { ...change, [question]: value };
      if (size > 1) {
        const found = tryChanges(candidates, size - 1, i + 1, next, flips);
        if (found) return found;
        continue;
      }
      const outcome = flips(next);
      if (outcome === 'stop') return next;
      if (outcome) return next;
    }
  }
  return undefined;
}

function* candidateChanges(
  book: AdviceBook,
  entry: AdviceEntry,
  answers: Readonly<Answers>,
  asAt: string,
): Generator<Candidate> {
  const conditions = entry.reasons.flatMap((reason) => (reason.when ? [reason.when] : []));
  const matters = questionsThatMatter(book, conditions);
  const leaves = leavesOf(book, conditions, matters);
  for (const key of matters) {
    const question = book.questions.get(key);
    if (!question || question.type === 'calculated') continue;
    const current = answers[key];
    const values = valuesOf(question, leaves, book, toEpochDay(asAt) ?? 0, current).filter(
      (value) => !same(value, current),
    );
    const mayBeEmpty =
      current !== undefined &&
      (!question.required || leaves.some((leaf) => leaf.op === 'unanswered' && reads(leaf, key)));
    yield [key, mayBeEmpty ? [...values, null] : values];
  }
}

/** Questions the conditions look at, and those that show or compute them, nearest first. */
function questionsThatMatter(book: AdviceBook, conditions: readonly Condition[]): string[] {
  const found = new Set(conditions.flatMap((condition) => questionsBehind(condition, book.named)));
  for (const key of found) {
    const question = book.questions.get(key);
    if (question?.shownWhen) for (const needed of questionsBehind(question.shownWhen, book.named)) found.add(needed);
    for (const needed of inputsOf(question?.calculation)) found.add(needed);
  }
  return [...found];
}

function leavesOf(book: AdviceBook, conditions: readonly Condition[], matters: readonly string[]): Leaf[] {
  const shown = matters.flatMap((key) => book.questions.get(key)?.shownWhen ?? []);
  const named = Object.values(book.named).map((one) => one.when);
  return [...conditions, ...shown, ...named].flatMap((condition) =>
    conditionNodes(condition).filter((node) => 'of' in node),
  );
}

function reads(leaf: Leaf, key: string): boolean {
  return 'question' in leaf.of && leaf.of.question === key;
}

function valuesOf(
  question: Question,
  leaves: readonly Leaf[],
  book: AdviceBook,
  asAtDay: number,
  current: AnswerValue | undefined,
): AnswerValue[] {
  const own = leaves.filter((leaf) => reads(leaf, question.key));
  switch (question.type) {
    case 'yes-no':
    case 'choice':
      return [...question.options];
    case 'multi-choice':
      return selections(question, own, current);
    case 'number':
    case 'money':
      return numbers(question, own, leaves, book);
    case 'date':
      return [...dates(own, leaves, book, question.key, asAtDay)].map(toDateText);
    case 'text':
    case 'address':
    case 'file':
    case 'calculated':
      return [...wantedValues(own).map(toText), 'something else'];
  }
}

/** All selections of up to ten options, else those one option away and those the conditions name. */
function selections(question: Question, own: readonly Leaf[], current: AnswerValue | undefined): AnswerValue[] {
  const options = question.options;
  const now = Array.isArray(current) ? current : [];
  const found: string[][] = [[], ...options.map((option) => [option])];
  if (options.length <= 10) {
    for (let bits = 0; bits < 2 ** options.length; bits += 1) found.push(options.filter((_, i) => (bits >> i) & 1));
  }
  for (const option of options)
    found.push(now.includes(option) ? now.filter((one) => one !== option) : [...now, option]);
  for (const leaf of own) if ('values' in leaf) found.push(leaf.values.map(toText));
  const named = new Set(wantedValues(own).map(toText));
  found.push(
    now.filter((one) => !named.has(one)),
    [...options],
  );
  const distance = (selection: readonly string[]) =>
    options.filter((option) => selection.includes(option) !== now.includes(option)).length;
  return unique(found.filter((selection) => isAllowed(question, selection))).sort((a, b) => distance(a) - distance(b));
}

function isAllowed(question: Question, selection: readonly string[]): boolean {
  const { min, max } = question.validation;
  if (min !== undefined && selection.length < min) return false;
  if (max !== undefined && selection.length > max) return false;
  return selection.length < 2 || !selection.some((option) => question.exclusiveOptions.includes(option));
}

function numbers(question: Question, own: readonly Leaf[], leaves: readonly Leaf[], book: AdviceBook): AnswerValue[] {
  const computed = leaves.filter((leaf) => {
    const target = 'question' in leaf.of ? book.questions.get(leaf.of.question) : undefined;
    return inputsOf(target?.calculation).includes(question.key);
  });
  const cuts = [...own, ...computed].flatMap((leaf) =>
    'from' in leaf ? [leaf.from, leaf.to] : 'value' in leaf && typeof leaf.value === 'number' ? [leaf.value] : [],
  );
  const around = [0, ...cuts].flatMap((cut) => [cut, cut - 1, cut + 1, -cut]);
  // A difference may need one number far from the other.
  if (computed.length > 0) around.push(...cuts.flatMap((cut) => [cut * 2, cut + 10]));
  const { min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY } = question.validation;
  return unique(around).filter((value) => value >= min && value <= max);
}

function dates(
  own: readonly Leaf[],
  leaves: readonly Leaf[],
  book: AdviceBook,
  key: string,
  asAtDay: number,
): Set<number> {
  const days = new Set<number>([asAtDay]);
  for (const leaf of own) {
    if (!('days' in leaf) && !('date' in leaf)) continue;
    const range = dateRange(leaf, asAtDay);
    for (const day of range ? [range.from - 1, range.from, range.to, range.to + 1] : [])
      if (Number.isFinite(day)) days.add(day);
  }
  for (const leaf of leaves) {
    const calculation = 'question' in leaf.of ? book.questions.get(leaf.of.question)?.calculation : undefined;
    if (!calculation || !inputsOf(calculation).includes(key)) continue;
    const values = 'from' in leaf ? [leaf.from, leaf.to] : 'value' in leaf ? [Number(leaf.value)] : [];
    for (const value of values.flatMap((one) => [one - 1, one, one + 1])) {
      days.add(calculation.of === 'daysUntil' ? asAtDay + value : asAtDay - Math.round(value * 365.25) - 1);
    }
  }
  return days;
}

function wantedValues(leaves: readonly Leaf[]) {
  return leaves.flatMap((leaf) => ('values' in leaf ? leaf.values : 'value' in leaf ? [leaf.value] : []));
}

function same(a: AnswerValue, b: AnswerValue | undefined): boolean {
  if (!Array.isArray(a) || !Array.isArray(b)) return a === b;
  return a.length === b.length && a.every((one) => b.includes(one));
}

function unique<T>(values: readonly T[]): T[] {
  return [...new Map(values.map((value) => [JSON.stringify(value), value])).values()];
}
