import type { Configuration } from '../../../schemas/configuration.ts';
import { isAllowedUrl, linksOf, readMarkdown } from './markdown.ts';

/** A link of the configuration, for whoever looks whether it still leads somewhere. */
export interface ListedLink {
  url: string;
  /** `kind/key` of the document. */
  document: string;
  /** JSON pointer to the text or address. */
  pointer: string;
  /** Whether people may follow it; others are shown as text. */
  allowed: boolean;
}

/** Every link of statements and their translations, agencies, provisions, tasks and forms, by address. */
export function listLinks(configuration: Configuration): ListedLink[] {
  const found: ListedLink[] = [];
  const add = (url: string, document: string, pointer: string) =>
    found.push({ url, document, pointer, allowed: isAllowedUrl(url) });
  const addText = (text: string | undefined, document: string, pointer: string) => {
    if (text === undefined) return;
    const { nodes, problems } = readMarkdown(text);
    for (const url of linksOf(nodes)) add(url, document, pointer);
    for (const problem of problems) if (problem.code === 'TEXT_LINK_REFUSED') add(problem.found, document, pointer);
  };
  for (const statement of Object.values(configuration.advice)) {
    const document = `advice/${statement.key}`;
    addText(statement.body, document, '/body');
    for (const [language, translation] of Object.entries(statement.translations ?? {}))
      addText(translation?.body, document, `/translations/${language}/body`);
  }
  for (const task of Object.values(configuration.task)) addText(task.instructions, `task/${task.key}`, '/instructions');
  for (const form of Object.values(configuration.form)) {
    addText(form.startPage, `form/${form.key}`, '/startPage');
    addText(form.declaration, `form/${form.key}`, '/declaration');
  }
  for (const agency of Object.values(configuration.agency))
    if (agency.url) add(agency.url, `agency/${agency.key}`, '/url');
  for (const provision of Object.values(configuration.provision))
    if (provision.url) add(provision.url, `provision/${provision.key}`, '/url');
  return found.sort((a, b) => compare(a.url, b.url) || compare(a.document, b.document));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
