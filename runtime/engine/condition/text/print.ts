import type { Condition, Operand, Scalar } from '../../../../schemas/condition.ts';

/** Words of the text form that a key must be quoted to be. */
export const reservedWords: ReadonlySet<string> = new Set(
  'and or not in all any true false yes_no is one of answered unanswered includes count before after on named case outcome task asAt days within'.split(
    ' ',
  ),
);

/** The readable text form of a condition (A3); `parseCondition` gives back exactly the same tree. */
export function printCondition(condition: Condition): string {
  return print(condition, 0);
}

/** The text form over several lines where it is wider than `width`: one clause a line, brackets indented. */
export function layOutCondition(condition: Condition, width = 80): string {
  return layOut(condition, 0, 0, width);
}

function layOut(condition: Condition, around: number, indent: number, width: number): string {
  const line = print(condition, around);
  if (indent + line.length <= width) return line;
  const margin = ' '.repeat(indent);
  if (condition.op === 'not')
    return `not (\n${margin}  ${layOut(condition.condition, 0, indent + 2, width)}\n${margin})`;
  if ((condition.op !== 'all' && condition.op !== 'any') || condition.conditions.length < 2) return line;
  const [word, strength] = condition.op === 'all' ? (['and', 2] as const) : (['or', 1] as const);
  const inBrackets = around >= strength;
  const inner = inBrackets ? indent + 2 : indent;
  const text = condition.conditions
    .map((child) => layOut(child, strength, inner + word.length + 1, width))
    .join(`\n${' '.repeat(inner)}${word} `);
  return inBrackets ? `(\n${' '.repeat(inner)}${text}\n${margin})` : text;
}

// Binding strength of what surrounds a node: or 1, and 2, not 3.
function print(condition: Condition, around: number): string {
  switch (condition.op) {
    case 'all':
      return printList('all', 'and', 2, condition.conditions, around);
    case 'any':
      return printList('any', 'or', 1, condition.conditions, around);
    case 'not':
      return `not (${print(condition.condition, 0)})`;
    case 'named':
      return `named ${printKey(condition.name)}`;
    default:
      return printLeaf(condition);
  }
}

/** Lists of two or more are written with their word between; shorter ones as `all(...)`, so that they come back as lists. */
function printList(
  name: string,
  word: string,
  strength: number,
  conditions: readonly Condition[],
  around: number,
): string {
  if (conditions.length < 2) return `${name}(${conditions.map((child) => print(child, 0)).join(', ')})`;
  const text = conditions.map((child) => print(child, strength)).join(` ${word} `);
  return around >= strength ? `(${text})` : text;
}

type Leaf = Extract<Condition, { of: Operand }>;

function printLeaf(leaf: Leaf): string {
  const of = printOperand(leaf.of);
  switch (leaf.op) {
    case 'answered':
    case 'unanswered':
      return `${leaf.op}(${of})`;
    case 'is':
      return `${of} is ${printScalar(leaf.value)}`;
    case 'isOneOf':
      return `${of} in (${leaf.values.map(printScalar).join(', ')})`;
    case 'includes':
      return `${of} includes ${printScalar(leaf.value)}`;
    case 'includesAny':
    case 'includesAll':
      return `${of} includes ${leaf.op === 'includesAny' ? 'any' : 'all'} (${leaf.values.map(printScalar).join(', ')})`;
    case 'lessThan':
    case 'atMost':
    case 'atLeast':
    case 'moreThan':
    case 'equals':
      return `${of} ${symbols[leaf.op]} ${printNumber(leaf.value)}`;
    case 'between':
      return `${of} in [${printNumber(leaf.from)}..${printNumber(leaf.to)}]`;
    case 'before':
    case 'onOrBefore':
    case 'onOrAfter':
    case 'after':
    case 'onDate':
      return `${of} ${dateWords[leaf.op]} ${leaf.date}`;
    case 'withinDaysBefore':
    case 'withinDaysAfter':
      return `${of} within ${leaf.days} days ${leaf.op === 'withinDaysBefore' ? 'before' : 'after'} asAt`;
    case 'countAtLeast':
    case 'countAtMost':
      return `count(${of}) ${leaf.op === 'countAtLeast' ? '>=' : '<='} ${leaf.count}`;
  }
}

const symbols = { lessThan: '<', atMost: '<=', atLeast: '>=', moreThan: '>', equals: '=' } as const;
const dateWords = {
  before: 'before',
  onOrBefore: 'on or before',
  onOrAfter: 'on or after',
  after: 'after',
  onDate: 'on',
} as const;

/** The text form of what a leaf looks at. */
export function printOperand(operand: Operand): string {
  if ('question' in operand) return printKey(operand.question);
  if ('caseField' in operand) return `case(${printKey(operand.caseField)})`;
  if ('taskOutcome' in operand) return `outcome(${printKey(operand.taskOutcome)})`;
  return `task(${printKey(operand.taskField.node)}, ${printKey(operand.taskField.field)})`;
}

/** A key bare where it reads as a word, else in backquotes. */
export function printKey(key: string): string {
  return /^[A-Za-z_][A-Za-z0-9_-]*$/.test(key) && !reservedWords.has(key) ? key : `\`${key}\``;
}

function printScalar(value: Scalar): string {
  if (typeof value === 'boolean') return value ? 'true' : 'false';
  if (typeof value === 'number') return printNumber(value);
  return /^[A-Za-z_][A-Za-z0-9_-]*$/.test(value) && !reservedWords.has(value) ? value : JSON.stringify(value);
}

function printNumber(value: number): string {
  return Object.is(value, -0) ? '-0' : String(value);
}
