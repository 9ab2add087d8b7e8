import { z } from 'zod';
import { CasePage, CaseSummary, Customer } from './api.ts';
import { CaseCommand } from './case-command.ts';
import { AnswerValue } from './condition.ts';
import { Instant, Key } from './ids.ts';

/** The shapes of customers, attachments, searches and dry runs as they cross the API. */

export const CustomerSummary = z
  .object({
    id: z.string(),
    name: z.string(),
    email: z.string().optional(),
    phone: z.string().optional(),
    createdAt: Instant,
    cases: z.number().int().describe('Cases the caller may see.'),
  })
  .meta({ id: 'CustomerSummary', description: 'A customer as lists show it.' });
export type CustomerSummary = z.infer<typeof CustomerSummary>;

export const CustomerPage = z
  .object({
    ...CustomerSummary.shape,
    revision: z.number().int(),
    mergedInto: z.string().nullable().describe('The customer this duplicate was merged into.'),
    duplicates: z.array(CustomerSummary).describe('Others with the same e-mail address, number or name.'),
    merged: z.array(z.string()).describe('Duplicates that were merged into this one.'),
    theirCases: z.array(CaseSummary),
  })
  .meta({ id: 'CustomerPage', description: 'A customer with their cases.' });
export type CustomerPage = z.infer<typeof CustomerPage>;

export const MergeBody = z
  .strictObject({
    into: z.string().min(1).max(100).describe('The customer that stays.'),
    reason: z.string().trim().min(1).max(2000),
    dryRun: z.boolean().optional().describe('Only says what would move.'),
  })
  .meta({ id: 'MergeBody', description: 'A duplicate to merge.' });

export const MergeAnswer = z
  .object({
    into: z.string(),
    cases: z.array(z.string()).describe('References of the cases that move.'),
    done: z.boolean(),
  })
  .meta({ id: 'MergeAnswer', description: 'What a merge moves.' });

export const CustomerCorrection = z
  .strictObject({ customer: Customer, reason: z.string().trim().min(1).max(2000) })
  .meta({ id: 'CustomerCorrection', description: 'Corrected name and contact.' });

export const SearchAnswer = z
  .object({ customers: z.array(CustomerSummary), cases: z.array(CaseSummary) })
  .meta({ id: 'SearchAnswer', description: 'Customers and cases that match.' });
export type SearchAnswer = z.infer<typeof SearchAnswer>;

export const AttachmentView = z
  .object({
    id: z.string(),
    task: z.string().nullable(),
    name: z.string(),
    type: z.string().describe('Type found in the content.'),
    size: z.number().int().describe('Bytes.'),
    createdBy: z.string(),
    createdAt: Instant,
  })
  .meta({ id: 'Attachment', description: 'A document attached to a case.' });
export type AttachmentView = z.infer<typeof AttachmentView>;

const move = z.object({ task: z.string(), title: z.string(), from: Instant, to: Instant });

export const CommandPreview = z
  .object({
    isAllowed: z.boolean().describe('Whether the command, as sent, would take effect.'),
    refusal: z.object({ code: z.string(), reason: z.string() }).optional(),
    confirm: z
      .record(z.string(), z.unknown())
      .optional()
      .describe('What to add to the command so that it takes effect: the confirmed cascade, or that successors shift.'),
    cancels: z.array(z.object({ task: z.string(), title: z.string() })).describe('Tasks that would be cancelled.'),
    moves: z.array(move).describe('Tasks whose projected end would move.'),
    differs: z
      .array(z.object({ node: z.string(), title: z.string() }))
      .describe('Nodes that would come out otherwise.'),
    statements: z.object({ gained: z.array(Key), lost: z.array(Key) }),
    sentences: z.array(z.string()).describe('What would happen.'),
  })
  .meta({ id: 'CommandPreview', description: 'A dry run of a command: nothing is stored.' });
export type CommandPreview = z.infer<typeof CommandPreview>;

export const BulkBody = z
  .strictObject({
    commands: z
      .array(z.strictObject({ case: z.string().max(100), command: CaseCommand }))
      .min(1)
      .max(500),
  })
  .meta({ id: 'BulkBody', description: 'Commands to several cases; each takes effect by itself (W4).' });

export const BulkAnswer = z
  .object({
    done: z.number().int(),
    refused: z.number().int(),
    results: z.array(
      z.object({
        case: z.string(),
        ok: z.boolean(),
        revision: z.number().int().optional(),
        problem: z.object({ status: z.number().int(), code: z.string(), detail: z.string() }).optional(),
      }),
    ),
  })
  .meta({ id: 'BulkAnswer', description: 'How each command went, in the order sent.' });
export type BulkAnswer = z.infer<typeof BulkAnswer>;

export const CaseDetails = CasePage.extend({
  privateToOwner: z.boolean(),
  customerId: z.string().nullable(),
  fields: z.record(z.string(), z.record(z.string(), AnswerValue)).describe('Information fields filled in, by task.'),
  money: z.array(z.object({ key: z.string(), label: z.string(), amount: z.number().int().nullable() })),
  agencies: z
    .array(z.object({ key: z.string(), title: z.string(), phone: z.string().optional(), url: z.string().optional() }))
    .describe('Agencies to signpost.'),
}).meta({ id: 'CaseDetails', description: 'A case with everything its page shows.' });
export type CaseDetails = z.infer<typeof CaseDetails>;

const scheduled = z.object({
  state: z.enum(['done', 'started', 'open']),
  title: z.string(),
  start: Instant,
  finish: Instant,
  lateFinish: Instant,
  float: z.number().int().nullable().describe('Working minutes.'),
  critical: z.boolean(),
  beyondCaseTarget: z.boolean(),
});

export const CaseScheduleView = z
  .object({
    now: Instant,
    finish: Instant,
    caseDueAt: Instant.nullable(),
    items: z.record(z.string(), scheduled),
    critical: z.array(z.string()),
    outOfSequence: z.array(z.tuple([z.string(), z.string()])),
  })
  .meta({ id: 'CaseSchedule', description: 'What is left of a case, scheduled from what has happened (S7).' });
export type CaseScheduleView = z.infer<typeof CaseScheduleView>;
