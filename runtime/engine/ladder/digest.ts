import type { Instant } from '../../../schemas/ids.ts';
import type { Channel } from '../../../schemas/ladder.ts';
import type { CompiledCalendar } from '../calendar/compiled.ts';
import { nextOpening } from '../calendar/time.ts';

/** A message on its way to one person by one channel. */
export interface OutgoingMessage {
  /** The person or address, as compared by E11. */
  readonly to: string;
  readonly channel: Channel;
  /** The task or case it is about. */
  readonly item: string;
  readonly urgent: boolean;
  /** Messages to customers never go into digests (N13). */
  readonly isForCustomer: boolean;
  readonly sendAt: Instant;
}

/** What leaves in the end: a message by itself, or many as one digest (D7). */
export type Delivery<M extends OutgoingMessage> =
  | { readonly kind: 'single'; readonly message: M }
  | {
      readonly kind: 'digest';
      readonly to: string;
      readonly channel: Channel;
      /** Instant of the first message in it. */
      readonly sendAt: Instant;
      readonly messages: readonly M[];
    };

/** Length of the window in which a storm is noticed, in seconds (D7). */
export const DIGEST_WINDOW_SECONDS = 300;
/** As many messages still go one by one (D7). */
export const MOST_SINGLE_MESSAGES = 3;

/** When a message may leave: urgent ones at once, others at the next opening of the notify calendar (N11). NEVER where it never opens. */
export function releaseAt(createdAt: Instant, urgent: boolean, notifyCalendar: CompiledCalendar | null): Instant {
  return urgent || notifyCalendar === null ? createdAt : nextOpening(notifyCalendar, createdAt);
}

/** A held message is checked again when it is released (E8, E10, N11): null means that it may go. */
export function whyDropped(
  message: { readonly to: string },
  item: { readonly isOpen: boolean; readonly recipientsNow: readonly string[] },
): 'closed' | 'recipientChanged' | null {
  if (!item.isOpen) return 'closed';
  return item.recipientsNow.includes(message.to) ? null : 'recipientChanged';
}

/** One digest a person and channel where more than three messages fall into five minutes or one release (D7); the order of the first messages is kept. */
export function bundleMessages<M extends OutgoingMessage>(messages: readonly M[]): Delivery<M>[] {
  const piles = new Map<string, M[]>();
  for (const [position, message] of messages.entries()) {
    // A customer's message is a pile of its own.
    const key = JSON.stringify(message.isForCustomer ? [position] : [message.to, message.channel]);
    const pile = piles.get(key);
    if (pile) pile.push(message);
    else piles.set(key, [message]);
  }
  return [...piles.values()].flatMap((pile) => windowsOf(pile).flatMap(deliver));
}

/** What leaves now and what waits for the end of its storm. */
export interface ReleasePlan<M extends OutgoingMessage> {
  readonly now: readonly Delivery<M>[];
  readonly later: readonly { readonly message: M; readonly at: Instant }[];
}

/**
 * Messages to one person by one channel as they come, with when others left in the last five minutes: the fourth begins a
 * storm, and what follows is gathered until the window of the first is over (D7). Urgent ones never wait.
 */
export function planRelease<M extends OutgoingMessage & { readonly gathered: boolean }>(
  due: readonly M[],
  sentAt: readonly Instant[],
  now: Instant,
): ReleasePlan<M> {
  const recent = sentAt.filter((at) => at > now - DIGEST_WINDOW_SECONDS);
  const isStorm = due.length > MOST_SINGLE_MESSAGES || recent.length + due.length > MOST_SINGLE_MESSAGES;
  const ends = Math.min(...recent) + DIGEST_WINDOW_SECONDS;
  const waits = (message: M) => isStorm && recent.length > 0 && !message.urgent && !message.gathered;
  const gathered = due.filter(({ gathered: was }) => was);
  const rest = due.filter((message) => !message.gathered && !waits(message));
  return {
    now: [...(gathered.length > 1 ? [digestOf(gathered)] : gathered.map(single)), ...deliver(rest)],
    later: due.filter(waits).map((message) => ({ message, at: ends })),
  };
}

function single<M extends OutgoingMessage>(message: M): Delivery<M> {
  return { kind: 'single', message };
}

function deliver<M extends OutgoingMessage>(window: readonly M[]): Delivery<M>[] {
  return window.length <= MOST_SINGLE_MESSAGES ? window.map(single) : [digestOf(window)];
}

function digestOf<M extends OutgoingMessage>(messages: readonly M[]): Delivery<M> {
  const [first] = messages;
  if (!first) throw new Error('a digest has at least one message; expected some');
  return { kind: 'digest', to: first.to, channel: first.channel, sendAt: first.sendAt, messages };
}

/** Windows begin with the first message that no earlier window holds. */
function windowsOf<M extends OutgoingMessage>(pile: readonly M[]): M[][] {
  const windows: M[][] = [];
  for (const message of [...pile].sort((a, b) => a.sendAt - b.sendAt)) {
    const current = windows.at(-1);
    const [first] = current ?? [];
    if (current && first && message.sendAt < first.sendAt + DIGEST_WINDOW_SECONDS) current.push(message);
    else windows.push([message]);
  }
  return windows;
}
