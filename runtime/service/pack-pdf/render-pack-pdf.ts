import type { InformationPack } from '../../engine/index.ts';
import { missingLetters } from './letters.ts';
import { textsOf, toPackContent, withoutCharacters } from './pack-content.ts';
import { setPages } from './pack-pages.ts';
import { writePdf } from './write-pdf.ts';

/**
 * The pack as a tagged PDF (PDF/UA-1) with title, language, headings, lists and links; the same pack gives the same bytes.
 * Letters that none of the fonts has are shown as a mark, with a note.
 */
export function renderPackPdf(pack: InformationPack): Uint8Array {
  const content = toPackContent(pack);
  const missing = missingLetters(textsOf(content));
  const shown = missing.size === 0 ? content : withoutCharacters(content, missing);
  return writePdf(setPages(shown), shown);
}
