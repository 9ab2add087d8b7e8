import {
  type Condition,
  MAX_CONDITION_DEPTH,
  MAX_CONDITION_NODES,
  type Scalar,
} from '../../../../schemas/condition.ts';
import type { AnyDocument } from '../../../../schemas/configuration.ts';
import { documentKinds } from '../../../../schemas/configuration.ts';
import { measureCondition } from '../../condition/shape.ts';
import { conditionsIn, leavesOf, type PlacedCondition } from '../conditions.ts';
import { allQuestions, questionsOf, type ResolvedQuestion } from '../form-questions.ts';
import type { CheckContext, CheckRule, RuleFinding } from '../rule.ts';

/** Conditions name questions and options that exist and compare them as their type allows (A1). */
export const conditions: CheckRule = {
  name: 'conditions',
  kind: 'workflow',
  reads: documentKinds,
  check: (document, context) => {
    const placed = conditionsIn(document);
    if (placed.length === 0) return [];
    const known = knownQuestions(document, context);
    const asked = askedQuestions(document, context);
    return placed.flatMap((one) => [
      ...sizeFindings(one),
      ...leavesOf(one).flatMap((leaf) => leafFindings(leaf, known, asked)),
    ]);
  },
};

function knownQuestions(document: AnyDocument, { configuration }: CheckContext): Map<string, ResolvedQuestion> {
  const own = document.kind === 'form' ? questionsOf(configuration, document) : new Map<string, ResolvedQuestion>();
  return new Map([...allQuestions(configuration), ...own]);
}

/** Questions the workflow's form asks; undefined where the document belongs to no single form. */
function askedQuestions(
  document: AnyDocument,
  { configuration }: CheckContext,
): ReadonlyMap<string, ResolvedQuestion> | undefined {
  if (document.kind === 'form') return questionsOf(configuration, document);
  if (document.kind !== 'workflow' || document.form === undefined) return undefined;
  const form = configuration.form[document.form];
  return form ? questionsOf(configuration, form) : undefined;
}

function sizeFindings({ condition, path }: PlacedCondition): RuleFinding[] {
  const { depth, nodes } = measureCondition(condition);
  if (depth <= MAX_CONDITION_DEPTH && nodes <= MAX_CONDITION_NODES) return [];
  const message = `The condition at /${path.join('/')} has ${nodes} parts, ${depth} deep; the most is ${MAX_CONDITION_NODES} parts, ${MAX_CONDITION_DEPTH} deep. Split it into named conditions.`;
  return [{ code: 'CONDITION_TOO_LARGE', severity: 'error', path, values: { depth, nodes }, message }];
}

function leafFindings(
  { condition, path }: PlacedCondition,
  known: ReadonlyMap<string, ResolvedQuestion>,
  asked: ReadonlyMap<string, ResolvedQuestion> | undefined,
): RuleFinding[] {
  if (!('of' in condition) || !('question' in condition.of)) return [];
  const key = condition.of.question;
  const question = asked?.get(key) ?? known.get(key);
  if (!question) {
    const message = `There is no question "${key}". Add it to the form or choose another.`;
    return [
      {
        code: 'QUESTION_UNKNOWN',
        severity: 'error',
        path: [...path, 'of', 'question'],
        values: { question: key },
        message,
      },
    ];
  }
  const findings: RuleFinding[] = [];
  if (asked && !asked.has(key)) {
    const message = `The form of this workflow does not ask "${key}", so this part of the condition is never known. Add the question to the form or leave it out.`;
    findings.push({
      code: 'QUESTION_NOT_ASKED',
      severity: 'info',
      path: [...path, 'of', 'question'],
      values: { question: key },
      message,
    });
  }
  return [...findings, ...typeFindings(condition, question, path)];
}

const allowedTypes: Partial<Record<Condition['op'], readonly string[]>> = {
  is: ['yes-no', 'choice', 'text', 'address'],
  isOneOf: ['yes-no', 'choice', 'text', 'address'],
  includes: ['multi-choice'],
  includesAny: ['multi-choice'],
  includesAll: ['multi-choice'],
  countAtLeast: ['multi-choice'],
  countAtMost: ['multi-choice'],
  lessThan: ['number', 'money', 'calculated'],
  atMost: ['number', 'money', 'calculated'],
  atLeast: ['number', 'money', 'calculated'],
  moreThan: ['number', 'money', 'calculated'],
  equals: ['number', 'money', 'calculated'],
  between: ['number', 'money', 'calculated'],
  before: ['date'],
  onOrBefore: ['date'],
  onOrAfter: ['date'],
  after: ['date'],
  onDate: ['date'],
  withinDaysBefore: ['date'],
  withinDaysAfter: ['date'],
};

function typeFindings(condition: Condition, question: ResolvedQuestion, path: string[]): RuleFinding[] {
  const allowed = allowedTypes[condition.op];
  if (allowed && question.type && !allowed.includes(question.type)) {
    const message = `"${question.key}" is a ${question.type} question, so "${condition.op}" cannot be asked of it. Use it on ${allowed.join(', ')} questions.`;
    return [
      {
        code: 'CONDITION_TYPE',
        severity: 'error',
        path,
        values: { question: question.key, type: question.type, op: condition.op },
        message,
      },
    ];
  }
  if (Object.keys(question.options).length === 0) return [];
  return valuesOf(condition).flatMap((value): RuleFinding[] => {
    if (typeof value === 'string' && Object.hasOwn(question.options, value)) return [];
    const options = Object.keys(question.options);
    const message = `"${question.key}" has no option "${String(value)}". Its options are ${options.join(', ')}.`;
    return [
      {
        code: 'OPTION_UNKNOWN',
        severity: 'error',
        path,
        values: { question: question.key, option: value, options },
        message,
      },
    ];
  });
}

function valuesOf(condition: Condition): readonly Scalar[] {
  if (condition.op === 'is' || condition.op === 'includes') return [condition.value];
  if (condition.op === 'isOneOf' || condition.op === 'includesAny' || condition.op === 'includesAll')
    return condition.values;
  return [];
}
