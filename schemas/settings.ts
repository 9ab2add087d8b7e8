import { z } from 'zod';
import { Answers, Condition } from './condition.ts';
import { documentFields, Order } from './document.ts';
import { Instant, Key, LocalDate, Pence, ZoneId } from './ids.ts';
import { Period } from './period.ts';

export const Charge = z
  .strictObject({ amount: Pence, period: z.enum(['once', 'week', 'month', 'year']), partOfRent: z.boolean() })
  .describe('What a place costs, and whether it is part of the rent.');
export type Charge = z.infer<typeof Charge>;

const sending = z.strictObject({ template: Key.describe('Template of purpose "offer".') }).optional();

export const ServiceTypeDocument = z
  .strictObject({
    ...documentFields('service-type'),
    actionPlan: Key.describe('Workflow of category action-plan.'),
    actionPath: z.array(Key).describe('Default key actions: node keys of the action plan.'),
    provider: z.enum(['direct', 'indirect']),
    provision: z.enum(['continuing', 'dated']).describe('A lift contract continues; a course is dated.'),
    charge: Charge.optional(),
    capacity: z.number().int().min(0).optional(),
    interestForm: Key.optional(),
    matchWhen: Condition.optional(),
    offer: z.strictObject({ expires: Period }),
    messages: z
      .partialRecord(z.enum(['offerMade', 'offerExpired', 'offerWithdrawn']), sending)
      .optional()
      .describe('What customers are told of their offers: by e-mail, by letter where none is known.'),
  })
  .meta({ id: 'service-type', description: 'A kind of services resource.' });
export type ServiceTypeDocument = z.infer<typeof ServiceTypeDocument>;

export const AttributeDefinition = z.strictObject({
  order: Order,
  label: z.string().min(1).max(200),
  type: z.enum(['text', 'number', 'yesNo', 'date', 'choice', 'multiChoice']),
  options: z.record(Key, z.string()).optional(),
  kinds: z.array(z.string()).min(1).describe('Kinds it applies to: document kinds, case, resource, customer.'),
  required: z.boolean(),
});

export const SettingsDocument = z
  .strictObject({
    ...documentFields('settings'),
    organisation: z.string().min(1).max(200).describe("Organisation's name."),
    zone: ZoneId.describe('The as-at date is the date in this zone.'),
    notifyCalendar: Key.optional().describe('Quiet hours outside this calendar (N11).'),
    languages: z.array(z.enum(['en', 'cy'])).min(1),
    twoPersonPublish: z.boolean(),
    allowedEmailDomains: z.array(z.string()).describe('Domains of external recipients.'),
    checkSeverity: z
      .record(z.string(), z.enum(['error', 'warning', 'info', 'off']))
      .describe('Severity of optional checks by finding code.'),
    attributeDefinitions: z.record(Key, AttributeDefinition),
    contacts: z
      .record(
        Key,
        z.strictObject({
          order: Order,
          name: z.string().min(1).max(200),
          phone: z.string().max(100).optional(),
          email: z.email().optional(),
          url: z.url().optional(),
          workflows: z.array(Key).min(1).optional().describe('Workflows it is for; absent: all.'),
        }),
      )
      .optional()
      .describe('How customers reach the organisation; printed in packs.'),
  })
  .meta({ id: 'settings', description: 'The organisation.' });
export type SettingsDocument = z.infer<typeof SettingsDocument>;

const MatchedFields = z.record(z.string(), z.unknown());

/** How a case stands at one moment of a script. */
export const CaseCheck = z
  .strictObject({
    states: z.record(z.string(), z.string()).optional().describe('State by node or case task.'),
    due: z
      .record(z.string(), z.string().nullable())
      .optional()
      .describe('ISO date-time at which a case task is due, null while it has none; the case itself is "case".'),
    owners: z.record(z.string(), z.string().nullable()).optional().describe('Owner by case task; the case is "case".'),
    clocks: z
      .record(z.string(), z.strictObject({ due: z.string().optional(), outcome: z.string().optional() }))
      .optional()
      .describe('Statutory clocks: when they end, and how they came out.'),
    caseState: z.string().optional(),
  })
  .describe('What must hold at this moment.');
export type CaseCheck = z.infer<typeof CaseCheck>;

export const ScriptStep = z.strictObject({
  at: z.union([Instant, z.string()]).describe('Instant, or ISO date-time.'),
  actor: z.string().optional(),
  command: MatchedFields.optional().describe('Absent: time passes and only the check is made.'),
  refused: z.string().optional().describe('Code with which the command must be refused.'),
  expect: CaseCheck.optional(),
});

export const TestDocument = z
  .strictObject({
    ...documentFields('test'),
    workflow: Key,
    asAt: LocalDate.optional(),
    answers: Answers.optional(),
    expect: z
      .strictObject({ statements: z.array(Key), not: z.array(Key).optional() })
      .optional()
      .describe('Statements of the pack.'),
    people: z
      .record(
        Key,
        z.strictObject({
          teams: z.array(Key).describe('Teams of which the person is a member.'),
          manager: Key.optional(),
          skills: z.array(Key).optional(),
        }),
      )
      .optional()
      .describe('Who works in the script; absent: one member a team, named after it ("hoo-1").'),
    script: z.array(ScriptStep).optional().describe('Commands at virtual times.'),
    until: z.union([Instant, z.string()]).optional().describe('Time goes on until here after the last step.'),
    outcome: z
      .strictObject({
        ...CaseCheck.shape,
        facts: z.array(MatchedFields).optional().describe('Events that must be among those written.'),
        never: z.array(MatchedFields).optional().describe('Events that must not be.'),
        messages: z.array(MatchedFields).optional(),
        onlyTheseMessages: z.boolean().optional().describe('Whether any other message is a difference.'),
        caseOutcome: Key.optional(),
      })
      .optional()
      .describe('What the script must lead to.'),
  })
  .meta({ id: 'test', description: 'Saved case: answers and expected statements, or a scripted run.' });
export type TestDocument = z.infer<typeof TestDocument>;

export const LayoutDocument = z
  .strictObject({
    kind: z.literal('layout'),
    format: z.literal(1),
    key: Key.describe('Workflow key.'),
    positions: z.record(Key, z.strictObject({ x: z.number(), y: z.number() })),
  })
  .meta({ id: 'layout', description: 'Positions on the canvas; outside digest and release.' });
export type LayoutDocument = z.infer<typeof LayoutDocument>;
