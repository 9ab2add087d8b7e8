import type { Condition } from '../../../schemas/condition.ts';
import type { Instant } from '../../../schemas/ids.ts';
import type { Channel, LadderDocument, RungAction } from '../../../schemas/ladder.ts';
import type { CountedPeriod, Run } from '../clock/state.ts';
import type { Recipient } from './recipients.ts';

/** When a rung is due, its waits in counted periods (E1). */
export interface LadderTrigger {
  readonly on: LadderDocument['rungs'][string]['trigger']['on'];
  /** Signed: negative lies before (E2). */
  readonly offset?: CountedPeriod | undefined;
  readonly for?: CountedPeriod | undefined;
  readonly after?: string | undefined;
  readonly mode?: 'outstanding' | 'stagnant' | undefined;
}

/** One rung, as the engine climbs it. */
export interface LadderRung {
  readonly key: string;
  readonly trigger: LadderTrigger;
  readonly when?: Condition | undefined;
  readonly to: readonly string[];
  readonly fallback: readonly string[];
  readonly channels: readonly Channel[];
  readonly template: string;
  readonly actions: readonly RungAction[];
  readonly repeat?: { readonly every: CountedPeriod; readonly max: number } | undefined;
  /** Goes out in quiet hours (N11). */
  readonly urgent: boolean;
}

/** A ladder with its rungs in order and its calendar settled. */
export interface LadderSpec {
  readonly key: string;
  readonly subject: 'task' | 'case' | 'clock';
  readonly calendar: string;
  readonly rungs: readonly LadderRung[];
  readonly holdFor: CountedPeriod;
  readonly fallback: readonly string[];
}

/** How far one rung has been climbed since its trigger last came true. */
export interface RungState {
  /** Names the coming-true that was answered: a target revision, an episode, or the cycle. */
  readonly latch: string;
  readonly revision: number;
  /** Number of the last occurrence, as firing keys and messages show it (E15). */
  readonly occurrence: number;
  /** Occurrences under this latch. */
  readonly fired: number;
  readonly firstAt: Instant;
  readonly lastAt: Instant;
  /** First time nobody could be found (E13). */
  readonly nobodyAt: Instant | null;
  /** Its condition was false: it did not fire and nothing follows on from it (E16). */
  readonly skipped: boolean;
}

/** Everything that is stored of one ladder, as plain JSON. Its subject's clock is stored beside it. */
export interface LadderState {
  readonly phase: 'armed' | 'ended';
  readonly cycle: number;
  readonly owner: string | null;
  readonly activatedAt: Instant;
  readonly lastActivityAt: Instant | null;
  readonly unassignedSince: Instant | null;
  readonly begun: boolean;
  /** Times in which waits and repeats are counted: all but pauses and the time after an end (E3). */
  readonly runs: readonly Run[];
  /** Earliest review date of the active pause, null when it is not paused (C13). */
  readonly pause: { readonly since: Instant; readonly reviewAt: Instant | null } | null;
  readonly hold: { readonly by: string | null; readonly since: Instant; readonly until: Instant } | null;
  readonly rungs: Readonly<Record<string, RungState>>;
  readonly exhaustedAt: Instant | null;
  /** Actions of rungs that failed, to be tried again (E14); absent where there is none. */
  readonly retries?: readonly FailedAction[];
  /** Nothing is fired at an earlier instant than this. */
  readonly advancedTo: Instant;
}

/** What a rung could not do. */
export type FailedAction = FailedGift | FailedAddition;

interface FailedBase {
  readonly rung: string;
  readonly at: Instant;
  readonly tries: number;
}

/** Work that a rung could give to nobody. */
interface FailedGift extends FailedBase {
  readonly action: Extract<RungAction, { do: 'reassign' }>;
  /** Whose it was: it is not taken from anybody who has it since. */
  readonly owner: string | null;
}

/** A task that takes no further occurrence. */
interface FailedAddition extends FailedBase {
  readonly action: Extract<RungAction, { do: 'addTask' }>;
}

interface FactBase {
  readonly effectiveAt: Instant;
  readonly cycle: number;
}

/** A rung that fired: the data of its messages and actions, keyed as E15 asks. */
export interface Firing extends FactBase {
  readonly kind: 'fired';
  readonly rung: string;
  readonly revision: number;
  readonly occurrence: number;
  /** When it was due; earlier than `effectiveAt` after a downtime. */
  readonly dueAt: Instant;
  readonly recipients: readonly Recipient[];
  /** The rung's own recipients could not be found (E13). */
  readonly usedFallback: boolean;
  readonly channels: readonly Channel[];
  readonly template: string;
  readonly actions: readonly RungAction[];
  readonly urgent: boolean;
}

export type LadderFact =
  | Firing
  | (FactBase & {
      readonly kind: 'skipped' | 'noRecipient';
      readonly rung: string;
      readonly revision: number;
      readonly occurrence: number;
    })
  | (FactBase & { readonly kind: 'exhausted' | 'holdCleared' | 'ended' | 'rearmed' })
  | (FactBase & { readonly kind: 'acknowledged'; readonly by: string | null; readonly until: Instant })
  | (FactBase & {
      readonly kind: 'assigned';
      readonly from: string | null;
      readonly to: string | null;
      readonly recipients: readonly Recipient[];
    });

export interface LadderStep {
  readonly state: LadderState;
  readonly facts: readonly LadderFact[];
}

/** The ladder of a document; `calendar` (the clock's) stands in where it names none. */
export function toLadderSpec(key: string, document: LadderDocument, calendar: string): LadderSpec {
  const rungs = Object.entries(document.rungs)
    .sort(([keyA, a], [keyB, b]) => compare(a.order, b.order) || compare(keyA, keyB))
    .map(([rungKey, rung]): LadderRung => {
      const { on, offset, after, mode } = rung.trigger;
      return {
        key: rungKey,
        trigger: { on, offset, for: rung.trigger.for, after, mode },
        when: rung.when,
        to: rung.to,
        fallback: rung.fallback ?? [],
        channels: rung.channels,
        template: rung.template,
        actions: rung.actions.length > 0 ? rung.actions : [{ do: 'notify' }],
        repeat: rung.repeat,
        urgent: rung.urgent ?? document.urgent ?? false,
      };
    });
  const { subject, ack, fallback } = document;
  return { key, subject, calendar: document.calendar ?? calendar, rungs, holdFor: ack.holdFor, fallback };
}

/** What makes a firing unique: item, ladder digest, rung, cycle, revision, occurrence (E15). */
export function firingKey(item: string, ladderDigest: string, firing: Firing): string {
  return [item, ladderDigest, firing.rung, firing.cycle, firing.revision, firing.occurrence].join('/');
}

function compare(a: string | number, b: string | number): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
