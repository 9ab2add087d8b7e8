import type { Answers } from '../../../schemas/condition.ts';
import { effectiveAnswers } from '../condition/effective-answers.ts';
import { type ConditionFacts, isTrue } from '../condition/evaluate.ts';
import { type AdviceBook, type AdviceEntry, isInEffect } from './advice-book.ts';

/** Keys of the statements advised for these answers on the as-at date (`YYYY-MM-DD`), in pack order, once each (A4). */
export function selectAdvice(book: AdviceBook, answers: Readonly<Answers>, asAt: string): string[] {
  const effective = effectiveAnswers(book.questions, answers, asAt, book.named);
  const facts: ConditionFacts = { answers: effective.answers, asAt, named: book.named };
  return book.entries.filter((entry) => fires(entry, facts, asAt)).map((entry) => entry.key);
}

/** Whether a statement is advised; the answers of `facts` must be the effective ones (A2). */
export function fires(entry: AdviceEntry, facts: ConditionFacts, asAt: string): boolean {
  if (!isInEffect(entry.statement, asAt)) return false;
  return entry.reasons.some(
    (reason) => isInEffect(reason, asAt) && (reason.when === undefined || isTrue(reason.when, facts)),
  );
}
