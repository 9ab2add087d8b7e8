import { FORMAT } from '../document.ts';

type StoredDocument = Record<string, unknown>;

/** One step a format, by the format it starts from. Append-only: a published step is never edited. */
const steps: Readonly<Record<number, (stored: StoredDocument) => StoredDocument>> = {};

/** Brings a stored document to the newest format; a document without a readable format is left for the shape check to name. */
export function migrateDocument(stored: StoredDocument): StoredDocument {
  let current = stored;
  for (let format = Number(stored['format']); format < FORMAT; format++) {
    const step = steps[format];
    if (!step) return current;
    current = { ...step(current), format: format + 1 };
  }
  return current;
}
