import { html, raw } from 'hono/html';
import type { TopicDocument } from '../../../schemas/form.ts';
import { askedQuestions, readMarkdown, renderMarkdownHtml, renderPackHtml } from '../../engine/index.ts';
import type { LoadedRelease } from '../definitions/release-store.ts';
import type { EnquiryForm } from '../enquiries/answers.ts';
import type { OpenedPack } from '../enquiries/pack-store.ts';
import { answerInWords } from '../enquiries/read-answer.ts';
import { errorSummary, type Html } from './layout.ts';
import type { UnfinishedEnquiry } from './unfinished-store.ts';

/** The start page: the organisation's own tree of topics; each leaf leads to a form. */
export function renderStart({ configuration }: LoadedRelease, base: string): Html {
  const topics = Object.values(configuration.topic).sort((a, b) => a.order - b.order || (a.key < b.key ? -1 : 1));
  const isOpen = (topic: TopicDocument) =>
    topic.workflow !== undefined && configuration.workflow[topic.workflow]?.audience === 'customer';
  const below = (parent: string | undefined): Html[] =>
    topics
      .filter((topic) => topic.parent === parent)
      .flatMap((topic) => {
        const children = below(topic.key);
        if (children.length === 0 && !isOpen(topic)) return [];
        if (children.length === 0)
          return [
            html`<li><a class="govuk-link" href="${base}/enquiry/${topic.workflow ?? ''}">${topic.title}</a></li>`,
          ];
        const own = isOpen(topic)
          ? html`<li><a class="govuk-link" href="${base}/enquiry/${topic.workflow ?? ''}">${topic.title}</a></li>`
          : '';
        return [
          parent === undefined
            ? html`<section><h2 class="govuk-heading-m">${topic.title}</h2><ul class="govuk-list govuk-list--spaced">${own}${children}</ul></section>`
            : html`<li><span class="govuk-body">${topic.title}</span><ul class="govuk-list govuk-list--bullet">${own}${children}</ul></li>`,
        ];
      });
  const sections = below(undefined);
  return html`<h1 class="govuk-heading-xl">Get help with housing</h1>
<p class="govuk-body-l">Choose what you need help with. You answer some questions and get a pack of information made for you.</p>
<p class="govuk-body"><a class="govuk-link" href="${base}/services">Services you can ask for</a>: courses and other help with places to offer.</p>
${sections.length > 0 ? sections : html`<p class="govuk-body">No enquiry can be made online at the moment.</p>`}`;
}

export function renderFormStart(form: EnquiryForm, title: string, base: string): Html {
  return html`<h1 class="govuk-heading-xl">${title}</h1>
${form.form?.startPage ? writtenText(form.form.startPage) : html`<p class="govuk-body">We ask some questions about your situation. At the end you get information made for you, and we open a case.</p>`}
<p class="govuk-body">You can leave at any time and come back with the address of the page you were on.</p>
<form method="post" action="${base}/enquiry/${form.workflow}"><button type="submit" class="govuk-button govuk-button--start">Start now</button></form>`;
}

export interface ContactFields {
  name: string;
  email: string;
  phone: string;
}

export function renderContact(
  action: string,
  values: ContactFields,
  mistakes: Partial<Record<keyof ContactFields, string>>,
): Html {
  const fields = [
    { name: 'name', label: 'Full name', type: 'text', autocomplete: 'name' },
    { name: 'email', label: 'E-mail address (optional)', type: 'email', autocomplete: 'email' },
    { name: 'phone', label: 'Telephone number (optional)', type: 'tel', autocomplete: 'tel' },
  ] as const;
  return html`${errorSummary(fields.flatMap(({ name }) => (mistakes[name] ? [{ href: `#${name}`, message: mistakes[name] }] : [])))}
<form method="post" action="${action}" novalidate>
<h1 class="govuk-heading-l">How can we contact you?</h1>
${fields.map(({ name, label, type, autocomplete }) => {
  const mistake = mistakes[name];
  return html`<div class="govuk-form-group${mistake ? ' govuk-form-group--error' : ''}">
<label class="govuk-label" for="${name}">${label}</label>
${mistake ? html`<p id="${name}-error" class="govuk-error-message"><span class="govuk-visually-hidden">Error:</span> ${mistake}</p>` : ''}
<input class="govuk-input${mistake ? ' govuk-input--error' : ''}" id="${name}" name="${name}" type="${type}" autocomplete="${autocomplete}" value="${values[name]}"${mistake ? html` aria-describedby="${name}-error"` : ''}>
</div>`;
})}
<button type="submit" class="govuk-button">Continue</button>
</form>`;
}

/** Check your answers before sending. */
export function renderCheck(
  form: EnquiryForm,
  enquiry: UnfinishedEnquiry,
  base: string,
  mistakes: readonly { question: string; message: string }[],
  sendHeading: string,
): Html {
  const row = (label: string, value: string, href: string) => html`<div class="govuk-summary-list__row">
<dt class="govuk-summary-list__key">${label}</dt><dd class="govuk-summary-list__value">${value}</dd>
<dd class="govuk-summary-list__actions"><a class="govuk-link" href="${href}">Change<span class="govuk-visually-hidden"> ${label}</span></a></dd></div>`;
  const { contact } = enquiry;
  const people = [contact?.name, contact?.email, contact?.phone].filter(Boolean).join(', ');
  return html`${errorSummary(mistakes.map(({ question, message }) => ({ href: `${base}/q/${question}?return=check`, message })))}
<h1 class="govuk-heading-l">Check your answers</h1>
<dl class="govuk-summary-list">
${askedQuestions(form, enquiry.answers).map((question) => row(question.label, answerInWords(question, enquiry.answers[question.key]), `${base}/q/${question.key}?return=check`))}
${row('Contact', people || 'Not given', `${base}/contact`)}
</dl>
<h2 class="govuk-heading-m">${sendHeading}</h2>
${form.form?.declaration ? writtenText(form.form.declaration) : ''}
<form method="post" action="${base}/check"><button type="submit" class="govuk-button">Accept and send</button></form>`;
}

/** The pack as a printable page. */
export function renderPack({ pack, reference }: OpenedPack, address: string): Html {
  return html`<div class="govuk-panel govuk-panel--confirmation no-print"><p class="govuk-panel__title">We have your enquiry</p>
<div class="govuk-panel__body">Your reference<br><strong>${reference}</strong></div></div>
<p class="govuk-inset-text no-print">Keep the address of this page: it is secret and leads back to this pack.</p>
<p class="govuk-body no-print"><a class="govuk-link" href="${address}.pdf" type="application/pdf">Save or print this pack (PDF)</a></p>
<div class="pack">${raw(renderPackHtml(pack))}</div>`;
}

/** Text that the configuration's writers wrote. */
export function writtenText(markdown: string): Html {
  return html`<div class="written">${raw(renderMarkdownHtml(readMarkdown(markdown).nodes))}</div>`;
}
