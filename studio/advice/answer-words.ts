import type { AnswerValue } from '../../schemas/condition.ts';
import type { Question } from '../document/engine.ts';
import { dateInWords } from '../words/date-words.ts';

/** An answer as its question words it. */
export function answerInWords(question: Question | undefined, value: AnswerValue | null | undefined): string {
  if (value === undefined || value === null) return 'not answered';
  const word = (one: unknown) => question?.optionLabels[String(one)] ?? String(one);
  if (Array.isArray(value)) return value.map(word).join(', ') || 'none chosen';
  if (question?.type === 'money' && typeof value === 'number') return `£${(value / 100).toFixed(2)}`;
  if (question?.type === 'date' && typeof value === 'string') return dateInWords(value);
  return word(value);
}
