import type { Condition } from '../../../schemas/condition.ts';
import type { QuestionType } from '../../../schemas/form.ts';

const texts: readonly QuestionType[] = ['yes-no', 'choice', 'text', 'address'];
const numbers: readonly QuestionType[] = ['number', 'money', 'calculated'];

const types: Partial<Record<Condition['op'], readonly QuestionType[]>> = {
  is: texts,
  isOneOf: texts,
  includes: ['multi-choice'],
  includesAny: ['multi-choice'],
  includesAll: ['multi-choice'],
  countAtLeast: ['multi-choice'],
  countAtMost: ['multi-choice'],
  lessThan: numbers,
  atMost: numbers,
  atLeast: numbers,
  moreThan: numbers,
  equals: numbers,
  between: numbers,
  before: ['date'],
  onOrBefore: ['date'],
  onOrAfter: ['date'],
  after: ['date'],
  onDate: ['date'],
  withinDaysBefore: ['date'],
  withinDaysAfter: ['date'],
};

/** Types of question a comparison can be asked of; undefined is every type (A1). */
export function typesFor(op: Condition['op']): readonly QuestionType[] | undefined {
  return types[op];
}

/** Whether a leaf compares its question as the type allows (A1). */
export function fitsType(condition: Condition, type: QuestionType | undefined): boolean {
  return type === undefined || typesFor(condition.op)?.includes(type) !== false;
}
