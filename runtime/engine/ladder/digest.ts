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

function deliver<M extends OutgoingMessage>(window: readonly M[]): Delivery<M>[] {
  const [first] = window;
  if (!first || window.length <= MOST_SINGLE_MESSAGES) return window.map((message) => ({ kind: 'single', message }));
  return [{ kind: 'digest', to: first.to, channel: first.channel, sendAt: first.sendAt, messages: window }];
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
