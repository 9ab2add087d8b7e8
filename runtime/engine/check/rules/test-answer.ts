import type { Answers } from '../../../../schemas/condition.ts';
import type { DocumentOf } from '../../../../schemas/configuration.ts';
import { questionsOf } from '../form-questions.ts';
import { defineRule, type RuleFinding } from '../rule.ts';

/** Saved tests answer questions with options they have: a test that answers anything else proves nothing (A6). */
export const testAnswer = defineRule({
  name: 'test-answer',
  kind: 'test',
  reads: ['workflow', 'form', 'question'],
  codes: [
    {
      code: 'TEST_ANSWER_UNKNOWN',
      severity: 'warning',
      means: 'A saved test answers a question with an option the question does not have.',
      cure: 'Answer with one of its options, or add the option to the question.',
    },
  ],
  check: (test, { configuration }) => {
    const workflow = configuration.workflow[test.workflow];
    const form = workflow?.form === undefined ? undefined : configuration.form[workflow.form];
    if (!form) return [];
    const questions = questionsOf(configuration.question, form);
    return answersOf(test).flatMap(({ answers, path }) =>
      Object.entries(answers).flatMap(([key, value]): RuleFinding[] => {
        const options = Object.keys(questions.get(key)?.options ?? {});
        const chosen = Array.isArray(value) ? value : typeof value === 'string' ? [value] : [];
        const unknown = options.length === 0 ? [] : chosen.filter((one) => !options.includes(one));
        return unknown.map((option) => ({
          code: 'TEST_ANSWER_UNKNOWN',
          severity: 'warning',
          path: [...path, key],
          values: { question: key, option, options },
          message: `The test answers "${key}" with "${option}", which is none of its options: ${options.join(', ')}. Answer with one of them, or add the option to the question.`,
        }));
      }),
    );
  },
});

/** The answers a test gives, those of a script's launch too. */
function answersOf({ answers = {}, script = [] }: DocumentOf<'test'>) {
  const launched = script.flatMap(({ command }, at) => {
    const given = command?.['type'] === 'launch' ? command['answers'] : undefined;
    return typeof given === 'object' && given !== null
      ? [{ answers: given as Answers, path: ['script', String(at), 'command', 'answers'] }]
      : [];
  });
  return [{ answers, path: ['answers'] }, ...launched];
}
