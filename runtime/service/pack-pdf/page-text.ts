import { isAllowedUrl } from '../../engine/index.ts';

/** A stretch of text in one look. */
export interface Run {
  readonly kind: 'run';
  readonly text: string;
  readonly strong?: true;
  readonly emphasis?: true;
}

export type Look = Pick<Run, 'strong' | 'emphasis'>;

export type Inline = Run | { readonly kind: 'break' } | { readonly kind: 'link'; url: string; inline: Inline[] };

export type Direction = 'ltr' | 'rtl';

/** What a page consists of: data alone, so that no words of a pack can ever be read as commands. */
export type Block =
  | { readonly kind: 'heading'; level: number; direction: Direction; inline: Inline[] }
  | { readonly kind: 'paragraph'; direction: Direction; inline: Inline[] }
  | { readonly kind: 'list'; look: 'bullets' | 'numbers' | 'cards'; direction: Direction; items: Block[][] }
  | { readonly kind: 'quote'; blocks: Block[] }
  | { readonly kind: 'part'; language: string; blocks: Block[] };

/** A longer word than this gets places where it may break, or it would run off the page. */
const LONGEST_WORD = 48;

export function heading(level: number, title: string): Block & { kind: 'heading' } {
  return { kind: 'heading', level, direction: directionOf(title), inline: [run(plain(title) || '-')] };
}

export function paragraph(inline: Inline[]): Block {
  return { kind: 'paragraph', direction: directionOf(textOf(inline)), inline };
}

export function run(text: string, look: Look = {}): Run {
  return { kind: 'run', text: breakable(tidy(text)), ...look };
}

export function plain(text: string): string {
  return tidy(text).trim();
}

/** Blanks as HTML shows them; halves of characters and control characters, which a PDF/UA may not hold, go. */
function tidy(text: string): string {
  return text
    .replace(/[ \t\r\n\f\v\u0085\u2028\u2029]+/g, ' ')
    .replace(/\p{Surrogate}/gu, '\u{fffd}')
    .replace(/[\p{Cc}\u{feff}\u{fffe}\u{ffff}]/gu, '');
}

function breakable(text: string): string {
  return text.replace(/[^\s\u{200b}]{49,}/gu, (word) => {
    const letters = [...word];
    const pieces = Math.ceil(letters.length / LONGEST_WORD);
    const piece = (index: number): string => letters.slice(index * LONGEST_WORD, (index + 1) * LONGEST_WORD).join('');
    return Array.from({ length: pieces }, (_, index) => piece(index)).join('\u{200b}');
  });
}

export function textOf(inline: readonly Inline[]): string {
  return inline.map((one) => (one.kind === 'run' ? one.text : one.kind === 'link' ? textOf(one.inline) : ' ')).join('');
}

export function textOfBlocks(blocks: readonly Block[]): string {
  return blocks.map((block) => ('inline' in block ? textOf(block.inline) : '')).join(' ');
}

const RIGHT_TO_LEFT =
  /^[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\p{Script=Samaritan}]$/u;

/** The direction of the first letter, as `dir="auto"` has it. */
export function directionOf(text: string): Direction {
  const first = /\p{L}/u.exec(text)?.[0];
  return first !== undefined && RIGHT_TO_LEFT.test(first) ? 'rtl' : 'ltr';
}

/** The words as a link where the address is allowed and there is something to see; else the words alone. */
export function link(url: string, inline: Inline[]): Inline[] {
  return isAllowedUrl(url) && textOf(inline).trim() !== '' ? [{ kind: 'link', url, inline }] : inline;
}
