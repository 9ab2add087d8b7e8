import { joinLetters } from './arabic-forms.ts';
import { type FontName, fontNames, readFont } from './fonts.ts';
import { readTrueType, type TrueType } from './true-type.ts';

/** A glyph of one font as the page's commands name it. */
interface Glyph {
  /** Place in the font that goes into the file. */
  readonly code: number;
  /** Thousandths of the size. */
  readonly width: number;
}

interface GlyphRun {
  readonly codes: readonly number[];
  /** Thousandths of the size, one a code. */
  readonly widths: readonly number[];
  readonly width: number;
}

/** A font as one file uses it: which glyphs, and what letters they stand for. */
export interface UsedFont {
  readonly name: FontName;
  readonly type: TrueType;
  /** By code. */
  readonly glyphs: { readonly glyph: number; readonly meant: string }[];
  readonly codes: Map<string, Glyph>;
}

export type Script = 'latin' | 'arabic' | 'hebrew';

const read = new Map<FontName, TrueType>();

function typeOf(name: FontName): TrueType {
  const type = read.get(name) ?? readTrueType(readFont(name));
  read.set(name, type);
  return type;
}

/** The fonts of one file; a font is read when the first letter needs it. */
export class Letters {
  private readonly used = new Map<FontName, UsedFont>();

  /** In a fixed order. */
  get fonts(): UsedFont[] {
    return fontNames.flatMap((name) => this.used.get(name) ?? []);
  }

  /** The glyphs of a word as the pages take them. Words come again and again: each is looked up once. */
  runOf(text: string, name: FontName): GlyphRun {
    const key = `${name} ${text}`;
    const before = this.runs.get(key);
    if (before) return before;
    const glyphs = this.glyphsOf(text, name);
    const widths = glyphs.map(({ width }) => width);
    const width = widths.reduce((sum, one) => sum + one, 0);
    const run = { codes: glyphs.map(({ code }) => code), widths, width };
    this.runs.set(key, run);
    return run;
  }

  private readonly runs = new Map<string, GlyphRun>();

  /** Glyphs in reading order; letters the font has not are left out (see `missingLetters`). */
  private glyphsOf(text: string, name: FontName): Glyph[] {
    const font = this.fontOf(name);
    if (name === 'arabic' || name === 'arabicBold') {
      return joinLetters(text).flatMap(({ drawn, meant }) => glyphOf(font, drawn, meant) ?? []);
    }
    const glyphs: Glyph[] = [];
    for (const letter of text) {
      const glyph = font.codes.get(letter) ?? glyphOf(font, letter, letter);
      if (glyph) glyphs.push(glyph);
    }
    return glyphs;
  }

  /** Glyphs that look like one text and stand for another, letter by letter: brackets in right-to-left text. */
  glyphsFor(drawn: string, meant: string, name: FontName): Glyph[] {
    const letters = [...meant];
    return [...drawn].flatMap((letter, index) => glyphOf(this.fontOf(name), letter, letters[index] ?? letter) ?? []);
  }

  private fontOf(name: FontName): UsedFont {
    const before = this.used.get(name);
    if (before) return before;
    const font = { name, type: typeOf(name), glyphs: [{ glyph: 0, meant: '' }], codes: new Map<string, Glyph>() };
    this.used.set(name, font);
    return font;
  }
}

function glyphOf(font: UsedFont, drawn: string, meant: string): Glyph | undefined {
  const name = drawn === meant ? drawn : `${drawn} for ${meant}`;
  const before = font.codes.get(name);
  if (before) return before;
  const glyph = font.type.glyphOf(drawn.codePointAt(0) ?? 0);
  if (glyph === 0) return undefined;
  const made = { code: font.glyphs.length, width: font.type.widthOf(glyph) };
  font.glyphs.push({ glyph, meant });
  font.codes.set(name, made);
  return made;
}

/** Letters that no font has. */
export function missingLetters(texts: Iterable<string>): Set<string> {
  const seen = new Set<string>();
  for (const text of texts) {
    // Every font has plain letters.
    if (!/^[ -~]*$/.test(text)) for (const letter of text) seen.add(letter);
  }
  return new Set([...seen].filter((letter) => letter !== '\u{200b}' && !hasLetter(letter)));
}

function hasLetter(letter: string): boolean {
  const script = scriptOf(letter);
  const name = script === 'latin' ? 'regular' : script;
  return typeOf(name).glyphOf(letter.codePointAt(0) ?? 0) !== 0;
}

const ARABIC = /[\p{Script=Arabic}\u{064b}-\u{065f}]/u;

export function scriptOf(text: string): Script {
  if (ARABIC.test(text)) return 'arabic';
  return /\p{Script=Hebrew}/u.test(text) ? 'hebrew' : 'latin';
}
