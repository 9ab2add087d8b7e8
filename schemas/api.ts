import { z } from 'zod';
import { Answers } from './condition.ts';
import { Finding } from './finding.ts';
import { Instant, Key } from './ids.ts';

/** The shapes that cross the API and belong to no document; a document, a command or an event has its own schema. */
const json = z.record(z.string(), z.unknown());
const instantOrNull = Instant.nullable();

export const ProblemBody = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.number().int(),
    code: z.string().describe('Stable code.'),
    detail: z.string(),
    pointer: z.string().optional().describe('JSON pointer into the body.'),
    findings: z.array(Finding).optional(),
    allowed: z.unknown().optional().describe('What is allowed now.'),
    requestId: z.string().optional(),
  })
  .meta({ id: 'Problem', description: 'A refusal (RFC 9457).' });
export type ProblemBody = z.infer<typeof ProblemBody>;

export const Me = z
  .object({
    user: z.object({ id: z.string(), name: z.string(), login: z.string(), teams: z.array(z.string()) }),
    roles: z.array(z.string()),
    organisation: z.object({ id: z.string(), name: z.string() }),
    previewClock: z.boolean(),
    now: Instant.describe('The clock that cases live by.'),
  })
  .meta({ id: 'Me', description: 'Who is signed in.' });
export type Me = z.infer<typeof Me>;

export const DocumentChange = z.object({
  document: z.string(),
  title: z.string(),
  change: z.enum(['added', 'changed', 'removed']),
  sentences: z.array(z.string()).optional().describe('What changed, in sentences.'),
  parts: z
    .array(z.object({ pointer: z.string(), from: z.unknown().optional(), to: z.unknown().optional() }))
    .optional()
    .describe('Where it changed, as JSON pointers with both values.'),
});
export type DocumentChange = z.infer<typeof DocumentChange>;

export const ReleaseSummary = z
  .object({
    number: z.number().int(),
    digest: z.string(),
    note: z.string(),
    author: z.string(),
    publishedAt: Instant,
    changes: z.array(DocumentChange),
    approver: z.string().nullable().optional().describe('The second person, where the organisation asks for two.'),
    startsAt: Instant.nullable().optional().describe('When it begins; absent or null at once.'),
    origin: z.string().optional().describe('draft, rollback:NUMBER or promoted:DIGEST.'),
  })
  .meta({ id: 'Release', description: 'A published release.' });
export type ReleaseSummary = z.infer<typeof ReleaseSummary>;

export const Customer = z.strictObject({
  name: z.string().trim().min(1).max(200),
  email: z.email().max(200).optional(),
  phone: z.string().max(50).optional(),
});
export type Customer = z.infer<typeof Customer>;

export const EnquiryBody = z
  .strictObject({
    workflow: Key,
    answers: Answers,
    customer: Customer.optional().describe('A new customer.'),
    customerId: z.string().min(1).max(100).optional().describe('A customer who is known already.'),
    receivedAt: Instant.optional().describe('When it came in, at most a year ago (C12).'),
    allowIncomplete: z
      .boolean()
      .optional()
      .describe('An officer may send it with required answers still missing; default false.'),
  })
  .refine((body) => (body.customer === undefined) !== (body.customerId === undefined), {
    path: ['customer'],
    error: 'give either a new customer or the customerId of a known one',
  })
  .meta({ id: 'EnquiryBody', description: 'An enquiry to submit.' });
export type EnquiryBody = z.infer<typeof EnquiryBody>;

export const SubmittedEnquiry = z
  .object({
    reference: z.string(),
    secret: z.string().describe('End of the secret link /pack/…'),
    caseId: z.string(),
    packId: z.string(),
  })
  .meta({ id: 'SubmittedEnquiry', description: 'What one submitted enquiry made (P13).' });
export type SubmittedEnquiry = z.infer<typeof SubmittedEnquiry>;

export const EnquirySummary = z
  .object({
    id: z.string(),
    reference: z.string(),
    workflow: z.string(),
    receivedAt: Instant,
    channel: z.string(),
    caseId: z.string(),
    packId: z.string(),
    isSample: z.boolean(),
  })
  .meta({ id: 'Enquiry', description: 'A submitted enquiry.' });
export type EnquirySummary = z.infer<typeof EnquirySummary>;

export const CaseSummary = z
  .object({
    id: z.string(),
    reference: z.string(),
    workflow: z.string(),
    release: z.number().int(),
    isSample: z.boolean(),
    status: z.string(),
    stage: z.string().nullable(),
    outcome: z.string().nullable(),
    slaState: z.string().nullable(),
    owner: z.string().nullable(),
    group: z.string().nullable(),
    receivedAt: Instant,
    amberAt: instantOrNull,
    dueAt: instantOrNull,
    breachedAt: instantOrNull,
    paused: z.boolean(),
    closedAt: instantOrNull,
    wakeAt: instantOrNull.describe('When its clocks next have something to say (D1).'),
    revision: z.number().int(),
  })
  .meta({ id: 'CaseSummary', description: 'A case as lists show it.' });
export type CaseSummary = z.infer<typeof CaseSummary>;

export const CaseRelation = z.object({
  kind: z.enum(['case', 'resource', 'interest']),
  id: z.string().nullable().describe('Of the case, or of the resource; null where there is none to open.'),
  label: z.string(),
  words: z.string().describe('How they hang together.'),
});
export type CaseRelation = z.infer<typeof CaseRelation>;

export const CasePage = z
  .object({
    case: z.object({ ...CaseSummary.shape, title: z.string(), enquiry: z.string().nullable() }),
    customer: z.object({ name: z.string(), email: z.string().optional(), phone: z.string().optional() }).nullable(),
    answers: json,
    tasks: z.array(json).describe('Worklist columns of every task.'),
    clocks: z.array(json).describe('Statutory clocks.'),
    explanations: z
      .record(z.string(), z.record(z.string(), z.string()))
      .describe('How each date follows, in words: by item (case:, task:ID, clock:ID) and name of its clock.'),
    allowed: json.describe('Commands that the case and each task take now, and nodes that may be added.'),
    links: z.array(z.object({ other: z.string(), relation: z.string() })),
    related: z.array(CaseRelation),
    now: Instant,
  })
  .meta({ id: 'CasePage', description: 'A case with everything its page shows.' });
export type CasePage = z.infer<typeof CasePage>;

export const WorkingTerms = z
  .strictObject({
    absences: z
      .array(
        z.strictObject({
          from: Instant,
          to: Instant.describe('When they are back.'),
          cover: z.string().min(1).max(200).optional().describe('User id of who is there in their place.'),
          existingWork: z
            .enum(['share', 'reassign'])
            .optional()
            .describe(
              'Open work they have: share lets the cover see it, reassign gives it to them; default share (L7).',
            ),
        }),
      )
      .max(100),
    capacity: z
      .number()
      .int()
      .min(0)
      .max(100_000)
      .nullable()
      .describe('Most weight of open, unpaused tasks they are given (L3); null without a limit.'),
    calendar: Key.nullable().describe(
      "Hours in which they are told what is not urgent (N11); null: the organisation's.",
    ),
  })
  .meta({ id: 'WorkingTerms', description: 'How somebody of the directory works.' });
export type WorkingTerms = z.infer<typeof WorkingTerms>;

export const Person = z
  .strictObject({
    name: z.string().min(1).max(200),
    email: z.email().nullable(),
    teams: z.array(Key).max(200).describe('Teams of which they are a member.'),
    manager: z.string().min(1).max(200).nullable().describe('User id of their manager.'),
    skills: z.array(Key).max(200),
    active: z.boolean().describe('Whether they are given work at all.'),
  })
  .meta({ id: 'Person', description: 'Somebody of the directory.' });
export type Person = z.infer<typeof Person>;

export const Urgency = z.enum(['exceeded', 'amber', 'onTrack', 'paused']).describe('Order of the worklist (W2).');
export type Urgency = z.infer<typeof Urgency>;

export const WorklistItem = z
  .object({
    caseId: z.string(),
    reference: z.string(),
    workflow: z.string(),
    isSample: z.boolean(),
    urgency: Urgency,
    task: json.describe('Worklist columns of the task.'),
  })
  .meta({ id: 'WorklistItem', description: 'An open task in the worklist.' });
export type WorklistItem = z.infer<typeof WorklistItem>;

export const Message = z
  .object({
    id: z.string(),
    caseId: z.string(),
    task: z.string().nullable(),
    title: z.string(),
    body: z.string(),
    urgent: z.boolean(),
    createdAt: Instant,
    readAt: instantOrNull,
  })
  .meta({ id: 'Message', description: 'An in-app message.' });
export type Message = z.infer<typeof Message>;

export const ClockReading = z
  .object({ now: Instant, offset: z.number().int().describe('Seconds ahead of real time.'), preview: z.boolean() })
  .meta({ id: 'Clock', description: "The service's clock (D2)." });
export type ClockReading = z.infer<typeof ClockReading>;
