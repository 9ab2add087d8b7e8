import { dateInWords } from '../calendar/dates.ts';
import { escapeHtml, isAllowedUrl, renderMarkdownHtml } from './markdown.ts';
import type { InformationPack, PackAgency, PackContact, PackStatement, PackStep } from './pack.ts';

/** Headings of the pack itself, by language. */
const words = {
  en: {
    intro: 'About your enquiry',
    next: 'What happens next',
    agencies: 'Organisations that can help',
    contacts: 'How to contact us',
    asAt: 'Advice as at',
  },
  cy: {
    intro: 'Am eich ymholiad',
    next: 'Beth sy’n digwydd nesaf',
    agencies: 'Sefydliadau a all helpu',
    contacts: 'Sut i gysylltu â ni',
    asAt: 'Cyngor ar',
  },
} as const;

/** The pack as one accessible HTML fragment: an article with one h1, an h2 a section, an h3 a statement. The same pack gives the same bytes. */
export function renderPackHtml(pack: InformationPack): string {
  const word = words[pack.language];
  return [
    `<article lang="${pack.language}" dir="auto">`,
    `<h1>${escapeHtml(pack.title)}</h1>`,
    `<p>${word.asAt} <time datetime="${escapeHtml(pack.asAt)}">${escapeHtml(dateWords(pack.asAt))}</time></p>`,
    block(word.intro, pack.introduction.map((paragraph) => `<p dir="auto">${escapeHtml(paragraph)}</p>`).join('')),
    ...pack.sections.map((section) =>
      block(section.title, section.statements.map((one) => statementHtml(one, pack.language)).join('')),
    ),
    block(word.next, listOf(pack.nextSteps.map(stepHtml), 'ol')),
    block(word.agencies, listOf(pack.agencies.map(agencyHtml), 'ul')),
    block(word.contacts, listOf(pack.contacts.map(contactHtml), 'ul')),
    '</article>',
  ]
    .filter((part) => part !== '')
    .join('\n');
}

function block(title: string, content: string): string {
  return content === '' ? '' : `<section>\n<h2 dir="auto">${escapeHtml(title)}</h2>\n${content}\n</section>`;
}

function listOf(items: readonly string[], tag: 'ol' | 'ul'): string {
  return items.length === 0 ? '' : `<${tag}>${items.map((item) => `<li>${item}</li>`).join('')}</${tag}>`;
}

/** Statements in another language than the pack say so, for screen readers. */
function statementHtml(statement: PackStatement, language: string): string {
  const lang = statement.language === language ? '' : ` lang="${statement.language}"`;
  return `<section id="statement-${escapeHtml(statement.key)}" dir="auto"${lang}><h3>${escapeHtml(statement.title)}</h3>${renderMarkdownHtml(statement.body, 4)}</section>`;
}

function stepHtml(step: PackStep): string {
  if (step.on === undefined) return escapeHtml(step.text);
  return `${escapeHtml(step.text)} <time datetime="${escapeHtml(step.on)}">${escapeHtml(dateWords(step.on))}</time>`;
}

function agencyHtml(agency: PackAgency): string {
  return `${contactHtml(agency)}${agency.hours === undefined ? '' : `<br>${escapeHtml(agency.hours)}`}`;
}

function contactHtml(contact: PackContact): string {
  return [
    `<strong>${escapeHtml(contact.name)}</strong>`,
    contact.phone === undefined ? '' : link(`tel:${contact.phone.replace(/[^\d+]/g, '')}`, contact.phone),
    contact.email === undefined ? '' : link(`mailto:${contact.email}`, contact.email),
    contact.url === undefined ? '' : link(contact.url, contact.url),
  ]
    .filter((part) => part !== '')
    .join('<br>');
}

function link(url: string, text: string): string {
  return isAllowedUrl(url) ? `<a href="${escapeHtml(url)}">${escapeHtml(text)}</a>` : escapeHtml(text);
}

function dateWords(date: string): string {
  return dateInWords(date);
}
