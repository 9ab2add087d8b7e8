import type { AnswerValue, Condition } from '../../../schemas/condition.ts';
import { toDateText } from '../condition/dates.ts';
import { inputsOf } from '../condition/effective-answers.ts';
import { dateRange, type Leaf, toText } from '../condition/leaf.ts';
import type { Question, Questions } from '../condition/question.ts';
import { conditionNodes } from '../condition/shape.ts';
import { cutLine, type Segment } from './segment.ts';

/** Leaves by the question they look at. */
export function leavesByQuestion(conditions: readonly Condition[]): Map<string, Leaf[]> {
  const found = new Map<string, Leaf[]>();
  for (const node of conditions.flatMap(conditionNodes)) {
    if (!('of' in node) || !('question' in node.of)) continue;
    const own = found.get(node.of.question) ?? [];
    own.push(node);
    found.set(node.of.question, own);
  }
  return found;
}

/** Numbers or days at which a leaf changes. */
export function cutsOf(leaf: Leaf, asAtDay: number): number[] {
  if ('days' in leaf || 'date' in leaf) {
    const range = dateRange(leaf, asAtDay);
    return range ? [range.from, range.to].filter(Number.isFinite) : [];
  }
  if ('from' in leaf) return [leaf.from, leaf.to];
  if ('values' in leaf) return leaf.values.filter((value) => typeof value === 'number');
  return 'value' in leaf && typeof leaf.value === 'number' ? [leaf.value] : [];
}

/** Answers of a question without a number line: its options, or the texts conditions name and one other. */
export function plainAnswers(question: Question, leaves: readonly Leaf[]): AnswerValue[] {
  if (question.type === 'yes-no' || question.type === 'choice') return [...question.options];
  const wanted = leaves.flatMap((leaf) => ('values' in leaf ? leaf.values : 'value' in leaf ? [leaf.value] : []));
  const texts = [...new Set(wanted.map(toText))].filter((text) => text !== '');
  let other = 'something else';
  while (texts.includes(other)) other += '.';
  return [...texts, other];
}

/** Whether it takes more answers than can be listed. */
export function isOpen(question: Question): boolean {
  return question.type !== 'yes-no' && question.type !== 'choice';
}

/** Whether only whole numbers can be its answer. */
export function isWhole(question: Question, questions: Questions): boolean {
  if (question.type === 'date' || question.type === 'money') return true;
  if (question.type !== 'calculated') return question.validation.whole === true;
  return inputsOf(question.calculation).every((key) => {
    const input = questions.get(key);
    return input !== undefined && isWhole(input, questions);
  });
}

/** The answer that stands for a piece of the line. */
export function toAnswer(question: Question, segment: Segment): AnswerValue {
  return question.type === 'date' ? toDateText(segment.inside) : segment.inside;
}

/** Whole numbers a question may hold before its number line is not cut into single numbers. */
const MOST_SINGLES = 64;

/** Every number by itself, for a question with few enough whole numbers. */
export function singlesOf(question: Question): Segment[] | undefined {
  const { min, max, whole } = question.validation;
  if (min === undefined || max === undefined || !(whole || question.type === 'money')) return undefined;
  if (max - min >= MOST_SINGLES) return undefined;
  const numbers = Array.from(
    { length: Math.max(0, Math.floor(max) - Math.ceil(min) + 1) },
    (_, i) => Math.ceil(min) + i,
  );
  return cutLine(numbers, min, max, true);
}
