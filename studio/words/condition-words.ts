import type { Condition, Operand, Scalar } from '../../schemas/condition.ts';
import type { Configuration } from '../../schemas/configuration.ts';
import { dateInWords } from './date-words.ts';

/** What questions, options and named conditions are called. */
export interface ConditionNames {
  operand: (operand: Operand) => string;
  option: (operand: Operand, value: Scalar) => string;
  /** Money is kept in pence. */
  isMoney: (operand: Operand) => boolean;
  named: (name: string) => string;
}

const comparisons = {
  lessThan: 'is less than',
  atMost: 'is at most',
  atLeast: 'is at least',
  moreThan: 'is more than',
  equals: 'is',
};
const dates = {
  before: 'is before',
  onOrBefore: 'is on or before',
  onOrAfter: 'is on or after',
  after: 'is after',
  onDate: 'is on',
};

/** A condition as a phrase people read, in the words of a configuration's questions. */
export function conditionInWords(condition: Condition, configuration: Configuration): string {
  return describeCondition(condition, namesOf(configuration));
}

/** A condition as a phrase people read. */
export function describeCondition(condition: Condition, names: ConditionNames): string {
  const inner = (child: Condition) => describeCondition(child, names);
  if ('conditions' in condition) {
    if (condition.conditions.length === 0) return condition.op === 'all' ? 'always' : 'never';
    return condition.conditions
      .map((child) => ('conditions' in child ? `(${inner(child)})` : inner(child)))
      .join(condition.op === 'all' ? ' and ' : ' or ');
  }
  if ('condition' in condition) return `not (${inner(condition.condition)})`;
  if ('name' in condition) return `"${names.named(condition.name)}" holds`;
  const { of } = condition;
  const subject = `“${names.operand(of)}”`;
  const value = (one: Scalar) => names.option(of, one);
  const amount = (pence: number) => (names.isMoney(of) ? `£${(pence / 100).toFixed(2).replace(/\.00$/, '')}` : pence);
  switch (condition.op) {
    case 'answered':
      return `${subject} is answered`;
    case 'unanswered':
      return `${subject} is not answered`;
    case 'is':
      return `${subject} is ${value(condition.value)}`;
    case 'isOneOf':
      return `${subject} is ${condition.values.map(value).join(' or ')}`;
    case 'includes':
      return `${subject} includes ${value(condition.value)}`;
    case 'includesAny':
      return `${subject} includes ${condition.values.map(value).join(' or ')}`;
    case 'includesAll':
      return `${subject} includes ${condition.values.map(value).join(' and ')}`;
    case 'between':
      return `${subject} is ${amount(condition.from)} to ${amount(condition.to)}`;
    case 'withinDaysBefore':
      return `${subject} is within the ${condition.days} days before`;
    case 'withinDaysAfter':
      return `${subject} is within the next ${condition.days} days`;
    case 'countAtLeast':
      return `${subject} has at least ${condition.count} chosen`;
    case 'countAtMost':
      return `${subject} has at most ${condition.count} chosen`;
    case 'lessThan':
    case 'atMost':
    case 'atLeast':
    case 'moreThan':
    case 'equals':
      return `${subject} ${comparisons[condition.op]} ${amount(condition.value)}`;
    case 'before':
    case 'onOrBefore':
    case 'onOrAfter':
    case 'after':
    case 'onDate':
      return `${subject} ${dates[condition.op]} ${dateInWords(condition.date)}`;
  }
}

/** What an operand is called where only its key is known. */
export function plainOperand(operand: Operand): string {
  if ('question' in operand) return operand.question;
  if ('caseField' in operand) return operand.caseField;
  if ('taskOutcome' in operand) return `Outcome of ${operand.taskOutcome}`;
  return `${operand.taskField.field} of ${operand.taskField.node}`;
}

interface Named {
  label?: string | undefined;
  type?: string | undefined;
  options?: Readonly<Record<string, { label: string }>> | undefined;
}

const known = new WeakMap<object, WeakMap<object, Map<string, Named>>>();

/** Questions by key, whether they are a form's own or the library's; made once for the same forms. */
function questionsByKey({ form, question }: Configuration): Map<string, Named> {
  const made = known.get(form)?.get(question);
  if (made) return made;
  const found = new Map<string, Named>(Object.entries(question));
  for (const { questions } of Object.values(form)) {
    for (const [key, own] of Object.entries(questions)) {
      const shared = own.library === undefined ? undefined : question[own.library];
      if (!found.has(key))
        found.set(key, {
          label: own.label ?? shared?.label,
          type: own.type ?? shared?.type,
          options: own.options ?? shared?.options,
        });
    }
  }
  known.set(form, (known.get(form) ?? new WeakMap()).set(question, found));
  return found;
}

function namesOf(configuration: Configuration): ConditionNames {
  const questions = questionsByKey(configuration);
  const find = (operand: Operand) => ('question' in operand ? questions.get(operand.question) : undefined);
  return {
    operand: (operand) => find(operand)?.label ?? plainOperand(operand),
    option: (operand, value) => find(operand)?.options?.[String(value)]?.label ?? String(value),
    isMoney: (operand) => find(operand)?.type === 'money',
    named: (name) =>
      Object.values(configuration.workflow).find(({ namedConditions }) => namedConditions[name])?.namedConditions[name]
        ?.title ?? name,
  };
}
