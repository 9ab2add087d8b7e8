import { type Context, Hono } from 'hono';
import { z } from 'zod';
import { askedQuestions, isMissing, isRequired, mistakesIn, openForm } from '../enquiries/answers.ts';
import { packPdf } from '../enquiries/pack-file.ts';
import { loadPackBySecret } from '../enquiries/pack-store.ts';
import { type Fields, readAnswer } from '../enquiries/read-answer.ts';
import { packSecret, submitEnquiry, zoneOf } from '../enquiries/submit-enquiry.ts';
import { dateIn } from '../local-date.ts';
import { Problem } from '../problem.ts';
import type { Service, ServiceEnv } from '../service.ts';
import { type Html, renderPage } from './layout.ts';
import { type ContactFields, renderCheck, renderContact, renderFormStart, renderPack, renderStart } from './pages.ts';
import { renderQuestion } from './question-page.ts';
import { beginEnquiry, loadUnfinished, save, type UnfinishedEnquiry } from './unfinished-store.ts';

type Ctx = Context<ServiceEnv>;

async function show(
  c: Ctx,
  title: string,
  body: Html,
  options: { back?: string; hasMistake?: boolean; status?: 200 | 422 } = {},
): Promise<Response> {
  const release = await c.get('service').organisation.releases.newest();
  const organisation = Object.values(release.configuration.settings)[0]?.organisation ?? 'Housing';
  c.header('cache-control', 'no-store');
  return c.html(
    await renderPage({ title, organisation, body, back: options.back, hasMistake: options.hasMistake ?? false }),
    options.status ?? 200,
  );
}

/** The open enquiry behind the request's secret link, with its form. */
async function openEnquiry(c: Ctx) {
  const { organisation } = c.get('service');
  const workflow = c.req.param('workflow') ?? '';
  const token = c.req.param('token') ?? '';
  const enquiry = await loadUnfinished(organisation, token);
  if (enquiry.workflow !== workflow) throw new Problem(404, 'NOT_FOUND', 'There is no such enquiry.');
  const release = await organisation.releases.load(enquiry.release);
  const form = openForm(release, workflow, dateIn(zoneOf(release), organisation.clock.now()));
  return { enquiry, release, form, base: `/enquiry/${workflow}/${token}` };
}

/** Where a sent enquiry leads; undefined while it is open. */
function packLink(c: Ctx, enquiry: UnfinishedEnquiry): string | undefined {
  return enquiry.submittedAs === null
    ? undefined
    : `/pack/${packSecret(c.get('service').organisation, enquiry.submittedAs)}`;
}

async function fieldsOf(c: Ctx): Promise<Fields> {
  const body = await c.req.parseBody({ all: true });
  return Object.fromEntries(
    Object.entries(body).map(([name, value]) => [
      name,
      (Array.isArray(value) ? value : [value]).filter((one) => typeof one === 'string'),
    ]),
  );
}

async function startPage(c: Ctx): Promise<Response> {
  return show(c, 'Get help with housing', renderStart(await c.get('service').organisation.releases.newest()));
}

async function formFor(service: Service, workflow: string) {
  const release = await service.organisation.releases.newest();
  const document = release.configuration.workflow[workflow];
  if (document?.audience !== 'customer') throw new Problem(404, 'NOT_FOUND', 'There is no such enquiry form.');
  return { title: document.title, form: openForm(release, workflow, dateIn(zoneOf(release), service.clock.now())) };
}

async function formStart(c: Ctx): Promise<Response> {
  const { title, form } = await formFor(c.get('service'), c.req.param('workflow') ?? '');
  return show(c, title, renderFormStart(form, title), { back: '/start' });
}

async function begin(c: Ctx): Promise<Response> {
  const service = c.get('service');
  const workflow = c.req.param('workflow') ?? '';
  await formFor(service, workflow);
  return c.redirect(`/enquiry/${workflow}/${await beginEnquiry(service.organisation, workflow)}`, 303);
}

/** Coming back: the first question still to be answered, else the check page. */
async function comeBack(c: Ctx): Promise<Response> {
  const { enquiry, form, base } = await openEnquiry(c);
  const sent = packLink(c, enquiry);
  if (sent) return c.redirect(sent, 303);
  const open = askedQuestions(form, enquiry.answers).find(
    (question) => isMissing(enquiry.answers[question.key]) && isRequired(form, question, enquiry.answers),
  );
  return c.redirect(open ? `${base}/q/${open.key}` : `${base}/${enquiry.contact ? 'check' : 'contact'}`, 303);
}

async function findQuestion(c: Ctx) {
  const opened = await openEnquiry(c);
  const asked = askedQuestions(opened.form, opened.enquiry.answers);
  const index = asked.findIndex((question) => question.key === c.req.param('question'));
  const question = asked[index];
  const returns = c.req.query('return') === 'check';
  const before = asked[index - 1];
  const back = returns
    ? `${opened.base}/check`
    : before
      ? `${opened.base}/q/${before.key}`
      : `/enquiry/${opened.enquiry.workflow}`;
  return { ...opened, asked, index, question, returns, back };
}

type Found = Awaited<ReturnType<typeof findQuestion>>;

function questionBody(found: Found, question: NonNullable<Found['question']>, typed?: Fields, mistake?: string): Html {
  const { form, release, enquiry, base, returns } = found;
  const own = form.form?.questions[question.key];
  const shared = own?.library === undefined ? undefined : release.configuration.question[own.library];
  const options = own?.options ?? shared?.options ?? {};
  return renderQuestion({
    question,
    hint: own?.hint ?? shared?.hint,
    optionHints: Object.fromEntries(Object.entries(options).map(([key, option]) => [key, option.hint])),
    section: (own && form.form?.sections[own.section]?.title) ?? '',
    required: isRequired(form, question, enquiry.answers),
    value: enquiry.answers[question.key],
    typed,
    mistake,
    action: `${base}/q/${question.key}${returns ? '?return=check' : ''}`,
  });
}

async function askQuestion(c: Ctx): Promise<Response> {
  const found = await findQuestion(c);
  const sent = packLink(c, found.enquiry);
  if (sent) return c.redirect(sent, 303);
  // Not asked (any more): the answers given meanwhile decide where to go on.
  if (!found.question) return c.redirect(found.base, 303);
  return show(c, found.question.label, questionBody(found, found.question), { back: found.back });
}

async function takeAnswer(c: Ctx): Promise<Response> {
  const found = await findQuestion(c);
  const { enquiry, form, question, base } = found;
  const sent = packLink(c, enquiry);
  if (sent) return c.redirect(sent, 303);
  if (!question) return c.redirect(base, 303);
  const fields = await fieldsOf(c);
  const read = readAnswer(question, fields, isRequired(form, question, enquiry.answers));
  if ('mistake' in read) {
    return show(c, question.label, questionBody(found, question, fields, read.mistake), {
      back: found.back,
      hasMistake: true,
      status: 422,
    });
  }
  const { [question.key]: _before, ...others } = enquiry.answers;
  const answers = read.value === undefined ? others : { ...others, [question.key]: read.value };
  await save(c.get('service').organisation, { ...enquiry, answers });
  if (found.returns) return c.redirect(base, 303);
  const asked = askedQuestions(form, answers);
  const next = asked[asked.findIndex(({ key }) => key === question.key) + 1];
  return c.redirect(next ? `${base}/q/${next.key}` : `${base}/contact`, 303);
}

async function askContact(c: Ctx): Promise<Response> {
  const { enquiry, form, base } = await openEnquiry(c);
  const sent = packLink(c, enquiry);
  if (sent) return c.redirect(sent, 303);
  const last = askedQuestions(form, enquiry.answers).at(-1);
  const values = {
    name: enquiry.contact?.name ?? '',
    email: enquiry.contact?.email ?? '',
    phone: enquiry.contact?.phone ?? '',
  };
  return show(c, 'How can we contact you?', renderContact(`${base}/contact`, values, {}), {
    back: last ? `${base}/q/${last.key}` : base,
  });
}

async function takeContact(c: Ctx): Promise<Response> {
  const { enquiry, base } = await openEnquiry(c);
  const sent = packLink(c, enquiry);
  if (sent) return c.redirect(sent, 303);
  const fields = await fieldsOf(c);
  const text = (name: string) => (fields[name]?.[0] ?? '').trim();
  const values: ContactFields = { name: text('name'), email: text('email'), phone: text('phone') };
  const mistakes: Partial<ContactFields> = {};
  if (!values.name) mistakes.name = 'Enter your full name';
  if (values.name.length > 200) mistakes.name = 'Enter 200 characters or fewer';
  if (values.email && !z.email().max(200).safeParse(values.email).success)
    mistakes.email = 'Enter an e-mail address, like name@example.com';
  if (values.phone && !/^[+\d][\d ()-]{6,30}$/.test(values.phone))
    mistakes.phone = 'Enter a telephone number, like 01632 960 001';
  if (Object.keys(mistakes).length > 0) {
    return show(c, 'How can we contact you?', renderContact(`${base}/contact`, values, mistakes), {
      back: base,
      hasMistake: true,
      status: 422,
    });
  }
  const contact = {
    name: values.name,
    ...(values.email ? { email: values.email } : {}),
    ...(values.phone ? { phone: values.phone } : {}),
  };
  await save(c.get('service').organisation, { ...enquiry, contact });
  return c.redirect(`${base}/check`, 303);
}

async function checkAnswers(c: Ctx): Promise<Response> {
  const { enquiry, form, base } = await openEnquiry(c);
  const sent = packLink(c, enquiry);
  if (sent) return c.redirect(sent, 303);
  return show(c, 'Check your answers', renderCheck(form, enquiry, base, []), { back: `${base}/contact` });
}

async function send(c: Ctx): Promise<Response> {
  const service = c.get('service');
  const { organisation } = service;
  const { enquiry, form, base } = await openEnquiry(c);
  const sent = packLink(c, enquiry);
  if (sent) return c.redirect(sent, 303);
  if (!enquiry.contact) return c.redirect(`${base}/contact`, 303);
  const answers = Object.fromEntries(
    askedQuestions(form, enquiry.answers).flatMap(({ key }) => {
      const value = enquiry.answers[key];
      return value === undefined ? [] : [[key, value]];
    }),
  );
  const mistakes = mistakesIn(form, answers);
  if (mistakes.length > 0)
    return show(c, 'Check your answers', renderCheck(form, enquiry, base, mistakes), {
      back: `${base}/contact`,
      hasMistake: true,
      status: 422,
    });
  const { name, email, phone } = enquiry.contact;
  const customer = { name, ...(email ? { email } : {}), ...(phone ? { phone } : {}) };
  const submitted = await submitEnquiry(
    organisation,
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
  // The answers live with the case from here on; a crash before this line only shows the check page again, which leads to the same pack.
  await save(organisation, { ...enquiry, answers: {}, contact: null, submittedAs: submitted.packId });
  void service.delivery.runOnce().catch(() => 0);
  return c.redirect(`/pack/${submitted.secret}`, 303);
}

async function showPack(c: Ctx): Promise<Response> {
  const secret = c.req.param('secret') ?? '';
  const pack = await loadPackBySecret(c.get('service').organisation, secret);
  return show(c, `Your information pack, ${pack.reference}`, renderPack(pack, secret));
}

async function printPack(c: Ctx): Promise<Response> {
  const secret = (c.req.param('file') ?? '').slice(0, -'.pdf'.length);
  return packPdf(c, await loadPackBySecret(c.get('service').organisation, secret));
}

/** The customer's pages: no account, no JavaScript; unguessable links. */
export const customerRoutes = new Hono<ServiceEnv>()
  .get('/', (c) => c.redirect('/start', 302))
  .get('/start', startPage)
  .get('/enquiry/:workflow', formStart)
  .post('/enquiry/:workflow', begin)
  .get('/enquiry/:workflow/:token', comeBack)
  .get('/enquiry/:workflow/:token/q/:question', askQuestion)
  .post('/enquiry/:workflow/:token/q/:question', takeAnswer)
  .get('/enquiry/:workflow/:token/contact', askContact)
  .post('/enquiry/:workflow/:token/contact', takeContact)
  .get('/enquiry/:workflow/:token/check', checkAnswers)
  .post('/enquiry/:workflow/:token/check', send)
  .get('/pack/:file{.+\\.pdf}', printPack)
  .get('/pack/:secret', showPack);
