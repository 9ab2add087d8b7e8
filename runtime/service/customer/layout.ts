import { html } from 'hono/html';
import type { HtmlEscapedString } from 'hono/utils/html';

export type Html = HtmlEscapedString | Promise<HtmlEscapedString>;

export interface Page {
  title: string;
  organisation: string;
  /** Before the path of every page of the organisation. */
  base: string;
  body: Html;
  back?: string | undefined;
  /** Whether the page has a mistake: its title then says so first. */
  hasMistake?: boolean;
}

/** A customer's page: complete without JavaScript, the organisation's own name and font, no crown. */
export function renderPage({ title, organisation, base, body, back, hasMistake }: Page): Html {
  return html`<!doctype html>
<html lang="en-GB" class="govuk-template">
<head>
<meta charset="utf-8">
<title>${hasMistake ? 'Error: ' : ''}${title} – ${organisation}</title>
<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">
<meta name="robots" content="noindex">
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/assets/govuk-frontend.css">
<link rel="stylesheet" href="/assets/customer.css">
</head>
<body class="govuk-template__body">
<a href="#main-content" class="govuk-skip-link">Skip to main content</a>
<header class="customer-header">
<div class="govuk-width-container"><a href="${base}/start" class="customer-header__name">${organisation}</a></div>
</header>
<div class="govuk-width-container">
${back === undefined ? '' : html`<nav aria-label="Back"><a href="${back}" class="govuk-back-link">Back</a></nav>`}
<main class="govuk-main-wrapper" id="main-content">
<div class="govuk-grid-row"><div class="govuk-grid-column-two-thirds">
${body}
</div></div>
</main>
</div>
<footer class="customer-footer"><div class="govuk-width-container"><p class="govuk-body-s">${organisation} housing service</p></div></footer>
</body>
</html>`;
}

/** The summary of mistakes at the top of a page. */
export function errorSummary(mistakes: readonly { href: string; message: string }[]): Html {
  if (mistakes.length === 0) return html``;
  return html`<div class="govuk-error-summary" role="alert" aria-labelledby="error-summary-title" tabindex="-1">
<h2 class="govuk-error-summary__title" id="error-summary-title">There is a problem</h2>
<div class="govuk-error-summary__body"><ul class="govuk-list govuk-error-summary__list">
${mistakes.map(({ href, message }) => html`<li><a href="${href}">${message}</a></li>`)}
</ul></div></div>`;
}

export const customerCss = `
.customer-header { background: #1d3557; padding: 15px 0; }
.customer-header__name { color: #fff; font: bold 1.375rem/1.3 system-ui, "Segoe UI", Arial, sans-serif; text-decoration: none; }
.customer-header__name:hover { text-decoration: underline; }
.customer-header__name:focus { color: #0b0c0c; background: #fd0; outline: 3px solid transparent; box-shadow: 0 -2px #fd0, 0 4px #0b0c0c; }
.customer-footer { border-top: 1px solid #b1b4b6; margin-top: 40px; padding: 25px 0; background: #f3f2f1; }
.customer-footer p { margin: 0; }
html.govuk-template { background: #f3f2f1; }
.written, .pack { font: 1.1875rem/1.4 system-ui, "Segoe UI", Arial, sans-serif; color: #0b0c0c; overflow-wrap: anywhere; }
.pack h1 { font-size: 2rem; line-height: 1.15; margin: 0 0 20px; }
.pack h2 { font-size: 1.5rem; border-top: 2px solid #b1b4b6; padding-top: 15px; margin: 30px 0 10px; }
.pack h3 { font-size: 1.1875rem; margin: 20px 0 5px; }
.written :is(p, ul, ol), .pack :is(p, ul, ol) { margin: 0 0 15px; }
.written a, .pack a { color: #1a65a6; }
@media print { .customer-header, .govuk-skip-link, .govuk-back-link, .no-print { display: none; } .pack section section { break-inside: avoid; } }
`;
