import { z } from 'zod';
import { OwnerRules } from './allocation.ts';
import { Condition } from './condition.ts';
import { documentFields, Order } from './document.ts';
import { Key, LocalDate } from './ids.ts';
import { DayOne, DueAt, Period, PeriodUnit, Roll, SlaSet } from './period.ts';
import { Estimate, HoldReasons, Recurrence } from './task.ts';

export const Activation = z
  .union([z.enum(['automatic', 'manual']), z.strictObject({ when: Condition })])
  .describe(
    'automatic: when its predecessors allow; manual: when someone adds it; when: automatic if the condition is true at that moment, else not applicable (P4).',
  );
export type Activation = z.infer<typeof Activation>;

const nodeFields = {
  title: z.string().max(200).optional().describe('Title on the drawing; by default that of its task.'),
  order: Order,
  lane: Key.optional().describe('Lane key.'),
};

export const TaskNode = z.strictObject({
  type: z.literal('task'),
  ...nodeFields,
  task: Key.describe('Task document.'),
  activation: Activation,
  mandatory: z.boolean().describe('A mandatory task cannot be bypassed; closing needs it complete (P9).'),
  outsideSla: z.boolean().optional().describe('Left out of the plan against the case SLA.'),
  notBefore: LocalDate.optional().describe('Does not start before this date (S6).'),
  sla: SlaSet.optional().describe("Instead of the task document's SLA."),
  ladder: Key.optional().describe("Instead of the task document's ladder."),
  ownerRules: OwnerRules.optional().describe("Instead of the task document's owner rules."),
  estimate: Estimate.optional().describe("Instead of the task document's estimate."),
  recurrence: Recurrence.optional().describe("Instead of the task document's recurrence."),
  source: z.string().max(500).optional().describe('Legal or local source.'),
});
export const CommunicationNode = z.strictObject({
  type: z.literal('communication'),
  ...nodeFields,
  template: Key.describe('Template document.'),
  to: z.array(z.string().max(200)).min(1).describe('Recipient selectors (E10).'),
  channel: z.enum(['email', 'sms', 'letter', 'inApp', 'webhook']).describe('Channel.'),
});
export const DecisionNode = z.strictObject({
  type: z.literal('decision'),
  ...nodeFields,
  branches: z
    .record(
      Key,
      z.strictObject({
        order: Order,
        when: Condition,
        label: z.string().min(1).max(200).describe('Label on its links.'),
      }),
    )
    .describe('Branches in order; the first whose condition is true is taken (P6).'),
  otherwise: z
    .strictObject({ label: z.string().min(1).max(200).describe('Label of the default.') })
    .optional()
    .describe('The default branch, named "otherwise" in links.'),
});
export const MilestoneNode = z.strictObject({
  type: z.literal('milestone'),
  ...nodeFields,
  stage: z.string().min(1).max(100).describe('Stage the case reaches.'),
});
export const EndNode = z.strictObject({
  type: z.literal('end'),
  ...nodeFields,
  outcome: Key.describe('Outcome of the case.'),
});

export const WorkflowNode = z
  .discriminatedUnion('type', [TaskNode, CommunicationNode, DecisionNode, MilestoneNode, EndNode])
  .describe('A node of the drawing (P1).');
export type WorkflowNode = z.infer<typeof WorkflowNode>;
export type TaskNode = z.infer<typeof TaskNode>;

export const LinkType = z.enum(['FS', 'SS', 'FF', 'SF']);
export type LinkType = z.infer<typeof LinkType>;

export const Lag = z
  .strictObject({
    value: z.number().int().min(-100_000).max(100_000).describe('How much; negative is a lead.'),
    unit: PeriodUnit,
    basis: z.enum(['working', 'elapsed']).describe("working: in the link's calendar; elapsed: calendar time (S3)."),
  })
  .describe('Lag of a link (S3).');
export type Lag = z.infer<typeof Lag>;

export const Link = z
  .strictObject({
    order: Order,
    from: Key.describe('Predecessor node.'),
    to: Key.describe('Successor node.'),
    type: LinkType.describe('FS, SS, FF or SF.'),
    lag: Lag.optional(),
    calendar: Key.optional().describe("Calendar of the lag; by default the successor's."),
    branch: z.string().max(64).optional().describe('Branch key when from is a decision ("otherwise" for the default).'),
  })
  .describe('A dependency (P2).');
export type Link = z.infer<typeof Link>;

export const StatutoryClock = z
  .strictObject({
    order: Order,
    title: z.string().max(200).optional().describe('Title people see.'),
    anchor: z
      .union([z.strictObject({ caseLaunch: z.literal(true) }), z.strictObject({ completionOf: z.array(Key).min(1) })])
      .describe('What starts it: the launch of the case, or the completion of one of these nodes.'),
    each: z.boolean().optional().describe('One clock per completion.'),
    when: Condition.optional(),
    period: z
      .strictObject({
        value: z.number().int().min(1).max(100_000),
        unit: PeriodUnit,
        dayOne: DayOne.optional(),
        dueAt: DueAt.optional(),
        roll: Roll.optional(),
        calendar: Key.optional(),
      })
      .describe('The period the law sets.'),
    mustContain: z.array(Key).optional().describe('Nodes that must finish inside the period.'),
    onEnd: z.string().max(1000).describe('What its end means.'),
    endIs: z
      .enum(['breach', 'lapse'])
      .optional()
      .describe(
        'Whether its end is a breach of the law, or a right or duty that runs out; default: a breach where it must contain nodes.',
      ),
    source: z.string().max(500).describe('The provision it comes from.'),
    ladder: Key.optional().describe('Ladder with subject clock (E18).'),
  })
  .describe('A period set by law; it never pauses.');
export type StatutoryClock = z.infer<typeof StatutoryClock>;

export const AdviceRule = z
  .strictObject({
    order: Order,
    when: Condition.optional().describe('Fires on true only; absent means always.'),
    statements: z.array(Key).min(1).describe('Advice documents.'),
    exclusiveGroup: Key.optional().describe('Rules of one group must never fire together.'),
    source: z.string().max(500).optional(),
    effectiveFrom: LocalDate.optional(),
    effectiveTo: LocalDate.optional(),
  })
  .describe('When statements are advised.');
export type AdviceRule = z.infer<typeof AdviceRule>;

export const WorkflowCategory = z.enum([
  'housing-options',
  'support-assessment',
  'support-plan',
  'action-plan',
  'general',
]);

export const WorkflowDocument = z
  .strictObject({
    ...documentFields('workflow'),
    category: WorkflowCategory.describe('What kind of work this is.'),
    audience: z.enum(['customer', 'internal']).describe('Whether customers may start it.'),
    privateToOwner: z.boolean().describe('Only the owner and leaders see its cases.'),
    form: Key.optional().describe('Enquiry form.'),
    calendar: Key.describe('Calendar of its periods.'),
    start: z.string().max(200).describe('What starts a case, in words.'),
    sla: SlaSet.describe('SLA of the case.'),
    namedConditions: z
      .record(Key, z.strictObject({ title: z.string().max(200), when: Condition }))
      .describe('Conditions used by name.'),
    reopen: z.enum(['resume', 'continue', 'restart']).describe('What reopening does to clocks (C11).'),
    ladder: Key.optional().describe('Ladder of the case.'),
    ownerRules: OwnerRules.describe('Who owns the case.'),
    nodes: z.record(Key, WorkflowNode).describe('Nodes by key.'),
    links: z.record(Key, Link).describe('Links by key.'),
    lanes: z.record(Key, z.strictObject({ order: Order, title: z.string().max(200) })).describe('Lanes by key.'),
    clocks: z.record(Key, StatutoryClock).describe('Statutory clocks by key.'),
    adviceRules: z.record(Key, AdviceRule).describe('Advice rules by key.'),
    holdReasons: HoldReasons,
    outcomes: z
      .record(Key, z.strictObject({ order: Order, label: z.string().max(200) }))
      .describe('Outcomes of the case.'),
    agencies: z.array(Key).optional().describe('Agencies to signpost.'),
    money: z
      .record(Key, z.strictObject({ order: Order, label: z.string().max(200) }))
      .optional()
      .describe('Budget fields of support types, in pence.'),
    retention: z
      .strictObject({ period: Period, from: z.literal('closed') })
      .describe('How long a closed case is kept.'),
    nearCriticalThreshold: Period.optional().describe(
      'Float up to which a task is near-critical; default 1 working day.',
    ),
    mustAdvise: z.array(Key).optional().describe('Statements of which at least one must fire (A6).'),
    source: z.string().max(500).optional().describe('The law or policy this follows.'),
  })
  .meta({ id: 'workflow', description: 'A workflow or action plan: nodes, links, SLA, clocks, advice rules.' });
export type WorkflowDocument = z.infer<typeof WorkflowDocument>;
