import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

export type FontName = 'regular' | 'bold' | 'italic' | 'boldItalic' | 'arabic' | 'arabicBold' | 'hebrew' | 'hebrewBold';

const require = createRequire(import.meta.url);
const latin = (): string => require.resolve('@embedpdf/fonts-latin');
const arabic = (): string => require.resolve('@embedpdf/fonts-arabic');
const hebrew = (): string => require.resolve('@embedpdf/fonts-hebrew');

const files: Record<FontName, readonly [start: () => string, file: string]> = {
  regular: [latin, 'NotoSans-Regular.ttf'],
  bold: [latin, 'NotoSans-Bold.ttf'],
  italic: [latin, 'NotoSans-Italic.ttf'],
  boldItalic: [latin, 'NotoSans-BoldItalic.ttf'],
  arabic: [arabic, 'NotoNaskhArabic-Regular.ttf'],
  arabicBold: [arabic, 'NotoNaskhArabic-Bold.ttf'],
  hebrew: [hebrew, 'NotoSansHebrew-Regular.ttf'],
  hebrewBold: [hebrew, 'NotoSansHebrew-Bold.ttf'],
};

export const fontNames = Object.keys(files) as readonly FontName[];

/** The bytes of a font that came with the packages: no font of the machine is ever used, so every machine makes the same file. */
export function readFont(name: FontName): Buffer {
  const [start, file] = files[name];
  // The packages offer their start file alone; the fonts lie in a folder beside its own.
  return readFileSync(join(dirname(start()), '..', 'fonts', file));
}
