import type { Condition, Operand } from '../../schemas/condition.ts';
import type { Configuration } from '../../schemas/configuration.ts';
import { dateInWords } from './date-words.ts';

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

/** A condition as a phrase people read. */
export function conditionInWords(condition: Condition, configuration: Configuration): string {
  const inner = (child: Condition) => conditionInWords(child, configuration);
  if ('conditions' in condition) {
    return condition.conditions
      .map((child) => ('conditions' in child ? `(${inner(child)})` : inner(child)))
      .join(condition.op === 'all' ? ' and ' : ' or ');
  }
  if ('condition' in condition) return `not (${inner(condition.condition)})`;
  if ('name' in condition) return `"${condition.name}" holds`;
  const subject = `“${operandInWords(condition.of, configuration)}”`;
  const value = (one: unknown) => optionLabel(condition.of, one, configuration);
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
      return `${subject} is ${condition.from} to ${condition.to}`;
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
      return `${subject} ${comparisons[condition.op]} ${condition.value}`;
    case 'before':
    case 'onOrBefore':
    case 'onOrAfter':
    case 'after':
    case 'onDate':
      return `${subject} ${dates[condition.op]} ${dateInWords(condition.date)}`;
  }
}

export function operandInWords(operand: Operand, configuration: Configuration): string {
  if ('question' in operand) return configuration.question[operand.question]?.label ?? operand.question;
  if ('caseField' in operand) return operand.caseField;
  if ('taskOutcome' in operand) return `Outcome of ${operand.taskOutcome}`;
  return `${operand.taskField.field} of ${operand.taskField.node}`;
}

function optionLabel(operand: Operand, value: unknown, configuration: Configuration): string {
  const options = 'question' in operand ? configuration.question[operand.question]?.options : undefined;
  return options?.[String(value)]?.label ?? String(value);
}
