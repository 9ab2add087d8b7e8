import { dateIn } from '../local-date.ts';
import { missingLetters } from '../pack-pdf/letters.ts';
import { type PackContent, textsOf, withoutCharacters } from '../pack-pdf/pack-content.ts';
import { setPages } from '../pack-pdf/pack-pages.ts';
import { paragraph, plain, run } from '../pack-pdf/page-text.ts';
import { writePdf } from '../pack-pdf/write-pdf.ts';
import type { Outgoing } from './channel.ts';

/** A letter as a tagged PDF, by the same printer as the customer's pack: whom it goes to, its title, its paragraphs. */
export function renderLetterPdf({ message, rendered, now }: Outgoing, organisation: string): Uint8Array {
  const on = dateIn('Europe/London', now);
  const [year = 2000, month = 1, day = 1] = on.split('-').map(Number);
  const isWelsh = message.language === 'cy';
  const content: PackContent = {
    language: message.language,
    title: plain(rendered.title) || '-',
    organisation: plain(organisation),
    asAt: on,
    madeOn: { year, month, day },
    words: isWelsh
      ? { page: 'Tudalen', of: 'o', contents: 'Cynnwys' }
      : { page: 'Page', of: 'of', contents: 'Contents' },
    hasContents: false,
    blocks: [rendered.address ?? message.to, ...rendered.text.split(/\n{2,}/)].map((text) =>
      paragraph([run(plain(text))]),
    ),
  };
  const missing = missingLetters(textsOf(content));
  const shown = missing.size === 0 ? content : withoutCharacters(content, missing);
  return writePdf(setPages(shown), shown);
}
