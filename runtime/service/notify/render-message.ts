import type { CaseEventPayloads } from '../../../schemas/case-event.ts';
import { renderTemplate, toMessageScope } from '../../engine/index.ts';
import { openValues } from '../cases/prepare.ts';
import { survivorOf } from '../customers/survivor.ts';
import { intOf, jsonOf, textOf, textOrNull } from '../db/database.ts';
import { type Organisation, studioLink } from '../organisation.ts';
import { DIGEST } from './outbox.ts';

export interface RenderedMessage {
  title: string;
  text: string;
  /** Where it goes: an e-mail address, a telephone number, or null when unknown. */
  address: string | null;
  /** The way it goes, where that is another than was queued. */
  channel?: 'email' | 'letter';
  /** Why the built-in plain text stands in for the template (N5); null where it does not. */
  failed?: string | null;
}

type QueuedMessage = CaseEventPayloads['messageQueued'];

const MOST_LISTED = 50;

/** What a digest says: the line of each message it stands for (D7). */
async function renderDigest(
  organisation: Organisation,
  message: QueuedMessage,
): Promise<Omit<RenderedMessage, 'address' | 'failed'>> {
  const ids = message.variables['digest'] as string[];
  const rows = await organisation.database.query(
    'SELECT case_id, variables FROM outbox WHERE id IN (SELECT value FROM json_each(?)) ORDER BY created_at, id LIMIT ?',
    [JSON.stringify(ids), MOST_LISTED],
  );
  const lines: string[] = [];
  for (const row of rows) {
    const caseId = textOf(row, 'case_id');
    const { title } = await renderMessage(organisation, caseId, jsonOf<QueuedMessage>(row, 'variables'));
    lines.push(`- ${title} (${studioLink(organisation, `/cases/${caseId}`)})`);
  }
  const more = ids.length > lines.length ? [`and ${ids.length - lines.length} more`] : [];
  return { title: `${ids.length} messages about your work`, text: [...lines, ...more].join('\n') };
}

/** The words and the address of a message. A template that fails never loses it: the built-in plain text goes instead (N5). */
export async function renderMessage(
  organisation: Organisation,
  caseId: string,
  message: QueuedMessage,
): Promise<RenderedMessage> {
  if (message.rung === DIGEST) {
    const address = await addressOf(organisation, null, message);
    return { ...(await renderDigest(organisation, message)), address, failed: null };
  }
  const [row] = await organisation.database.query(
    'SELECT reference, workflow, release, customer FROM cases WHERE id = ?',
    [caseId],
  );
  if (!row) throw new Error(`case ${caseId} of a message is not there`);
  const { configuration } = await organisation.releases.load(intOf(row, 'release'));
  const zone = Object.values(configuration.settings)[0]?.zone ?? 'Europe/London';
  const customer = textOrNull(row, 'customer');
  const scope = toMessageScope(message, {
    reference: textOf(row, 'reference'),
    recipientName: await nameOf(organisation, customer, message.to),
    link: studioLink(organisation, `/cases/${caseId}`),
    zone,
  });
  const template = message.template === null ? undefined : configuration.template[message.template];
  const { subject, text, failed } = renderTemplate(template, message.channel, message.language, scope, zone);
  // An inbox shows the subject of the e-mail as the line people know the message by.
  const line = subject ?? renderTemplate(template, 'email', message.language, scope, zone).subject;
  const address = await addressOf(organisation, customer, message);
  return { title: line ?? template?.title ?? text, text, address, failed: template ? failed : null };
}

async function nameOf(organisation: Organisation, customer: string | null, to: string): Promise<string> {
  if (to === 'customer')
    return (customer === null ? undefined : (await contactOf(organisation, customer))?.name) ?? 'customer';
  return (await organisation.directory()).users[to]?.name ?? to;
}

export async function addressOf(
  organisation: Organisation,
  customer: string | null,
  message: CaseEventPayloads['messageQueued'],
): Promise<string | null> {
  const { to, channel } = message;
  if (to === 'customer') {
    const contact = customer === null ? undefined : await contactOf(organisation, customer);
    return (channel === 'sms' ? contact?.phone : (contact?.email ?? contact?.phone)) ?? contact?.name ?? null;
  }
  const user = (await organisation.directory()).users[to];
  if (!user) return to;
  return (channel === 'sms' ? user.phone : user.email) ?? null;
}

export interface CustomerContact {
  name: string;
  email?: string | undefined;
  phone?: string | undefined;
}

/** Name and contact of a customer, or of the one they were merged into; undefined when erased. */
export async function contactOf(organisation: Organisation, customer: string): Promise<CustomerContact | undefined> {
  const id = (await survivorOf(organisation, customer)) ?? customer;
  const key = await organisation.keys.find(id);
  const [row] = await organisation.database.query('SELECT contact_ref FROM customers WHERE id = ?', [id]);
  if (!key || !row) return undefined;
  const { contact } = await openValues(organisation, key, { contact: textOf(row, 'contact_ref') });
  return contact as CustomerContact | undefined;
}
