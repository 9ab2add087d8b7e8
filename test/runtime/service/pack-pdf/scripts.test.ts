import { describe, expect, it } from 'vitest';
import { joinLetters } from '../../../../runtime/service/pack-pdf/arabic-forms.ts';
import { inSeenOrder, levelsOf } from '../../../../runtime/service/pack-pdf/bidi.ts';
import { readFont } from '../../../../runtime/service/pack-pdf/fonts.ts';
import { readTrueType } from '../../../../runtime/service/pack-pdf/true-type.ts';

/** What is seen from left to right of pieces given in reading order. */
function seen(pieces: readonly string[], direction: 'ltr' | 'rtl'): string {
  const levels = levelsOf(
    pieces.map((text) => ({ text })),
    direction,
  );
  return inSeenOrder(pieces, levels).join('');
}

describe('Arabic letters', () => {
  it('take the forms of the Unicode chart beside their neighbours', () => {
    // beh initial, alef final, beh isolated: "باب".
    expect(joinLetters('باب').map(({ drawn }) => drawn.codePointAt(0))).toEqual([0xfe91, 0xfe8e, 0xfe8f]);
    // meem initial, hah medial, meem medial, dal final: "محمد".
    expect(joinLetters('محمد').map(({ drawn }) => drawn.codePointAt(0))).toEqual([0xfee3, 0xfea4, 0xfee4, 0xfeaa]);
  });

  it('join over the signs between them', () => {
    expect(joinLetters('بَب').map(({ drawn }) => drawn.codePointAt(0))).toEqual([0xfe91, 0x064e, 0xfe90]);
  });

  it('make one sign of lam and alef, which stands for both', () => {
    expect(joinLetters('لا')).toEqual([{ drawn: '\u{fefb}', meant: 'لا' }]);
    expect(joinLetters('بلا')[1]).toEqual({ drawn: '\u{fefc}', meant: 'لا' });
  });
});

describe('text of both directions', () => {
  it('turns Hebrew words around in an English line and leaves the rest', () => {
    expect(seen(['say', ' ', 'אב', ' ', 'גד', ' ', 'now'], 'ltr')).toBe('say גד אב now');
  });

  it('runs a Hebrew line from the right, with English stretches in their own order', () => {
    expect(seen(['אב', ' ', 'form', ' ', '6A', ' ', 'גד'], 'rtl')).toBe('גד form 6A אב');
  });

  it('keeps telephone numbers whole in a right-to-left line', () => {
    expect(seen(['אב', ':', ' ', '0808', ' ', '800', ' ', '4444', '.'], 'rtl')).toBe('.0808 800 4444 :אב');
  });
});

describe('a font cut down to some letters', () => {
  const whole = readTrueType(readFont('regular'));

  it('keeps the widths and the parts of composed letters', () => {
    const glyphs = [0, whole.glyphOf('A'.charCodeAt(0)), whole.glyphOf('ŵ'.charCodeAt(0))];
    const cut = whole.subset(glyphs);
    const tables = cut.readUInt16BE(4);
    const names = Array.from({ length: tables }, (_, index) =>
      cut.toString('latin1', 12 + index * 16, 16 + index * 16),
    );
    expect(names).toEqual(expect.arrayContaining(['glyf', 'head', 'hhea', 'hmtx', 'loca', 'maxp']));
    expect(cut.length).toBeLessThan(readFont('regular').length / 20);
  });

  it('refuses a file that is none', () => {
    expect(() => readTrueType(Buffer.alloc(12))).toThrow('expected a TrueType font with a table head');
  });
});
