import type { InformationPack } from '../../engine/index.ts';
import { toPackContent } from './pack-content.ts';
import { typstPdf } from './typst-pdf.ts';

export interface PackPdfOptions {
  /** Which maker: `typst` (PDF/UA-1) where it is installed, else `pdfkit` (tagged). The default takes the better one there is. */
  readonly maker?: 'typst' | 'pdfkit';
}

/**
 * The pack as a tagged PDF with title, language, headings, lists and links; the same pack gives the same bytes.
 * Letters that none of the fonts has are shown as a mark, with a note. Throws when `typst` is asked for and not there.
 */
export async function renderPackPdf(pack: InformationPack, options: PackPdfOptions = {}): Promise<Uint8Array> {
  const content = toPackContent(pack);
  const made = options.maker === 'pdfkit' ? null : typstPdf(content);
  if (made) return made;
  if (options.maker === 'typst') throw new Error('the PDF compiler is not published for this platform; use pdfkit');
  const { pdfkitPdf } = await import('./pdfkit-pdf.ts');
  return pdfkitPdf(content);
}
