import type { Answers, AnswerValue } from '../../../schemas/condition.ts';
import { toDateText, toEpochDay } from '../condition/dates.ts';
import { dateRange, type Leaf } from '../condition/leaf.ts';
import { conditionNodes } from '../condition/shape.ts';
import type { AdviceBook } from './advice-book.ts';
import { selectAdvice } from './select.ts';

/** Answers at the edge of a condition and what is advised there, to be looked at and saved as a test. */
export interface BoundaryPersona {
  name: string;
  question: string;
  answers: Answers;
  statements: string[];
}

/**
 * Personas on both sides of every number and date a condition compares with (56 and 57 days), each differing from `base` in
 * one answer. Statements are what is advised now: an author confirms them before they become a test.
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
    for (const value of edgesOf(leaf, asAtDay)) {
      const answers = { ...base, [question.key]: value };
      const days = typeof value === 'string' ? ` (${(toEpochDay(value) ?? asAtDay) - asAtDay} days)` : '';
      const name = `${question.key} ${value}${days}`;
      personas.set(name, { name, question: question.key, answers, statements: selectAdvice(book, answers, asAt) });
    }
  }
  return [...personas.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
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
