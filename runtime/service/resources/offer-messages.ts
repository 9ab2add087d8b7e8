import type { ServiceTypeDocument } from '../../../schemas/settings.ts';
import type { ResourceEventDraft, ResourceState } from '../../engine/index.ts';
import type { RowChange } from '../commit/tables.ts';
import { type OfferTold, toOutboxRow } from '../notify/outbox.ts';

/**
 * Messages to customers whose offers were made, expired or were withdrawn, for the outbox in the resource's own transaction (P11).
 * A customer who gave up the interest knows already. The way out is settled when it is sent: a letter where no e-mail is known.
 */
export function offerMessages(
  resource: string,
  before: ResourceState | null,
  drafts: readonly ResourceEventDraft[],
  { messages }: ServiceTypeDocument,
): RowChange[] {
  if (!before || !messages) return [];
  return drafts.flatMap((draft) => {
    const told = toldBy(resource, before, draft);
    const template = told && messages[told.event]?.template;
    if (!told || template === undefined) return [];
    const message = {
      messageId: `${told.offer}-${told.event}`,
      item: `case:${before.plan.case}`,
      firing: null,
      rung: null,
      to: 'customer',
      channel: 'email',
      template,
      language: 'en',
      urgent: false,
      variables: { told },
    } as const;
    return [toOutboxRow(before.plan.case, message, draft.recordedAt)];
  });
}

function toldBy(resource: string, before: ResourceState, draft: ResourceEventDraft): OfferTold | undefined {
  if (draft.type === 'offerMade') {
    const { offer, interest, customer, expiresAt } = draft.payload;
    return { event: 'offerMade', resource, offer, interest, customer, expiresAt };
  }
  if (draft.type === 'offerWithdrawn' && draft.payload.because === 'interestWithdrawn') return undefined;
  if (draft.type !== 'offerExpired' && draft.type !== 'offerWithdrawn') return undefined;
  const found = before.offers[draft.payload.offer];
  if (!found) return undefined;
  const { id: offer, interest, customer, expiresAt } = found;
  return { event: draft.type, resource, offer, interest, customer, expiresAt };
}
