import type { AnyDocument } from '../../schemas/configuration.ts';
import type { ReadShape } from './engine.ts';

type Reading = typeof import('./reading.ts')['reading'];

let reading: Reading | undefined;

/** The schemas are heavy and no drawing needs them: they come after it, and at once when something is read. */
export async function loadShapes(): Promise<Reading> {
  reading ??= (await import('./reading.ts')).reading;
  return reading;
}

/**
 * Whether a document has the shape of its kind. In the second before the schemas are here nobody can have pasted or
 * imported one, and the server reads every document once more: then what the page itself made is taken as it is.
 */
export const readShape: ReadShape = (document, name) => {
  if (reading) return reading.parseDocument(document, name);
  void loadShapes().catch(() => {});
  return { document: document as AnyDocument };
};
