import type { Instant } from '../../../schemas/ids.ts';
import type { Channel } from '../../../schemas/ladder.ts';
import type { Recipient } from './recipients.ts';
import type { Firing, LadderFact, LadderSpec } from './state.ts';

/** A message to be written to the outbox; `rung` is `assigned` for the message of a reassignment (E9). */
export interface LadderMessage {
  readonly recipient: Recipient;
  readonly channel: Channel;
  readonly rung: string;
  readonly occurrence: number;
  readonly createdAt: Instant;
  readonly template: string | null;
  readonly urgent: boolean;
  /** Firings of the same catch-up this message stands for as well (D4). */
  readonly listsEarlier: readonly { readonly rung: string; readonly occurrence: number }[];
}

/** Messages of the facts of one advance or command: after a downtime one a person and channel, of the highest rung (D4). */
export function toMessages(
  spec: LadderSpec,
  facts: readonly LadderFact[],
  pace: 'live' | 'catchUp',
  assignedChannels: readonly Channel[] = ['email'],
): LadderMessage[] {
  const messages = facts.flatMap((fact): LadderMessage[] => {
    if (fact.kind === 'fired') return messagesOfFiring(fact);
    if (fact.kind !== 'assigned') return [];
    const { effectiveAt: createdAt, recipients } = fact;
    const common = { rung: 'assigned', occurrence: 1, createdAt, template: null, urgent: false, listsEarlier: [] };
    return recipients.flatMap((recipient) => assignedChannels.map((channel) => ({ recipient, channel, ...common })));
  });
  return pace === 'live' ? messages : coalesce(spec, messages);
}

function messagesOfFiring(firing: Firing): LadderMessage[] {
  if (!firing.actions.some((action) => action.do === 'notify')) return [];
  const { rung, occurrence, effectiveAt: createdAt, template, urgent } = firing;
  const common = { rung, occurrence, createdAt, template, urgent, listsEarlier: [] };
  return firing.recipients.flatMap((recipient) =>
    firing.channels.map((channel) => ({ recipient, channel, ...common })),
  );
}

function coalesce(spec: LadderSpec, messages: readonly LadderMessage[]): LadderMessage[] {
  const heightOf = (message: LadderMessage) => spec.rungs.findIndex(({ key }) => key === message.rung);
  const groups = new Map<string, LadderMessage[]>();
  for (const message of messages) {
    // An assignment is news of its own and never hidden behind a rung.
    const topic = message.rung === 'assigned' ? 'assigned' : 'rung';
    const key = JSON.stringify([topic, message.recipient.kind, message.recipient.id, message.channel]);
    groups.set(key, [...(groups.get(key) ?? []), message]);
  }
  return [...groups.values()].flatMap((group) => {
    const climbing = [...group].sort((a, b) => heightOf(a) - heightOf(b) || a.occurrence - b.occurrence);
    const highest = climbing.at(-1);
    if (!highest) return [];
    const listsEarlier = climbing.slice(0, -1).map(({ rung, occurrence }) => ({ rung, occurrence }));
    return [{ ...highest, urgent: group.some(({ urgent }) => urgent), listsEarlier }];
  });
}
