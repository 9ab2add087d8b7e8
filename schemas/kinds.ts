// Names that hold without the schemas: a page reads them before it has loaded any.

const kinds = [
  'workflow',
  'task',
  'form',
  'question',
  'topic',
  'advice',
  'provision',
  'agency',
  'ladder',
  'template',
  'calendar',
  'team',
  'service-type',
  'settings',
  'test',
] as const;
export type DocumentKind = (typeof kinds)[number];

/** Kinds of documents, in the order people meet them. */
export const documentKinds: DocumentKind[] = [...kinds];

/** Whether a name of something named is that of a document kind. */
export function isDocumentKind(kind: string): kind is DocumentKind {
  return (kinds as readonly string[]).includes(kind);
}

/** The newest format number; `migrate/` brings older ones here. */
export const FORMAT = 1;

/** What marks tasks of Lintel on a clipboard, and the format of what follows. */
export const CLIPBOARD_MARK = 'lintel-tasks';
export const CLIPBOARD_FORMAT = 1;

export const taskTypes = ['call', 'letter', 'visit', 'agency', 'interview', 'check', 'decision', 'other'] as const;
export const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
