import { z } from 'zod';
import { Answers } from './condition.ts';
import { Instant, Key, LocalDate } from './ids.ts';
import { Charge } from './settings.ts';

const id = z.string().min(1).max(100);
const reason = z.string().min(1).max(2000).describe('Reason in words.');
const title = z.string().trim().min(1).max(200).describe('Title people see.');
const description = z.string().max(10_000).describe('What it is, for customers; Markdown.');
const place = z.string().max(500).describe('Where it takes place or what it serves.');
const providedBy = z.string().max(200).describe('Who provides it when it is provided indirectly.');
const capacity = z.number().int().min(0).max(100_000).nullable().describe('Places; null without a limit.');
const keyActions = z.array(Key).max(200).describe('Key actions: node keys of the action plan, in order.');

const details = {
  title: title.optional(),
  description: description.optional(),
  place: place.optional(),
  providedBy: providedBy.optional(),
  startsOn: LocalDate.optional().describe('First date of a dated resource.'),
  endsOn: LocalDate.optional().describe('Last date of a dated resource, inclusive.'),
};

/** What is needed to make a service resource; what is left out is taken from its service type. */
export const ResourceBody = z
  .strictObject({
    ...details,
    serviceType: Key,
    title,
    provider: z.enum(['direct', 'indirect']).optional(),
    capacity: capacity.optional(),
    charge: Charge.nullable().optional().describe("Charge; null for none; by default the type's."),
    actionPath: keyActions.optional(),
    inCatalogue: z.boolean().optional().describe('Shown to customers; default false.'),
  })
  .meta({ id: 'ResourceBody', description: 'A service resource to make (P11).' });
export type ResourceBody = z.infer<typeof ResourceBody>;

/** Who is interested in what, and where it came from. */
export const InterestSource = z.enum(['catalogue', 'officer', 'plan']);
export type InterestSource = z.infer<typeof InterestSource>;

const offer = { offer: id.describe('Offer id.') };
const allocation = { allocation: id.describe('Allocation id.') };

/** What an officer may ask of a service resource (P11). */
const byHand = [
  z.strictObject({ type: z.literal('changeDetails'), ...details }),
  z.strictObject({ type: z.literal('changeCharge'), charge: Charge.nullable(), reason }),
  z.strictObject({ type: z.literal('changeCapacity'), capacity, reason }),
  z.strictObject({ type: z.literal('changeActionPath'), keyActions, reason }),
  z.strictObject({ type: z.literal('showInCatalogue'), shown: z.boolean() }),
  z.strictObject({ type: z.literal('startDelivery') }),
  z.strictObject({ type: z.literal('endDelivery'), reason }),
  z.strictObject({ type: z.literal('matchByRule') }),
  z.strictObject({ type: z.literal('matchInterest'), interest: id }),
  z.strictObject({ type: z.literal('removeMatch'), match: id, reason }),
  z.strictObject({
    type: z.literal('makeOffer'),
    match: id,
    expiresAt: Instant.optional().describe("By default the service type's period from now."),
  }),
  z.strictObject({ type: z.literal('acceptOffer'), ...offer }),
  z.strictObject({ type: z.literal('refuseOffer'), ...offer, reason: reason.optional() }),
  z.strictObject({ type: z.literal('withdrawOffer'), ...offer, reason }),
  z.strictObject({ type: z.literal('releasePlace'), ...offer, reason }),
  z.strictObject({
    type: z.literal('allocatePlace'),
    ...offer,
    startOn: LocalDate.optional().describe('First date of service and charge; default the start of a dated resource.'),
    endOn: LocalDate.optional().describe('Last date, inclusive; default the end of a dated resource.'),
  }),
  z.strictObject({ type: z.literal('endAllocation'), ...allocation, endOn: LocalDate, reason }),
] as const;
export const ResourceHandCommand = z.discriminatedUnion('type', byHand);

/** All that may be asked: by officers, by customers for their interests, by the ticker. */
export const ResourceCommand = z.discriminatedUnion('type', [
  ...byHand,
  z.strictObject({ ...ResourceBody.shape, type: z.literal('createResource') }),
  z.strictObject({
    type: z.literal('registerInterest'),
    interest: id.describe('Id of the new interest.'),
    customer: id,
    serviceType: Key,
    answers: Answers,
    source: InterestSource,
    case: id.optional().describe('The support plan that raised it.'),
  }),
  z.strictObject({
    type: z.literal('withdrawInterest'),
    customer: id,
    interest: id,
    reason: reason.optional(),
  }),
  z.strictObject({ type: z.literal('advance') }),
]);
export type ResourceCommand = z.infer<typeof ResourceCommand>;
export type ResourceCommandType = ResourceCommand['type'];
