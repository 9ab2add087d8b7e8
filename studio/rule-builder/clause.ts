import type { Condition, Scalar } from '../../schemas/condition.ts';
import type { QuestionType } from '../../schemas/form.ts';
import { fitsType } from '../document/engine.ts';
import type { Subject } from './subjects.ts';

export type ClauseOp = Exclude<Condition['op'], 'all' | 'any' | 'not' | 'named'>;

/** A clause being written: it joins the tree once it says something whole. */
export interface HalfClause {
  subject: Subject | undefined;
  op: ClauseOp | undefined;
  values: Scalar[];
  from: number | undefined;
  to: number | undefined;
  date: string;
}

const words: readonly (readonly [ClauseOp, string])[] = [
  ['is', 'is'],
  ['isOneOf', 'is one of'],
  ['includes', 'includes'],
  ['includesAny', 'includes any of'],
  ['includesAll', 'includes all of'],
  ['atLeast', 'is at least'],
  ['atMost', 'is at most'],
  ['moreThan', 'is more than'],
  ['lessThan', 'is less than'],
  ['equals', 'is exactly'],
  ['between', 'is between'],
  ['withinDaysAfter', 'is within the next days'],
  ['withinDaysBefore', 'was within the last days'],
  ['before', 'is before'],
  ['onOrBefore', 'is on or before'],
  ['onDate', 'is on'],
  ['onOrAfter', 'is on or after'],
  ['after', 'is after'],
  ['countAtLeast', 'has chosen at least'],
  ['countAtMost', 'has chosen at most'],
  ['answered', 'is answered'],
  ['unanswered', 'is not answered'],
];

/** Comparisons that can be asked of a type of answer (A1), the usual ones first. */
export function comparisonsFor(type: QuestionType): { value: ClauseOp; label: string }[] {
  return words.filter(([op]) => fitsType({ op } as Condition, type)).map(([value, label]) => ({ value, label }));
}

/** What kind of value a comparison needs. */
export function valueKind(op: ClauseOp): 'none' | 'one' | 'many' | 'number' | 'range' | 'date' | 'days' | 'count' {
  switch (op) {
    case 'answered':
    case 'unanswered':
      return 'none';
    case 'is':
    case 'includes':
      return 'one';
    case 'isOneOf':
    case 'includesAny':
    case 'includesAll':
      return 'many';
    case 'lessThan':
    case 'atMost':
    case 'atLeast':
    case 'moreThan':
    case 'equals':
      return 'number';
    case 'between':
      return 'range';
    case 'before':
    case 'onOrBefore':
    case 'onOrAfter':
    case 'after':
    case 'onDate':
      return 'date';
    case 'withinDaysBefore':
    case 'withinDaysAfter':
      return 'days';
    case 'countAtLeast':
    case 'countAtMost':
      return 'count';
  }
}

export const emptyClause: HalfClause = {
  subject: undefined,
  op: undefined,
  values: [],
  from: undefined,
  to: undefined,
  date: '',
};

/** A clause of the tree as it is written in its fields. */
export function toHalf(condition: Condition, subject: Subject | undefined): HalfClause {
  const half: HalfClause = { ...emptyClause, subject };
  if (!('of' in condition)) return half;
  const { op } = condition;
  if ('values' in condition) return { ...half, op, values: condition.values };
  if ('date' in condition) return { ...half, op, date: condition.date };
  if ('from' in condition) return { ...half, op, from: condition.from, to: condition.to };
  if ('days' in condition) return { ...half, op, from: condition.days };
  if ('count' in condition) return { ...half, op, from: condition.count };
  if ('value' in condition)
    return typeof condition.value === 'number'
      ? { ...half, op, from: condition.value, values: [condition.value] }
      : { ...half, op, values: [condition.value] };
  return { ...half, op };
}

/** Another thing to look at: the comparison stays where it fits, and values that the new one has too. */
export function withSubject(half: HalfClause, subject: Subject): HalfClause {
  const op =
    half.op && fitsType({ op: half.op } as Condition, subject.type) ? half.op : comparisonsFor(subject.type)[0]?.value;
  const known = new Set(subject.options.map((option) => option.value));
  const values = subject.options.length > 0 ? half.values.filter((value) => known.has(String(value))) : [];
  const isOnly = half.subject !== undefined && isNumeric(half.subject.type) === isNumeric(subject.type);
  return { ...half, subject, op, values, ...(isOnly ? {} : { from: undefined, to: undefined, date: '' }) };
}

/** The clause once it says something whole; money is written in pounds and kept in pence. */
export function toClause({ subject, op, values, from, to, date }: HalfClause): Condition | undefined {
  if (!subject) return undefined;
  if (subject.name !== undefined) return { op: 'named', name: subject.name };
  const { of } = subject;
  if (!of || !op) return undefined;
  const [first] = values;
  switch (op) {
    case 'answered':
    case 'unanswered':
      return { op, of };
    case 'is':
    case 'includes':
      return first === undefined || first === '' ? undefined : { op, of, value: first };
    case 'isOneOf':
    case 'includesAny':
    case 'includesAll':
      return values.length === 0 ? undefined : { op, of, values };
    case 'between':
      return from === undefined || to === undefined ? undefined : { op, of, from, to };
    case 'withinDaysBefore':
    case 'withinDaysAfter':
      return isCount(from) ? { op, of, days: from } : undefined;
    case 'countAtLeast':
    case 'countAtMost':
      return isCount(from) ? { op, of, count: from } : undefined;
    case 'before':
    case 'onOrBefore':
    case 'onOrAfter':
    case 'after':
    case 'onDate':
      return /^\d{4}-\d{2}-\d{2}$/.test(date) ? { op, of, date } : undefined;
    case 'lessThan':
    case 'atMost':
    case 'atLeast':
    case 'moreThan':
    case 'equals':
      return from === undefined ? undefined : { op, of, value: from };
  }
}

function isCount(value: number | undefined): value is number {
  return value !== undefined && Number.isInteger(value) && value >= 0;
}

function isNumeric(type: QuestionType): boolean {
  return type === 'number' || type === 'money' || type === 'calculated';
}
