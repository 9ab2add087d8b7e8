import { typesFor } from '../../condition/fits-type.ts';
import { questionLeaves } from '../questions.ts';
import { defineCommonRule, type RuleFinding } from '../rule.ts';

/** Conditions compare a question as its type allows (A1). */
export const conditionType = defineCommonRule({
  name: 'condition-type',
  reads: ['form', 'question'],
  sees: 'shape',
  codes: [
    {
      code: 'CONDITION_TYPE',
      severity: 'error',
      means: 'A condition compares a question in a way its type does not allow: a number where a choice is expected.',
      cure: 'Use a comparison for that type of question.',
    },
    {
      code: 'CONDITION_RANGE_EMPTY',
      severity: 'error',
      means: 'A condition asks for a number between two bounds of which the first is the larger.',
      cure: 'Swap the bounds.',
    },
  ],
  check: (document, context) =>
    questionLeaves(document, context).flatMap(({ condition, question, path }): RuleFinding[] => {
      if (condition.op === 'between' && condition.from > condition.to) {
        const message = `The condition at /${path.join('/')} asks for between ${condition.from} and ${condition.to}, which no number is. Swap the bounds.`;
        return [
          {
            code: 'CONDITION_RANGE_EMPTY',
            severity: 'error',
            path,
            values: { from: condition.from, to: condition.to },
            message,
          },
        ];
      }
      const allowed = typesFor(condition.op);
      if (!question?.type || !allowed || allowed.includes(question.type)) return [];
      const message = `"${question.key}" is a ${question.type} question, so "${condition.op}" cannot be asked of it. Use it on ${allowed.join(', ')} questions.`;
      const values = { question: question.key, type: question.type, op: condition.op };
      return [{ code: 'CONDITION_TYPE', severity: 'error', path, values, message }];
    }),
});
