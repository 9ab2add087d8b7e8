import type { Answers, AnswerValue } from '../../../schemas/condition.ts';
import type { FormDocument } from '../../../schemas/form.ts';
import {
  checkAnswers,
  type EffectiveAnswers,
  effectiveAnswers,
  isTrue,
  type Question,
  type Questions,
} from '../../engine/index.ts';
import type { LoadedRelease } from '../definitions/release-store.ts';
import { Problem } from '../problem.ts';

/** One workflow's enquiry form as it is asked on a date. */
export interface EnquiryForm {
  workflow: string;
  form: FormDocument | undefined;
  questions: Questions;
  named: LoadedRelease['configuration']['workflow'][string]['namedConditions'];
  asAt: string;
}

/** A mistake in an answer, in words for the person who gave it. */
export interface AnswerMistake {
  question: string;
  message: string;
}

export function openForm(release: LoadedRelease, workflow: string, asAt: string): EnquiryForm {
  const { configuration } = release;
  const document = configuration.workflow[workflow];
  const form = document?.form === undefined ? undefined : configuration.form[document.form];
  return {
    workflow,
    form,
    questions: release.adviceOf(workflow).questions,
    named: document?.namedConditions ?? {},
    asAt,
  };
}

export function settle(form: EnquiryForm, answers: Readonly<Answers>): EffectiveAnswers {
  return effectiveAnswers(form.questions, answers, form.asAt, form.named);
}

/** Questions asked now, in order: shown, and for people to answer. */
export function askedQuestions(form: EnquiryForm, answers: Readonly<Answers>): Question[] {
  return settle(form, answers).shown.flatMap((key) => {
    const question = form.questions.get(key);
    return question && question.type !== 'calculated' && question.type !== 'file' ? [question] : [];
  });
}

/** Whether a shown question must be answered (required, or required when a condition is true). */
export function isRequired(form: EnquiryForm, question: Question, answers: Readonly<Answers>): boolean {
  const own = form.form?.questions[question.key];
  if (own?.requiredWhen === undefined) return question.required;
  return isTrue(own.requiredWhen, { answers: settle(form, answers).answers, asAt: form.asAt, named: form.named });
}

/** Everything that is wrong with a set of answers; missing ones too unless `incomplete` is allowed. */
export function mistakesIn(form: EnquiryForm, answers: Readonly<Answers>, incomplete = false): AnswerMistake[] {
  const wrong = checkAnswers(form.questions, answers).map(({ question, message }) => ({ question, message }));
  const unknown = Object.keys(answers)
    .filter((key) => !form.questions.has(key))
    .map((question) => ({ question, message: `The form has no question "${question}".` }));
  const bounds = askedQuestions(form, answers).flatMap((question) => {
    const value = answers[question.key];
    if (isMissing(value)) {
      return !incomplete && isRequired(form, question, answers)
        ? [{ question: question.key, message: `"${question.label}" is not answered.` }]
        : [];
    }
    const message = boundsMistake(question, value);
    return message === undefined ? [] : [{ question: question.key, message }];
  });
  return [...wrong, ...unknown, ...bounds];
}

/** Throws 422 with a pointer to each mistake; nothing when there is none. */
export function refuseMistakes({ form, workflow }: EnquiryForm, mistakes: readonly AnswerMistake[], under = ''): void {
  const [first] = mistakes;
  if (!first) return;
  throw new Problem(422, 'ANSWERS_INVALID', first.message, {
    pointer: `${under}/answers/${first.question}`,
    findings: mistakes.map(({ question, message }) => ({
      code: 'ANSWER_INVALID',
      severity: 'error' as const,
      document: `form/${form?.key ?? workflow}`,
      pointer: `${under}/answers/${question}`,
      values: { question },
      message,
    })),
  });
}

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
