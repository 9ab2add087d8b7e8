import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findFault } from '../../../studio/source-editor/json-fault.ts';

describe('where a text stops being JSON', () => {
  it.each([
    ['{"a": x}', 6, 'a value'],
    ['{"a": 1 "b": 2}', 8, 'a comma or }'],
    ['{"a" 1}', 5, 'a colon after the name'],
    ['{a: 1}', 1, 'a name in quotes'],
    ['{"a": "open\n}', 11, 'a closing quote'],
    ['"open\\"', 7, 'a closing quote'],
    ['{"a": "', 7, 'a closing quote'],
    ['[1, 2', 5, 'a comma or ]'],
    ['{"a": 1,}', 8, 'a name in quotes'],
    ['{} {}', 3, 'the end of the text'],
    ['[01]', 1, 'a value'],
  ])('%s', (text, offset, expected) => {
    expect(findFault(text)).toEqual({ offset, expected });
  });

  it('is nowhere in any JSON, and somewhere in all that is none', () => {
    fc.assert(
      fc.property(fc.json(), fc.nat(), fc.constantFrom(...'{}[]",:x1 '), (text, where, letter) => {
        const at = where % (text.length + 1);
        const changed = text.slice(0, at) + letter + text.slice(at);
        expect(findFault(text)).toBeUndefined();
        expect(findFault(changed) === undefined).toBe(isJson(changed));
      }),
      { numRuns: 2000 },
    );
  });

  it('is found in brackets without end', () => {
    expect(findFault('['.repeat(200_000))).toMatchObject({ expected: expect.any(String) });
  });
});

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
