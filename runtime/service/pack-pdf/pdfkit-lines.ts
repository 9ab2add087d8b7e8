import type { FontName } from './fonts.ts';
import type { Direction, Inline, Run } from './page-text.ts';

/** A piece of a line in one font; `url` and `alt` where it is part of a link. */
export interface Word {
  readonly text: string;
  readonly font: FontName;
  readonly width: number;
  /** Points from the left end of the line. */
  readonly at: number;
  readonly url?: string;
  /** The whole text of the link. */
  readonly alt?: string;
}

/** Words in reading order, which is the order of the tags; `at` says where each is seen. */
export interface Line {
  readonly words: readonly Word[];
  /** Points. */
  readonly width: number;
}

export interface Style {
  readonly size: number;
  readonly strong: boolean;
}

interface Column {
  /** Points. */
  readonly width: number;
  readonly style: Style;
  readonly direction: Direction;
}

type Link = Pick<Word, 'url' | 'alt'>;

/** The lines of a paragraph. */
export function layOut(doc: PDFKit.PDFDocument, inline: readonly Inline[], column: Column): Line[] {
  const lines: Word[][] = [[]];
  let used = 0;
  for (const word of wordsOf(doc, inline, column.style)) {
    const isTooLong = used + word.width > column.width && used > 0 && word.text.trim() !== '';
    if (word.text === '\n' || isTooLong) {
      lines.push([]);
      used = 0;
    }
    const isBlankAtStart = used === 0 && word.text.trim() === '';
    if (isBlankAtStart) continue;
    lines.at(-1)?.push(word);
    used += word.width;
  }
  return lines.map((line) => place(joined(line), column.direction));
}

/** Neighbours of one look become one piece; right-to-left words stay single, for they change places. */
function joined(words: readonly Word[]): Word[] {
  const out: Word[] = [];
  for (const word of words) {
    const last = out.at(-1);
    const isSame = last && last.font === word.font && last.url === word.url && last.alt === word.alt;
    if (isSame && !isRightToLeft(last) && !isRightToLeft(word) && word.text !== '\n') {
      out[out.length - 1] = { ...last, text: last.text + word.text, width: last.width + word.width };
    } else if (word.text !== '\n') out.push(word);
  }
  return out;
}

function place(words: readonly Word[], direction: Direction): Line {
  const seen = direction === 'rtl' ? rightToLeft(words) : turned(words, isRightToLeft);
  const placed = new Map<Word, Word>();
  let at = 0;
  for (const word of seen) {
    placed.set(word, { ...word, at });
    at += word.width;
  }
  return { words: words.flatMap((word) => placed.get(word) ?? []), width: at };
}

function wordsOf(doc: PDFKit.PDFDocument, inline: readonly Inline[], style: Style, link: Link = {}): Word[] {
  return inline.flatMap((one) => {
    if (one.kind === 'break') return [{ text: '\n', font: 'regular' as const, width: 0, at: 0 }];
    if (one.kind === 'link') return wordsOf(doc, one.inline, style, { url: one.url, alt: allText(one.inline) });
    return piecesOf(one.text).map(({ text, script }) => {
      const font = fontFor(script, one, style);
      return { text, font, width: widthOf(doc, text, font, style.size), at: 0, ...link };
    });
  });
}

function allText(inline: readonly Inline[]): string {
  return inline.map((one) => (one.kind === 'run' ? one.text.replaceAll('\u{200b}', '') : ' ')).join('');
}

type Script = 'latin' | 'arabic' | 'hebrew';

/** Words and blanks, cut where the script changes: pdfkit takes one font at a time. */
function piecesOf(text: string): { text: string; script: Script }[] {
  const pieces = text.match(
    /[ \u{200b}]+|[\p{Script=Arabic}\p{Mn}]+|[\p{Script=Hebrew}]+|[^ \u{200b}\p{Script=Arabic}\p{Script=Hebrew}]+/gu,
  );
  return (pieces ?? []).map((piece) => ({ text: piece.replaceAll('\u{200b}', ''), script: scriptOf(piece) }));
}

function scriptOf(text: string): Script {
  if (/\p{Script=Arabic}/u.test(text)) return 'arabic';
  return /\p{Script=Hebrew}/u.test(text) ? 'hebrew' : 'latin';
}

function fontFor(script: Script, one: Run, style: Style): FontName {
  const isBold = style.strong || one.strong === true;
  if (script === 'arabic') return isBold ? 'arabicBold' : 'arabic';
  if (script === 'hebrew') return isBold ? 'hebrewBold' : 'hebrew';
  if (one.emphasis) return isBold ? 'boldItalic' : 'italic';
  return isBold ? 'bold' : 'regular';
}

/** Points. */
export function widthOf(doc: PDFKit.PDFDocument, text: string, font: FontName, size: number): number {
  return text === '' ? 0 : doc.font(font).fontSize(size).widthOfString(text);
}

/** Words from right to left; stretches of Latin words keep their own order. */
function rightToLeft(line: readonly Word[]): Word[] {
  return turned(line, (word) => !isRightToLeft(word)).reverse();
}

/** Turns each stretch of words of one kind around, with the blanks between them. */
function turned(line: readonly Word[], isKind: (word: Word) => boolean): Word[] {
  const out: Word[] = [];
  let stretch: Word[] = [];
  let blanks: Word[] = [];
  const flush = (): void => {
    out.push(...stretch.reverse(), ...blanks);
    stretch = [];
    blanks = [];
  };
  for (const word of line) {
    if (word.text.trim() === '') {
      blanks.push(word);
    } else if (isKind(word)) {
      if (stretch.length === 0) out.push(...blanks);
      else stretch.push(...blanks);
      stretch.push(word);
      blanks = [];
    } else {
      flush();
      out.push(word);
    }
  }
  flush();
  return out;
}

function isRightToLeft(word: Word): boolean {
  return /[\p{Script=Arabic}\p{Script=Hebrew}]/u.test(word.text);
}
