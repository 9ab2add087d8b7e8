import type { FormDocument, FormQuestion, QuestionDocument, QuestionType } from '../../../schemas/form.ts';

type Library = Readonly<Record<string, QuestionDocument>>;
type Options = NonNullable<QuestionDocument['options']>;

/** What a question is on a form: its own fields, or those of the library question it refers to. */
export interface ResolvedQuestion {
  key: string;
  type: QuestionType | undefined;
  options: Options;
}

const yesNo: Options = { yes: { order: 0, label: 'Yes' }, no: { order: 1, label: 'No' } };

/** Questions of a form by key, library questions resolved. */
export function questionsOf(library: Library, form: FormDocument): Map<string, ResolvedQuestion> {
  return new Map(Object.entries(form.questions).map(([key, question]) => [key, resolve(library, key, question)]));
}

/** Every question any form or the library knows, by key; the first that knows it wins. */
export function allQuestions(
  questions: readonly QuestionDocument[],
  forms: readonly FormDocument[],
): Map<string, ResolvedQuestion> {
  const library = Object.fromEntries(questions.map((question) => [question.key, question]));
  const known = new Map(questions.map((question) => [question.key, fromShape(question.key, question)]));
  for (const form of forms) {
    for (const [key, question] of Object.entries(form.questions))
      if (!known.has(key)) known.set(key, resolve(library, key, question));
  }
  return known;
}

function resolve(library: Library, key: string, question: FormQuestion): ResolvedQuestion {
  const shared = question.library === undefined ? undefined : library[question.library];
  return fromShape(key, shared ? { ...shared, ...(question.options ? { options: question.options } : {}) } : question);
}

function fromShape(key: string, shape: Pick<FormQuestion, 'type' | 'options'> | QuestionDocument): ResolvedQuestion {
  return { key, type: shape.type, options: shape.type === 'yes-no' ? yesNo : (shape.options ?? {}) };
}
