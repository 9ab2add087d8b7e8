import type { CaseEventPayloads } from '../../../schemas/case-event.ts';
import { openValues } from '../cases/prepare.ts';
import { intOf, textOf, textOrNull } from '../db/connect.ts';
import type { Organisation } from '../organisation.ts';

export interface RenderedMessage {
  title: string;
  text: string;
  /** Where it goes: an e-mail address, a telephone number, or null when unknown. */
  address: string | null;
}

/** The words and the address of a message. A template that fails never loses it: the built-in plain text goes instead (N5). */
export async function renderMessage(
  organisation: Organisation,
  caseId: string,
  task: string | null,
  message: CaseEventPayloads['messageQueued'],
): Promise<RenderedMessage> {
  const [row] = await organisation.database.query(
    'SELECT reference, workflow, release, customer FROM cases WHERE id = ?',
    [caseId],
  );
  if (!row) throw new Error(`case ${caseId} of a message is not there`);
  const configuration = (await organisation.releases.load(intOf(row, 'release'))).configuration;
  const workflow = configuration.workflow[textOf(row, 'workflow')];
  const title = `${textOf(row, 'reference')} ${workflow?.title ?? ''}`.trim();
  return {
    title,
    text: `${title}${task ? `: task ${task}` : ''}`,
    address: await addressOf(organisation, textOrNull(row, 'customer'), message),
  };
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

/** Name and contact of a customer; undefined when erased. */
export async function contactOf(organisation: Organisation, customer: string): Promise<CustomerContact | undefined> {
  const key = await organisation.keys.find(customer);
  const [row] = await organisation.database.query('SELECT contact_ref FROM customers WHERE id = ?', [customer]);
  if (!key || !row) return undefined;
  const { contact } = await openValues(organisation, key, { contact: textOf(row, 'contact_ref') });
  return contact as CustomerContact | undefined;
}
