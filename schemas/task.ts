import { z } from 'zod';
import { OwnerRules } from './allocation.ts';
import { documentFields, Markdown, Order } from './document.ts';
import { Key, LocalDate } from './ids.ts';
import { taskTypes } from './kinds.ts';
import { Period, SlaSet } from './period.ts';

export const TaskType = z.enum(taskTypes);

export const Estimate = z
  .strictObject({ minimum: Period, likely: Period, maximum: Period })
  .describe('Own estimate of the work; the plan uses likely instead of the SLA target (P10).');
export type Estimate = z.infer<typeof Estimate>;

export const Recurrence = z
  .strictObject({
    every: Period,
    anchor: z.enum(['schedule', 'completion']).describe('Counted from the schedule or from the last completion (P7).'),
    until: z
      .union([z.strictObject({ date: LocalDate }), z.strictObject({ outcome: Key }), z.literal('none')])
      .describe('Ends on a date, at an outcome, or at the maximum.'),
    max: z.number().int().min(1).max(1000).optional().describe('Most occurrences; required with until none.'),
    overlap: z
      .enum(['no', 'yes'])
      .optional()
      .describe('Whether the next may start while one is open (C15); default no.'),
  })
  .describe('How often the task recurs (C15).');
export type Recurrence = z.infer<typeof Recurrence>;

export const HoldReasons = z
  .record(Key, z.strictObject({ order: Order, label: z.string().min(1).max(200) }))
  .describe('Reasons for a hold (C13).');

export const InformationField = z
  .strictObject({
    order: Order,
    type: z
      .enum([
        'text',
        'longText',
        'yesNo',
        'choice',
        'multiChoice',
        'number',
        'money',
        'date',
        'time',
        'file',
        'person',
        'agency',
      ])
      .describe('Type of value.'),
    label: z.string().min(1).max(300).describe('Label.'),
    hint: z.string().max(1000).optional(),
    options: z
      .record(Key, z.strictObject({ order: Order, label: z.string().min(1).max(300) }))
      .optional()
      .describe('Options of a choice.'),
    mandatory: z.boolean().describe('Must be filled in before completion.'),
    sensitive: z.boolean().optional().describe('Special category or dangerous if seen (N4).'),
  })
  .describe('A typed information field recorded on the task.');
export type InformationField = z.infer<typeof InformationField>;

export const TaskOutcome = z
  .strictObject({
    order: Order,
    label: z.string().min(1).max(200),
    kind: z.enum(['success', 'neutral', 'failure']),
    raises: Key.optional().describe('Workflow of a support plan this outcome raises (P12).'),
    raisesInterest: Key.optional().describe('Service type that this outcome raises an interest in (P11).'),
  })
  .describe('A typed outcome.');

export const TaskDocument = z
  .strictObject({
    ...documentFields('task'),
    type: TaskType.describe('Type of work.'),
    instructions: Markdown.optional().describe('What to do.'),
    sla: SlaSet.describe('SLA target and amber warning.'),
    ladder: Key.optional().describe('Escalation ladder.'),
    ownerRules: OwnerRules,
    estimate: Estimate.optional(),
    repeatable: z.boolean().describe('May appear on several nodes and be added again by hand (P7).'),
    recurrence: Recurrence.optional(),
    fields: z.record(Key, InformationField).describe('Information fields.'),
    outcomes: z.record(Key, TaskOutcome).describe('Outcomes; none means "done".'),
    checklist: z
      .record(Key, z.strictObject({ order: Order, label: z.string().min(1).max(300) }))
      .describe('Checklist.'),
    holdReasons: HoldReasons,
    skills: z.array(Key).optional().describe('Skills an owner needs.'),
    weight: z.number().min(0).max(1000).optional().describe('Weight for workload (L5); default 1.'),
    agencies: z.array(Key).optional().describe('Agencies referred to; referrals are recorded.'),
    cancelReason: z
      .enum(['required', 'optional'])
      .optional()
      .describe('Whether cancelling needs a reason; default required.'),
    source: z.string().max(500).optional().describe('Legal or local source.'),
  })
  .meta({ id: 'task', description: 'The reusable definition of a task.' });
export type TaskDocument = z.infer<typeof TaskDocument>;
