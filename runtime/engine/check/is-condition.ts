import type { Condition } from '../../../schemas/condition.ts';

/** Whether a value inside a parsed document is a condition; after the parse, `op` stands in conditions alone. */
export function isCondition(value: object): value is Condition {
  return 'op' in value && typeof value.op === 'string';
}
