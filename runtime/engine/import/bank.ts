import type { AdviceDocument } from '../../../schemas/advice.ts';
import type { CalendarDocument } from '../../../schemas/calendar.ts';
import type { Condition } from '../../../schemas/condition.ts';
import type { FormDocument } from '../../../schemas/form.ts';
import type { WorkflowDocument } from '../../../schemas/workflow.ts';
import { htmlToMarkdown } from './html-to-markdown.ts';

/** A question of a foreign bank in the neutral form. */
export interface BankQuestion {
  id: string;
  kind: string;
  label?: string;
  options?: readonly string[];
  minSelected?: number;
  maxSelected?: number;
  /** Bounds of a number. */
  min?: number;
  max?: number;
  /** Whole numbers only. */
  whole?: boolean;
  showIf?: BankCondition | null;
}

/** A condition of a foreign bank. */
export interface BankCondition {
  op: string;
  q?: string;
  v?: unknown;
  vs?: readonly unknown[];
  c?: BankCondition;
  cs?: readonly BankCondition[];
}

/** A statement of a foreign bank; an absent condition means always. */
export interface BankStatement {
  name: string;
  title?: string;
  description?: string;
  url?: string;
  url_text?: string;
  group?: string;
  countries?: readonly string[] | null;
  /** Name of a condition, or the condition itself. */
  condition?: string | BankCondition | null;
}

export interface Bank {
  questions: readonly BankQuestion[];
  conditions: Readonly<Record<string, BankCondition>>;
  statements: readonly BankStatement[];
}

/** The documents a bank becomes. */
export type BankDocument = FormDocument | WorkflowDocument | AdviceDocument | CalendarDocument;

const COUNTRY_QUESTION = 'where_do_you_live';
const SITE = 'https://www.gov.uk';

/**
 * Turns a bank into one form and one workflow, both keyed `bank`, their calendar, and one statement each
 * (cli-contracts.md). Throws an Error with a sentence when the bank contradicts itself.
 */
export function importBankDocuments(bank: Bank): BankDocument[] {
  const statements = bank.statements.map((statement, index) => ({
    statement,
    key: toKey(statement.name),
    order: index,
  }));
  demandOwnKeys(
    'statements',
    statements.map(({ statement }) => statement.name),
  );
  demandOwnKeys(
    'questions',
    bank.questions.map((question) => question.id),
  );
  const adviceRules = Object.fromEntries(
    statements.map(({ statement, key, order }) => [key, toRule(statement, key, order, bank)]),
  );
  return [
    toForm(bank.questions),
    toWorkflow(adviceRules),
    bankCalendar,
    ...statements.map(({ statement, key, order }) => toStatement(statement, key, order)),
  ];
}

/** Keys differ by more than case; two names that come to one key would silently be one thing. */
function demandOwnKeys(what: string, names: readonly string[]): void {
  const seen = new Map<string, string>();
  for (const name of names) {
    const key = toKey(name).toLowerCase();
    const other = seen.get(key);
    if (other !== undefined)
      throw new Error(`two ${what}, "${other}" and "${name}", would get the key "${toKey(name)}"; rename one of them`);
    seen.set(key, name);
  }
}

/** A document key from a foreign name: characters outside `[A-Za-z0-9_-]` become `_` (cli-contracts.md). */
export function toKey(name: string): string {
  const key = name.replace(/[^A-Za-z0-9_-]/g, '_').slice(0, 64);
  return /^[A-Za-z0-9]/.test(key) ? key : `x${key}`.slice(0, 64);
}

const types: Readonly<Record<string, FormDocument['questions'][string]['type']>> = {
  choice: 'choice',
  single: 'choice',
  multi: 'multi-choice',
  'multi-choice': 'multi-choice',
  'yes-no': 'yes-no',
  boolean: 'yes-no',
  number: 'number',
  money: 'money',
  date: 'date',
  text: 'text',
};

function toForm(questions: readonly BankQuestion[]): FormDocument {
  return {
    kind: 'form',
    format: 1,
    key: 'bank',
    title: 'Imported bank',
    sections: { questions: { order: 1, title: 'Questions' } },
    questions: Object.fromEntries(
      questions.map((question, order) => [toKey(question.id), toQuestion(question, order)]),
    ),
  };
}

function toQuestion(question: BankQuestion, order: number): FormDocument['questions'][string] {
  const type = types[question.kind];
  if (!type)
    throw new Error(
      `question "${question.id}" has the kind "${question.kind}"; known are ${Object.keys(types).join(', ')}`,
    );
  const [min, max] = [question.minSelected ?? question.min, question.maxSelected ?? question.max];
  const validation = {
    ...(min === undefined ? {} : { min }),
    ...(max === undefined ? {} : { max }),
    ...(question.whole === undefined ? {} : { whole: question.whole }),
  };
  demandOwnKeys(`options of question "${question.id}"`, question.options ?? []);
  const options = (question.options ?? []).map((option, index) => [
    toKey(option),
    { order: index + 1, label: toLabel(option) },
  ]);
  return {
    order: order + 1,
    section: 'questions',
    type,
    label: question.label ?? toLabel(question.id),
    ...(options.length > 0 ? { options: Object.fromEntries(options) } : {}),
    ...(Object.keys(validation).length > 0 ? { validation } : {}),
    ...(question.showIf ? { shownWhen: toCondition(question.showIf) } : {}),
  };
}

function toLabel(key: string): string {
  const words = key.replace(/[_-]+/g, ' ').trim();
  return words === '' ? key : words.charAt(0).toUpperCase() + words.slice(1);
}

function toRule(
  statement: BankStatement,
  key: string,
  order: number,
  bank: Bank,
): WorkflowDocument['adviceRules'][string] {
  const parts: Condition[] = [];
  if (statement.countries) {
    if (!bank.questions.some((question) => question.id === COUNTRY_QUESTION))
      throw new Error(`statement "${statement.name}" has countries, but no question "${COUNTRY_QUESTION}" is asked`);
    parts.push(oneOf({ question: COUNTRY_QUESTION }, statement.countries.map(toKey)));
  }
  if (statement.condition) parts.push(toCondition(conditionOf(statement, bank)));
  const [first] = parts;
  if (!first) return { order, statements: [key] };
  return { order, statements: [key], when: parts.length === 1 ? first : { op: 'all', conditions: parts } };
}

function conditionOf(statement: BankStatement, bank: Bank): BankCondition {
  const named = statement.condition;
  if (named !== null && typeof named === 'object') return named;
  const condition = named && Object.hasOwn(bank.conditions, named) ? bank.conditions[named] : undefined;
  if (condition) return condition;
  throw new Error(`statement "${statement.name}" names the condition "${named}", which conditions.json does not have`);
}

/** A neutral condition as a tree of A1; throws when it uses an operation that does not exist. */
export function toCondition(node: BankCondition): Condition {
  const of = { question: toKey(node.q ?? '') };
  switch (node.op) {
    case 'and':
    case 'or':
      return { op: node.op === 'and' ? 'all' : 'any', conditions: (node.cs ?? []).map(toCondition) };
    case 'not':
      if (!node.c) throw new Error('a condition "not" has nothing to negate');
      return { op: 'not', condition: toCondition(node.c) };
    case 'eq':
      return isValue(of, toValue(node.v));
    case 'ne':
      return { op: 'not', condition: isValue(of, toValue(node.v)) };
    case 'in':
      return oneOf(of, (node.vs ?? []).map(toValue));
    case 'has':
      return { op: 'includes', of, value: toValue(node.v) };
    case 'hasAny':
    case 'hasAll':
      return selected(node.op, of, (node.vs ?? []).map(toValue));
    case 'answered':
    case 'unanswered':
      return { op: node.op, of };
    case 'lt':
    case 'le':
    case 'ge':
    case 'gt':
      return { op: comparisons[node.op], of, value: toNumber(node.v, node.op) };
    default:
      throw new Error(
        `the operation "${node.op}" is none of and, or, not, eq, ne, in, has, hasAny, hasAll, answered, unanswered, lt, le, ge, gt`,
      );
  }
}

const comparisons = { lt: 'lessThan', le: 'atMost', ge: 'atLeast', gt: 'moreThan' } as const;

function isValue(of: { question: string }, value: string | number): Condition {
  return typeof value === 'number' ? { op: 'equals', of, value } : { op: 'is', of, value };
}

/** One of no values is false once there is an answer, and unknown before (A2). */
function oneOf(of: { question: string }, values: (string | number)[]): Condition {
  if (values.some((value) => typeof value === 'number'))
    return { op: 'any', conditions: values.map((value) => isValue(of, value)) };
  if (values.length > 0) return { op: 'isOneOf', of, values };
  return {
    op: 'all',
    conditions: [
      { op: 'is', of, value: '' },
      { op: 'not', condition: { op: 'is', of, value: '' } },
    ],
  };
}

/** All of no options are included in every selection, any of none in no selection; before an answer that is unknown. */
function selected(op: 'hasAny' | 'hasAll', of: { question: string }, values: (string | number)[]): Condition {
  if (values.length > 0) return { op: op === 'hasAny' ? 'includesAny' : 'includesAll', of, values };
  if (op === 'hasAll') return { op: 'countAtLeast', of, count: 0 };
  return { op: 'not', condition: { op: 'countAtLeast', of, count: 0 } };
}

function toNumber(value: unknown, op: string): number {
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  throw new Error(`the operation "${op}" compares with ${JSON.stringify(value)}, which is no number`);
}

function toValue(value: unknown): string | number {
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  return typeof value === 'number' ? value : toKey(String(value));
}

function toStatement(statement: BankStatement, key: string, order: number): AdviceDocument {
  const url = statement.url?.startsWith('/') ? `${SITE}${statement.url}` : statement.url;
  const link = url ? `[${statement.url_text ?? statement.title ?? url}](${url})` : '';
  const body = [htmlToMarkdown(statement.description ?? '', SITE), link].filter((part) => part !== '').join('\n\n');
  return {
    kind: 'advice',
    format: 1,
    key,
    title: (statement.title ?? toLabel(statement.name)).slice(0, 200),
    ...(statement.group ? { description: statement.group } : {}),
    body,
    scope: ['bank'],
    // One section, so that the pack keeps the order of the bank.
    section: 'Advice',
    order,
  };
}

function toWorkflow(adviceRules: WorkflowDocument['adviceRules']): WorkflowDocument {
  return {
    kind: 'workflow',
    format: 1,
    key: 'bank',
    title: 'Imported bank',
    category: 'general',
    audience: 'customer',
    privateToOwner: false,
    form: 'bank',
    calendar: 'bank',
    start: 'enquiry submitted',
    sla: { target: { value: 28, unit: 'calendarDays' } },
    namedConditions: {},
    reopen: 'resume',
    ownerRules: {},
    nodes: {},
    links: {},
    lanes: {},
    clocks: {},
    adviceRules,
    holdReasons: {},
    outcomes: { advised: { order: 1, label: 'Advised' } },
    retention: { period: { value: 12, unit: 'months' }, from: 'closed' },
  };
}

const officeHours = [{ start: '09:00', end: '17:00' }];
const bankCalendar: CalendarDocument = {
  kind: 'calendar',
  format: 1,
  key: 'bank',
  title: 'Office hours',
  zone: 'Europe/London',
  weekly: { mon: officeHours, tue: officeHours, wed: officeHours, thu: officeHours, fri: officeHours },
  closed: {},
  openings: {},
};
