import type { FormDocument } from '../../../../schemas/form.ts';
import { inputsOf } from '../../condition/effective-answers.ts';
import { questionsBehind } from '../../condition/shape.ts';
import { findCycleGroups } from '../cycle-groups.ts';
import { questionsOf } from '../form-questions.ts';
import { type CheckContext, defineRule, type RuleFinding } from '../rule.ts';

/** A form's questions stand in sections it has, can be answered, and do not wait for one another to be shown. */
export const formParts = defineRule({
  name: 'form-parts',
  kind: 'form',
  reads: ['question'],
  codes: [
    {
      code: 'SECTION_UNKNOWN',
      severity: 'error',
      means: 'A question stands in a section that the form does not have, so that it is on no page.',
      cure: 'Add the section or choose another.',
    },
    {
      code: 'QUESTION_WITHOUT_OPTIONS',
      severity: 'error',
      means: 'A choice has no options: nobody could answer it.',
      cure: 'Add options.',
    },
    {
      code: 'QUESTION_WITHOUT_TYPE',
      severity: 'error',
      means: 'A question says neither what type of answer it takes nor which library question it is.',
      cure: 'Give it a type or a library question.',
    },
    {
      code: 'FORM_CYCLE',
      severity: 'error',
      means: 'Questions are shown depending on each other in a circle, so that none of them is ever shown.',
      cure: 'Ask one of them always.',
    },
    {
      code: 'CALCULATION_INPUT_UNKNOWN',
      severity: 'error',
      means: 'A calculated question counts with a question that the form does not ask.',
      cure: 'Add the question to the form or count with another.',
    },
  ],
  check: (form, context) => [...questionFindings(form, context), ...cycles(form, context)],
});

function questionFindings(form: FormDocument, { configuration }: CheckContext): RuleFinding[] {
  const resolved = questionsOf(configuration.question, form);
  return Object.entries(form.questions).flatMap(([key, question]): RuleFinding[] => {
    const path = ['questions', key];
    const library = question.library === undefined ? undefined : configuration.question[question.library];
    const found = (code: string, at: string[], message: string): RuleFinding => ({
      code,
      severity: 'error',
      path: [...path, ...at],
      values: { question: key },
      message,
    });
    const { type, options } = resolved.get(key) ?? { type: undefined, options: {} };
    const isChoice = type === 'choice' || type === 'multi-choice';
    const missing = inputsOf(question.calculation ?? library?.calculation).filter((one) => !resolved.has(one));
    return [
      ...(Object.hasOwn(form.sections, question.section)
        ? []
        : [
            found(
              'SECTION_UNKNOWN',
              ['section'],
              `Question "${key}" stands in section "${question.section}", which the form does not have. Add the section or choose another.`,
            ),
          ]),
      ...(type === undefined && question.library === undefined
        ? [
            found(
              'QUESTION_WITHOUT_TYPE',
              [],
              `Question "${key}" has neither a type nor a library question. Give it one of them.`,
            ),
          ]
        : []),
      ...(isChoice && Object.keys(options).length === 0
        ? [
            found(
              'QUESTION_WITHOUT_OPTIONS',
              ['options'],
              `Question "${key}" is a choice without options: nobody could answer it. Add options.`,
            ),
          ]
        : []),
      ...missing.map((one) =>
        found(
          'CALCULATION_INPUT_UNKNOWN',
          ['calculation'],
          `Question "${key}" counts with "${one}", which the form does not ask. Add it to the form or count with another.`,
        ),
      ),
    ];
  });
}

function cycles(form: FormDocument, { configuration }: CheckContext): RuleFinding[] {
  const waits = Object.entries(form.questions).flatMap(([to, question]) => {
    const library = question.library === undefined ? undefined : configuration.question[question.library];
    const from = [
      ...(question.shownWhen ? questionsBehind(question.shownWhen, {}) : []),
      ...inputsOf(question.calculation ?? library?.calculation),
    ];
    return from.map((one) => ({ from: one, to }));
  });
  return findCycleGroups(Object.keys(form.questions), waits).map(({ cycle, members }) => ({
    code: 'FORM_CYCLE',
    severity: 'error',
    path: ['questions', cycle[0] ?? '', 'shownWhen'],
    values: { cycle, members },
    message: `These questions wait for each other: ${[...cycle, cycle[0]].join(' -> ')}. Ask one of them always.`,
  }));
}
