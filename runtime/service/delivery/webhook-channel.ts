import type { Organisation } from '../organisation.ts';
import { type Channel, ComeBackLater, DeliveryFailure } from './channel.ts';
import { postWebhook } from './post-webhook.ts';
import { signatureHeaders } from './webhook-signature.ts';
import { listEndpoints, secretsOf } from './webhook-store.ts';

/** Subscribers that name this type take the messages of the channel "webhook": their text may name people, so nobody gets it unasked. */
const MESSAGE = 'message';

/**
 * Messages of the channel "webhook" to every subscriber that takes them, by Standard Webhooks (N9); where there is none they go
 * to `otherwise`. One that fails is sent to all again: receivers know it by its id, which is the message's.
 */
export function createWebhookChannel(organisation: Organisation, allowPrivate: boolean, otherwise: Channel): Channel {
  return {
    async send(outgoing) {
      const all = await listEndpoints(organisation);
      const takers = all.filter(({ types, state }) => state === 'active' && types.includes(MESSAGE));
      if (takers.length === 0) return otherwise.send(outgoing);
      const { id, caseId, task, createdAt, message, rendered } = outgoing;
      const body = JSON.stringify({
        type: MESSAGE,
        timestamp: new Date(createdAt * 1000).toISOString(),
        data: {
          id,
          case: caseId,
          task,
          to: message.to,
          urgent: message.urgent,
          title: rendered.title,
          text: rendered.text,
        },
      });
      for (const taker of takers) {
        // Signed with real time: receivers refuse what is five minutes off.
        const headers = signatureHeaders(await secretsOf(organisation, taker.id), id, realNow(), body);
        const { status, retryAfter } = await postWebhook(taker.url, body, headers, allowPrivate);
        if (status === 410) throw new DeliveryFailure(`${taker.url} answered 410: it wants no more`);
        if (status < 200 || status >= 300) throw new ComeBackLater(`${taker.url} answered ${status}`, retryAfter ?? 0);
      }
      return { reference: `webhook:${id}`, status: 'accepted' };
    },
  };
}

const realNow = () => Math.floor(Date.now() / 1000);
