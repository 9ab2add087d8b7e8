import { z } from 'zod';
import { Condition } from './condition.ts';
import { documentFields, Markdown, Order } from './document.ts';
import { Key, LocalDate } from './ids.ts';

export const AdviceDocument = z
  .strictObject({
    ...documentFields('advice'),
    body: Markdown.describe('Markdown subset with placeholders {{name}} and agency references {{agency:key}}.'),
    when: Condition.optional().describe('For generic statements: advised when true; absent means always.'),
    scope: z.union([z.literal('generic'), z.array(Key).min(1)]).describe('generic, or the workflows it belongs to.'),
    section: z.string().min(1).max(100).describe('Section of the pack.'),
    order: Order,
    source: z.string().max(500).optional().describe('Legal source; may name a provision.'),
    reviewBy: LocalDate.optional(),
    translations: z
      .partialRecord(
        z.enum(['cy']),
        z.strictObject({
          title: z.string().min(1).max(200),
          body: Markdown,
          of: z.string().describe('Digest of the text it translates.'),
        }),
      )
      .optional()
      .describe('Language variants.'),
    agencies: z.array(Key).optional(),
    audience: z.enum(['customer', 'internal']).optional().describe('Default customer.'),
  })
  .meta({ id: 'advice', description: 'Advice statement of the statement bank.' });
export type AdviceDocument = z.infer<typeof AdviceDocument>;

export const ProvisionDocument = z
  .strictObject({
    ...documentFields('provision'),
    citation: z.string().min(1).max(300),
    url: z.url().optional(),
    reviewBy: LocalDate.optional(),
  })
  .meta({ id: 'provision', description: 'A piece of law that other documents cite.' });
export type ProvisionDocument = z.infer<typeof ProvisionDocument>;

export const AgencyDocument = z
  .strictObject({
    ...documentFields('agency'),
    phone: z.string().max(100).optional(),
    url: z.url().optional(),
    email: z.email().optional(),
    hours: z.string().max(300).optional(),
    area: z.string().max(200).optional(),
    services: z.array(z.string().max(200)).optional(),
  })
  .meta({ id: 'agency', description: 'Partner agency to signpost.' });
export type AgencyDocument = z.infer<typeof AgencyDocument>;
