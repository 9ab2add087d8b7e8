import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

export type FontName = 'regular' | 'bold' | 'italic' | 'boldItalic' | 'arabic' | 'arabicBold' | 'hebrew' | 'hebrewBold';

const files: Record<FontName, readonly [packageName: string, file: string]> = {
  regular: ['@embedpdf/fonts-latin', 'NotoSans-Regular.ttf'],
  bold: ['@embedpdf/fonts-latin', 'NotoSans-Bold.ttf'],
  italic: ['@embedpdf/fonts-latin', 'NotoSans-Italic.ttf'],
  boldItalic: ['@embedpdf/fonts-latin', 'NotoSans-BoldItalic.ttf'],
  arabic: ['@embedpdf/fonts-arabic', 'NotoNaskhArabic-Regular.ttf'],
  arabicBold: ['@embedpdf/fonts-arabic', 'NotoNaskhArabic-Bold.ttf'],
  hebrew: ['@embedpdf/fonts-hebrew', 'NotoSansHebrew-Regular.ttf'],
  hebrewBold: ['@embedpdf/fonts-hebrew', 'NotoSansHebrew-Bold.ttf'],
};

export const fontNames = Object.keys(files) as readonly FontName[];

/** The bytes of a font that came with the packages: no font of the machine is ever used, so every machine makes the same file. */
export function readFont(name: FontName): Buffer {
  const [packageName, file] = files[name];
  // The packages offer their start file alone; the fonts lie in a folder beside its own.
  const start = createRequire(import.meta.url).resolve(packageName);
  return readFileSync(join(dirname(start), '..', 'fonts', file));
}
