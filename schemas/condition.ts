import { z } from 'zod';
import { Key, LocalDate } from './ids.ts';

/** What a leaf looks at: a question of the form, or a fact of the case. */
export const Operand = z
  .union([
    z.strictObject({ question: Key.describe('Question key.') }),
    z.strictObject({ caseField: Key.describe('Field of the case, for example workflow, owner, stage.') }),
    z.strictObject({ taskOutcome: Key.describe('Node key: the outcome of its latest completed occurrence.') }),
    z.strictObject({
      taskField: z.strictObject({
        node: Key.describe('Node key.'),
        field: Key.describe("Information field of the node's task."),
      }),
    }),
  ])
  .describe('What is looked at.');
export type Operand = z.infer<typeof Operand>;

const Scalar = z
  .union([z.string().max(1000), z.number(), z.boolean()])
  .describe('Option key, text, number (money in pence), or yes/no as true/false.');
export type Scalar = z.infer<typeof Scalar>;

const of = { of: Operand };
const values = z.array(Scalar).min(1).max(500);
const days = z.number().int().min(0).max(40_000);

/** Leaves and nodes of the one closed condition tree (A1). */
export type Condition =
  | { op: 'answered' | 'unanswered'; of: Operand }
  | { op: 'is'; of: Operand; value: Scalar }
  | { op: 'isOneOf'; of: Operand; values: Scalar[] }
  | { op: 'includes'; of: Operand; value: Scalar }
  | { op: 'includesAny' | 'includesAll'; of: Operand; values: Scalar[] }
  | { op: 'lessThan' | 'atMost' | 'atLeast' | 'moreThan' | 'equals'; of: Operand; value: number }
  | { op: 'between'; of: Operand; from: number; to: number }
  | { op: 'before' | 'onOrBefore' | 'onOrAfter' | 'after' | 'onDate'; of: Operand; date: string }
  | { op: 'withinDaysBefore' | 'withinDaysAfter'; of: Operand; days: number }
  | { op: 'countAtLeast' | 'countAtMost'; of: Operand; count: number }
  | { op: 'named'; name: Key }
  | { op: 'all' | 'any'; conditions: Condition[] }
  | { op: 'not'; condition: Condition };

/** Limits of A1: the deepest tree and the largest number of nodes accepted. */
export const MAX_CONDITION_DEPTH = 32;
export const MAX_CONDITION_NODES = 2_000;

export const Condition: z.ZodType<Condition> = z
  .lazy(() =>
    z.discriminatedUnion('op', [
      z.strictObject({ op: z.enum(['answered', 'unanswered']), ...of }),
      z.strictObject({ op: z.literal('is'), ...of, value: Scalar }),
      z.strictObject({ op: z.literal('isOneOf'), ...of, values }),
      z.strictObject({ op: z.literal('includes'), ...of, value: Scalar }),
      z.strictObject({ op: z.enum(['includesAny', 'includesAll']), ...of, values }),
      z.strictObject({ op: z.enum(['lessThan', 'atMost', 'atLeast', 'moreThan', 'equals']), ...of, value: z.number() }),
      z.strictObject({ op: z.literal('between'), ...of, from: z.number(), to: z.number() }),
      z.strictObject({ op: z.enum(['before', 'onOrBefore', 'onOrAfter', 'after', 'onDate']), ...of, date: LocalDate }),
      z.strictObject({ op: z.enum(['withinDaysBefore', 'withinDaysAfter']), ...of, days }),
      z.strictObject({ op: z.enum(['countAtLeast', 'countAtMost']), ...of, count: z.number().int().min(0).max(1000) }),
      z.strictObject({ op: z.literal('named'), name: Key }),
      z.strictObject({ op: z.enum(['all', 'any']), conditions: z.array(Condition).max(MAX_CONDITION_NODES) }),
      z.strictObject({ op: z.literal('not'), condition: Condition }),
    ]),
  )
  .meta({
    id: 'condition',
    description: 'The one closed condition tree (A1): leaves compare, all/any/not combine; three truth values (A2).',
  });

/** An answer as stored: option key, option keys, number (money in pence), date, text, yes/no. Absent = not answered. */
export const AnswerValue = z
  .union([z.string().max(20_000), z.number(), z.boolean(), z.array(z.string().max(200)).max(500)])
  .describe('An answer.');
export type AnswerValue = z.infer<typeof AnswerValue>;

/** Answers by question key. */
export const Answers = z
  .record(Key, AnswerValue)
  .describe('Answers by question key; a question without an answer is left out.');
export type Answers = z.infer<typeof Answers>;
