import { z } from 'zod';
import { Answers, AnswerValue } from './condition.ts';
import { Instant, Key, LocalDate } from './ids.ts';
import { Target } from './period.ts';
import { Lag, LinkType } from './workflow.ts';

/** Id of a case task within its case: `NODE` for the first occurrence, `NODE.2` for the second and so on. */
export const CaseTaskId = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,63}(\.[1-9]\d{0,3})?$/)
  .describe('Case task: node key, and ".n" from the second occurrence on.');
const task = { task: CaseTaskId };
const reason = z.string().min(1).max(2000).describe('Reason in words.');

/** What people and the ticker may ask of a case (P8). `advance` is the ticker's empty command (D1). */
export const CaseCommand = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('launch'),
    answers: Answers.describe('Answers of the enquiry, already parsed.'),
    receivedAt: Instant.optional().describe('Retroactive start (C12).'),
    owner: z.string().max(200).optional().describe('Owner chosen by hand.'),
  }),
  z.strictObject({ type: z.literal('advance') }),
  z.strictObject({ type: z.literal('startTask'), ...task }),
  z.strictObject({
    type: z.literal('completeTask'),
    ...task,
    outcome: Key.optional(),
    fields: z.record(Key, AnswerValue).optional(),
  }),
  z.strictObject({
    type: z.literal('holdTask'),
    ...task,
    reason: Key,
    note: z.string().max(2000).optional(),
    reviewOn: LocalDate.optional().describe('Default 5 working days (C13).'),
  }),
  z.strictObject({
    type: z.literal('resumeTask'),
    ...task,
    reason: Key.optional().describe('The reason that ended; absent ends all.'),
  }),
  z.strictObject({ type: z.literal('bypassTask'), ...task, reason }),
  z.strictObject({
    type: z.literal('cancelTask'),
    ...task,
    reason: reason.optional(),
    confirmed: z
      .array(CaseTaskId)
      .optional()
      .describe('The dependants the caller saw and agrees to cancel too; absent asks for the list.'),
  }),
  z.strictObject({ type: z.literal('reopenTask'), ...task, reason }),
  z.strictObject({
    type: z.literal('reassignTask'),
    ...task,
    to: z.string().min(1).max(200).describe('User id, or group:KEY / role:KEY.'),
    reason,
  }),
  z.strictObject({ type: z.literal('claimTask'), ...task }),
  z.strictObject({ type: z.literal('releaseTask'), ...task }),
  z.strictObject({
    type: z.literal('delegateTask'),
    ...task,
    to: z.string().min(1).max(200),
    reason: reason.optional(),
  }),
  z.strictObject({ type: z.literal('returnTask'), ...task, note: z.string().max(2000).optional() }),
  z.strictObject({
    type: z.literal('addTask'),
    node: Key.describe('Manual or repeatable node of the workflow.'),
    predecessors: z
      .array(z.strictObject({ task: CaseTaskId, linkType: LinkType.optional(), lag: Lag.optional() }))
      .optional(),
  }),
  z.strictObject({
    type: z.literal('retargetTask'),
    ...task,
    clock: Key.optional(),
    target: Target.optional(),
    dueOn: LocalDate.optional(),
    reason,
    shiftSuccessors: z
      .boolean()
      .optional()
      .describe(
        'Whether the tasks that follow move with it (T11); without it a change that would move them is refused.',
      ),
  }),
  z.strictObject({ type: z.literal('acknowledge'), ...task }),
  z.strictObject({ type: z.literal('addNote'), task: CaseTaskId.optional(), text: z.string().min(1).max(20_000) }),
  z.strictObject({
    type: z.literal('logContact'),
    task: CaseTaskId.optional(),
    channel: z.enum(['call', 'email', 'letter', 'visit', 'meeting', 'other']),
    direction: z.enum(['in', 'out']),
    text: z.string().max(20_000),
  }),
  z.strictObject({
    type: z.literal('recordFields'),
    ...task,
    fields: z.record(Key, AnswerValue).describe('Information fields filled in so far; an empty text clears one.'),
  }),
  z.strictObject({ type: z.literal('recordReferral'), ...task, agency: Key, text: z.string().max(2000).optional() }),
  z.strictObject({
    type: z.literal('attachDocument'),
    task: CaseTaskId.optional(),
    document: z.string().max(200).describe('Id of the stored document.'),
    name: z.string().min(1).max(300),
  }),
  z.strictObject({
    type: z.literal('holdCase'),
    reason: Key,
    note: z.string().max(2000).optional(),
    reviewOn: LocalDate.optional(),
  }),
  z.strictObject({ type: z.literal('resumeCase') }),
  z.strictObject({ type: z.literal('changeCaseOwner'), to: z.string().min(1).max(200), reason }),
  z.strictObject({ type: z.literal('linkCase'), other: z.string().max(100), relation: z.string().max(100) }),
  z.strictObject({
    type: z.literal('correctAnswers'),
    answers: Answers.describe('The answers that change; an empty text withdraws one.'),
    reason,
  }),
  z.strictObject({
    type: z.literal('recordMoney'),
    amounts: z
      .record(Key, z.number().int().min(0).max(1_000_000_000_00))
      .describe("Budget fields of the workflow, in pence (documents.md, 'money')."),
  }),
  z.strictObject({
    type: z.literal('closeCase'),
    outcome: Key.optional(),
    reason: reason.optional().describe('Needed when mandatory tasks are open (P9).'),
  }),
  z.strictObject({ type: z.literal('cancelCase'), reason }),
  z.strictObject({ type: z.literal('reopenCase'), reason }),
]);
export type CaseCommand = z.infer<typeof CaseCommand>;
export type CaseCommandType = CaseCommand['type'];
