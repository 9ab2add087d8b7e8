import type { Condition } from '../../schemas/condition.ts';
import type { HpPlan, PlannedQuestion } from './hp-plan.ts';

/** One clause as the fields of a rule ask for it: what to look at, how, and the values in words. */
export interface ClauseWords {
  lookAt: string;
  comparison: string;
  values: string[];
  /** The clause as the rule then reads. */
  sentence: string;
}

/** A condition as an analyst writes it with the rule builder: clauses one behind the other, then what is turned into a not. */
export interface RuleWords {
  joined: 'all' | 'any';
  clauses: { words: ClauseWords; isNot: boolean }[];
}

const comparisons: Readonly<Record<string, string>> = {
  is: 'is',
  isOneOf: 'is one of',
  includes: 'includes',
  includesAny: 'includes any of',
  withinDaysAfter: 'is within the next days',
};

/** What to choose and write for a condition of one level, each clause perhaps turned into a not. */
export function ruleInWords(condition: Condition, { questions }: HpPlan): RuleWords {
  const parts = 'conditions' in condition ? condition.conditions : [condition];
  return {
    joined: condition.op === 'any' ? 'any' : 'all',
    clauses: parts.map((part) => ({
      isNot: part.op === 'not',
      words: clauseInWords(part.op === 'not' ? part.condition : part, questions),
    })),
  };
}

function clauseInWords(clause: Condition, questions: readonly PlannedQuestion[]): ClauseWords {
  const comparison = comparisons[clause.op];
  const key = 'of' in clause && 'question' in clause.of ? clause.of.question : undefined;
  const question = questions.find((one) => one.key === key);
  if (!comparison || !question) throw new Error(`the walk has no words for ${JSON.stringify(clause)}`);
  const given = 'values' in clause ? clause.values : 'value' in clause ? [clause.value] : [];
  const values =
    'days' in clause ? [String(clause.days)] : given.map((value) => optionInWords(question, String(value)));
  const said = 'days' in clause ? `is within the next ${clause.days} days` : `${verbOf(clause)} ${values.join(' or ')}`;
  return { lookAt: question.label, comparison, values, sentence: `“${question.label}” ${said}` };
}

function verbOf({ op }: Condition): string {
  return op.startsWith('includes') ? 'includes' : 'is';
}

/** An answer of a choice as the form words it. */
export function optionInWords({ type, options }: PlannedQuestion, key: string): string {
  if (type === 'yes-no') return key === 'yes' ? 'Yes' : 'No';
  return options.find((option) => option.key === key)?.label ?? key;
}
