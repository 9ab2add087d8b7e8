import { z } from 'zod';
import { PersonalRef } from './case-event.ts';
import { Instant, Key, LocalDate } from './ids.ts';
import { InterestSource } from './resource-command.ts';
import { Charge } from './settings.ts';

const id = z.string().min(1).max(100);
const reason = PersonalRef.optional();
const charge = Charge.nullable();
const date = LocalDate.nullable();
const offer = id.describe('Offer id.');
const details = {
  title: z.string(),
  description: z.string(),
  place: z.string(),
  providedBy: z.string(),
  startsOn: date,
  endsOn: date,
};

/** Payload of every event type of a service resource; outcomes only, no personal values. */
const resourcePayloads = {
  resourceCreated: z.strictObject({
    ...details,
    serviceType: Key,
    release: z.number().int(),
    provision: z.enum(['continuing', 'dated']),
    provider: z.enum(['direct', 'indirect']),
    capacity: z.number().int().nullable(),
    charge,
    plan: z.strictObject({ case: id, workflow: Key }).describe('The case that is its action plan.'),
    actionPath: z.array(Key),
    inCatalogue: z.boolean(),
  }),
  detailsChanged: z.strictObject(details),
  chargeChanged: z.strictObject({ from: charge, to: charge, reason }),
  capacityChanged: z.strictObject({ from: z.number().int().nullable(), to: z.number().int().nullable(), reason }),
  actionPathChanged: z.strictObject({ keyActions: z.array(Key), reason }),
  catalogueChanged: z.strictObject({ shown: z.boolean() }),
  readinessGained: z.strictObject({ keyActions: z.array(Key) }).describe('All key actions are complete.'),
  readinessLost: z.strictObject({ open: z.array(Key).describe('Key actions that are open (again).') }),
  deliveryStarted: z.strictObject({}),
  deliveryEnded: z.strictObject({ reason }),
  interestMatched: z.strictObject({
    match: id,
    interest: id,
    customer: id,
    by: z.enum(['rule', 'hand']),
  }),
  matchRemoved: z.strictObject({ match: id, because: z.enum(['hand', 'interestWithdrawn', 'refused']), reason }),
  offerMade: z.strictObject({
    offer,
    match: id,
    interest: id,
    customer: id,
    expiresAt: Instant,
    charge: charge.describe('The terms offered.'),
  }),
  offerExpired: z.strictObject({ offer }),
  placeSecured: z.strictObject({ offer }),
  offerRefused: z.strictObject({ offer, reason }),
  offerWithdrawn: z.strictObject({
    offer,
    because: z.enum(['hand', 'interestWithdrawn', 'deliveryEnded']),
    reason,
  }),
  placeReleased: z.strictObject({ offer, because: z.enum(['hand', 'interestWithdrawn']), reason }),
  placeAllocated: z.strictObject({ allocation: id, offer, startOn: LocalDate, endOn: date, endAt: Instant.nullable() }),
  allocationEndSet: z.strictObject({ allocation: id, from: date, endOn: LocalDate, endAt: Instant, reason }),
  allocationEnded: z.strictObject({ allocation: id }),
} as const;

/** Payload of every event type of one customer's interests: a stream of its own, so that a customer is never offered or merged twice at once. */
const interestPayloads = {
  interestRegistered: z.strictObject({
    interest: id,
    customer: id,
    serviceType: Key,
    resource: id.nullable().describe('The one resource meant; null for any of the type.'),
    release: z.number().int(),
    source: InterestSource,
    case: id.nullable(),
    answersRef: PersonalRef,
  }),
  interestOffered: z.strictObject({ interest: id, resource: id, offer }),
  interestReopened: z.strictObject({ interest: id, because: z.enum(['expired', 'withdrawn', 'released', 'refused']) }),
  interestSecured: z.strictObject({ interest: id }),
  interestRefused: z.strictObject({ interest: id, reason }),
  interestWithdrawn: z.strictObject({ interest: id, reason }),
  interestAllocated: z.strictObject({ interest: id }),
  interestEnded: z.strictObject({ interest: id }),
} as const;

type Payloads<T> = { [K in keyof T]: z.infer<T[K] & z.ZodType> };
export type ResourceEventPayloads = Payloads<typeof resourcePayloads>;
export type InterestEventPayloads = Payloads<typeof interestPayloads>;
export type ResourceEventType = keyof ResourceEventPayloads;
export type InterestEventType = keyof InterestEventPayloads;

interface Envelope {
  seq: number;
  actor: string;
  effectiveAt: Instant;
  recordedAt: Instant;
}

/** One event of a service resource as stored: `seq` equals its revision after it. */
export type ResourceEvent = {
  [T in ResourceEventType]: Envelope & { type: T; payload: ResourceEventPayloads[T] };
}[ResourceEventType];

/** One event of a customer's interests as stored. */
export type InterestEvent = {
  [T in InterestEventType]: Envelope & { type: T; payload: InterestEventPayloads[T] };
}[InterestEventType];

const envelope = { seq: z.number().int().min(1), actor: z.string(), effectiveAt: Instant, recordedAt: Instant };

function unionOf<E>(payloads: Record<string, z.ZodType>): z.ZodType<E> {
  const events = Object.entries(payloads).map(([type, payload]) =>
    z.strictObject({ type: z.literal(type), ...envelope, payload }),
  );
  return z.discriminatedUnion('type', events as never) as unknown as z.ZodType<E>;
}

/** The union of all events of a service resource; parse what comes from a store or a file. */
export const ResourceEvent = unionOf<ResourceEvent>(resourcePayloads);

/** The union of all events of a customer's interests. */
export const InterestEvent = unionOf<InterestEvent>(interestPayloads);
