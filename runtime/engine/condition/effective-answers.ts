import type { Answers, AnswerValue } from '../../../schemas/condition.ts';
import type { Calculation } from '../../../schemas/form.ts';
import { ageOn, toEpochDay } from './dates.ts';
import { type ConditionFacts, isTrue, type NamedConditions } from './evaluate.ts';
import type { Question, Questions } from './question.ts';
import { questionsBehind } from './shape.ts';

/** Answers that count, and why the others do not (A2). */
export interface EffectiveAnswers {
  answers: Answers;
  /** Answers dropped because their question is not shown, by question key. */
  hidden: Answers;
  /** Answers to questions that are not on the form. */
  notOnForm: Answers;
  /** Questions that are shown, in form order. */
  shown: string[];
}

/**
 * Drops answers of questions that are not shown or not on the form, in cascade, and computes calculated
 * questions (A2). A question whose shown-when depends on itself is not shown.
 */
export function effectiveAnswers(
  questions: Questions,
  given: Readonly<Answers>,
  asAt: string,
  named: NamedConditions = {},
): EffectiveAnswers {
  const answers: Answers = {};
  const result: EffectiveAnswers = { answers, hidden: {}, notOnForm: {}, shown: [] };
  const facts: ConditionFacts = { answers, asAt, named };
  const shown = new Set<string>();
  for (const question of inShowOrder(questions, named)) {
    const isShown = question.shownWhen === undefined || isTrue(question.shownWhen, facts);
    if (isShown) shown.add(question.key);
    const value = question.type === 'calculated' ? calculate(question.calculation, facts) : ownAnswer(given, question);
    if (value === undefined) continue;
    if (isShown) answers[question.key] = value;
    else result.hidden[question.key] = value;
  }
  for (const [key, value] of Object.entries(given)) {
    if (!questions.has(key)) result.notOnForm[key] = value;
  }
  result.shown = [...questions.keys()].filter((key) => shown.has(key));
  return result;
}

/** Value of a calculated question (A1), undefined while something it needs is missing. */
export function calculate(calculation: Calculation | undefined, facts: ConditionFacts): AnswerValue | undefined {
  const answers = facts.answers ?? {};
  if (!calculation) return undefined;
  switch (calculation.of) {
    case 'difference': {
      const [minuend, subtrahend] = [answers[calculation.minuend], answers[calculation.subtrahend]];
      return typeof minuend === 'number' && typeof subtrahend === 'number' ? minuend - subtrahend : undefined;
    }
    case 'sum': {
      const terms = calculation.terms.map((term) => answers[term]);
      return terms.every((term) => typeof term === 'number') ? terms.reduce((sum, term) => sum + term, 0) : undefined;
    }
    case 'countSelected': {
      const selected = answers[calculation.question];
      return Array.isArray(selected) ? selected.length : undefined;
    }
    case 'ageAtAsAt':
      return fromDays(answers[calculation.birthDate], facts.asAt, ageOn);
    case 'daysUntil':
      return fromDays(answers[calculation.date], facts.asAt, (day, asAtDay) => day - asAtDay);
  }
}

function fromDays(
  value: AnswerValue | undefined,
  asAt: string | undefined,
  compute: (day: number, asAtDay: number) => number,
): number | undefined {
  const day = typeof value === 'string' ? toEpochDay(value) : undefined;
  const asAtDay = asAt === undefined ? undefined : toEpochDay(asAt);
  return day === undefined || asAtDay === undefined ? undefined : compute(day, asAtDay);
}

/** An empty text is no answer; an empty selection is one (documents.md). */
function ownAnswer(given: Readonly<Answers>, question: Question): AnswerValue | undefined {
  const value = Object.hasOwn(given, question.key) ? given[question.key] : undefined;
  if (value === '') return undefined;
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  return Array.isArray(value) ? [...new Set(value)] : value;
}

/** Questions ordered so that what a shown-when or a calculation looks at comes first; cycles are cut where met. */
export function inShowOrder(questions: Questions, named: NamedConditions): Question[] {
  const cached = showOrders.get(questions);
  if (cached && cached.named === named) return cached.order;
  const order: Question[] = [];
  const seen = new Set<string>();
  const visit = (question: Question): void => {
    if (seen.has(question.key)) return;
    seen.add(question.key);
    for (const key of dependenciesOf(question, named)) {
      const needed = questions.get(key);
      if (needed) visit(needed);
    }
    order.push(question);
  };
  for (const question of questions.values()) visit(question);
  showOrders.set(questions, { named, order });
  return order;
}

// The order depends on the drawing alone and is asked for once per enquiry.
const showOrders = new WeakMap<Questions, { named: NamedConditions; order: Question[] }>();

/** Keys of the questions that must be settled before this one is shown or computed. */
export function dependenciesOf(question: Question, named: NamedConditions): string[] {
  const shownBy = question.shownWhen ? questionsBehind(question.shownWhen, named) : [];
  return [...shownBy, ...inputsOf(question.calculation)];
}

/** Questions a calculation reads. */
export function inputsOf(calculation: Calculation | undefined): string[] {
  if (!calculation) return [];
  switch (calculation.of) {
    case 'difference':
      return [calculation.minuend, calculation.subtrahend];
    case 'sum':
      return [...calculation.terms];
    case 'countSelected':
      return [calculation.question];
    case 'ageAtAsAt':
      return [calculation.birthDate];
    case 'daysUntil':
      return [calculation.date];
  }
}
