import type { AnyDocument } from '../../../schemas/configuration.ts';
import type { Finding } from '../../../schemas/finding.ts';
import { type CommandOf, findDocument, type Mutable, refuse, setOptional } from './draft-access.ts';

export function setDocumentField(draft: Mutable, command: CommandOf<'setDocumentField'>): void {
  const [first] = command.path;
  if (first === undefined || ['kind', 'key', 'format'].includes(first)) {
    refuse('FIELD_FIXED', `${first ?? 'the whole document'} of ${command.kind} ${command.key} never changes`, {});
  }
  let holder = findDocument(draft, command.kind, command.key) as unknown as Record<string, unknown>;
  for (const part of command.path.slice(0, -1)) {
    const child = Object.hasOwn(holder, part) ? holder[part] : undefined;
    if (typeof child !== 'object' || child === null) {
      refuse('FIELD_FIXED', `${command.kind} ${command.key} has nothing at /${command.path.join('/')}`, {});
    }
    holder = child as Record<string, unknown>;
  }
  setOptional(holder, command.path.at(-1) ?? '', command.value);
}

/** Whether a document has the shape of its kind, or what is wrong with it. */
export type ReadShape = (document: unknown, name: string) => { document: AnyDocument } | { findings: Finding[] };

export function putDocument(draft: Mutable, document: AnyDocument, readShape: ReadShape): void {
  const parsed = readShape(document, `${document.kind}/${document.key}`);
  if ('findings' in parsed) {
    const [first] = parsed.findings;
    refuse('DOCUMENT_INVALID', first?.message ?? 'this document is not valid', { findings: parsed.findings });
  }
  const documents = draft.configuration[document.kind] as Record<string, AnyDocument>;
  documents[document.key] = document;
}

export function removeDocument(draft: Mutable, command: CommandOf<'removeDocument'>): void {
  findDocument(draft, command.kind, command.key);
  delete (draft.configuration[command.kind] as Record<string, unknown>)[command.key];
}
