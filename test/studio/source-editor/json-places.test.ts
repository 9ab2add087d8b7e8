import { describe, expect, it } from 'vitest';
import { findPlace, placeAt, readPlaces, textAt } from '../../../studio/source-editor/json-places.ts';

const text = '{\n  "a": [1, { "b/c": true }],\n  "d": "x"\n}';
const at = (pointer: string) => {
  const place = findPlace(readPlaces(text), pointer);
  return place && text.slice(place.start, place.valueEnd);
};

describe('the place of a pointer in a text', () => {
  it('is its name and its value in an object', () => expect(at('/d')).toBe('"d": "x"'));
  it('is reached through lists and escaped names', () => expect(at('/a/1/b~1c')).toBe('"b/c": true'));
  it('is the deepest part that is there', () => expect(at('/a/7/x')).toBe('"a": [1, { "b/c": true }]'));
  it('is nowhere when nothing of it is there', () => expect(at('/z')).toBeUndefined());
  it('is found, or not, in broken text without end', () => {
    expect(findPlace(readPlaces('{"a": [1, {'), '/a/1')?.start).toBe(10);
    expect(findPlace(readPlaces('{{{{"'), '/a')).toBeUndefined();
  });
  it('is found behind a string that was never closed', () => {
    const broken = '{\n  "a": "open,\n  "b": 2\n}';
    expect(findPlace(readPlaces(broken), '/b')?.start).toBe(broken.indexOf('"b"'));
  });
});

describe('the value around an offset', () => {
  it('is the innermost one, also an empty one', () => {
    expect(placeAt(readPlaces(text), text.indexOf('true') + 1)?.path).toEqual(['a', '1', 'b/c']);
    expect(placeAt(readPlaces('{ "task": "" }'), 11)?.path).toEqual(['task']);
  });
  it('can be read by its path', () => {
    expect(textAt(text, readPlaces(text), ['d'])).toBe('x');
    expect(textAt(text, readPlaces(text), ['a'])).toBeUndefined();
  });
});
