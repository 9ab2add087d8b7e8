import type { AnswerValue, Condition, Operand, Scalar } from '../../../schemas/condition.ts';
import { toEpochDay } from './dates.ts';
import { FALSE, TRUE, type TruthCode, toCode, UNKNOWN } from './truth.ts';

/** A leaf that compares something. */
export type Leaf = Extract<Condition, { of: Operand }>;

/** Option key or text as conditions compare it: yes-no answers are the option keys `yes` and `no`. */
export function toText(value: Scalar): string {
  return value === true ? 'yes' : value === false ? 'no' : String(value);
}

/**
 * Truth of one leaf for the answer found (A1, A2): unknown without an answer, and unknown when the answer
 * is of another type than the leaf compares. `asAtDay` is in days since 1970-01-01.
 */
export function testLeaf(leaf: Leaf, value: AnswerValue | undefined, asAtDay: number | undefined): TruthCode {
  if (leaf.op === 'answered') return toCode(value !== undefined);
  if (leaf.op === 'unanswered') return toCode(value === undefined);
  if (value === undefined) return UNKNOWN;
  switch (leaf.op) {
    case 'is':
      return isValue(value, leaf.value);
    case 'isOneOf':
      return isOneOf(value, leaf.values);
    case 'includes':
      return includesSome(value, [leaf.value]);
    case 'includesAny':
      return includesSome(value, leaf.values);
    case 'includesAll':
      return includesEvery(value, leaf.values);
    case 'countAtLeast':
      return Array.isArray(value) ? toCode(value.length >= leaf.count) : UNKNOWN;
    case 'countAtMost':
      return Array.isArray(value) ? toCode(value.length <= leaf.count) : UNKNOWN;
    case 'lessThan':
    case 'atMost':
    case 'atLeast':
    case 'moreThan':
    case 'equals':
    case 'between':
      return typeof value === 'number' ? toCode(testNumber(leaf, value)) : UNKNOWN;
    case 'before':
    case 'onOrBefore':
    case 'onOrAfter':
    case 'after':
    case 'onDate':
    case 'withinDaysBefore':
    case 'withinDaysAfter':
      return testDate(leaf, value, asAtDay);
  }
}

function isValue(value: AnswerValue, wanted: Scalar): TruthCode {
  if (Array.isArray(value)) return UNKNOWN;
  if (typeof value === 'number' || typeof wanted === 'number') {
    return typeof value === typeof wanted ? toCode(value === wanted) : UNKNOWN;
  }
  return toCode(toText(value) === toText(wanted));
}

function isOneOf(value: AnswerValue, wanted: readonly Scalar[]): TruthCode {
  let best: TruthCode = FALSE;
  for (const one of wanted) {
    const truth = isValue(value, one);
    if (truth === TRUE) return TRUE;
    if (truth > best) best = truth;
  }
  return best;
}

function includesSome(value: AnswerValue, wanted: readonly Scalar[]): TruthCode {
  return Array.isArray(value) ? toCode(wanted.some((one) => value.includes(toText(one)))) : UNKNOWN;
}

function includesEvery(value: AnswerValue, wanted: readonly Scalar[]): TruthCode {
  return Array.isArray(value) ? toCode(wanted.every((one) => value.includes(toText(one)))) : UNKNOWN;
}

type NumberLeaf = Extract<Leaf, { op: 'lessThan' | 'atMost' | 'atLeast' | 'moreThan' | 'equals' } | { op: 'between' }>;

function testNumber(leaf: NumberLeaf, value: number): boolean {
  switch (leaf.op) {
    case 'lessThan':
      return value < leaf.value;
    case 'atMost':
      return value <= leaf.value;
    case 'atLeast':
      return value >= leaf.value;
    case 'moreThan':
      return value > leaf.value;
    case 'equals':
      return value === leaf.value;
    case 'between':
      return value >= leaf.from && value <= leaf.to;
  }
}

type DateLeaf = Extract<
  Leaf,
  { op: 'before' | 'onOrBefore' | 'onOrAfter' | 'after' | 'onDate' } | { op: 'withinDaysBefore' | 'withinDaysAfter' }
>;

function testDate(leaf: DateLeaf, value: AnswerValue, asAtDay: number | undefined): TruthCode {
  const day = typeof value === 'string' ? toEpochDay(value) : undefined;
  const range = day === undefined ? undefined : dateRange(leaf, asAtDay);
  if (day === undefined || !range) return UNKNOWN;
  return toCode(day >= range.from && day <= range.to);
}

/** The days for which a date leaf is true, both inclusive; undefined when it needs an as-at date and has none. */
export function dateRange(leaf: DateLeaf, asAtDay: number | undefined): { from: number; to: number } | undefined {
  if ('days' in leaf) {
    if (asAtDay === undefined) return undefined;
    return leaf.op === 'withinDaysBefore'
      ? { from: asAtDay - leaf.days, to: asAtDay }
      : { from: asAtDay, to: asAtDay + leaf.days };
  }
  const day = toEpochDay(leaf.date);
  if (day === undefined) return undefined;
  switch (leaf.op) {
    case 'before':
      return { from: Number.NEGATIVE_INFINITY, to: day - 1 };
    case 'onOrBefore':
      return { from: Number.NEGATIVE_INFINITY, to: day };
    case 'onOrAfter':
      return { from: day, to: Number.POSITIVE_INFINITY };
    case 'after':
      return { from: day + 1, to: Number.POSITIVE_INFINITY };
    case 'onDate':
      return { from: day, to: day };
  }
}

/** Name of what a leaf looks at, the same for equal operands. */
export function operandKey(operand: Operand): string {
  if ('question' in operand) return operand.question;
  if ('caseField' in operand) return `case.${operand.caseField}`;
  if ('taskOutcome' in operand) return `outcome.${operand.taskOutcome}`;
  return `task.${operand.taskField.node}.${operand.taskField.field}`;
}
