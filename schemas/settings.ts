import { z } from 'zod';
import { Answers, Condition } from './condition.ts';
import { documentFields, Order } from './document.ts';
import { Instant, Key, LocalDate, Pence, ZoneId } from './ids.ts';
import { Period } from './period.ts';

export const Charge = z
  .strictObject({ amount: Pence, period: z.enum(['once', 'week', 'month', 'year']), partOfRent: z.boolean() })
  .describe('What a place costs, and whether it is part of the rent.');
export type Charge = z.infer<typeof Charge>;

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
  })
  .meta({ id: 'settings', description: 'The organisation.' });
export type SettingsDocument = z.infer<typeof SettingsDocument>;

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
    script: z
      .array(
        z.strictObject({
          at: z.union([Instant, z.string()]).describe('Instant, or ISO date-time.'),
          actor: z.string().optional(),
          command: z.record(z.string(), z.unknown()),
        }),
      )
      .optional()
      .describe('Commands at virtual times.'),
    outcome: z
      .strictObject({
        facts: z.array(z.record(z.string(), z.unknown())).optional(),
        messages: z.array(z.record(z.string(), z.unknown())).optional(),
        states: z.record(Key, z.string()).optional().describe('State per node at the end.'),
        caseState: z.string().optional(),
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
