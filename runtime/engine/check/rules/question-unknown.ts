import { questionLeaves } from '../questions.ts';
import { defineCommonRule } from '../rule.ts';

/** Conditions look at questions that exist (A1). */
export const questionUnknown = defineCommonRule({
  name: 'question-unknown',
  reads: ['form', 'question'],
  sees: 'shape',
  codes: [
    {
      code: 'QUESTION_UNKNOWN',
      severity: 'error',
      means: 'A condition looks at a question that no form and no library has.',
      cure: 'Add the question to the form or name another.',
    },
  ],
  check: (document, context) =>
    questionLeaves(document, context)
      .filter(({ question }) => question === undefined)
      .map(({ key, path }) => ({
        code: 'QUESTION_UNKNOWN',
        severity: 'error',
        path: [...path, 'of', 'question'],
        values: { question: key },
        message: `There is no question "${key}". Add it to the form or choose another.`,
      })),
});
