import { html } from 'hono/html';
import type { OfferSummary, ResourceSummary } from '../../../schemas/resource-api.ts';
import type { Charge } from '../../../schemas/settings.ts';
import { chargeInWords, dateInWords, toDateTimeText } from '../../engine/index.ts';
import { errorSummary, type Html } from './layout.ts';
import { writtenText } from './pages.ts';

/** A service as the catalogue shows it. */
export interface ServiceInCatalogue {
  resource: ResourceSummary;
  typeTitle: string;
  description: string;
  place: string;
  providedBy: string;
  charge: Charge | null;
}

const titleOf = ({ title, isSample }: ResourceSummary) => (isSample ? `${title} (sample)` : title);

/** The dates of a service in words. */
export function datesInWords({ provision, startsOn, endsOn }: ResourceSummary): string {
  if (startsOn !== null && endsOn !== null) return `${dateInWords(startsOn)} to ${dateInWords(endsOn)}`;
  if (startsOn !== null) return `From ${dateInWords(startsOn)}`;
  return provision === 'continuing' ? 'All year round' : 'Dates to be announced';
}

function placesInWords({ capacity, taken }: ResourceSummary): string {
  if (capacity === null) return 'No limit';
  const free = capacity - taken;
  if (free === 0) return 'None at the moment. You can still register your interest';
  return `${free} of ${capacity}`;
}

const row = (label: string, value: string) => html`<div class="govuk-summary-list__row">
<dt class="govuk-summary-list__key">${label}</dt><dd class="govuk-summary-list__value">${value}</dd></div>`;

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** The catalogue: services by type. */
export function renderCatalogue(services: readonly ServiceInCatalogue[], base: string): Html {
  const types = [...new Set(services.map(({ typeTitle }) => typeTitle))].sort();
  const card = ({ resource, place, charge }: ServiceInCatalogue) => html`<div class="govuk-summary-card">
<div class="govuk-summary-card__title-wrapper"><h3 class="govuk-summary-card__title"><a class="govuk-link" href="${base}/services/${resource.id}">${titleOf(resource)}</a></h3></div>
<div class="govuk-summary-card__content"><dl class="govuk-summary-list">
${row('When', datesInWords(resource))}
${place ? row('Where', place) : ''}
${row('Charge', capital(chargeInWords(charge)))}
${row('Places left', placesInWords(resource))}
</dl></div></div>`;
  return html`<h1 class="govuk-heading-xl">Services you can ask for</h1>
<p class="govuk-body-l">Courses and help that we provide or arrange. Register your interest; when there is a place for you, we offer it to you.</p>
${
  services.length === 0
    ? html`<p class="govuk-body">No service is open at the moment.</p>`
    : types.map(
        (type) => html`<section><h2 class="govuk-heading-m">${type}</h2>
${services.filter(({ typeTitle }) => typeTitle === type).map(card)}</section>`,
      )
}`;
}

/** One service: details, charge, dates, and the way to register interest. */
export function renderService(service: ServiceInCatalogue, base: string): Html {
  const { resource, typeTitle, description, place, providedBy, charge } = service;
  const provider =
    resource.provider === 'direct' ? 'Us' : providedBy ? `${providedBy}, arranged by us` : 'A partner, arranged by us';
  return html`<span class="govuk-caption-xl">${typeTitle}</span>
<h1 class="govuk-heading-xl">${titleOf(resource)}</h1>
${description ? writtenText(description) : ''}
<dl class="govuk-summary-list">
${row('When', datesInWords(resource))}
${place ? row('Where', place) : ''}
${row('Charge', capital(chargeInWords(charge)))}
${row('Provided by', provider)}
${row('Places left', placesInWords(resource))}
</dl>
<p class="govuk-body">We ask some questions first. You can leave at any time and come back with the address of the page you were on.</p>
<form method="post" action="${base}/services/${resource.id}"><button type="submit" class="govuk-button govuk-button--start">Register your interest</button></form>`;
}

/** What the page of an interest says. */
export interface InterestPage {
  /** Its own address. */
  address: string;
  title: string;
  state: string;
  resource: ResourceSummary | undefined;
  offer: OfferSummary | undefined;
  allocation: { startOn: string; endOn: string | null } | undefined;
  now: number;
  zone: string;
  /** Why the last thing asked for was refused. */
  refused: string | undefined;
}

const states: Readonly<Record<string, string>> = {
  open: 'We have your interest. You need do nothing now: when there is a place for you, you find the offer on this page.',
  offered: 'We offer you a place.',
  secured: 'You have accepted: the place is yours. We tell you when it begins.',
  allocated: 'The place is yours.',
  refused: 'You have refused the offer. You can register again if you change your mind.',
  withdrawn: 'You have withdrawn your interest. You can register again if you change your mind.',
  ended: 'This service has ended for you.',
};

/** An interest as its customer sees it: where it stands, the offer to answer, the way out. */
export function renderInterest(page: InterestPage): Html {
  const { address, title, state, resource, offer, allocation, now, refused } = page;
  const isExpired = offer !== undefined && offer.state === 'open' && offer.expiresAt < now;
  const words = state === 'offered' && isExpired ? 'The offer has expired. Your interest still stands.' : states[state];
  return html`${refused === undefined ? '' : errorSummary([{ href: '#state', message: refused }])}
<span class="govuk-caption-xl">Your interest</span>
<h1 class="govuk-heading-xl">${title}</h1>
<div class="govuk-inset-text" id="state" tabindex="-1">${words ?? ''}</div>
${offer && offer.state === 'open' && !isExpired ? renderOffer(page, offer, resource) : ''}
${
  allocation
    ? html`<dl class="govuk-summary-list">${row('From', dateInWords(allocation.startOn))}${
        allocation.endOn === null ? '' : row('To', dateInWords(allocation.endOn))
      }${row('Charge', capital(chargeInWords(offer?.charge ?? null)))}</dl>`
    : ''
}
${
  state === 'open' || state === 'offered' || state === 'secured'
    ? html`<p class="govuk-body"><a class="govuk-link" href="${address}/withdraw">Withdraw your interest</a></p>`
    : ''
}
<p class="govuk-body-s">Keep the address of this page: it is secret and leads back here.</p>`;
}

function renderOffer(
  { address, zone }: InterestPage,
  offer: OfferSummary,
  resource: ResourceSummary | undefined,
): Html {
  return html`<h2 class="govuk-heading-m">The offer</h2>
<dl class="govuk-summary-list">
${resource ? row('Service', resource.title) : ''}
${resource ? row('When', datesInWords(resource)) : ''}
${row('Charge', capital(chargeInWords(offer.charge)))}
${row('Answer by', toDateTimeText(offer.expiresAt, zone))}
</dl>
<form method="post" action="${address}/accept">
<input type="hidden" name="offer" value="${offer.id}">
<div class="govuk-button-group"><button type="submit" class="govuk-button">Accept the offer</button>
<a class="govuk-link" href="${address}/refuse">Refuse the offer</a></div></form>`;
}

/** Asks again before a refusal or a withdrawal, with room for a reason. */
export function renderConfirm(options: {
  heading: string;
  text: string;
  button: string;
  action: string;
  offer?: string;
}): Html {
  const { heading, text, button, action, offer } = options;
  return html`<h1 class="govuk-heading-l">${heading}</h1><p class="govuk-body">${text}</p>
<form method="post" action="${action}">
${offer === undefined ? '' : html`<input type="hidden" name="offer" value="${offer}">`}
<div class="govuk-form-group"><label class="govuk-label" for="reason">Reason (optional)</label>
<textarea class="govuk-textarea" id="reason" name="reason" rows="3" maxlength="2000"></textarea></div>
<button type="submit" class="govuk-button govuk-button--warning">${button}</button></form>`;
}
