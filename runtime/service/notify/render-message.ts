import type { CaseEventPayloads } from '../../../schemas/case-event.ts';
import type { TemplateDocument } from '../../../schemas/ladder.ts';
import { openValues } from '../cases/prepare.ts';
import { intOf, textOf, textOrNull } from '../db/connect.ts';
import { inWords } from '../local-date.ts';
import type { Organisation } from '../organisation.ts';
import { renderLiquid } from './liquid.ts';

export interface RenderedMessage {
  title: string;
  text: string;
  /** Where it goes: an e-mail address, a telephone number, or null when unknown. */
  address: string | null;
}

type QueuedMessage = CaseEventPayloads['messageQueued'];

/** The words and the address of a message. A template that fails never loses it: the built-in plain text goes instead (N5). */
export async function renderMessage(
  organisation: Organisation,
  caseId: string,
  message: QueuedMessage,
): Promise<RenderedMessage> {
  const [row] = await organisation.database.query(
    'SELECT reference, workflow, release, customer FROM cases WHERE id = ?',
    [caseId],
  );
  if (!row) throw new Error(`case ${caseId} of a message is not there`);
  const { configuration } = await organisation.releases.load(intOf(row, 'release'));
  const zone = Object.values(configuration.settings)[0]?.zone ?? 'Europe/London';
  const customer = textOrNull(row, 'customer');
  const scope = toScope(message, {
    reference: textOf(row, 'reference'),
    workflow: configuration.workflow[textOf(row, 'workflow')]?.title ?? textOf(row, 'workflow'),
    recipient: await nameOf(organisation, customer, message.to),
    link: `/studio/cases/${caseId}`,
    zone,
  });
  const template = message.template === null ? undefined : configuration.template[message.template];
  const address = await addressOf(organisation, customer, message);
  return { ...(fill(template, message, scope, zone) ?? plainText(scope)), address };
}

interface Around {
  reference: string;
  workflow: string;
  recipient: string;
  link: string;
  zone: string;
}

/** The scope of templates, built field by field: nothing else can be reached from a template (N2). */
function toScope({ variables, rung }: QueuedMessage, around: Around) {
  const { task, clock, due, overdue, ...others } = variables as {
    task?: { title?: string };
    clock?: Record<string, unknown>;
    due?: { at?: number | null };
    overdue?: { seconds?: number };
  };
  const dueAt = typeof due?.at === 'number' ? due.at : null;
  return {
    ...others,
    rung,
    recipient: { name: around.recipient },
    case: { reference: around.reference, workflow: around.workflow },
    task: { ...task, title: task?.title ?? String(clock?.title ?? around.workflow) },
    clock: clock ?? {},
    due: { at: dueAt, text: dueAt === null ? 'at no set time' : inWords(around.zone, dueAt) },
    overdue: { seconds: overdue?.seconds ?? 0, text: durationInWords(overdue?.seconds ?? 0) },
    link: around.link,
  };
}

function fill(
  template: TemplateDocument | undefined,
  { channel, language }: QueuedMessage,
  scope: ReturnType<typeof toScope>,
  zone: string,
): { title: string; text: string } | undefined {
  const bodies = (language === 'cy' ? template?.languages.cy : undefined) ?? template?.channels;
  if (!template || !bodies) return undefined;
  try {
    if (channel === 'email') {
      return (
        bodies.email && {
          title: renderLiquid(bodies.email.subject, scope, zone),
          text: renderLiquid(bodies.email.text, scope, zone),
        }
      );
    }
    const body = bodies[channel];
    // In an inbox the subject of the e-mail is the line people know the message by.
    const title =
      channel === 'inApp' && bodies.email ? renderLiquid(bodies.email.subject, scope, zone) : template.title;
    return body === undefined ? undefined : { title, text: renderLiquid(body, scope, zone) };
  } catch {
    return undefined;
  }
}

function plainText(scope: ReturnType<typeof toScope>): { title: string; text: string } {
  const { task, due, case: subject } = scope;
  return {
    title: `${task.title}, case ${subject.reference}`,
    text: `${task.title} for case ${subject.reference} (${subject.workflow}) is due ${due.text}.`,
  };
}

/** Open time in words, to the minute. */
function durationInWords(seconds: number): string {
  const minutes = Math.floor(seconds / 60);
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  const parts = [
    hours > 0 && `${hours} ${hours === 1 ? 'hour' : 'hours'}`,
    (rest > 0 || hours === 0) && `${rest} ${rest === 1 ? 'minute' : 'minutes'}`,
  ];
  return parts.filter(Boolean).join(' ');
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

/** Name and contact of a customer; undefined when erased. */
export async function contactOf(organisation: Organisation, customer: string): Promise<CustomerContact | undefined> {
  const key = await organisation.keys.find(customer);
  const [row] = await organisation.database.query('SELECT contact_ref FROM customers WHERE id = ?', [customer]);
  if (!key || !row) return undefined;
  const { contact } = await openValues(organisation, key, { contact: textOf(row, 'contact_ref') });
  return contact as CustomerContact | undefined;
}
