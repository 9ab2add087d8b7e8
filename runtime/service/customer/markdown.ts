import { html, raw } from 'hono/html';
import type { HtmlEscapedString } from 'hono/utils/html';
import type { Nodes } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import type { AgencyDocument } from '../../../schemas/advice.ts';

export type Html = HtmlEscapedString | Promise<HtmlEscapedString>;

/** Markdown as HTML of an allow-list: headings, paragraphs, lists, links, emphasis. HTML in the text is shown as text. */
export function renderMarkdown(
  text: string,
  agencies: Readonly<Record<string, AgencyDocument>> = {},
  headingLevel = 3,
): string {
  return render(fromMarkdown(withAgencies(text, agencies)), headingLevel);
}

/** `{{agency:key}}` becomes the agency's name, telephone and address on the web. */
function withAgencies(text: string, agencies: Readonly<Record<string, AgencyDocument>>): string {
  return text.replaceAll(/\{\{\s*agency:([A-Za-z0-9_-]+)\s*\}\}/g, (_all, key: string) => {
    const agency = Object.hasOwn(agencies, key) ? agencies[key] : undefined;
    if (!agency) return key;
    const name = agency.url ? `[${agency.title}](${agency.url})` : agency.title;
    return agency.phone ? `${name} (${agency.phone})` : name;
  });
}

function render(node: Nodes, level: number): string {
  const inner = () => ('children' in node ? node.children.map((child) => render(child, level)).join('') : '');
  switch (node.type) {
    case 'root':
      return inner();
    case 'paragraph':
      return `<p class="govuk-body">${inner()}</p>`;
    case 'heading': {
      const tag = `h${Math.min(6, level + node.depth - 1)}`;
      return `<${tag} class="govuk-heading-s">${inner()}</${tag}>`;
    }
    case 'list':
      return node.ordered
        ? `<ol class="govuk-list govuk-list--number">${inner()}</ol>`
        : `<ul class="govuk-list govuk-list--bullet">${inner()}</ul>`;
    case 'listItem':
      return `<li>${inner()}</li>`;
    case 'strong':
      return `<strong>${inner()}</strong>`;
    case 'emphasis':
      return `<em>${inner()}</em>`;
    case 'link':
      return isSafe(node.url)
        ? `<a class="govuk-link" href="${escapeText(node.url)}" rel="noreferrer">${inner()}</a>`
        : inner();
    case 'break':
      return '<br>';
    case 'text':
    case 'inlineCode':
    case 'html':
    case 'code':
      return escapeText(node.value);
    default:
      return inner();
  }
}

function isSafe(url: string): boolean {
  return /^(?:https?:|mailto:|tel:)/i.test(url);
}

function escapeText(text: string): string {
  return String(html`${text}`);
}

export function markdown(text: string, agencies?: Readonly<Record<string, AgencyDocument>>): HtmlEscapedString {
  return raw(renderMarkdown(text, agencies));
}
