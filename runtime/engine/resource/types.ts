import type { Answers } from '../../../schemas/condition.ts';
import type { Instant, LocalDate } from '../../../schemas/ids.ts';
import type { InterestSource, ResourceCommandType } from '../../../schemas/resource-command.ts';
import type {
  InterestEventPayloads,
  InterestEventType,
  ResourceEventPayloads,
  ResourceEventType,
} from '../../../schemas/resource-event.ts';
import type { Charge, ServiceTypeDocument } from '../../../schemas/settings.ts';
import type { CompiledCalendar } from '../calendar/compiled.ts';

/** An interest put together with a resource. */
export interface MatchState {
  readonly id: string;
  readonly interest: string;
  readonly customer: string;
  readonly by: 'rule' | 'hand';
  readonly state: 'matched' | 'removed';
  readonly at: Instant;
}

/** An offer of a place; `secured` and `allocated` take a place. */
export interface OfferState {
  readonly id: string;
  readonly match: string;
  readonly interest: string;
  readonly customer: string;
  readonly state: 'open' | 'expired' | 'refused' | 'withdrawn' | 'secured' | 'released' | 'allocated' | 'ended';
  readonly madeAt: Instant;
  /** Last instant at which it may be accepted. */
  readonly expiresAt: Instant;
  readonly answeredAt: Instant | null;
  readonly charge: Charge | null;
}

/** A place given, with the first and last date of service and charge. */
export interface AllocationState {
  readonly id: string;
  readonly offer: string;
  readonly interest: string;
  readonly customer: string;
  readonly startOn: LocalDate;
  readonly endOn: LocalDate | null;
  /** First instant after the last date. */
  readonly endAt: Instant | null;
  readonly charge: Charge | null;
  readonly state: 'current' | 'ended';
  readonly allocatedAt: Instant;
}

/** A service resource as its events make it (P11). */
export interface ResourceState {
  readonly revision: number;
  readonly serviceType: string;
  /** Release whose service type it was made from. */
  readonly release: number;
  readonly title: string;
  readonly description: string;
  readonly place: string;
  readonly provision: 'continuing' | 'dated';
  readonly provider: 'direct' | 'indirect';
  readonly providedBy: string;
  readonly startsOn: LocalDate | null;
  readonly endsOn: LocalDate | null;
  /** Places; null without a limit. */
  readonly capacity: number | null;
  readonly charge: Charge | null;
  readonly plan: { readonly case: string; readonly workflow: string };
  readonly actionPath: readonly string[];
  readonly inCatalogue: boolean;
  readonly ready: boolean;
  readonly readyAt: Instant | null;
  readonly delivery: 'notStarted' | 'started' | 'ended';
  readonly matches: Readonly<Record<string, MatchState>>;
  readonly offers: Readonly<Record<string, OfferState>>;
  readonly allocations: Readonly<Record<string, AllocationState>>;
  readonly createdAt: Instant;
}

export interface InterestState {
  readonly id: string;
  readonly serviceType: string;
  /** The one resource meant; null for any of the type. */
  readonly resource: string | null;
  readonly release: number;
  readonly source: InterestSource;
  readonly case: string | null;
  readonly answersRef: string;
  readonly state: 'open' | 'offered' | 'secured' | 'allocated' | 'refused' | 'withdrawn' | 'ended';
  /** The offer that holds it, while offered, secured or allocated. */
  readonly offer: { readonly resource: string; readonly offer: string } | null;
  readonly registeredAt: Instant;
}

/** The interests of one customer. */
export interface InterestBook {
  readonly revision: number;
  readonly customer: string;
  readonly interests: Readonly<Record<string, InterestState>>;
}

/** What a command stands on: the resource it is for, and the customers it touches. */
export interface ResourceGround {
  readonly resource: { readonly id: string; readonly state: ResourceState | null } | null;
  readonly books: Readonly<Record<string, InterestBook | null>>;
}

/** How far a key action of the plan is. */
export type KeyActionState = 'complete' | 'notApplicable' | 'open';

export interface ResourceEnv {
  readonly now: Instant;
  readonly actor: string;
  readonly ids: () => string;
  readonly calendar: CompiledCalendar;
  /** Of the resource's release; for a new one, or an interest without a resource, of the newest. */
  readonly serviceType: ServiceTypeDocument;
  readonly release: number;
  /** The plan that a new resource gets. */
  readonly newPlan?: { readonly case: string; readonly workflow: string };
  /** Task nodes of the action plan with their present state. */
  readonly plan: Readonly<Record<string, KeyActionState>>;
  /** Answers of interests that the match rule looks at; personal, so never in events or state. */
  readonly answers: Readonly<Record<string, Answers>>;
}

interface Stamp {
  readonly actor: string;
  readonly effectiveAt: Instant;
  readonly recordedAt: Instant;
  /** Personal text by the reference that the payload holds, and whose key seals it; null for the resource's own. */
  readonly personal?: { readonly of: string | null; readonly values: Readonly<Record<string, string>> };
}

/** Event of the resource before the store numbers it. */
export type ResourceEventDraft = {
  [T in ResourceEventType]: Stamp & { readonly type: T; readonly payload: ResourceEventPayloads[T] };
}[ResourceEventType];

/** Event of a customer's interests before the store numbers it. */
export type InterestEventDraft = {
  [T in InterestEventType]: Stamp & { readonly type: T; readonly payload: InterestEventPayloads[T] };
}[InterestEventType];

export interface ResourceRejection {
  readonly code: string;
  /** Sentence: why not, and what would be possible. */
  readonly reason: string;
  readonly allowed: readonly ResourceCommandType[];
}

/** What a decision needs beside its ground: interests of customers, or another resource. */
export interface MissingGround {
  readonly customers?: readonly string[];
  readonly resource?: string;
}

export type ResourceDecision =
  | {
      readonly ok: true;
      readonly resource: readonly ResourceEventDraft[];
      /** Events per customer. */
      readonly interests: Readonly<Record<string, readonly InterestEventDraft[]>>;
    }
  | { readonly ok: false; readonly rejection: ResourceRejection }
  /** This must be loaded too: time or somebody else moved on meanwhile. */
  | { readonly ok: 'load'; readonly missing: MissingGround };
