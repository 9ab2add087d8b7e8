import type { Answers, AnswerValue } from '../../../schemas/condition.ts';
import type { TestDocument } from '../../../schemas/settings.ts';
import { toDateText, toEpochDay } from '../condition/dates.ts';
import { effectiveAnswers } from '../condition/effective-answers.ts';
import { dateRange, type Leaf } from '../condition/leaf.ts';
import type { Question } from '../condition/question.ts';
import { conditionNodes } from '../condition/shape.ts';
import type { AdviceBook } from './advice-book.ts';
import { selectAdvice } from './select.ts';

/** Answers at the edge of a condition and what is advised there, to be looked at and saved as a test. */
export interface BoundaryPersona {
  name: string;
  question: string;
  value: AnswerValue;
  answers: Answers;
  statements: string[];
}

/**
 * Personas on both sides of every number and date a condition compares with (56 and 57 days), each differing from `base` in
 * one answer of a question that is asked. Statements are what is advised now: an author confirms them before they become a test.
 */
export function boundaryPersonas(book: AdviceBook, base: Readonly<Answers>, asAt: string): BoundaryPersona[] {
  const asAtDay = toEpochDay(asAt);
  if (asAtDay === undefined) return [];
  const personas = new Map<string, BoundaryPersona>();
  const conditions = book.entries.flatMap((entry) => entry.reasons.flatMap((reason) => reason.when ?? []));
  for (const leaf of [...conditions, ...Object.values(book.named).map((one) => one.when)].flatMap(conditionNodes)) {
    if (!('of' in leaf) || !('question' in leaf.of)) continue;
    const question = book.questions.get(leaf.of.question);
    if (!question || question.type === 'calculated') continue;
    for (const value of edgesOf(leaf, asAtDay).filter((one) => isAllowed(question, one))) {
      const answers = { ...base, [question.key]: value };
      if (!effectiveAnswers(book.questions, answers, asAt, book.named).shown.includes(question.key)) continue;
      const days = typeof value === 'string' ? ` (${inDays((toEpochDay(value) ?? asAtDay) - asAtDay)})` : '';
      const name = `${question.key} ${value}${days}`;
      const statements = selectAdvice(book, answers, asAt);
      personas.set(name, { name, question: question.key, value, answers, statements });
    }
  }
  return [...personas.values()].sort(
    (a, b) => compare(a.question, b.question) || compare(edgeOf(a.value), edgeOf(b.value)),
  );
}

/** The personas as test documents of the workflow, ready to be confirmed and saved. */
export function boundaryTests(book: AdviceBook, base: Readonly<Answers>, asAt: string): TestDocument[] {
  return boundaryPersonas(book, base, asAt).map(({ name, question, value, answers, statements }) => ({
    kind: 'test',
    format: 1,
    key: `${book.workflow}-${question}-${String(value).replace(/[^A-Za-z0-9_-]/g, '_')}`.slice(0, 64),
    title: `At the edge: ${name}`,
    workflow: book.workflow,
    asAt,
    answers,
    expect: { statements },
  }));
}

function inDays(days: number): string {
  const amount = `${Math.abs(days)} ${Math.abs(days) === 1 ? 'day' : 'days'}`;
  return days === 0 ? 'the as-at date' : `${amount} ${days > 0 ? 'after' : 'before'} the as-at date`;
}

function isAllowed(question: Question, value: AnswerValue): boolean {
  const { min, max, whole } = question.validation;
  if (typeof value !== 'number') return true;
  return (
    (min === undefined || value >= min) && (max === undefined || value <= max) && (!whole || Number.isInteger(value))
  );
}

function edgesOf(leaf: Leaf, asAtDay: number): AnswerValue[] {
  if ('days' in leaf || 'date' in leaf) {
    const range = dateRange(leaf, asAtDay);
    const days = range ? [range.from - 1, range.from, range.to, range.to + 1] : [];
    return days.filter((day) => Number.isFinite(day) && Math.abs(day - asAtDay) < 36_500).map(toDateText);
  }
  if ('from' in leaf) return [leaf.from - 1, leaf.from, leaf.to, leaf.to + 1];
  return 'value' in leaf && typeof leaf.value === 'number' ? [leaf.value - 1, leaf.value, leaf.value + 1] : [];
}

function edgeOf(value: AnswerValue): number {
  return typeof value === 'number' ? value : (toEpochDay(String(value)) ?? 0);
}

function compare(a: string | number, b: string | number): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
