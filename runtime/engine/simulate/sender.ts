import type { CaseEvent, CaseEventPayloads } from '../../../schemas/case-event.ts';
import type { Instant } from '../../../schemas/ids.ts';
import type { CompiledCalendar } from '../calendar/compiled.ts';
import type { CompiledWorkflow } from '../compile/compiled-workflow.ts';
import { DIGEST_WINDOW_SECONDS, type OutgoingMessage, planRelease, releaseAt } from '../ladder/digest.ts';
import { whyNotSent } from '../notify/release.ts';
import { evolve } from '../run/evolve.ts';
import type { CaseState, Directory } from '../run/types.ts';

type Queued = CaseEventPayloads['messageQueued'];

/** What became of a queued message. */
export interface Sent {
  readonly queued: Queued;
  readonly createdAt: Instant;
  /** Null where it was dropped. */
  readonly leavesAt: Instant | null;
  /** Why it was dropped. */
  readonly dropped: string | null;
  /** Number of the digest it went out in; null where it went by itself (D7). */
  readonly digest: number | null;
}

/** What the sender needs to know of the organisation. */
export interface SenderView {
  readonly bundle: CompiledWorkflow;
  readonly directory: Directory;
  /** Hours in which somebody is told what is not urgent (N11); null: at any time. */
  readonly hoursOf: (user: string) => CompiledCalendar | null;
}

interface Waiting extends OutgoingMessage {
  readonly id: number;
  readonly queued: Queued;
  readonly createdAt: Instant;
  readonly gathered: boolean;
}

/**
 * Sends the messages of a case as the sender does, without sending: what is not urgent waits for the office (N11), what no
 * longer matters is dropped (E8, E10), a storm becomes a digest (D7).
 */
export function sendMessages(events: readonly CaseEvent[], view: SenderView): Sent[] {
  const sent: Sent[] = [];
  const past = new Past(events);
  const recent = new Map<string, Instant[]>();
  let waiting = queuedIn(events);
  let digests = 0;
  while (waiting.length > 0) {
    const now = Math.min(...waiting.map(({ sendAt }) => sendAt));
    const due = waiting.filter(({ sendAt }) => sendAt <= now);
    waiting = waiting.filter(({ sendAt }) => sendAt > now);
    const state = past.at(now);
    const kept: Waiting[] = [];
    for (const message of due) {
      const { queued, createdAt } = message;
      const dropped =
        past.dropOf(message, now) ?? (state && whyNotSent(queued, releaseView(view, state, now, message)));
      const opensAt = queued.channel === 'inApp' ? now : releaseAt(now, message.urgent, view.hoursOf(queued.to));
      if (dropped) sent.push({ queued, createdAt, leavesAt: null, dropped, digest: null });
      else if (opensAt > now && Number.isFinite(opensAt)) waiting.push({ ...message, sendAt: opensAt });
      else kept.push(message);
    }
    for (const [name, pile] of pilesOf(kept)) {
      const before = recent.get(name) ?? [];
      const plan = planRelease(pile, before, now);
      for (const delivery of plan.now) {
        const digest = delivery.kind === 'digest' ? digests++ : null;
        for (const { queued, createdAt } of delivery.kind === 'digest' ? delivery.messages : [delivery.message])
          sent.push({ queued, createdAt, leavesAt: now, dropped: null, digest });
      }
      waiting.push(...plan.later.map(({ message, at }) => ({ ...message, sendAt: at, gathered: true })));
      recent.set(name, [...before.filter((at) => at > now - DIGEST_WINDOW_SECONDS), ...plan.now.map(() => now)]);
    }
  }
  return sent;
}

function queuedIn(events: readonly CaseEvent[]): Waiting[] {
  return events.flatMap((event): Waiting[] => {
    if (event.type !== 'messageQueued') return [];
    const queued = event.payload;
    const { to, channel, item, urgent } = queued;
    const isForCustomer = to === 'customer';
    const createdAt = event.recordedAt;
    return [
      {
        id: event.seq,
        to,
        channel,
        item,
        urgent,
        isForCustomer,
        sendAt: createdAt,
        queued,
        createdAt,
        gathered: false,
      },
    ];
  });
}

function releaseView(view: SenderView, state: CaseState, now: Instant, { createdAt, sendAt }: Waiting) {
  return { bundle: view.bundle, directory: view.directory, state, now, waited: sendAt > createdAt };
}

/** By person and channel; a customer's message, an inbox and an endpoint take every one by itself (N10, N13). */
function pilesOf(messages: readonly Waiting[]): Map<string, Waiting[]> {
  const piles = new Map<string, Waiting[]>();
  for (const message of messages) {
    const alone = message.isForCustomer || message.channel === 'webhook' || message.channel === 'inApp';
    const name = JSON.stringify(alone ? [message.id] : [message.to, message.channel]);
    piles.set(name, [...(piles.get(name) ?? []), message]);
  }
  return piles;
}

/** The case as it stood at instants asked for in order. */
class Past {
  #events: readonly CaseEvent[];
  #taken = 0;
  #state: CaseState | null = null;

  constructor(events: readonly CaseEvent[]) {
    this.#events = events;
  }

  at(now: Instant): CaseState | null {
    for (let next = this.#events[this.#taken]; next && next.recordedAt <= now; next = this.#events[this.#taken]) {
      this.#state = evolve(this.#state, next);
      this.#taken++;
    }
    return this.#state;
  }

  /** A drop speaks of what was queued before it. */
  dropOf({ queued, id }: Waiting, now: Instant): string | undefined {
    if (queued.firing === null || queued.rung === null) return undefined;
    const drop = this.#events.findLast(
      (event) =>
        event.type === 'messagesDropped' &&
        event.recordedAt <= now &&
        event.seq > id &&
        event.payload.item === queued.item,
    );
    return drop?.type === 'messagesDropped' ? drop.payload.reason : undefined;
  }
}
