import { createHash } from 'node:crypto';
import type { FontName } from './fonts.ts';
import type { UsedFont } from './letters.ts';
import { type PdfFile, type Reference, utf16Hex } from './pdf-file.ts';
import { resourceName } from './tagged-document.ts';

const names: Record<FontName, string> = {
  regular: 'NotoSans',
  bold: 'NotoSans-Bold',
  italic: 'NotoSans-Italic',
  boldItalic: 'NotoSans-BoldItalic',
  arabic: 'NotoNaskhArabic',
  arabicBold: 'NotoNaskhArabic-Bold',
  hebrew: 'NotoSansHebrew',
  hebrewBold: 'NotoSansHebrew-Bold',
};

/** The fonts with the letters in use alone; gives the names the pages call them by. */
export function writeFonts(file: PdfFile, fonts: readonly UsedFont[]): string {
  return fonts.map((font) => `/${resourceName(font.name)} ${writeFont(file, font)} 0 R`).join(' ');
}

function writeFont(file: PdfFile, font: UsedFont): Reference {
  const bytes = font.type.subset(font.glyphs.map(({ glyph }) => glyph));
  const program = file.addStream(bytes, ` /Length1 ${bytes.length}`);
  const name = `/${subsetTag(bytes)}+${names[font.name]}`;
  const { ascent, descent, box, italicAngle } = font.type;
  // 4: letters by number, not by a standard set; 64: italic.
  const flags = 4 + (italicAngle === 0 ? 0 : 64);
  const weight = /bold/i.test(font.name) ? 140 : 80;
  const descriptor = file.add(
    `<< /Type /FontDescriptor /FontName ${name} /Flags ${flags} /FontBBox [${box.join(' ')}] /ItalicAngle ${italicAngle} ` +
      `/Ascent ${ascent} /Descent ${descent} /CapHeight 714 /StemV ${weight} /FontFile2 ${program} 0 R >>`,
  );
  const widths = font.glyphs.map(({ glyph }) => font.type.widthOf(glyph)).join(' ');
  const descendant = file.add(
    `<< /Type /Font /Subtype /CIDFontType2 /BaseFont ${name} /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) ` +
      `/Supplement 0 >> /FontDescriptor ${descriptor} 0 R /DW 0 /W [0 [${widths}]] /CIDToGIDMap /Identity >>`,
  );
  const letters = file.addStream(Buffer.from(toUnicode(font), 'latin1'));
  return file.add(
    `<< /Type /Font /Subtype /Type0 /BaseFont ${name} /Encoding /Identity-H /DescendantFonts [${descendant} 0 R] ` +
      `/ToUnicode ${letters} 0 R >>`,
  );
}

/** Six letters that tell this selection of a font from others. */
function subsetTag(bytes: Buffer): string {
  const digest = createHash('sha256').update(bytes).digest();
  return [...digest.subarray(0, 6)].map((byte) => String.fromCharCode(65 + (byte % 26))).join('');
}

const LETTERS_A_BLOCK = 100;

/** From the codes of the pages back to letters, for those who search, copy or listen. */
function toUnicode(font: UsedFont): string {
  const rows = font.glyphs
    .map(({ meant }, code) => `<${code.toString(16).padStart(4, '0')}> <${utf16Hex(meant)}>`)
    .slice(1);
  const blocks: string[] = [];
  for (let from = 0; from < rows.length; from += LETTERS_A_BLOCK) {
    const some = rows.slice(from, from + LETTERS_A_BLOCK);
    blocks.push(`${some.length} beginbfchar\n${some.join('\n')}\nendbfchar`);
  }
  return `/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <FFFF>
endcodespacerange
${blocks.join('\n')}
endcmap
CMapName currentdict /CMap defineresource pop
end
end`;
}
