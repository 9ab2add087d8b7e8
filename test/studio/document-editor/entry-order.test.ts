import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { keysInOrder } from '../../../schemas/document.ts';
import { orderBetween, ordersAfterStep } from '../../../studio/document-editor/entry-order.ts';

const entries = fc.dictionary(
  fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'),
  fc.record({ order: fc.integer({ min: -3, max: 3 }) }),
  { minKeys: 1 },
);

describe('an entry goes one place up or down', () => {
  it('for any orders, also where some are the same', () => {
    fc.assert(
      fc.property(entries, fc.nat(5), fc.constantFrom<-1 | 1>(-1, 1), (map, n, by) => {
        const before = keysInOrder(map);
        const at = n % before.length;
        const key = before[at] ?? '';
        const orders = ordersAfterStep(map, key, by);
        const wanted = before.filter((other) => other !== key);
        wanted.splice(Math.min(Math.max(at + by, 0), wanted.length), 0, key);
        const after = Object.fromEntries(
          Object.entries(map).map(([of, entry]) => [of, { order: orders[of] ?? entry.order }]),
        );
        expect(keysInOrder(after)).toEqual(wanted);
      }),
    );
  });

  it('by its own order alone where there is room, by all where there is none', () => {
    expect(ordersAfterStep({ a: { order: 1 }, b: { order: 2 }, c: { order: 3 } }, 'c', -1)).toEqual({ c: 1.5 });
    expect(ordersAfterStep({ a: { order: 4 }, b: { order: 4 }, c: { order: 9 } }, 'c', -1)).toEqual({
      a: 1,
      c: 2,
      b: 3,
    });
    expect(ordersAfterStep({ a: { order: 1 }, b: { order: 2 } }, 'b', 1)).toEqual({});
  });

  it('however often it is moved between the same two', () => {
    let map: Record<string, { order: number }> = { a: { order: 1 }, b: { order: 2 }, c: { order: 3 } };
    for (let n = 0; n < 200; n++) {
      const last = keysInOrder(map).at(-1) ?? '';
      const orders = ordersAfterStep(map, last, -1);
      map = Object.fromEntries(Object.entries(map).map(([of, entry]) => [of, { order: orders[of] ?? entry.order }]));
      expect(keysInOrder(map)[1]).toBe(last);
    }
  });
});

describe('a place between two orders', () => {
  it('is a whole number where there is room', () => {
    expect(orderBetween(1, 5)).toBe(2);
    expect(orderBetween(1, 2)).toBe(1.5);
    expect(orderBetween(undefined, 1)).toBe(0);
    expect(orderBetween(3, undefined)).toBe(4);
    expect(orderBetween(undefined, undefined)).toBe(1);
  });
});
