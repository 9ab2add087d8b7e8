import type { Answers, AnswerValue } from '../../../schemas/condition.ts';
import type { FormDocument } from '../../../schemas/form.ts';
import { type EffectiveAnswers, effectiveAnswers } from './effective-answers.ts';
import { isTrue, type NamedConditions } from './evaluate.ts';
import type { Question, Questions } from './question.ts';

/** A form as it is asked on a date (A2). */
export interface AskedForm {
  form: FormDocument | undefined;
  questions: Questions;
  named: NamedConditions;
  asAt: string;
}

/** The answers that count: those to questions that are shown. */
export function settleAnswers(form: AskedForm, answers: Readonly<Answers>): EffectiveAnswers {
  return effectiveAnswers(form.questions, answers, form.asAt, form.named);
}

/** Questions asked now, in order: shown, and for people to answer. */
export function askedQuestions(form: AskedForm, answers: Readonly<Answers>): Question[] {
  return settleAnswers(form, answers).shown.flatMap((key) => {
    const question = form.questions.get(key);
    return question && question.type !== 'calculated' && question.type !== 'file' ? [question] : [];
  });
}

/** Whether a shown question must be answered (required, or required when a condition is true). */
export function isRequired(form: AskedForm, question: Question, answers: Readonly<Answers>): boolean {
  const own = form.form?.questions[question.key];
  if (own?.requiredWhen === undefined) return question.required;
  return isTrue(own.requiredWhen, {
    answers: settleAnswers(form, answers).answers,
    asAt: form.asAt,
    named: form.named,
  });
}

/** Whether nothing was answered. */
export function isMissing(value: AnswerValue | undefined): value is undefined {
  return value === undefined || value === '';
}

const patterns: Record<string, { test: RegExp; words: string }> = {
  email: { test: /^[^\s@]+@[^\s@]+\.[^\s@]+$/, words: 'Enter an e-mail address, like name@example.com' },
  ukPhone: { test: /^(?:\+44|0)[\d ()-]{9,14}$/, words: 'Enter a UK telephone number, like 01632 960 001' },
  ukPostcode: { test: /^[A-Za-z]{1,2}\d[A-Za-z\d]? ?\d[A-Za-z]{2}$/, words: 'Enter a postcode, like SW1A 2AA' },
  nationalInsuranceNumber: {
    test: /^[A-Za-z]{2} ?\d{2} ?\d{2} ?\d{2} ?[A-Da-d]$/,
    words: 'Enter a National Insurance number, like QQ 12 34 56 C',
  },
  uprn: { test: /^\d{1,12}$/, words: 'Enter a property reference of up to 12 digits' },
};

/** What a value breaks of the question's validation, in words; undefined when nothing. */
export function boundsMistake(question: Question, value: AnswerValue): string | undefined {
  const { min, max, minLength, maxLength, whole, pattern } = question.validation;
  if (typeof value === 'number') {
    const shown = (bound: number) => (question.type === 'money' ? `£${(bound / 100).toFixed(2)}` : String(bound));
    if (whole === true && !Number.isInteger(value)) return 'Enter a whole number';
    if (min !== undefined && value < min) return `Enter ${shown(min)} or more`;
    if (max !== undefined && value > max) return `Enter ${shown(max)} or less`;
  }
  if (typeof value === 'string' && (question.type === 'text' || question.type === 'address')) {
    if (minLength !== undefined && value.length < minLength) return `Enter ${minLength} characters or more`;
    if (value.length > (maxLength ?? 5000)) return `Enter ${maxLength ?? 5000} characters or fewer`;
    const known = pattern === undefined ? undefined : patterns[pattern];
    if (known && !known.test.test(value.trim())) return known.words;
  }
  if (Array.isArray(value) && value.length > 1) {
    const alone = question.exclusiveOptions.find((option) => value.includes(option));
    if (alone !== undefined) return `Choose "${question.optionLabels[alone]}" alone, or the others`;
  }
  return undefined;
}

/** What is asked of a person who left a question that must be answered empty. */
export function missingWords({ type }: Question): string {
  switch (type) {
    case 'yes-no':
    case 'choice':
      return 'Select an answer';
    case 'multi-choice':
      return 'Select at least one answer';
    case 'date':
      return 'Enter a date';
    case 'number':
    case 'money':
      return 'Enter a number';
    case 'text':
    case 'address':
    case 'file':
    case 'calculated':
      return 'Enter an answer';
  }
}
