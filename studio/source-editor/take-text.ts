import type { AnyDocument } from '../../schemas/configuration.ts';
import type { Finding } from '../../schemas/finding.ts';
import { isSame } from '../document/engine.ts';
import { mergeDocuments } from '../document/merging.ts';
import { readSource } from './read-source.ts';

/** Text that is not in the draft: it is no document yet, or one that changes what was changed there meanwhile. */
export interface HeldText {
  text: string;
  findings: Finding[];
  /** What the draft gets when the text stands where both changed a place, with those places; what was changed elsewhere stays. */
  overlap?: { places: readonly string[]; document: AnyDocument };
}

/** What text that was begun on one state of a document comes to in the draft as it is now; what was changed there meanwhile is kept. */
export function takeText(
  text: string,
  begunOn: AnyDocument | undefined,
  now: AnyDocument,
): { document: AnyDocument; written: AnyDocument } | HeldText {
  const read = readSource(text, now);
  if ('findings' in read) return { text, findings: read.findings };
  const written = read.document;
  if (isSame(begunOn, now)) return { document: written, written };
  const { document, clashes, fault } = mergeDocuments(begunOn, written, now, {});
  if (document && clashes.length === 0) return { document, written };
  // Together they may be no document: then the text stands alone, and every place it changes is named.
  const places = fault === undefined ? clashes.map(({ pointer }) => pointer) : [''];
  return { text, findings: [], overlap: { places, document: document ?? written } };
}
