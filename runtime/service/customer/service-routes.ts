import { Hono } from 'hono';
import type { ResourceCommand } from '../../../schemas/resource-command.ts';
import type { ResourceState } from '../../engine/index.ts';
import { jsonOf, textOf } from '../db/database.ts';
import { zoneOf } from '../enquiries/submit-enquiry.ts';
import { hashSecret } from '../identity/secrets.ts';
import { dateIn } from '../local-date.ts';
import type { Organisation } from '../organisation.ts';
import { Problem } from '../problem.ts';
import { commandResource } from '../resources/command-resource.ts';
import { openInterestForm } from '../resources/interest-form.ts';
import { findInterestByLink } from '../resources/read-interest.ts';
import { loadResourceRow, toAllocationSummary, toOfferSummary, toResourceSummary } from '../resources/read-resource.ts';
import { interestSecret, registerInterest } from '../resources/register-interest.ts';
import { withdrawInterest } from '../resources/withdraw-interest.ts';
import type { ServiceEnv } from '../service.ts';
import { type FormKind, formFlow } from './form-flow.ts';
import {
  renderCatalogue,
  renderConfirm,
  renderInterest,
  renderService,
  type ServiceInCatalogue,
} from './service-pages.ts';
import { baseOf, type Ctx, fieldsOf, show } from './show-page.ts';
import { beginEnquiry, loadUnfinished } from './unfinished-store.ts';

const MOST_SERVICES = 200;
/** What a form about a service is filed under, apart from the workflows' forms. */
const filedUnder = (resource: string) => `resource:${resource}`;

/** Services in the catalogue: not ended, not over. */
async function loadCatalogue(organisation: Organisation): Promise<ServiceInCatalogue[]> {
  const release = await organisation.releases.newest();
  const today = dateIn(zoneOf(release), organisation.clock.now());
  const rows = await organisation.database.query(
    `SELECT * FROM resources WHERE in_catalogue = 1 AND delivery <> 'ended' AND (ends_on IS NULL OR ends_on >= ?)
     ORDER BY service_type, COALESCE(starts_on, ''), title, id LIMIT ${MOST_SERVICES}`,
    [today],
  );
  return Promise.all(rows.map((row) => toService(organisation, row)));
}

async function toService({ releases }: Organisation, row: Parameters<typeof toResourceSummary>[0]) {
  const resource = toResourceSummary(row);
  const { description, place, providedBy, charge, release } = jsonOf<ResourceState>(row, 'state');
  const { configuration } = await releases.load(release);
  const typeTitle = configuration['service-type'][resource.serviceType]?.title ?? resource.serviceType;
  return { resource, typeTitle, description, place, providedBy, charge };
}

/** A service that customers may see; throws 404. */
async function findService(organisation: Organisation, id: string): Promise<ServiceInCatalogue> {
  const service = await toService(organisation, await loadResourceRow(organisation, id));
  if (!service.resource.inCatalogue) throw new Problem(404, 'NOT_FOUND', 'There is no such service.');
  return service;
}

async function catalogue(c: Ctx): Promise<Response> {
  const body = renderCatalogue(await loadCatalogue(c.get('service').organisation), baseOf(c));
  return show(c, 'Services you can ask for', body, { back: `${baseOf(c)}/start` });
}

async function servicePage(c: Ctx): Promise<Response> {
  const service = await findService(c.get('service').organisation, c.req.param('resource') ?? '');
  return show(c, service.resource.title, renderService(service, baseOf(c)), { back: `${baseOf(c)}/services` });
}

async function begin(c: Ctx): Promise<Response> {
  const { organisation } = c.get('service');
  const { resource } = await findService(organisation, c.req.param('resource') ?? '');
  return c.redirect(
    `${baseOf(c)}/services/${resource.id}/${await beginEnquiry(organisation, filedUnder(resource.id))}`,
    303,
  );
}

/** Interests: sent, one is registered, and its page is where offers are answered. */
const interestForm: FormKind = {
  sendHeading: 'Now register your interest',
  async open(c) {
    const { organisation } = c.get('service');
    const id = c.req.param('resource') ?? '';
    const token = c.req.param('token') ?? '';
    const enquiry = await loadUnfinished(organisation, token);
    if (enquiry.workflow !== filedUnder(id)) throw new Problem(404, 'NOT_FOUND', 'There is no such form.');
    const state = jsonOf<ResourceState>(await loadResourceRow(organisation, id), 'state');
    const release = await organisation.releases.load(state.release);
    const form = openInterestForm(release, state.serviceType, dateIn(zoneOf(release), organisation.clock.now()));
    const { submittedAs } = enquiry;
    const sent =
      submittedAs === null ? undefined : `${baseOf(c)}/interest/${interestSecret(organisation, submittedAs)}`;
    const start = `${baseOf(c)}/services/${id}`;
    return { enquiry, release, form, base: `${start}/${token}`, start, sent };
  },
  async send(c, { enquiry, form }, answers, contact) {
    const { interestId, secret } = await registerInterest(
      c.get('service').organisation,
      {
        resource: c.req.param('resource') ?? '',
        serviceType: form.workflow,
        customer: { ...contact, person: enquiry.person },
        answers,
        source: 'catalogue',
      },
      { actor: 'customer', key: `interest:${enquiry.id}` },
    );
    return { id: interestId, link: `${baseOf(c)}/interest/${secret}` };
  },
};

/** The interest behind the secret link, with its latest offer; throws 404. */
async function findInterest(c: Ctx) {
  const { organisation } = c.get('service');
  const secret = c.req.param('secret') ?? '';
  const id = await findInterestByLink(organisation, hashSecret(secret));
  const [row] = id ? await organisation.database.query('SELECT * FROM interests WHERE id = ?', [id]) : [];
  if (!id || !row) throw new Problem(404, 'NOT_FOUND', 'There is no such interest.');
  const [offerRow] = await organisation.database.query(
    'SELECT * FROM offers WHERE interest = ? ORDER BY made_at DESC, id LIMIT 1',
    [id],
  );
  return {
    id,
    address: `${baseOf(c)}/interest/${secret}`,
    row,
    offer: offerRow ? toOfferSummary(offerRow) : undefined,
  };
}

async function interestPage(c: Ctx, refused?: string): Promise<Response> {
  const { organisation } = c.get('service');
  const { id, address, row, offer } = await findInterest(c);
  const about = offer?.resource ?? (row.resource === null ? undefined : textOf(row, 'resource'));
  const resource = about === undefined ? undefined : toResourceSummary(await loadResourceRow(organisation, about));
  const release = await organisation.releases.newest();
  const type = release.configuration['service-type'][textOf(row, 'service_type')]?.title;
  const [allocated] = await organisation.database.query(
    "SELECT * FROM allocations WHERE interest = ? AND state = 'current' LIMIT 1",
    [id],
  );
  const title = resource?.title ?? type ?? 'Service';
  const body = renderInterest({
    address,
    title,
    state: textOf(row, 'state'),
    resource,
    offer,
    allocation: allocated ? toAllocationSummary(allocated) : undefined,
    now: organisation.clock.now(),
    zone: zoneOf(release),
    refused,
  });
  return show(c, title, body, refused === undefined ? {} : { hasMistake: true, status: 422 });
}

/** Carries out what the customer asked for; a refusal is shown on the interest's page, in words. */
async function carryOut(c: Ctx, work: () => Promise<unknown>): Promise<Response> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof Problem) || error.status !== 409) throw error;
    return interestPage(c, error.message);
  }
  return c.redirect(`${baseOf(c)}/interest/${c.req.param('secret') ?? ''}`, 303);
}

async function answerOffer(c: Ctx, type: 'acceptOffer' | 'refuseOffer'): Promise<Response> {
  const { offer } = await findInterest(c);
  const fields = await fieldsOf(c);
  // The offer that the customer saw: another made meanwhile is not answered with it.
  if (!offer || offer.id !== fields.offer?.[0])
    return interestPage(c, 'This is not the latest offer: look at it again.');
  const reason = (fields.reason?.[0] ?? '').trim().slice(0, 2000);
  const command: ResourceCommand =
    type === 'acceptOffer' ? { type, offer: offer.id } : { type, offer: offer.id, ...(reason ? { reason } : {}) };
  return carryOut(c, () =>
    commandResource(c.get('service').organisation, offer.resource, command, { actor: 'customer' }),
  );
}

async function askRefusal(c: Ctx): Promise<Response> {
  const { address, offer } = await findInterest(c);
  if (!offer) return c.redirect(address, 303);
  const heading = 'Do you want to refuse the offer?';
  const body = renderConfirm({
    heading,
    text: 'Somebody else will be offered the place.',
    button: 'Refuse the offer',
    action: `${address}/refuse`,
    offer: offer.id,
  });
  return show(c, heading, body, { back: address });
}

async function askWithdrawal(c: Ctx): Promise<Response> {
  const { address } = await findInterest(c);
  const heading = 'Do you want to withdraw your interest?';
  const body = renderConfirm({
    heading,
    text: 'An offer that you have, or a place that you accepted, goes to somebody else.',
    button: 'Withdraw your interest',
    action: `${address}/withdraw`,
  });
  return show(c, heading, body, { back: address });
}

async function withdraw(c: Ctx): Promise<Response> {
  const { id } = await findInterest(c);
  const fields = await fieldsOf(c);
  const reason = (fields.reason?.[0] ?? '').trim().slice(0, 2000) || undefined;
  return carryOut(c, () => withdrawInterest(c.get('service').organisation, id, reason, { actor: 'customer' }));
}

/** The public catalogue and the pages of interests: no account, no JavaScript; unguessable links. */
export const serviceRoutes = new Hono<ServiceEnv>()
  .get('/services', catalogue)
  .get('/services/:resource', servicePage)
  .post('/services/:resource', begin)
  .route('/services/:resource/:token', formFlow(interestForm))
  .get('/interest/:secret', (c) => interestPage(c))
  .post('/interest/:secret/accept', (c) => answerOffer(c, 'acceptOffer'))
  .get('/interest/:secret/refuse', askRefusal)
  .post('/interest/:secret/refuse', (c) => answerOffer(c, 'refuseOffer'))
  .get('/interest/:secret/withdraw', askWithdrawal)
  .post('/interest/:secret/withdraw', withdraw);
