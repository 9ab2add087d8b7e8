import type { Answers } from '../../../schemas/condition.ts';
import {
  type AskedForm,
  askedQuestions,
  boundsMistake,
  checkAnswers,
  isMissing,
  isRequired,
} from '../../engine/index.ts';
import type { LoadedRelease } from '../definitions/release-store.ts';
import { Problem } from '../problem.ts';

/** One workflow's enquiry form as it is asked on a date. */
export interface EnquiryForm extends AskedForm {
  workflow: string;
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
