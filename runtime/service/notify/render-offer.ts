import type { CaseEventPayloads } from '../../../schemas/case-event.ts';
import { type ResourceState, renderTemplate, toOfferScope } from '../../engine/index.ts';
import { intOf, jsonOf } from '../db/database.ts';
import { customerLink, type Organisation } from '../organisation.ts';
import { interestSecret } from '../resources/register-interest.ts';
import type { OfferTold } from './outbox.ts';
import { type CustomerContact, contactOf, type RenderedMessage } from './render-message.ts';

/** The words of a message about an offer, and the way it goes: by letter where the customer has no e-mail address. */
export async function renderOffer(
  organisation: Organisation,
  message: CaseEventPayloads['messageQueued'],
  { resource, interest, customer, expiresAt }: OfferTold,
): Promise<RenderedMessage> {
  const [row] = await organisation.database.query('SELECT release, state FROM resources WHERE id = ?', [resource]);
  if (!row) throw new Error(`resource ${resource} of a message is not there`);
  const { configuration } = await organisation.releases.load(intOf(row, 'release'));
  const zone = Object.values(configuration.settings)[0]?.zone ?? 'Europe/London';
  const { title, place } = jsonOf<ResourceState>(row, 'state');
  const contact: CustomerContact | undefined = await contactOf(organisation, customer);
  const scope = toOfferScope({
    recipientName: contact?.name ?? 'customer',
    resourceTitle: title,
    place,
    expiresAt,
    link: customerLink(organisation, `/interest/${interestSecret(organisation, interest)}`),
    zone,
  });
  const template = message.template === null ? undefined : configuration.template[message.template];
  const channel = contact?.email ? 'email' : 'letter';
  const { subject, text, failed } = renderTemplate(template, channel, message.language, scope, zone);
  const line = subject ?? renderTemplate(template, 'email', message.language, scope, zone).subject;
  const address = contact?.email ?? contact?.name ?? null;
  return { title: line ?? template?.title ?? text, text, address, channel, failed: template ? failed : null };
}
