import { Liquid } from 'liquidjs';
import type { CaseEventPayloads } from '../../../schemas/case-event.ts';
import type { Instant } from '../../../schemas/ids.ts';
import type { Channel, TemplateDocument } from '../../../schemas/ladder.ts';

/** What a template may say; built field by field, so that nothing else can be reached (N2). */
export interface MessageScope {
  readonly [name: string]: unknown;
}

export interface RenderedTemplate {
  readonly subject: string | null;
  readonly text: string;
  readonly html: string | null;
  /** Why the built-in plain template stands in (N5); null where the template itself was used. */
  readonly failed: string | null;
}

/** What the sender knows and the case does not keep: names, the reference, the address of the case's page. */
export interface SenderFacts {
  readonly reference: string;
  readonly recipientName: string;
  readonly link: string;
  /** The organisation's IANA zone: times are written in it (D9). */
  readonly zone: string;
}

const LIMITS = { parseLimit: 100_000, renderLimit: 200, memoryLimit: 1_000_000 };

/**
 * Renders one channel of a template in a language, by default English. A failure never loses the message: the built-in plain
 * text is given with the reason (N5).
 */
export function renderTemplate(
  template: TemplateDocument | undefined,
  channel: Channel,
  language: 'en' | 'cy',
  scope: MessageScope,
  zone: string,
): RenderedTemplate {
  if (!template) return plainMessage(scope, 'the template does not exist');
  const bodies = (language === 'cy' ? template.languages.cy : undefined) ?? template.channels;
  try {
    const own = bodies[channel] === undefined ? template.channels : bodies;
    if (channel === 'email') return renderEmail(own.email, scope, zone);
    const body = own[channel];
    if (body === undefined) return plainMessage(scope, `template "${template.key}" has no ${channel} body`);
    return { subject: null, text: renderText(body, scope, zone), html: null, failed: null };
  } catch (error) {
    return plainMessage(scope, (error as Error).message);
  }
}

function renderEmail(body: TemplateDocument['channels']['email'], scope: MessageScope, zone: string): RenderedTemplate {
  if (!body) return plainMessage(scope, 'the template has no email body');
  return {
    // A line break in a subject would begin another header.
    subject: renderText(body.subject, scope, zone).replace(/\s+/g, ' ').trim(),
    text: renderText(body.text, scope, zone),
    html: body.html === undefined ? null : renderText(body.html, scope, zone, true),
    failed: null,
  };
}

/** The plain template every message falls back to (N5). */
function plainMessage(scope: MessageScope, failed: string): RenderedTemplate {
  const at = (path: string): string => {
    const [head = '', tail = ''] = path.split('.');
    const group = scope[head] as Record<string, unknown> | undefined;
    return typeof group?.[tail] === 'string' ? (group[tail] as string) : '';
  };
  if (at('resource.title') !== '') {
    const subject = `Your offer of a place: ${at('resource.title')}`;
    return { subject, text: `${subject}. See how it stands: ${String(scope['link'])}`, html: null, failed };
  }
  const title = at('task.title') || at('clock.title') || at('case.workflow') || 'Your case';
  const due = at('due.text') === '' ? '' : ` Due: ${at('due.text')}.`;
  const link = typeof scope['link'] === 'string' && scope['link'] !== '' ? ` ${scope['link']}` : '';
  const text = `${title}, case ${at('case.reference')}.${due}${link}`;
  return { subject: `${title}, case ${at('case.reference')}`, text, html: null, failed };
}

function renderText(source: string, scope: MessageScope, zone: string, isHtml = false): string {
  return String(engineFor(zone, isHtml).parseAndRenderSync(source, scope));
}

// An engine follows from its zone and its escaping alone and keeps nothing of what it renders, so keeping it changes no answer.
const engines = new Map<string, Liquid>();

function engineFor(zone: string, isHtml: boolean): Liquid {
  const name = `${zone} ${isHtml}`;
  const known = engines.get(name);
  if (known) return known;
  const made = new Liquid({
    templates: {},
    strictVariables: true,
    strictFilters: true,
    ownPropertyOnly: true,
    lenientIf: true,
    relativeReference: false,
    timezoneOffset: zone,
    ...LIMITS,
    ...(isHtml ? { outputEscape: 'escape' as const } : {}),
  });
  engines.set(name, made);
  return made;
}

/** The scope of a queued message: what its event says, with what only the sender knows. */
export function toMessageScope(message: CaseEventPayloads['messageQueued'], facts: SenderFacts): MessageScope {
  const given = message.variables as Record<string, Record<string, unknown>>;
  const due = given['due']?.['at'];
  const overdue = given['overdue']?.['seconds'];
  return {
    recipient: { name: facts.recipientName },
    case: { workflow: given['case']?.['workflow'] ?? '', reference: facts.reference },
    task: { title: given['task']?.['title'] ?? '' },
    clock: {
      title: given['clock']?.['title'] ?? '',
      onEnd: given['clock']?.['onEnd'] ?? '',
      source: given['clock']?.['source'] ?? '',
    },
    due: { text: typeof due === 'number' ? toDateTimeText(due, facts.zone) : 'with no date' },
    overdue: { text: toDurationText(typeof overdue === 'number' ? overdue : 0) },
    link: facts.link,
  };
}

/** What a message about an offer of a place may say (P11). */
export interface OfferFacts {
  readonly recipientName: string;
  readonly resourceTitle: string;
  readonly place: string;
  readonly expiresAt: Instant;
  /** Where the customer answers. */
  readonly link: string;
  /** The organisation's IANA zone: times are written in it (D9). */
  readonly zone: string;
}

/** The scope of a message about an offer. */
export function toOfferScope({ recipientName, resourceTitle, place, expiresAt, link, zone }: OfferFacts): MessageScope {
  return {
    recipient: { name: recipientName },
    resource: { title: resourceTitle, place },
    offer: { expires: toDateTimeText(expiresAt, zone) },
    link,
  };
}

/** `Wed 6 Jan 2027, 17:00` in a zone. */
export function toDateTimeText(at: Instant, zone: string): string {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(at * 1000);
  const part = (type: string): string => parts.find((one) => one.type === type)?.value ?? '';
  return `${part('weekday')} ${part('day')} ${part('month')} ${part('year')}, ${part('hour')}:${part('minute')}`;
}

/** Open time in words: `3 hours 20 minutes`. */
export function toDurationText(seconds: number): string {
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor((seconds % 3600) / 60);
  const words = [
    ...(hours > 0 ? [`${hours} ${hours === 1 ? 'hour' : 'hours'}`] : []),
    ...(minutes > 0 || hours === 0 ? [`${minutes} ${minutes === 1 ? 'minute' : 'minutes'}`] : []),
  ];
  return words.join(' ');
}
