import { inSeenOrder, isRightToLeft, levelsOf, mirrored } from './bidi.ts';
import type { FontName } from './fonts.ts';
import { type Letters, type Script, scriptOf } from './letters.ts';
import { type Direction, type Inline, type Run, textOf } from './page-text.ts';

/** A link as it stands in the text; each place of it is one object, however many lines it runs over. */
export interface LinkPlace {
  /** A web address, or a place in the file. */
  readonly to: { readonly url: string } | { readonly heading: number };
  readonly words: string;
}

/** A piece of a line in one font. */
export interface Word {
  /** In reading order. */
  readonly text: string;
  readonly font: FontName;
  readonly codes: readonly number[];
  /** Thousandths of the size, one a code. */
  readonly widths: readonly number[];
  /** Points. */
  readonly width: number;
  /** Points from the left end of the line. */
  readonly at: number;
  readonly isRightToLeft: boolean;
  readonly link?: LinkPlace;
}

/** Words in reading order, which is the order of the tags; `at` says where each is seen. */
export interface Line {
  readonly words: readonly Word[];
  /** Points. */
  readonly width: number;
}

export interface Style {
  /** Points. */
  readonly size: number;
  readonly strong: boolean;
}

interface Column {
  /** Points. */
  readonly width: number;
  readonly style: Style;
  readonly direction: Direction;
  /** Where the whole paragraph leads. */
  readonly link?: LinkPlace;
}

/** What stands between two blanks, and the blank after it: the line never breaks inside. */
interface Chunk {
  readonly words: Word[];
  width: number;
  blank?: Word;
  endsLine?: true;
}

/** The lines of a paragraph. */
export function layOut(letters: Letters, inline: readonly Inline[], column: Column): Line[] {
  const isMixed = column.direction === 'rtl' || isRightToLeft(textOf(inline));
  const words = wordsOf(letters, inline, column.style, isMixed, column.link);
  return linesOf(chunksOf(words), column.width).map((line) => place(letters, line, column, isMixed));
}

function chunksOf(words: readonly (Word | 'break')[]): Chunk[] {
  const chunks: Chunk[] = [];
  let open: Chunk = { words: [], width: 0 };
  const close = (): void => {
    if (open.words.length > 0 || open.blank || open.endsLine) chunks.push(open);
    open = { words: [], width: 0 };
  };
  for (const word of words) {
    if (word === 'break') open.endsLine = true;
    else if (word.text === '' || word.text === ' ') open.blank = word;
    else {
      open.words.push(word);
      open.width += word.width;
      continue;
    }
    close();
  }
  close();
  return chunks;
}

function linesOf(chunks: readonly Chunk[], width: number): Word[][] {
  const lines: Word[][] = [[]];
  let used = 0;
  for (const chunk of chunks) {
    if (used > 0 && used + chunk.width > width) {
      lines.push([]);
      used = 0;
    }
    const line = lines.at(-1) ?? [];
    line.push(...chunk.words);
    used += chunk.width;
    if (chunk.blank && used > 0) {
      line.push(chunk.blank);
      used += chunk.blank.width;
    }
    if (chunk.endsLine) {
      lines.push([]);
      used = 0;
    }
  }
  if (lines.length > 1 && lines.at(-1)?.length === 0) lines.pop();
  return lines;
}

/** Puts the words of a line where they are seen. The blank at the end takes no room: it is there for those who copy or listen. */
function place(letters: Letters, line: readonly Word[], column: Column, isMixed: boolean): Line {
  const words = isMixed ? line : joined(line);
  const last = words.at(-1)?.text === ' ' ? words.at(-1) : undefined;
  const levels = isMixed ? levelsOf(words, column.direction) : words.map(() => 0);
  const turned = words.map((word, index) => turn(letters, word, (levels[index] ?? 0) % 2 === 1));
  const placed = new Map<Word, number>();
  let at = 0;
  for (const word of inSeenOrder(last ? turned.slice(0, -1) : turned, levels)) {
    placed.set(word, at);
    at += word.width;
  }
  return { words: turned.map((word) => ({ ...word, at: placed.get(word) ?? at })), width: at };
}

function turn(letters: Letters, word: Word, isTurned: boolean): Word {
  if (!isTurned) return word;
  const seen = mirrored(word.text);
  const glyphs = seen === word.text ? undefined : letters.glyphsFor(seen, word.text, word.font);
  const codes = glyphs ? { codes: glyphs.map(({ code }) => code), widths: glyphs.map(({ width }) => width) } : {};
  return { ...word, ...codes, isRightToLeft: true };
}

/** Neighbours of one look become one piece. */
function joined(words: readonly Word[]): Word[] {
  const out: Word[] = [];
  for (let from = 0; from < words.length; ) {
    const first = words[from];
    let to = from + 1;
    while (to < words.length && words[to]?.font === first?.font && words[to]?.link === first?.link) to++;
    if (first) out.push(to === from + 1 ? first : joinedPiece(first, words.slice(from, to)));
    from = to;
  }
  return out;
}

function joinedPiece(first: Word, words: readonly Word[]): Word {
  return {
    ...first,
    text: words.map(({ text }) => text).join(''),
    codes: words.flatMap(({ codes }) => codes),
    widths: words.flatMap(({ widths }) => widths),
    width: words.reduce((sum, { width }) => sum + width, 0),
  };
}

function wordsOf(
  letters: Letters,
  inline: readonly Inline[],
  style: Style,
  isMixed: boolean,
  link?: LinkPlace,
): (Word | 'break')[] {
  return inline.flatMap((one): (Word | 'break')[] => {
    if (one.kind === 'break') return ['break'];
    if (one.kind === 'link') {
      const words = textOf(one.inline).replaceAll('\u{200b}', '');
      return wordsOf(letters, one.inline, style, isMixed, { to: { url: one.url }, words });
    }
    return piecesOf(one.text, isMixed).map((text) => {
      const font = fontFor(isMixed ? scriptOf(text) : 'latin', one, style);
      return toWord(letters, text, font, style.size, link);
    });
  });
}

/** Points come from the size; a place where a long word may break is a word without letters. */
export function toWord(letters: Letters, piece: string, font: FontName, size: number, link?: LinkPlace): Word {
  const text = piece === '\u{200b}' ? '' : piece;
  const { codes, widths, width: thousandths } = letters.runOf(text, font);
  const width = (thousandths * size) / 1000;
  return { text, font, codes, widths, width, at: 0, isRightToLeft: false, ...(link ? { link } : {}) };
}

/** Words and blanks; where directions meet, also cut where the script or the kind of sign changes. */
function piecesOf(text: string, isMixed: boolean): string[] {
  if (!isMixed) return text.match(/[ \u{200b}]|[^ \u{200b}]+/gu) ?? [];
  const pieces = text.match(
    /[ \u{200b}]|[\p{Script=Arabic}\u{064b}-\u{065f}]+|[\p{Script=Hebrew}]+|[\p{L}\p{N}](?:[^ \u{200b}\p{Script=Arabic}\p{Script=Hebrew}]*[\p{L}\p{M}\p{N}](?![\p{Script=Arabic}\p{Script=Hebrew}]))?|[^ \u{200b}]/gu,
  );
  return pieces ?? [];
}

function fontFor(script: Script, one: Run, style: Style): FontName {
  const isBold = style.strong || one.strong === true;
  if (script === 'arabic') return isBold ? 'arabicBold' : 'arabic';
  if (script === 'hebrew') return isBold ? 'hebrewBold' : 'hebrew';
  if (one.emphasis) return isBold ? 'boldItalic' : 'italic';
  return isBold ? 'bold' : 'regular';
}
