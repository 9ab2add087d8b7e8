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
  condition?: string | null;
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
  const seen = new Set<string>();
  for (const { key, statement } of statements) {
    if (seen.has(key.toLowerCase()))
      throw new Error(`two statements would get the key "${key}"; rename "${statement.name}"`);
    seen.add(key.toLowerCase());
  }
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

/** A document key from a foreign name: characters outside `[A-Za-z0-9_-]` become `_` (cli-contracts.md). */
export function toKey(name: string): string {
  const key = name.replace(/[^A-Za-z0-9_-]/g, '_').slice(0, 64);
  return /^[A-Za-z0-9]/.test(key) ? key : `x${key}`.slice(0, 64);
}

const types: Readonly<Record<string, FormDocument['questions'][string]['type']>> = {
  choice: 'choice',
  single: 'choice',
  multi: 'multi-choice',
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
  const validation = {
    ...(question.minSelected === undefined ? {} : { min: question.minSelected }),
    ...(question.maxSelected === undefined ? {} : { max: question.maxSelected }),
  };
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
    parts.push({ op: 'isOneOf', of: { question: COUNTRY_QUESTION }, values: statement.countries.map(toKey) });
  }
  if (statement.condition) {
    const condition = Object.hasOwn(bank.conditions, statement.condition)
      ? bank.conditions[statement.condition]
      : undefined;
    if (!condition)
      throw new Error(
        `statement "${statement.name}" names the condition "${statement.condition}", which conditions.json does not have`,
      );
    parts.push(toCondition(condition));
  }
  const [first] = parts;
  if (!first) return { order, statements: [key] };
  return { order, statements: [key], when: parts.length === 1 ? first : { op: 'all', conditions: parts } };
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
      return { op: 'is', of, value: toValue(node.v) };
    case 'ne':
      return { op: 'not', condition: { op: 'is', of, value: toValue(node.v) } };
    case 'in':
      return { op: 'isOneOf', of, values: (node.vs ?? []).map(toValue) };
    case 'has':
      return { op: 'includes', of, value: toValue(node.v) };
    case 'hasAny':
    case 'hasAll':
      return { op: node.op === 'hasAny' ? 'includesAny' : 'includesAll', of, values: (node.vs ?? []).map(toValue) };
    case 'answered':
    case 'unanswered':
      return { op: node.op, of };
    case 'lt':
    case 'le':
    case 'ge':
    case 'gt':
      return { op: comparisons[node.op], of, value: Number(node.v) };
    default:
      throw new Error(
        `the operation "${node.op}" is none of and, or, not, eq, ne, in, has, hasAny, hasAll, answered, unanswered, lt, le, ge, gt`,
      );
  }
}

const comparisons = { lt: 'lessThan', le: 'atMost', ge: 'atLeast', gt: 'moreThan' } as const;

function toValue(value: unknown): string | number {
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
