import type { ItemId } from '../../../schemas/case-event.ts';
import type { Channel } from '../../../schemas/ladder.ts';
import { dueAt, overdueSeconds } from '../clock/readings.ts';
import type { Recipient } from '../ladder/recipients.ts';
import { slaStateOf } from './regions.ts';
import { calendarsOf, knownTime, mainClock } from './timekeeping.ts';
import { emit, splitItem, valueOfItem, type Work } from './work.ts';

/** A message to be written to the outbox. */
export interface OutgoingMessage {
  readonly item: ItemId;
  readonly recipient: Recipient;
  readonly channel: Channel;
  /** Template key; null for the built-in plain text (N5). */
  readonly template: string | null;
  readonly rung: string | null;
  /** Firing key (E15). */
  readonly firing: string | null;
  readonly urgent: boolean;
  readonly earlier?: readonly { readonly rung: string; readonly occurrence: number }[];
}

/** Queues a message; what has no address on a channel is left out, and a template that is missing becomes plain text (N5). */
export function queueMessage(work: Work, message: OutgoingMessage): void {
  const { recipient, channel, template } = message;
  // An outside address has no inbox here; a customer reads letters, e-mail and texts.
  if (recipient.kind !== 'user' && channel === 'inApp') return;
  if (recipient.kind === 'address' && channel !== 'email') return;
  emit(
    work,
    'messageQueued',
    {
      messageId: work.env.ids(),
      item: message.item,
      firing: message.firing,
      rung: message.rung,
      to: recipient.id,
      ...(recipient.insteadOf === undefined ? {} : { coverFor: recipient.insteadOf }),
      channel,
      template: template !== null && work.bundle.templates.includes(template) ? template : null,
      language: recipient.kind === 'customer' ? (work.env.language ?? 'en') : 'en',
      urgent: message.urgent,
      variables: variablesOf(work, message),
    },
    { effectiveAt: work.env.now },
  );
}

/** What templates may say of the item, without personal values: the sender adds names and the reference at sending. */
function variablesOf(work: Work, message: OutgoingMessage): Record<string, unknown> {
  const [kind, id] = splitItem(message.item);
  const clock = mainClock(knownTime(work, message.item));
  const due = clock ? (dueAt(clock, calendarsOf(work)) ?? clock.breach?.at ?? null) : null;
  const overdue = clock ? overdueSeconds(clock, work.env.now, calendarsOf(work)) : 0;
  return {
    case: { workflow: work.bundle.workflow.title },
    ...(kind === 'task' ? { task: { id, title: work.state.tasks[id]?.title ?? id } } : {}),
    ...(kind === 'case' ? { task: { title: work.bundle.workflow.title } } : {}),
    ...(kind === 'clock' ? { clock: clockVariables(work, id) } : {}),
    slaState: slaStateOf(valueOfItem(work, message.item)),
    due: { at: due },
    overdue: { seconds: overdue },
    rung: message.rung,
    earlier: message.earlier ?? [],
  };
}

function clockVariables(work: Work, id: string): Record<string, unknown> {
  const state = work.state.clocks[id];
  const drawn = work.bundle.workflow.clocks[state?.key ?? ''];
  return { title: state?.title ?? id, onEnd: drawn?.onEnd ?? '', source: drawn?.source ?? '' };
}
