import { describe, expect, it } from 'vitest';
import { measureSms } from '../../../../runtime/engine/notify/sms-length.ts';

const of = (text: string) => {
  const { alphabet, units, segments, left } = measureSms(text);
  return `${alphabet} ${units} in ${segments}, ${left} left`;
};

describe('the length of a text message', () => {
  it.each([
    ['nothing', '', 'GSM-7 0 in 0, 160 left'],
    ['one message at its edge', 'a'.repeat(160), 'GSM-7 160 in 1, 0 left'],
    ['two beyond it, each with a header', 'a'.repeat(161), 'GSM-7 161 in 2, 145 left'],
    ['two at their edge', 'a'.repeat(306), 'GSM-7 306 in 2, 0 left'],
    ['three beyond it', 'a'.repeat(307), 'GSM-7 307 in 3, 152 left'],
    ['pounds and accents of the first table', '£5 à côté'.replace('ô', 'o'), 'GSM-7 9 in 1, 151 left'],
    ['the euro of the second table, twice as long', '€'.repeat(80), 'GSM-7 160 in 1, 0 left'],
    [
      'a pair that would be cut moves to the next message',
      `${'a'.repeat(152)}€${'a'.repeat(10)}`,
      'GSM-7 164 in 2, 141 left',
    ],
    ['Welsh circumflexes need the wide alphabet', 'tŷ', 'UCS-2 2 in 1, 68 left'],
    ['a curly apostrophe too', `${'a'.repeat(69)}’`, 'UCS-2 70 in 1, 0 left'],
    ['and then two messages', `${'a'.repeat(70)}’`, 'UCS-2 71 in 2, 63 left'],
    ['a character of two units is not cut', `${'’'.repeat(66)}🏠’’’`, 'UCS-2 71 in 2, 62 left'],
  ])('counts %s', (_, text, expected) => {
    expect(of(text)).toBe(expected);
  });

  it('names what forces the wide alphabet, once', () => {
    expect(measureSms('tŷ’s ŷ').foreign).toEqual(['ŷ', '’']);
  });
});
