import type { TemplateDocument } from '../../schemas/ladder.ts';
import type { EditCommand } from '../document/engine.ts';
import { placeholdersOf } from '../document/time-engine.ts';

/** What each placeholder says, for the list it is chosen from. */
const meanings: Readonly<Record<string, string>> = {
  'recipient.name': 'Name of who reads it',
  'case.reference': 'Reference of the case',
  'case.workflow': 'Title of the workflow',
  'task.title': 'Title of the task',
  'clock.title': 'Title of the statutory clock',
  'clock.onEnd': 'What the end of the clock means',
  'clock.source': 'Source of the clock in law',
  'due.text': 'When it is due, in words',
  'overdue.text': 'How long it is overdue',
  'resource.title': 'Title of the service resource',
  'resource.place': 'The place offered',
  'offer.expires': 'When the offer expires',
  link: 'Link to the case',
};

export interface Placeholder {
  path: string;
  meaning: string;
  declared: boolean;
}

/** Every placeholder that a message of the template's purpose can fill in. */
export function placeholderChoices(template: TemplateDocument): Placeholder[] {
  return placeholdersOf(template.purpose).map((path) => ({
    path,
    meaning: meanings[path] ?? path,
    declared: template.variables.includes(path),
  }));
}

/** The unfinished placeholder before a cursor: where it began and what is written of it; undefined outside of one. */
export function unfinishedAt(text: string, cursor: number): { from: number; written: string } | undefined {
  const before = text.slice(0, cursor);
  const open = before.lastIndexOf('{{');
  if (open < 0 || before.indexOf('}}', open) >= 0) return undefined;
  const written = before.slice(open + 2).trimStart();
  return /^[\w.]*$/.test(written) ? { from: open, written } : undefined;
}

/** The text with a placeholder put in at the cursor, closing what was begun; and where the cursor goes. */
export function insertPlaceholder(text: string, cursor: number, path: string): { text: string; cursor: number } {
  const begun = unfinishedAt(text, cursor);
  const from = begun?.from ?? cursor;
  const rest = text.slice(cursor);
  const after = begun ? rest.replace(/^[\w.]*\s*(\}\})?/, '') : rest;
  const written = `{{ ${path} }}`;
  return { text: text.slice(0, from) + written + after, cursor: from + written.length };
}

/** Sets a text of a template; placeholders used in it that it has not declared yet are declared in the same step. */
export function setBody(template: TemplateDocument, path: readonly string[], text: string): EditCommand {
  const known = placeholdersOf(template.purpose);
  const used = placeholdersIn(text).filter((one) => known.includes(one) && !template.variables.includes(one));
  const set: EditCommand = {
    type: 'setDocumentField',
    kind: 'template',
    key: template.key,
    path: [...path],
    value: text,
  };
  if (used.length === 0) return set;
  const variables = { ...set, path: ['variables'], value: [...template.variables, ...used] };
  return { type: 'batch', label: `Use ${used.join(', ')} in ${template.key}`, commands: [set, variables] };
}

/** Paths written as whole placeholders in a text. */
export function placeholdersIn(text: string): string[] {
  const found = [...text.matchAll(/\{\{-?\s*([A-Za-z][\w.]*)[^{}]*\}\}/g)].map((match) => match[1] ?? '');
  const tested = [...text.matchAll(/\{%-?\s*(?:if|unless|elsif|case|for \w+ in)\s+([A-Za-z][\w.]*)/g)].map(
    (match) => match[1] ?? '',
  );
  return [...new Set([...found, ...tested])];
}

/** All texts of a template with the path of each. */
export function bodiesIn(template: TemplateDocument): { path: string[]; text: string }[] {
  const of = (base: string[], bodies: TemplateDocument['channels'] | undefined) => {
    if (!bodies) return [];
    const { email, ...others } = bodies;
    const mail = Object.entries(email ?? {}).map(([part, text]) => ({
      path: [...base, 'email', part],
      text: text ?? '',
    }));
    const rest = Object.entries(others).map(([channel, text]) => ({ path: [...base, channel], text: text ?? '' }));
    return [...mail, ...rest];
  };
  return [...of(['channels'], template.channels), ...of(['languages', 'cy'], template.languages.cy)];
}
