import type { Answers } from '../../../schemas/condition.ts';
import type { Configuration } from '../../../schemas/configuration.ts';
import type { Finding } from '../../../schemas/finding.ts';
import { workflowQuestions } from '../condition/question.ts';
import type { EditCommand } from '../edit/command.ts';
import { heldOptions } from './held-options.ts';

/** Options that a configuration no longer offers in the form of a workflow, beside the one before. */
export interface RemovedOption {
  readonly workflow: string;
  readonly question: string;
  readonly option: string;
}

/** Options of choice questions that were offered before and are not any more; a question that is gone is not among them. */
export function removedOptions(before: Configuration, after: Configuration): RemovedOption[] {
  return Object.keys(after.workflow).flatMap((workflow) => {
    const now = workflowQuestions(after, workflow);
    return [...workflowQuestions(before, workflow)].flatMap(([question, { type, options }]) => {
      const kept = now.get(question);
      if ((type !== 'choice' && type !== 'multi-choice') || !kept) return [];
      return options
        .filter((option) => !kept.options.includes(option))
        .map((option) => ({ workflow, question, option }));
    });
  });
}

/** Which of the removed options an open case of a workflow holds among its answers. */
export function removedAndHeld(
  removed: readonly RemovedOption[],
  after: Configuration,
  workflow: string,
  answers: Answers,
): RemovedOption[] {
  const own = removed.filter((one) => one.workflow === workflow);
  if (own.length === 0) return [];
  const held = heldOptions({ questions: Object.fromEntries(workflowQuestions(after, workflow)) }, answers);
  return own.filter(({ question, option }) => held.some((one) => one.question === question && one.option === option));
}

/** A finding for each option that is to go while open cases hold it (R2), with the edit that puts it back; `counts` are those cases. */
export function findingsOfRemoved(
  before: Configuration,
  after: Configuration,
  counts: ReadonlyMap<RemovedOption, number>,
): Finding[] {
  // Forms that share a question of the library lose the option at one place.
  const places = new Map<string, { one: RemovedOption; place: Place; cases: number }>();
  for (const [one, cases] of counts) {
    const place = placeOf(after, one.workflow, one.question);
    const name = JSON.stringify([place, one.option]);
    places.set(name, { one, place, cases: cases + (places.get(name)?.cases ?? 0) });
  }
  return [...places.values()].map(({ one, place, cases }) => optionRemoved(before, after, one, { place, cases }));
}

function optionRemoved(
  before: Configuration,
  after: Configuration,
  { workflow, question, option }: RemovedOption,
  { place, cases }: { place: Place; cases: number },
): Finding {
  const known = workflowQuestions(before, workflow).get(question);
  const label = known?.optionLabels[option] ?? option;
  const hold = cases === 1 ? '1 open case holds' : `${cases} open cases hold`;
  const drawn = optionsAt(before, placeOf(before, workflow, question))?.[option];
  const restore: EditCommand = {
    type: 'setDocumentField',
    kind: place.kind,
    key: place.key,
    path: [...place.path, option],
    value: drawn ?? { label, order: Object.keys(optionsAt(after, place) ?? {}).length + 1 },
  };
  return {
    code: 'OPTION_REMOVED',
    severity: 'warning',
    document: `${place.kind}/${place.key}`,
    pointer: `/${place.path.join('/')}`,
    values: { question, option, cases },
    message: `The answer "${label}" to "${known?.label ?? question}" is no option any more, and ${hold} it: they cannot move to this release. Put the option back, correct the answers, or leave those cases where they are.`,
    fix: { ...restore },
  };
}

interface Place {
  readonly kind: 'form' | 'question';
  readonly key: string;
  readonly path: string[];
}

/** Where the options of a question are written: in the form, or in the question library. */
function placeOf(configuration: Configuration, workflow: string, question: string): Place {
  const form = configuration.workflow[workflow]?.form ?? '';
  const own = configuration.form[form]?.questions[question];
  if (own && own.options === undefined && own.library !== undefined)
    return { kind: 'question', key: own.library, path: ['options'] };
  return { kind: 'form', key: form, path: ['questions', question, 'options'] };
}

function optionsAt(configuration: Configuration, { kind, key, path }: Place): Record<string, unknown> | undefined {
  const options =
    kind === 'question'
      ? configuration.question[key]?.options
      : configuration.form[key]?.questions[path[1] ?? '']?.options;
  return options as Record<string, unknown> | undefined;
}
