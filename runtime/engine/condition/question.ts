import type { Condition } from '../../../schemas/condition.ts';
import type { Configuration } from '../../../schemas/configuration.ts';
import { inOrder } from '../../../schemas/document.ts';
import type { Calculation, FormDocument, QuestionDocument, QuestionType } from '../../../schemas/form.ts';

/** A question as conditions see it: its own fields and those of its library question put together. */
export interface Question {
  readonly key: string;
  readonly type: QuestionType;
  readonly label: string;
  /** Option keys in order; `yes` and `no` for yes-no. */
  readonly options: readonly string[];
  readonly optionLabels: Readonly<Record<string, string>>;
  /** Options that cannot be chosen with others. */
  readonly exclusiveOptions: readonly string[];
  readonly validation: NonNullable<QuestionDocument['validation']>;
  readonly shownWhen?: Condition;
  readonly calculation?: Calculation;
  /** Must be answered whenever it is shown. */
  readonly required: boolean;
}

/** Questions by key, in form order. */
export type Questions = ReadonlyMap<string, Question>;

type Library = Readonly<Record<string, QuestionDocument>>;

/** Questions of one form in order, library questions filled in. A question whose type is nowhere said is text. */
export function formQuestions(form: FormDocument, library: Library): Questions {
  const sections = new Map(inOrder(form.sections).map((section, index) => [section.key, index]));
  const ordered = inOrder(form.questions);
  ordered.sort((a, b) => (sections.get(a.section) ?? 1e9) - (sections.get(b.section) ?? 1e9));
  return new Map(ordered.map((question) => [question.key, toQuestion(question, library)]));
}

/** Questions of a workflow's enquiry form; none when it has no form (A2). */
export function workflowQuestions(configuration: Configuration, workflowKey: string): Questions {
  const formKey = configuration.workflow[workflowKey]?.form;
  const form = formKey === undefined ? undefined : configuration.form[formKey];
  return form ? formQuestions(form, configuration.question) : new Map();
}

type OrderedFormQuestion = FormDocument['questions'][string] & { key: string };

function toQuestion(own: OrderedFormQuestion, library: Library): Question {
  const shared = own.library === undefined ? undefined : library[own.library];
  const type = own.type ?? shared?.type ?? 'text';
  const options = type === 'yes-no' ? yesNo : (own.options ?? shared?.options ?? {});
  const ordered = inOrder(options);
  const calculation = own.calculation ?? shared?.calculation;
  return {
    key: own.key,
    type,
    label: own.label ?? shared?.label ?? own.key,
    options: ordered.map((option) => option.key),
    optionLabels: Object.fromEntries(ordered.map((option) => [option.key, option.label])),
    exclusiveOptions: ordered.filter((option) => option.exclusive === true).map((option) => option.key),
    validation: own.validation ?? shared?.validation ?? {},
    ...(own.shownWhen ? { shownWhen: own.shownWhen } : {}),
    ...(calculation ? { calculation } : {}),
    // A question required only sometimes may be left empty at other times.
    required: (own.required ?? true) && own.requiredWhen === undefined,
  };
}

const yesNo: Readonly<Record<string, NonNullable<QuestionDocument['options']>[string]>> = {
  yes: { order: 0, label: 'Yes' },
  no: { order: 1, label: 'No' },
};
