import type { Configuration } from '../../../schemas/configuration.ts';
import type { FormDocument, FormQuestion, QuestionDocument, QuestionType } from '../../../schemas/form.ts';

type Options = NonNullable<QuestionDocument['options']>;

/** What a question is on a form: its own fields, or those of the library question it refers to. */
export interface ResolvedQuestion {
  key: string;
  type: QuestionType | undefined;
  options: Options;
}

const yesNo: Options = { yes: { order: 0, label: 'Yes' }, no: { order: 1, label: 'No' } };

/** Questions of a form by key, library questions resolved. */
export function questionsOf(configuration: Configuration, form: FormDocument): Map<string, ResolvedQuestion> {
  return new Map(Object.entries(form.questions).map(([key, question]) => [key, resolve(configuration, key, question)]));
}

/** Every question any form or the library knows, by key; the first that knows it wins. */
export function allQuestions(configuration: Configuration): Map<string, ResolvedQuestion> {
  const known = new Map<string, ResolvedQuestion>();
  for (const question of Object.values(configuration.question))
    known.set(question.key, fromShape(question.key, question));
  for (const form of Object.values(configuration.form)) {
    for (const [key, question] of questionsOf(configuration, form)) if (!known.has(key)) known.set(key, question);
  }
  return known;
}

function resolve(configuration: Configuration, key: string, question: FormQuestion): ResolvedQuestion {
  const library = question.library === undefined ? undefined : configuration.question[question.library];
  return fromShape(
    key,
    library ? { ...library, ...(question.options ? { options: question.options } : {}) } : question,
  );
}

function fromShape(key: string, shape: Pick<FormQuestion, 'type' | 'options'> | QuestionDocument): ResolvedQuestion {
  return { key, type: shape.type, options: shape.type === 'yes-no' ? yesNo : (shape.options ?? {}) };
}
