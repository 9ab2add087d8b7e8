import { Hono } from 'hono';
import { openForm } from '../enquiries/answers.ts';
import { packPdf } from '../enquiries/pack-file.ts';
import { loadPackBySecret } from '../enquiries/pack-store.ts';
import { packSecret, submitEnquiry, zoneOf } from '../enquiries/submit-enquiry.ts';
import { dateIn } from '../local-date.ts';
import { Problem } from '../problem.ts';
import type { Service, ServiceEnv } from '../service.ts';
import { type FormKind, formFlow } from './form-flow.ts';
import { renderFormStart, renderPack, renderStart } from './pages.ts';
import { baseOf, type Ctx, show } from './show-page.ts';
import { beginEnquiry, loadUnfinished } from './unfinished-store.ts';

/** Enquiries: sent, one becomes a case and a pack. */
const enquiryForm: FormKind = {
  sendHeading: 'Now send your enquiry',
  async open(c) {
    const { organisation } = c.get('service');
    const workflow = c.req.param('workflow') ?? '';
    const token = c.req.param('token') ?? '';
    const enquiry = await loadUnfinished(organisation, token);
    if (enquiry.workflow !== workflow) throw new Problem(404, 'NOT_FOUND', 'There is no such enquiry.');
    const release = await organisation.releases.load(enquiry.release);
    const form = openForm(release, workflow, dateIn(zoneOf(release), organisation.clock.now()));
    const { submittedAs } = enquiry;
    const sent = submittedAs === null ? undefined : `${baseOf(c)}/pack/${packSecret(organisation, submittedAs)}`;
    const start = `${baseOf(c)}/enquiry/${workflow}`;
    return { enquiry, release, form, base: `${start}/${token}`, start, sent };
  },
  async send(c, { enquiry }, answers, customer) {
    const { packId, secret } = await submitEnquiry(
      c.get('service').organisation,
      { workflow: enquiry.workflow, answers, customer },
      {
        actor: 'customer',
        // Sent twice (a double click, a reload) is the same enquiry.
        key: `enquiry:${enquiry.id}`,
        channel: 'online',
        person: enquiry.person,
        release: enquiry.release,
      },
    );
    return { id: packId, link: `${baseOf(c)}/pack/${secret}` };
  },
};

async function startPage(c: Ctx): Promise<Response> {
  return show(
    c,
    'Get help with housing',
    renderStart(await c.get('service').organisation.releases.newest(), baseOf(c)),
  );
}

async function formFor(service: Service, workflow: string) {
  const release = await service.organisation.releases.newest();
  const document = release.configuration.workflow[workflow];
  if (document?.audience !== 'customer') throw new Problem(404, 'NOT_FOUND', 'There is no such enquiry form.');
  return { title: document.title, form: openForm(release, workflow, dateIn(zoneOf(release), service.clock.now())) };
}

async function formStart(c: Ctx): Promise<Response> {
  const { title, form } = await formFor(c.get('service'), c.req.param('workflow') ?? '');
  return show(c, title, renderFormStart(form, title, baseOf(c)), { back: `${baseOf(c)}/start` });
}

async function begin(c: Ctx): Promise<Response> {
  const service = c.get('service');
  const workflow = c.req.param('workflow') ?? '';
  await formFor(service, workflow);
  return c.redirect(`${baseOf(c)}/enquiry/${workflow}/${await beginEnquiry(service.organisation, workflow)}`, 303);
}

async function showPack(c: Ctx): Promise<Response> {
  const secret = c.req.param('secret') ?? '';
  const pack = await loadPackBySecret(c.get('service').organisation, secret);
  return show(c, `Your information pack, ${pack.reference}`, renderPack(pack, `${baseOf(c)}/pack/${secret}`));
}

async function printPack(c: Ctx): Promise<Response> {
  const secret = (c.req.param('file') ?? '').slice(0, -'.pdf'.length);
  return packPdf(c, await loadPackBySecret(c.get('service').organisation, secret));
}

/** The customer's pages: no account, no JavaScript; unguessable links. */
export const customerRoutes = new Hono<ServiceEnv>()
  .get('/', (c) => c.redirect(`${c.req.path.replace(/\/$/, '')}/start`, 302))
  .get('/start', startPage)
  .get('/enquiry/:workflow', formStart)
  .post('/enquiry/:workflow', begin)
  .route('/enquiry/:workflow/:token', formFlow(enquiryForm))
  .get('/pack/:file{.+\\.pdf}', printPack)
  .get('/pack/:secret', showPack);
