import { describe, expect, it } from 'vitest';
import { findPointer } from '../../../studio/source-editor/find-pointer.ts';

const text = '{\n  "a": [1, { "b/c": true }],\n  "d": "x"\n}';
const at = (pointer: string) => text.slice(findPointer(text, pointer), findPointer(text, pointer) + 5);

describe('the place of a pointer in a text', () => {
  it('is its name in an object', () => expect(at('/d')).toBe('"d": '));
  it('is reached through lists and escaped names', () => expect(at('/a/1/b~1c')).toBe('"b/c"'));
  it('is the deepest part that is there', () => expect(at('/a/7/x')).toBe('"a": '));
  it('is the beginning when nothing of it is there', () => expect(findPointer(text, '/z')).toBe(0));
  it('is found, or not, in broken text without end', () => {
    expect(findPointer('{"a": [1, {', '/a/1')).toBe(10);
    expect(findPointer('{{{{"', '/a')).toBe(0);
  });
});
