import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Difference, differenceBetween, withDifference } from '../../../studio/document/difference.ts';

const json = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    fc.integer({ min: 0, max: 2 }),
    fc.constantFrom('x', null, true),
    tie('list'),
    tie('fields'),
  ),
  list: fc.array(tie('value'), { maxLength: 3 }),
  fields: fc.dictionary(fc.constantFrom('a', 'b', 'c', '1', '2'), tie('value'), { noNullPrototype: true }),
})).value;

describe('the difference between two values', () => {
  it('makes the one of the other, its fields in the same order', () => {
    fc.assert(
      fc.property(json, json, (before, after) => {
        const change = differenceBetween(before, after);
        const made = change ? withDifference(before, structuredClone(change)) : before;
        expect(JSON.stringify(made)).toBe(JSON.stringify(after));
      }),
    );
  });

  it('leaves every part that is the very same the very one it was', () => {
    const before = { nodes: { A: { title: 'a' }, B: { title: 'b' } }, links: { L: {} } };
    const after = { ...before, nodes: { ...before.nodes, B: { title: 'c' } } };
    const change = differenceBetween(before, after) as Difference;
    expect(change).toEqual({ within: [['nodes', { within: [['B', { within: [['title', { set: 'c' }]] }]] }]] });
    const made = withDifference(before, change) as typeof before;
    expect(made.links).toBe(before.links);
    expect(made.nodes.A).toBe(before.nodes.A);
    expect(before.nodes.B.title).toBe('b');
  });

  it('tells fields in another order whole', () => {
    const before = { a: 1, b: 2 };
    expect(differenceBetween(before, { b: 2, a: 1 })).toEqual({ set: { b: 2, a: 1 } });
    expect(differenceBetween(before, { c: 3, a: 1, b: 2 })).toEqual({ set: { c: 3, a: 1, b: 2 } });
  });

  it('is nothing where nothing changed', () => {
    expect(differenceBetween({ a: { b: [] } }, { a: { b: [] } })).toEqual({
      within: [['a', { within: [['b', { set: [] }]] }]],
    });
    const same = { a: 1 };
    expect(differenceBetween(same, same)).toBeUndefined();
    expect(differenceBetween({ a: 1 }, { a: 1 })).toBeUndefined();
  });
});
