import { createHash } from 'node:crypto';
import type { CaseEventPayloads } from '../../../schemas/case-event.ts';
import type { RowChange } from '../commit/tables.ts';

/** What an offer message is about, beside the case that is its resource's action plan. */
export interface OfferTold {
  readonly event: 'offerMade' | 'offerExpired' | 'offerWithdrawn';
  readonly resource: string;
  readonly offer: string;
  readonly interest: string;
  readonly customer: string;
  readonly expiresAt: number;
}

/** The offer a message is about; undefined for a message of a case. */
export function offerTold(message: CaseEventPayloads['messageQueued']): OfferTold | undefined {
  return message.variables['told'] as OfferTold | undefined;
}

/** Rung name of a digest: it is built of messages that were checked already. */
export const DIGEST = 'digest';

/** The outbox row of a message to send; the same firing to the same person by the same channel is one message (N6, E15). */
export function toOutboxRow(caseId: string, message: CaseEventPayloads['messageQueued'], now: number): RowChange {
  const { messageId, item, firing, to, channel, template, language, urgent } = message;
  const parts = firing === null ? [messageId] : [caseId, firing, to, channel, template];
  return {
    table: 'outbox',
    values: {
      id: messageId,
      case_id: caseId,
      task: item.startsWith('task:') ? item.slice('task:'.length) : null,
      recipient: to,
      channel,
      template: template ?? '',
      language,
      urgent: urgent ? 1 : 0,
      variables: JSON.stringify(message),
      idempotency_key: createHash('sha256').update(JSON.stringify(parts)).digest('hex'),
      state: 'pending',
      not_before: now,
      created_at: now,
    },
  };
}
