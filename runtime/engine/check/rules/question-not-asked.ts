import { questionLeaves } from '../questions.ts';
import { defineCommonRule } from '../rule.ts';

/** Conditions look at questions that the form asks (A6). */
export const questionNotAsked = defineCommonRule({
  name: 'question-not-asked',
  reads: ['form', 'question'],
  sees: 'shape',
  codes: [
    {
      code: 'QUESTION_NOT_ASKED',
      severity: 'info',
      means:
        'A condition looks at a question that the form of this workflow does not ask, so that this part is never known.',
      cure: 'Add the question to the form or leave that part out.',
    },
  ],
  check: (document, context) =>
    questionLeaves(document, context)
      .filter(({ question, isAsked }) => question !== undefined && isAsked === false)
      .map(({ key, path }) => ({
        code: 'QUESTION_NOT_ASKED',
        severity: 'info',
        path: [...path, 'of', 'question'],
        values: { question: key },
        message: `The form of this workflow does not ask "${key}", so this part of the condition is never known. Add the question to the form or leave it out.`,
      })),
});
