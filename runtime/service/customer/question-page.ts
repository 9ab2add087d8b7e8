import { html } from 'hono/html';
import type { AnswerValue } from '../../../schemas/condition.ts';
import type { Question } from '../../engine/index.ts';
import type { Fields } from '../enquiries/read-answer.ts';
import { errorSummary, type Html } from './layout.ts';

export interface QuestionPage {
  question: Question;
  hint: string | undefined;
  optionHints: Readonly<Record<string, string | undefined>>;
  section: string;
  required: boolean;
  /** What was stored before, or what was typed when there is a mistake. */
  value: AnswerValue | undefined;
  typed: Fields | undefined;
  mistake: string | undefined;
  action: string;
}

/** One question on one page (GOV.UK pattern): its label is the page's heading. */
export function renderQuestion(page: QuestionPage): Html {
  const { question, mistake, action } = page;
  const target = question.type === 'date' ? 'answer-day' : question.options.length > 0 ? 'answer-0' : 'answer';
  return html`${mistake ? errorSummary([{ href: `#${target}`, message: mistake }]) : ''}
<form method="post" action="${action}" novalidate>
<span class="govuk-caption-l">${page.section}</span>
<div class="govuk-form-group${mistake ? ' govuk-form-group--error' : ''}">${renderFields(page)}</div>
<div class="govuk-button-group">
<button type="submit" class="govuk-button">Continue</button>
<button type="submit" class="govuk-button govuk-button--secondary" name="later" value="yes">Save and come back later</button>
</div>
</form>`;
}

function renderFields(page: QuestionPage): Html {
  const { type } = page.question;
  switch (type) {
    case 'yes-no':
    case 'choice':
      return renderOptions(page, 'radio');
    case 'multi-choice':
      return renderOptions(page, 'checkbox');
    case 'date':
      return renderDate(page);
    case 'number':
    case 'money':
    case 'text':
    case 'address':
    case 'file':
    case 'calculated':
      return renderText(page);
  }
}

function describedBy({ hint, mistake }: QuestionPage): string {
  return [hint && 'answer-hint', mistake && 'answer-error'].filter(Boolean).join(' ');
}

function label({ question, required }: QuestionPage): string {
  return required ? question.label : `${question.label} (optional)`;
}

function hintAndError({ hint, mistake }: QuestionPage): Html {
  return html`${hint ? html`<div id="answer-hint" class="govuk-hint">${hint}</div>` : ''}
${mistake ? html`<p id="answer-error" class="govuk-error-message"><span class="govuk-visually-hidden">Error:</span> ${mistake}</p>` : ''}`;
}

function fieldset(page: QuestionPage, group: boolean, body: Html): Html {
  const described = describedBy(page);
  return html`<fieldset class="govuk-fieldset"${group ? html` role="group"` : ''}${described ? html` aria-describedby="${described}"` : ''}>
<legend class="govuk-fieldset__legend govuk-fieldset__legend--l"><h1 class="govuk-fieldset__heading">${label(page)}</h1></legend>
${hintAndError(page)}${body}</fieldset>`;
}

function renderOptions(page: QuestionPage, kind: 'radio' | 'checkbox'): Html {
  const { question, typed, value, optionHints } = page;
  const block = kind === 'radio' ? 'radios' : 'checkboxes';
  const chosen = new Set(typed?.answer ?? (Array.isArray(value) ? value : value === undefined ? [] : [String(value)]));
  const small = html`${kind === 'checkbox' ? html`<p class="govuk-hint">Select all that apply.</p>` : ''}`;
  return fieldset(
    page,
    false,
    html`${small}<div class="govuk-${block}">
${question.options.map((option, index) => {
  const optionHint = optionHints[option];
  const id = `answer-${index}`;
  return html`<div class="govuk-${block}__item">
<input class="govuk-${block}__input" id="${id}" name="answer" type="${kind}" value="${option}"${chosen.has(option) ? html` checked` : ''}${optionHint ? html` aria-describedby="${id}-hint"` : ''}>
<label class="govuk-label govuk-${block}__label" for="${id}">${question.optionLabels[option]}</label>
${optionHint ? html`<div id="${id}-hint" class="govuk-hint govuk-${block}__hint">${optionHint}</div>` : ''}
</div>`;
})}
</div>`,
  );
}

function renderDate(page: QuestionPage): Html {
  const { typed, value, mistake } = page;
  const [year = '', month = '', day = ''] =
    typeof value === 'string' ? value.split('-').map((part) => part.replace(/^0/, '')) : [];
  const parts = [
    { name: 'day', label: 'Day', stored: day, width: 2 },
    { name: 'month', label: 'Month', stored: month, width: 2 },
    { name: 'year', label: 'Year', stored: year, width: 4 },
  ];
  return fieldset(
    page,
    true,
    html`<div class="govuk-date-input" id="answer">
${parts.map(
  (part) => html`<div class="govuk-date-input__item"><div class="govuk-form-group">
<label class="govuk-label govuk-date-input__label" for="answer-${part.name}">${part.label}</label>
<input class="govuk-input govuk-date-input__input govuk-input--width-${part.width}${mistake ? ' govuk-input--error' : ''}" id="answer-${part.name}" name="${part.name}" type="text" inputmode="numeric" value="${typed?.[part.name]?.[0] ?? part.stored}">
</div></div>`,
)}
</div>`,
  );
}

function renderText(page: QuestionPage): Html {
  const { question, typed, value, mistake } = page;
  const stored =
    typeof value === 'number' && question.type === 'money' ? (value / 100).toFixed(2) : String(value ?? '');
  const text = typed?.answer?.[0] ?? stored;
  const described = describedBy(page);
  const attributes = html`id="answer" name="answer"${described ? html` aria-describedby="${described}"` : ''}`;
  const isLong =
    question.type === 'address' ||
    (question.type === 'text' &&
      (question.validation.maxLength ?? 501) > 500 &&
      question.validation.pattern === undefined);
  const isNumber = question.type === 'number' || question.type === 'money';
  const error = mistake ? '--error' : '';
  const input = isLong
    ? html`<textarea class="govuk-textarea${error && ' govuk-textarea--error'}" rows="4" ${attributes}>${text}</textarea>`
    : html`<div class="govuk-input__wrapper">${question.type === 'money' ? html`<div class="govuk-input__prefix" aria-hidden="true">£</div>` : ''}<input class="govuk-input${isNumber ? ' govuk-input--width-10' : ''}${error && ' govuk-input--error'}" type="text"${isNumber ? html` inputmode="decimal" spellcheck="false"` : ''} value="${text}" ${attributes}></div>`;
  return html`<h1 class="govuk-label-wrapper"><label class="govuk-label govuk-label--l" for="answer">${label(page)}</label></h1>${hintAndError(page)}${input}`;
}
