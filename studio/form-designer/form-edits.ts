import type { Configuration } from '../../schemas/configuration.ts';
import { inOrder } from '../../schemas/document.ts';
import type { FormDocument, QuestionDocument, QuestionType } from '../../schemas/form.ts';
import { Key } from '../../schemas/ids.ts';
import { type EditCommand, questionsOf, type Use, whereUsed } from '../document/engine.ts';
import { ordersAfterMove } from '../document-editor/entry-order.ts';
import { keyOfTitle } from '../document-editor/new-key.ts';

export type PlacedQuestion = FormDocument['questions'][string] & { key: string };

/** The questions of a form as they are asked: section by section, each in its order. */
export function questionsBySection(form: FormDocument): { key: string; title: string; questions: PlacedQuestion[] }[] {
  const questions = inOrder(form.questions);
  return inOrder(form.sections).map(({ key, title }) => ({
    key,
    title,
    questions: questions.filter((question) => question.section === key),
  }));
}

/** Questions that stand in a section the form does not have. */
export function homelessQuestions(form: FormDocument): PlacedQuestion[] {
  return inOrder(form.questions).filter((question) => !Object.hasOwn(form.sections, question.section));
}

/** Puts a question to a place of a section, counted without itself. */
export function moveQuestion(form: FormDocument, key: string, section: string, to: number): EditCommand | undefined {
  const question = form.questions[key];
  if (!question) return undefined;
  const others = inOrder(form.questions).filter((other) => other.section === section && other.key !== key);
  const orders = Object.entries(ordersAfterMove(others, key, to)).filter(
    ([at, order]) => form.questions[at]?.order !== order,
  );
  if (question.section === section && orders.length === 0) return undefined;
  const set = (of: string, field: string, value: unknown): EditCommand => ({
    type: 'setDocumentField',
    kind: 'form',
    key: form.key,
    path: ['questions', of, field],
    value,
  });
  const commands = [
    ...orders.map(([of, order]) => set(of, 'order', order)),
    ...(question.section === section ? [] : [set(key, 'section', section)]),
  ];
  return { type: 'batch', label: `Move question ${key}`, commands };
}

/** One up or down on the form, over the border of its section into the next. */
export function stepQuestion(form: FormDocument, key: string, by: -1 | 1): EditCommand | undefined {
  const sections = questionsBySection(form);
  const at = sections.findIndex(({ questions }) => questions.some((question) => question.key === key));
  const here = sections[at];
  if (!here) return undefined;
  const place = here.questions.findIndex((question) => question.key === key);
  const next = place + by;
  if (next >= 0 && next < here.questions.length) return moveQuestion(form, key, here.key, next);
  const beside = sections[at + by];
  return beside && moveQuestion(form, key, beside.key, by > 0 ? 0 : beside.questions.length);
}

export interface NewQuestion {
  label: string;
  type: QuestionType;
  /** Made of the label when left out. */
  key?: string;
  options?: Options;
}

/** Adds a question of the form's own at the end of a section. */
export function addQuestion(
  form: FormDocument,
  configuration: Configuration,
  { label, type, key = keyOfQuestion(form, configuration, label), options }: NewQuestion,
  section: string,
): { key: string; command: EditCommand } {
  const value = { order: lastOrder(form, section), section, type, label, ...(options ? { options } : {}) };
  return { key, command: put(form, key, value, `Add question ${key}`) };
}

/** A free key made of a question's words. */
export function keyOfQuestion(form: FormDocument, configuration: Configuration, label: string): string {
  return keyOfTitle(label, [...Object.keys(form.questions), ...Object.keys(configuration.question)]);
}

/** Why a question of a form cannot have a key; undefined when it can. */
export function questionKeyProblem(form: FormDocument, key: string): string | undefined {
  const parsed = Key.safeParse(key);
  if (!parsed.success) return parsed.error.issues[0]?.message ?? 'This is no key.';
  const isTaken = Object.keys(form.questions).some((other) => other.toLowerCase() === key.toLowerCase());
  return isTaken ? `The form already has a question with the key ${key}.` : undefined;
}

type Options = NonNullable<QuestionDocument['options']>;

/**
 * Options written one a line, as typed or as pasted from a list or a sheet: `No fixed address`, or with a key of its
 * own before it, `no_fixed = No fixed address`. They follow those there are.
 */
export function readOptions(text: string, before: Options = {}): Options {
  const options: Options = { ...before };
  for (const line of text.split(/\r?\n/)) {
    const words = line.replace(/^\s*(?:[-*\u2022]|\d+[.)])\s+/, '').trim();
    if (words === '') continue;
    const [, key = '', said = words] = /^([A-Za-z0-9][\w-]{0,63})(?:\s*=\s*|\t+)(\S.*)$/.exec(words) ?? [];
    const order = Math.floor(Math.max(0, ...Object.values(options).map((option) => option.order))) + 1;
    const taken = Object.keys(options);
    const isFree = key !== '' && !taken.some((other) => other.toLowerCase() === key.toLowerCase());
    options[isFree ? key : keyOfTitle(said, taken)] = { order, label: said };
  }
  return options;
}

/** Puts a question of the library on the form, under the library's key where that is free. */
export function reuseQuestion(
  form: FormDocument,
  library: QuestionDocument,
  section: string,
): { key: string; command: EditCommand } {
  const isFree = !Object.keys(form.questions).some((key) => key.toLowerCase() === library.key.toLowerCase());
  const key = isFree ? library.key : keyOfTitle(library.key, Object.keys(form.questions));
  const value = { order: lastOrder(form, section), section, library: library.key };
  return { key, command: put(form, key, value, `Put question ${key} on the form`) };
}

/** Gives the form a question of its own in place of the library's, the same in all it says. */
export function makeOwn(form: FormDocument, key: string, library: QuestionDocument): EditCommand | undefined {
  const placed = form.questions[key];
  if (!placed) return undefined;
  const { library: _, ...rest } = placed;
  const { type, label, hint, options, validation, sensitive, calculation } = library;
  const shared = { type, label, hint, options, validation, sensitive, calculation };
  const kept = Object.fromEntries(Object.entries(shared).filter(([, value]) => value !== undefined));
  return put(form, key, { ...kept, ...rest }, `Make ${key} a question of this form`);
}

/** Puts a question of the form into the library, and the library's in its place. */
export function share(form: FormDocument, key: string): EditCommand | undefined {
  const placed = form.questions[key];
  if (!placed || placed.library !== undefined) return undefined;
  const { order, section, shownWhen, required, requiredWhen, ...said } = placed;
  const document = { kind: 'question', format: 1, key, title: said.label ?? key, label: key, type: 'text', ...said };
  const left = { order, section, library: key, shownWhen, required, requiredWhen };
  const value = Object.fromEntries(Object.entries(left).filter(([, one]) => one !== undefined));
  return {
    type: 'batch',
    label: `Share question ${key} with other forms`,
    commands: [
      { type: 'putDocument', document: document as QuestionDocument },
      { type: 'setDocumentField', kind: 'form', key: form.key, path: ['questions', key], value },
    ],
  };
}

/** Questions of the form whose being asked hangs on the answer to this one. */
export function decidedBy(form: FormDocument, key: string): string[] {
  return inOrder(form.questions)
    .filter((question) => question.shownWhen && questionsOf(question.shownWhen).includes(key))
    .map((question) => question.key);
}

/** Places that would miss a question of this form: its form, the workflows that ask it, and their statements and tests. */
export function usesOnForm(configuration: Configuration, form: FormDocument, key: string): Use[] {
  const workflows = Object.values(configuration.workflow).filter((workflow) => workflow.form === form.key);
  const asked = new Set(workflows.map((workflow) => workflow.key));
  const elsewhere = Object.values(configuration.form).some(
    (other) => other.key !== form.key && Object.hasOwn(other.questions, key),
  );
  return whereUsed(configuration, 'question', key).filter(({ document, pointer }) => {
    const [kind = '', of = ''] = document.split('/');
    if (kind === 'form') return of === form.key && !pointer.startsWith(`/questions/${key}/`);
    if (kind === 'workflow') return asked.has(of);
    if (kind === 'test') return asked.has(configuration.test[of]?.workflow ?? '');
    return kind !== 'question' && !elsewhere;
  });
}

function lastOrder(form: FormDocument, section: string): number {
  const here = Object.values(form.questions).filter((question) => question.section === section);
  return Math.floor(Math.max(0, ...here.map((question) => question.order))) + 1;
}

function put(form: FormDocument, key: string, value: unknown, label: string): EditCommand {
  const path = ['questions', key];
  return {
    type: 'batch',
    label,
    commands: [{ type: 'setDocumentField', kind: 'form', key: form.key, path, value }],
  };
}
