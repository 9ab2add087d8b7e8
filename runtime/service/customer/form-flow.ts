import { Hono } from 'hono';
import { z } from 'zod';
import type { Answers } from '../../../schemas/condition.ts';
import { askedQuestions, isMissing, isRequired } from '../../engine/index.ts';
import type { LoadedRelease } from '../definitions/release-store.ts';
import { type EnquiryForm, mistakesIn } from '../enquiries/answers.ts';
import { type Fields, readAnswer } from '../enquiries/read-answer.ts';
import type { CustomerContact } from '../notify/render-message.ts';
import type { ServiceEnv } from '../service.ts';
import type { Html } from './layout.ts';
import { type ContactFields, renderCheck, renderContact } from './pages.ts';
import { renderQuestion } from './question-page.ts';
import { renderSaved } from './saved-page.ts';
import { type Ctx, fieldsOf, show } from './show-page.ts';
import { change, type UnfinishedEnquiry } from './unfinished-store.ts';

/** A form that somebody is filling in. */
export interface OpenedForm {
  enquiry: UnfinishedEnquiry;
  form: EnquiryForm;
  release: LoadedRelease;
  /** Address of this form in progress. */
  base: string;
  /** Page before the first question. */
  start: string;
  /** Where it leads once it is sent; undefined while it is open. */
  sent: string | undefined;
}

/** One kind of form on the customer's pages. */
export interface FormKind {
  /** Heading above the button that sends it. */
  sendHeading: string;
  /** The form behind the request's secret link; throws 404. */
  open(c: Ctx): Promise<OpenedForm>;
  /** Sends it, once however often it is sent; answers the id of what it became, and the page that shows it. */
  send(c: Ctx, opened: OpenedForm, answers: Answers, contact: CustomerContact): Promise<{ id: string; link: string }>;
}

/** The pages of a form in progress: one question a page, contact, check, send; every answer is kept as it is given (P13). */
export function formFlow(kind: FormKind): Hono<ServiceEnv> {
  return new Hono<ServiceEnv>()
    .get('/', (c) => comeBack(kind, c))
    .get('/q/:question', (c) => askQuestion(kind, c))
    .post('/q/:question', (c) => takeAnswer(kind, c))
    .get('/saved', (c) => savedPage(kind, c))
    .get('/contact', (c) => askContact(kind, c))
    .post('/contact', (c) => takeContact(kind, c))
    .get('/check', (c) => checkAnswers(kind, c))
    .post('/check', (c) => send(kind, c));
}

/** Coming back: the first question still to be answered, else the check page. */
async function comeBack(kind: FormKind, c: Ctx): Promise<Response> {
  const { enquiry, form, base, sent } = await kind.open(c);
  if (sent) return c.redirect(sent, 303);
  const open = askedQuestions(form, enquiry.answers).find(
    (question) => isMissing(enquiry.answers[question.key]) && isRequired(form, question, enquiry.answers),
  );
  return c.redirect(open ? `${base}/q/${open.key}` : `${base}/${enquiry.contact ? 'check' : 'contact'}`, 303);
}

/** What was saved, and the address that leads back to it (P13). */
async function savedPage(kind: FormKind, c: Ctx): Promise<Response> {
  const { enquiry, form, base, sent } = await kind.open(c);
  if (sent) return c.redirect(sent, 303);
  const asked = askedQuestions(form, enquiry.answers);
  const answered = asked.filter(({ key }) => !isMissing(enquiry.answers[key])).length;
  const { origin } = c.get('service').organisation.addresses;
  const address = `${origin ?? new URL(c.req.url).origin}${base}`;
  return show(c, 'Your answers are saved', renderSaved({ address, base, answered, asked: asked.length }), {
    back: base,
  });
}

async function findQuestion(kind: FormKind, c: Ctx) {
  const opened = await kind.open(c);
  const asked = askedQuestions(opened.form, opened.enquiry.answers);
  const index = asked.findIndex((question) => question.key === c.req.param('question'));
  const question = asked[index];
  const returns = c.req.query('return') === 'check';
  const before = asked[index - 1];
  const back = returns ? `${opened.base}/check` : before ? `${opened.base}/q/${before.key}` : opened.start;
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

async function askQuestion(kind: FormKind, c: Ctx): Promise<Response> {
  const found = await findQuestion(kind, c);
  if (found.sent) return c.redirect(found.sent, 303);
  // Not asked (any more): the answers given meanwhile decide where to go on.
  if (!found.question) return c.redirect(found.base, 303);
  return show(c, found.question.label, questionBody(found, found.question), { back: found.back });
}

async function takeAnswer(kind: FormKind, c: Ctx): Promise<Response> {
  const found = await findQuestion(kind, c);
  const { enquiry, form, question, base, sent } = found;
  if (sent) return c.redirect(sent, 303);
  if (!question) return c.redirect(base, 303);
  const fields = await fieldsOf(c);
  const isLater = fields['later'] !== undefined;
  const read = readAnswer(question, fields, !isLater && isRequired(form, question, enquiry.answers));
  if ('mistake' in read) {
    return show(c, question.label, questionBody(found, question, fields, read.mistake), {
      back: found.back,
      hasMistake: true,
      status: 422,
    });
  }
  const { answers } = await change(c.get('service').organisation, enquiry, (now) => {
    const { [question.key]: _before, ...others } = now.answers;
    return { answers: read.value === undefined ? others : { ...others, [question.key]: read.value } };
  });
  if (isLater) return c.redirect(`${base}/saved`, 303);
  if (found.returns) return c.redirect(base, 303);
  const asked = askedQuestions(form, answers);
  const next = asked[asked.findIndex(({ key }) => key === question.key) + 1];
  return c.redirect(next ? `${base}/q/${next.key}` : `${base}/contact`, 303);
}

async function askContact(kind: FormKind, c: Ctx): Promise<Response> {
  const { enquiry, form, base, start, sent } = await kind.open(c);
  if (sent) return c.redirect(sent, 303);
  const last = askedQuestions(form, enquiry.answers).at(-1);
  const values = {
    name: enquiry.contact?.name ?? '',
    email: enquiry.contact?.email ?? '',
    phone: enquiry.contact?.phone ?? '',
  };
  return show(c, 'How can we contact you?', renderContact(`${base}/contact`, values, {}), {
    back: last ? `${base}/q/${last.key}` : start,
  });
}

async function takeContact(kind: FormKind, c: Ctx): Promise<Response> {
  const { enquiry, base, sent } = await kind.open(c);
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
  await change(c.get('service').organisation, enquiry, () => ({ contact }));
  return c.redirect(`${base}/check`, 303);
}

async function checkAnswers(kind: FormKind, c: Ctx): Promise<Response> {
  const opened = await kind.open(c);
  if (opened.sent) return c.redirect(opened.sent, 303);
  return checkPage(kind, c, opened, []);
}

function checkPage(
  { sendHeading }: FormKind,
  c: Ctx,
  { form, enquiry, base }: OpenedForm,
  mistakes: ReturnType<typeof mistakesIn>,
): Promise<Response> {
  const options = mistakes.length > 0 ? ({ hasMistake: true, status: 422 } as const) : {};
  const body = renderCheck(form, enquiry, base, mistakes, sendHeading);
  return show(c, 'Check your answers', body, { back: `${base}/contact`, ...options });
}

async function send(kind: FormKind, c: Ctx): Promise<Response> {
  const service = c.get('service');
  const opened = await kind.open(c);
  const { enquiry, form, base, sent } = opened;
  if (sent) return c.redirect(sent, 303);
  if (!enquiry.contact) return c.redirect(`${base}/contact`, 303);
  const answers = Object.fromEntries(
    askedQuestions(form, enquiry.answers).flatMap(({ key }) => {
      const value = enquiry.answers[key];
      return value === undefined ? [] : [[key, value]];
    }),
  );
  const mistakes = mistakesIn(form, answers);
  if (mistakes.length > 0) return checkPage(kind, c, opened, mistakes);
  const { name, email, phone } = enquiry.contact;
  const customer = { name, ...(email ? { email } : {}), ...(phone ? { phone } : {}) };
  const { id, link } = await kind.send(c, opened, answers, customer);
  // The answers live with what was made of them from here on; a crash before this line only shows the check page again, which leads to the same.
  await change(service.organisation, enquiry, () => ({ answers: {}, contact: null, submittedAs: id }));
  void service.delivery.runOnce().catch(() => 0);
  return c.redirect(link, 303);
}
