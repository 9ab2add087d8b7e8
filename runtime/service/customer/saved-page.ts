import { html } from 'hono/html';
import type { Html } from './layout.ts';

/** What a person who stops for now needs to come back. */
export function renderSaved(saved: { address: string; base: string; answered: number; asked: number }): Html {
  const { address, base, answered, asked } = saved;
  return html`<h1 class="govuk-heading-l">Your answers are saved</h1>
<p class="govuk-body">You have answered ${answered} of ${asked} questions so far. Nothing has been sent to us yet.</p>
<h2 class="govuk-heading-m">To come back</h2>
<p class="govuk-body">Keep this address: bookmark it, or write it down. Anybody who has it can read your answers.</p>
<p class="govuk-body"><a class="govuk-link" href="${base}">${address}</a></p>
<p class="govuk-body">On a computer that others use, close this window when you have kept the address.</p>`;
}
