import type { Instant } from '../../../schemas/ids.ts';
import type { ResourceCommand, ResourceCommandType } from '../../../schemas/resource-command.ts';
import type {
  InterestEvent,
  InterestEventPayloads,
  InterestEventType,
  ResourceEvent,
  ResourceEventPayloads,
  ResourceEventType,
} from '../../../schemas/resource-event.ts';
import { evolveInterests, evolveResource } from './evolve.ts';
import type {
  InterestBook,
  InterestEventDraft,
  InterestState,
  MissingGround,
  ResourceEnv,
  ResourceEventDraft,
  ResourceGround,
  ResourceState,
} from './types.ts';

/** One decision being made: events so far, and the state they lead to. */
export interface ResourceWork {
  readonly command: ResourceCommand;
  readonly env: ResourceEnv;
  readonly id: string;
  resource: ResourceState | null;
  readonly books: Map<string, InterestBook | null>;
  readonly resourceDrafts: ResourceEventDraft[];
  readonly interestDrafts: Map<string, InterestEventDraft[]>;
  /** Instant of what is being told; earlier than now for what time did. */
  at: Instant;
}

export type CommandOf<T extends ResourceCommandType> = Extract<ResourceCommand, { type: T }>;

/** Why a command was refused; the caller adds what is allowed instead. */
export interface Refusal {
  readonly code: string;
  readonly reason: string;
}

/** Carries out one command; a refusal leaves nothing behind, since the whole decision is dropped. */
export type Handler<T extends ResourceCommandType> = (work: ResourceWork, command: CommandOf<T>) => Refusal | undefined;

export function refusal(code: string, reason: string): Refusal {
  return { code, reason };
}

/** Something that the command touches is not among what was loaded: the shell loads it and decides again. */
export class GroundMissing extends Error {
  readonly missing: MissingGround;
  constructor(missing: MissingGround) {
    super(`not loaded: ${JSON.stringify(missing)}`);
    this.missing = missing;
  }
}

export function newResourceWork(ground: ResourceGround, command: ResourceCommand, env: ResourceEnv): ResourceWork {
  return {
    command,
    env,
    id: ground.resource?.id ?? '',
    resource: ground.resource?.state ?? null,
    books: new Map(Object.entries(ground.books)),
    resourceDrafts: [],
    interestDrafts: new Map(),
    at: env.now,
  };
}

/** The resource, which the caller has made sure of. */
export function resourceOf(work: ResourceWork): ResourceState {
  if (!work.resource) throw new Error('this command needs a resource, and none was given: refuse it before');
  return work.resource;
}

/** A customer's interests; throws GroundMissing when they were not loaded. */
export function bookOf(work: ResourceWork, customer: string): InterestBook | null {
  const book = work.books.get(customer);
  if (book === undefined) throw new GroundMissing({ customers: [customer] });
  return book;
}

export function interestOf(work: ResourceWork, customer: string, interest: string): InterestState | undefined {
  const interests = bookOf(work, customer)?.interests ?? {};
  return Object.hasOwn(interests, interest) ? interests[interest] : undefined;
}

/** Tells an event of the resource. */
export function tell<T extends ResourceEventType>(
  work: ResourceWork,
  type: T,
  payload: ResourceEventPayloads[T],
  personal?: ResourceEventDraft['personal'],
): void {
  const stamp = { actor: work.env.actor, effectiveAt: work.at, recordedAt: work.env.now };
  const draft = { type, ...stamp, payload, ...(personal ? { personal } : {}) } as ResourceEventDraft;
  work.resourceDrafts.push(draft);
  const seq = (work.resource?.revision ?? 0) + 1;
  work.resource = evolveResource(work.resource, { type, seq, ...stamp, payload } as ResourceEvent);
}

/** Tells an event of a customer's interests. */
export function tellCustomer<T extends InterestEventType>(
  work: ResourceWork,
  customer: string,
  type: T,
  payload: InterestEventPayloads[T],
  personal?: InterestEventDraft['personal'],
): void {
  const stamp = { actor: work.env.actor, effectiveAt: work.at, recordedAt: work.env.now };
  const before = bookOf(work, customer);
  const drafts = work.interestDrafts.get(customer) ?? [];
  work.interestDrafts.set(customer, [
    ...drafts,
    { type, ...stamp, payload, ...(personal ? { personal } : {}) } as InterestEventDraft,
  ]);
  const seq = (before?.revision ?? 0) + 1;
  work.books.set(customer, evolveInterests(before, { type, seq, ...stamp, payload } as InterestEvent));
}

/** A reference for a reason in words, and the words apart from it, sealed under `of`'s key (null: the resource's own). */
export function reasonOf(
  work: ResourceWork,
  text: string | undefined,
  of: string | null,
): { reason: { reason?: string }; personal?: ResourceEventDraft['personal'] } {
  if (text === undefined) return { reason: {} };
  const ref = `reason:${work.env.ids()}`;
  return { reason: { reason: ref }, personal: { of, values: { [ref]: text } } };
}
