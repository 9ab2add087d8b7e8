import { createHmac } from 'node:crypto';
import { type Channel, ComeBackLater, DeliveryFailure, type Outgoing, type Receipt } from './channel.ts';

export interface NotifyConfig {
  /** `https://api.notifications.service.gov.uk` (`LINTEL_NOTIFY_URL`). */
  url: string;
  /** `name-SERVICE_ID-SECRET`, as Notify hands it out (`LINTEL_NOTIFY_KEY`). */
  key: string;
  /** Notify's templates by channel; each has the placeholders ((subject)) and ((body)), a text message only ((body)). */
  templates: Readonly<Partial<Record<'email' | 'sms' | 'letter', string>>>;
}

type NotifyChannel = 'email' | 'sms' | 'letter';

const PER_MINUTE = 3000;
const TIME_LIMIT_MS = 15_000;
const UUID = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}';
const placeholders: Record<NotifyChannel, readonly string[]> = {
  email: ['subject', 'body'],
  sms: ['body'],
  letter: ['subject', 'body', ...Array.from({ length: 7 }, (_, index) => `address line ${index + 1}`)],
};

/** GOV.UK Notify by its HTTP API (N8). */
export interface Notify {
  channelOf(channel: NotifyChannel): Channel | undefined;
  /** What keeps the templates from being used: one that is missing, or asks for what we do not send. */
  checkTemplates(): Promise<string[]>;
}

export function createNotify({ url, key, templates }: NotifyConfig, readMilliseconds: () => number = Date.now): Notify {
  const ids = new RegExp(`(${UUID})-(${UUID})$`, 'i').exec(key);
  if (!ids) throw new Error('LINTEL_NOTIFY_KEY is not a key of GOV.UK Notify: it ends with two UUIDs');
  const [, serviceId = '', secret = ''] = ids;
  const bucket = { left: PER_MINUTE, at: readMilliseconds() };

  async function call(method: string, path: string, body?: unknown): Promise<Record<string, unknown>> {
    const response = await fetch(new URL(path, url), {
      method,
      headers: {
        authorization: `Bearer ${token(serviceId, secret, Math.floor(readMilliseconds() / 1000))}`,
        'content-type': 'application/json',
      },
      signal: AbortSignal.timeout(TIME_LIMIT_MS),
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (response.ok) return JSON.parse(text) as Record<string, unknown>;
    if (response.status === 429 || response.status >= 500)
      throw new ComeBackLater(`Notify answers ${response.status}`, Number(response.headers.get('retry-after') ?? 60));
    throw new DeliveryFailure(`Notify refuses with ${response.status}: ${text.slice(0, 300)}`);
  }

  /** A message that may have arrived before is asked for by its reference first: Notify itself would send it twice. */
  async function findSent(reference: string): Promise<Receipt | undefined> {
    const { notifications } = await call('GET', `/v2/notifications?reference=${encodeURIComponent(reference)}`);
    const [found] = notifications as { id: string; status: string }[];
    return found ? { reference: found.id, status: found.status } : undefined;
  }

  async function send(channel: NotifyChannel, template: string, outgoing: Outgoing): Promise<Receipt> {
    if (outgoing.attempts > 1) {
      const before = await findSent(outgoing.id);
      if (before) return before;
    }
    takeTurn(bucket, readMilliseconds());
    const answer = await call('POST', `/v2/notifications/${channel}`, {
      template_id: template,
      reference: outgoing.id,
      ...recipientOf(channel, outgoing),
    });
    return { reference: String(answer.id), status: 'created' };
  }

  return {
    channelOf(channel) {
      const template = templates[channel];
      return template === undefined ? undefined : { send: (outgoing) => send(channel, template, outgoing) };
    },
    async checkTemplates() {
      const problems: string[] = [];
      for (const [channel, id] of Object.entries(templates) as [NotifyChannel, string][]) {
        try {
          const { body = '', subject = '' } = (await call('GET', `/v2/template/${id}`)) as {
            body?: string;
            subject?: string;
          };
          for (const name of placeholdersIn(`${subject}\n${body}`))
            if (!placeholders[channel].includes(name))
              problems.push(`the ${channel} template of Notify asks for ((${name})), which is not sent`);
        } catch (error) {
          problems.push(`the ${channel} template of Notify cannot be read: ${(error as Error).message}`);
        }
      }
      return problems;
    },
  };
}

/** `((name))` and the conditional `((flag??text))`, as Notify writes them. */
function placeholdersIn(text: string): string[] {
  return [...text.matchAll(/\(\(([^()?]+)(?:\?\?[^()]*)?\)\)/g)].map((match) => (match[1] ?? '').trim().toLowerCase());
}

function recipientOf(channel: NotifyChannel, { rendered, message }: Outgoing) {
  const { address, title, text } = rendered;
  if (address === null) throw new DeliveryFailure(`"${message.to}" has no address for ${channel}`);
  if (channel === 'email') return { email_address: address, personalisation: { subject: title, body: text } };
  if (channel === 'sms') return { phone_number: address, personalisation: { body: text } };
  const lines = address.split(/\r?\n|,\s*/).slice(0, 7);
  const personalisation: Record<string, string> = { subject: title, body: text };
  lines.forEach((line, index) => {
    personalisation[`address line ${index + 1}`] = line;
  });
  return { personalisation };
}

/** Notify takes 3,000 requests a minute of a service. */
function takeTurn(bucket: { left: number; at: number }, now: number): void {
  bucket.left = Math.min(PER_MINUTE, bucket.left + ((now - bucket.at) / 60_000) * PER_MINUTE);
  bucket.at = now;
  if (bucket.left < 1) throw new ComeBackLater('the minute’s messages to Notify are used up', 5);
  bucket.left--;
}

/** JSON Web Token as Notify asks for it: HS256, issuer and time. */
function token(issuer: string, secret: string, now: number): string {
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const text = `${part({ typ: 'JWT', alg: 'HS256' })}.${part({ iss: issuer, iat: now })}`;
  return `${text}.${createHmac('sha256', secret).update(text).digest('base64url')}`;
}

/** Where Notify's word for a message leaves it; undefined while it is still on its way. */
export function stateOfNotify(status: string): 'delivered' | 'failed' | undefined {
  if (status === 'delivered' || status === 'received') return 'delivered';
  const final = [
    'permanent-failure',
    'temporary-failure',
    'technical-failure',
    'validation-failed',
    'virus-scan-failed',
    'returned-letter',
    'cancelled',
  ];
  return final.includes(status) ? 'failed' : undefined;
}
