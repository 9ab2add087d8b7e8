import type { Organisation } from '../organisation.ts';
import { FIRST_ORGANISATION } from '../organisations/organisation-rows.ts';
import type { Channel } from './channel.ts';
import { createEmail } from './email.ts';
import { createLetterBox } from './letter-box.ts';
import { createNotify, type Notify } from './notify.ts';
import { createWebhookChannel } from './webhook-channel.ts';

/** How messages leave the house; what is not set goes to the letter-box, so that nothing is lost on a machine without providers. */
export interface DeliveryConfig {
  /** `LINTEL_SMTP_URL`, `LINTEL_EMAIL_FROM`. */
  smtpUrl: string | null;
  emailFrom: string;
  /** `LINTEL_NOTIFY_URL`, `LINTEL_NOTIFY_KEY` and a template each: `LINTEL_NOTIFY_EMAIL_TEMPLATE`, `…_SMS_TEMPLATE`, `…_LETTER_TEMPLATE`. */
  notifyUrl: string;
  notifyKey: string | null;
  notifyTemplates: Readonly<Partial<Record<'email' | 'sms' | 'letter', string>>>;
  /** Bearer token of Notify's callbacks (`LINTEL_NOTIFY_CALLBACK_TOKEN`); null takes none. */
  notifyCallbackToken: string | null;
  /** Whether webhooks may go to this machine and private networks (`LINTEL_WEBHOOKS_PRIVATE=1`): for tests and stand-ins. */
  webhooksPrivate: boolean;
}

/**
 * The environment as one organisation sees it: `LINTEL_SMTP_URL__NORTH_SHIRE` is `LINTEL_SMTP_URL` of `north-shire`. What is
 * common serves every organisation that has none of its own, but for the provider's account: that is the first one's alone.
 */
export function environmentOf(
  environment: Readonly<Record<string, string | undefined>>,
  organisation: string,
): Readonly<Record<string, string | undefined>> {
  const suffix = `__${organisation.toUpperCase().replaceAll('-', '_')}`;
  const isFirst = organisation === FIRST_ORGANISATION;
  const common = Object.entries(environment).filter(([name]) => isFirst || !/^LINTEL_NOTIFY_/.test(name));
  const own = Object.entries(environment).flatMap(([name, value]) =>
    name.endsWith(suffix) ? [[name.slice(0, -suffix.length), value] as const] : [],
  );
  return Object.fromEntries([...common, ...own]);
}

export function deliveryConfigFrom(environment: Readonly<Record<string, string | undefined>>): DeliveryConfig {
  const templates = Object.fromEntries(
    (['email', 'sms', 'letter'] as const).flatMap((channel) => {
      const id = environment[`LINTEL_NOTIFY_${channel.toUpperCase()}_TEMPLATE`];
      return id === undefined ? [] : [[channel, id]];
    }),
  );
  return {
    smtpUrl: environment.LINTEL_SMTP_URL ?? null,
    emailFrom: environment.LINTEL_EMAIL_FROM ?? 'lintel@localhost',
    notifyUrl: environment.LINTEL_NOTIFY_URL ?? 'https://api.notifications.service.gov.uk',
    notifyKey: environment.LINTEL_NOTIFY_KEY ?? null,
    notifyTemplates: templates,
    notifyCallbackToken: environment.LINTEL_NOTIFY_CALLBACK_TOKEN ?? null,
    webhooksPrivate: environment.LINTEL_WEBHOOKS_PRIVATE === '1',
  };
}

export interface Channels {
  /** The way out for a channel. */
  of(channel: 'email' | 'sms' | 'letter' | 'webhook'): Channel;
  /** GOV.UK Notify, where it is set up. */
  readonly notify: Notify | null;
}

/** The ways out as set up: Notify first where it has a template, then SMTP, else the letter-box. */
export function createChannels(config: DeliveryConfig, letterBox: string, organisation: Organisation): Channels {
  const box = createLetterBox(letterBox, async () => {
    const number = await organisation.releases.newestNumber();
    const release = number === null ? null : await organisation.releases.load(number);
    return Object.values(release?.configuration.settings ?? {})[0]?.organisation ?? '';
  });
  const notify =
    config.notifyKey === null
      ? null
      : createNotify({ url: config.notifyUrl, key: config.notifyKey, templates: config.notifyTemplates });
  const email = config.smtpUrl === null ? undefined : createEmail({ url: config.smtpUrl, from: config.emailFrom });
  const ways = {
    email: notify?.channelOf('email') ?? email ?? box,
    sms: notify?.channelOf('sms') ?? box,
    letter: notify?.channelOf('letter') ?? box,
    webhook: createWebhookChannel(organisation, config.webhooksPrivate, box),
  };
  return { notify, of: (channel) => ways[channel] };
}
