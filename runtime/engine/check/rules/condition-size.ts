import { MAX_CONDITION_DEPTH, MAX_CONDITION_NODES } from '../../../../schemas/condition.ts';
import { measureCondition } from '../../condition/shape.ts';
import { conditionsIn } from '../conditions.ts';
import { defineCommonRule, type RuleFinding } from '../rule.ts';

/** A condition stays within the depth and size that everything else counts on (A1). */
export const conditionSize = defineCommonRule({
  name: 'condition-size',
  reads: [],
  sees: 'shape',
  codes: [
    {
      code: 'CONDITION_TOO_LARGE',
      severity: 'error',
      means: `A condition has more than ${MAX_CONDITION_NODES} parts or is nested more than ${MAX_CONDITION_DEPTH} deep.`,
      cure: 'Split it into named conditions.',
    },
  ],
  check: (document) =>
    conditionsIn(document).flatMap(({ condition, path }): RuleFinding[] => {
      const { depth, nodes } = measureCondition(condition);
      if (depth <= MAX_CONDITION_DEPTH && nodes <= MAX_CONDITION_NODES) return [];
      const message = `The condition at /${path.join('/')} has ${nodes} parts, ${depth} deep; the most is ${MAX_CONDITION_NODES} parts, ${MAX_CONDITION_DEPTH} deep. Split it into named conditions.`;
      return [{ code: 'CONDITION_TOO_LARGE', severity: 'error', path, values: { depth, nodes }, message }];
    }),
});
