import type { AnyDocument } from '../../../schemas/configuration.ts';
import type { FormDocument, FormQuestion } from '../../../schemas/form.ts';
import type { TaskDocument } from '../../../schemas/task.ts';
import { changedParts, isSame } from './parts.ts';
import { conditionWords, valueWords } from './words.ts';
import { entries, fieldChange, fieldChanges, saidOfWorkflows, workflowSentences } from './workflow-sentences.ts';

/** What changed in one document, one sentence a change, without full stop. */
export function documentSentences(from: AnyDocument, to: AnyDocument): string[] {
  if (from.kind === 'workflow' && to.kind === 'workflow')
    return [...workflowSentences(from, to), ...rest(from, to, saidOfWorkflows)];
  if (from.kind === 'task' && to.kind === 'task') return taskSentences(from, to);
  if (from.kind === 'form' && to.kind === 'form') return formSentences(from, to);
  if (from.kind === 'question' && to.kind === 'question')
    return [...optionSentences(to.key, from.options, to.options), ...rest(from, to, ['options'])];
  return rest(from, to, []);
}

function taskSentences(from: TaskDocument, to: TaskDocument): string[] {
  return [
    ...entries(
      from.outcomes,
      to.outcomes,
      (key) => `${to.key} has the new outcome ${key}`,
      (key) => `${to.key} has not the outcome ${key} any more`,
      (key, a, b) => fieldChanges(`outcome ${key} of ${to.key}`, a, b),
    ),
    ...entries(
      from.fields,
      to.fields,
      (key, field) => `${to.key} has the new field ${key}${field.mandatory ? ', mandatory' : ''}`,
      (key) => `${to.key} has not the field ${key} any more`,
      (key, a, b) => fieldChanges(`field ${key} of ${to.key}`, a, b),
    ),
    ...(isSame(from.sla, to.sla) ? [] : [`${to.key} now has ${slaWords(to)}, was ${slaWords(from)}`]),
    ...rest(from, to, ['outcomes', 'fields', 'sla']),
  ];
}

function slaWords({ sla }: TaskDocument): string {
  if (!('target' in sla)) return Object.keys(sla).join(' and ');
  const { target, amber } = sla as { target: unknown; amber?: { before?: unknown; percent?: number } };
  if (amber === undefined) return valueWords(target);
  const warning = amber.before === undefined ? `at ${amber.percent} %` : `${valueWords(amber.before)} before`;
  return `${valueWords(target)} (amber ${warning})`;
}

function formSentences(from: FormDocument, to: FormDocument): string[] {
  return [
    ...entries(
      from.questions,
      to.questions,
      (key) => `${to.key} now asks ${key}`,
      (key) => `${to.key} does not ask ${key} any more`,
      (key, a, b) => questionSentences(key, a, b),
    ),
    ...rest(from, to, ['questions']),
  ];
}

function questionSentences(key: string, from: FormQuestion, to: FormQuestion): string[] {
  const { options: old, shownWhen: before, ...a } = from;
  const { options: now, shownWhen: after, ...b } = to;
  const shown = isSame(before, after)
    ? []
    : [`${key} is now asked ${conditionWords(after)}, was ${conditionWords(before)}`];
  return [...optionSentences(key, old, now), ...shown, ...fieldChanges(`question ${key}`, a, b)];
}

type Options = FormQuestion['options'];

function optionSentences(question: string, from: Options = {}, to: Options = {}): string[] {
  return entries(
    from,
    to,
    (key) => `${question} has the new option ${key}`,
    (key) => `${question} has not the option ${key} any more`,
    (key, a, b) => fieldChanges(`option ${key} of ${question}`, a, b),
  );
}

/** Every other part, by the names of its fields. */
function rest(from: AnyDocument, to: AnyDocument, said: readonly string[]): string[] {
  return changedParts(from, to)
    .filter(({ path: [first = ''] }) => !said.includes(first))
    .filter(({ path }) => path.at(-1) !== 'order')
    .map(({ path, from: old, to: now }) =>
      path[0] === 'body' ? `the text of ${to.key} was rewritten` : fieldChange(path, to.key, old, now),
    );
}
