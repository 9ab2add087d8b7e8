import { z } from 'zod';
import { Customer } from './api.ts';
import { Answers } from './condition.ts';
import { QuestionType } from './form.ts';
import { Instant, Key, LocalDate } from './ids.ts';
import { InterestSource } from './resource-command.ts';
import { Charge } from './settings.ts';

/** The shapes of service resources that cross the API and belong to no document. */
const id = z.string().min(1).max(100);
const count = z.number().int();
const instantOrNull = Instant.nullable();
const dateOrNull = LocalDate.nullable();

export const ResourceLife = z
  .enum(['planned', 'ready', 'delivering', 'ended'])
  .describe('planned: key actions are open; ready; delivering; ended.');
export type ResourceLife = z.infer<typeof ResourceLife>;

export const ResourceSummary = z
  .object({
    id,
    reference: z.string(),
    serviceType: Key,
    title: z.string(),
    provision: z.enum(['continuing', 'dated']),
    provider: z.enum(['direct', 'indirect']),
    startsOn: dateOrNull,
    endsOn: dateOrNull,
    capacity: count.nullable().describe('Places; null without a limit.'),
    taken: count.describe('Places secured or allocated.'),
    ready: z.boolean(),
    life: ResourceLife,
    inCatalogue: z.boolean(),
    planCase: id,
    isSample: z.boolean(),
    createdAt: Instant,
    revision: count,
  })
  .meta({ id: 'ResourceSummary', description: 'A service resource as lists show it.' });
export type ResourceSummary = z.infer<typeof ResourceSummary>;

export const InterestSummary = z
  .object({
    id,
    customer: id,
    name: z.string().nullable().describe('Name of the customer; null when erased.'),
    serviceType: Key,
    resource: id.nullable().describe('The one resource meant; null for any of the type.'),
    source: InterestSource,
    case: id.nullable().describe('The support plan that raised it.'),
    state: z.enum(['open', 'offered', 'secured', 'allocated', 'refused', 'withdrawn', 'ended']),
    registeredAt: Instant,
  })
  .meta({ id: 'InterestSummary', description: "A customer's interest." });
export type InterestSummary = z.infer<typeof InterestSummary>;

const ofCustomer = { id, resource: id, interest: id, customer: id, name: z.string().nullable() };

export const MatchSummary = z
  .object({ ...ofCustomer, by: z.enum(['rule', 'hand']), state: z.enum(['matched', 'removed']), at: Instant })
  .meta({ id: 'MatchSummary', description: 'An interest put together with a resource.' });
export type MatchSummary = z.infer<typeof MatchSummary>;

export const OfferSummary = z
  .object({
    ...ofCustomer,
    match: id,
    state: z.enum(['open', 'expired', 'refused', 'withdrawn', 'secured', 'released', 'allocated', 'ended']),
    madeAt: Instant,
    expiresAt: Instant,
    answeredAt: instantOrNull,
    charge: Charge.nullable(),
  })
  .meta({ id: 'OfferSummary', description: 'An offer of a place.' });
export type OfferSummary = z.infer<typeof OfferSummary>;

export const AllocationSummary = z
  .object({
    ...ofCustomer,
    offer: id,
    startOn: LocalDate.describe('First date of service and charge.'),
    endOn: dateOrNull.describe('Last date, inclusive; null while none is set.'),
    charge: Charge.nullable(),
    state: z.enum(['current', 'ended']),
    allocatedAt: Instant,
  })
  .meta({ id: 'AllocationSummary', description: 'A place given, with the dates of its charge.' });
export type AllocationSummary = z.infer<typeof AllocationSummary>;

export const ResourcePage = z
  .object({
    resource: z.object({
      ...ResourceSummary.shape,
      description: z.string(),
      place: z.string(),
      providedBy: z.string(),
      charge: Charge.nullable(),
      readyAt: instantOrNull,
      typeTitle: z.string(),
    }),
    plan: z.object({ case: id, reference: z.string(), title: z.string(), status: z.string() }),
    keyActions: z
      .array(
        z.object({
          node: Key,
          title: z.string(),
          state: z.enum(['complete', 'notApplicable', 'open']),
          isKey: z.boolean().describe('On the action path of this resource.'),
        }),
      )
      .describe('Tasks of the action plan, in order.'),
    interests: z.array(InterestSummary),
    matches: z.array(MatchSummary),
    offers: z.array(OfferSummary),
    allocations: z.array(AllocationSummary),
    hasRule: z.boolean().describe('The service type has a match rule.'),
    allowed: z.object({
      resource: z.array(z.string()),
      matches: z.record(z.string(), z.array(z.string())),
      offers: z.record(z.string(), z.array(z.string())),
      allocations: z.record(z.string(), z.array(z.string())),
    }),
    now: Instant,
  })
  .meta({ id: 'ResourcePage', description: 'A service resource with everything its page shows.' });
export type ResourcePage = z.infer<typeof ResourcePage>;

export const ServiceTypeSummary = z
  .object({
    key: Key,
    title: z.string(),
    provider: z.enum(['direct', 'indirect']),
    provision: z.enum(['continuing', 'dated']),
    capacity: count.nullable(),
    charge: Charge.nullable(),
    actionPath: z.array(Key),
    hasRule: z.boolean(),
    questions: z
      .array(
        z.object({
          key: Key,
          type: QuestionType,
          label: z.string(),
          options: z.array(z.string()).describe('Option keys in order.'),
          optionLabels: z.record(z.string(), z.string()),
          exclusiveOptions: z.array(z.string()),
        }),
      )
      .describe('Questions that an interest is asked.'),
  })
  .meta({ id: 'ServiceTypeSummary', description: 'A service type of the newest release.' });
export type ServiceTypeSummary = z.infer<typeof ServiceTypeSummary>;

export const InterestBody = z
  .strictObject({
    resource: id.optional().describe('The one resource meant.'),
    serviceType: Key.optional().describe('Any resource of this type; needed without a resource.'),
    customer: z.union([z.strictObject({ id }), Customer]).describe('A known customer by id, or a new one.'),
    answers: Answers,
    case: id.optional().describe('The support plan behind it.'),
    allowIncomplete: z.boolean().optional(),
  })
  .meta({ id: 'InterestBody', description: 'An interest to register for a customer.' });
export type InterestBody = z.infer<typeof InterestBody>;
