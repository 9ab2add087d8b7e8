import type { Condition, Scalar } from '../../../../schemas/condition.ts';
import { fitsType } from '../../condition/fits-type.ts';
import { questionLeaves } from '../questions.ts';
import { defineCommonRule } from '../rule.ts';

/** Conditions name options that the question has (A1). */
export const optionUnknown = defineCommonRule({
  name: 'option-unknown',
  reads: ['form', 'question'],
  sees: 'shape',
  codes: [
    {
      code: 'OPTION_UNKNOWN',
      severity: 'error',
      means: 'A condition compares a question with something that is none of its options.',
      cure: "Name one of the question's options, or add the option.",
    },
  ],
  check: (document, context) =>
    questionLeaves(document, context).flatMap(({ condition, question, path }) => {
      if (!question || Object.keys(question.options).length === 0 || !fitsType(condition, question.type)) return [];
      const options = Object.keys(question.options);
      return valuesOf(condition)
        .filter((value) => typeof value !== 'string' || !options.includes(value))
        .map((value) => ({
          code: 'OPTION_UNKNOWN',
          severity: 'error' as const,
          path,
          values: { question: question.key, option: value, options },
          message: `"${question.key}" has no option "${String(value)}". Its options are ${options.join(', ')}.`,
        }));
    }),
});

function valuesOf(condition: Condition): readonly Scalar[] {
  if (condition.op === 'is' || condition.op === 'includes') return [condition.value];
  if (condition.op === 'isOneOf' || condition.op === 'includesAny' || condition.op === 'includesAll')
    return condition.values;
  return [];
}
