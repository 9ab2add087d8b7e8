import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Clauses } from '../../../../runtime/engine/analyse/clauses.ts';
import { ConflictSearch } from '../../../../runtime/engine/analyse/conflict-search.ts';
import type { Formula } from '../../../../runtime/engine/analyse/formula.ts';

const sizes = [2, 3, 2, 4, 2, 33];
const binary = [0, 2, 4];
const formula = fc.letrec<{ node: Formula }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 4 },
    fc
      .integer({ min: 0, max: sizes.length - 1 })
      .chain((variable) =>
        fc
          .array(fc.boolean(), { minLength: sizes[variable] as number, maxLength: sizes[variable] as number })
          .map((allowed): Formula => ({ op: 'in', variable, allowed })),
      ),
    fc.record({
      op: fc.constant('count' as const),
      variables: fc.constant(binary),
      least: fc.integer({ min: 0, max: 3 }),
      most: fc.integer({ min: 0, max: 3 }),
    }),
    fc.record({ op: fc.constant('constant' as const), value: fc.boolean() }),
    fc.record({ op: fc.constant('not' as const), part: tie('node') }),
    fc.record({
      op: fc.constantFrom('and' as const, 'or' as const),
      parts: fc.array(tie('node'), { maxLength: 3 }),
    }),
  ),
})).node;

function holds(one: Formula, values: readonly number[]): boolean {
  switch (one.op) {
    case 'constant':
      return one.value;
    case 'in':
      return one.allowed[values[one.variable] ?? 0] ?? false;
    case 'count': {
      const ones = one.variables.filter((variable) => values[variable] === 1).length;
      return ones >= one.least && ones <= one.most;
    }
    case 'not':
      return !holds(one.part, values);
    case 'and':
      return one.parts.every((part) => holds(part, values));
    case 'or':
      return one.parts.some((part) => holds(part, values));
  }
}

function everything(): number[][] {
  return sizes.reduce<number[][]>(
    (all, size) => all.flatMap((values) => Array.from({ length: size }, (_, value) => [...values, value])),
    [[]],
  );
}

describe('the search that learns from conflicts', () => {
  const all = everything();

  it('finds values that satisfy all formulas, or proves that there are none, as trying everything does', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(formula, fc.boolean()), { maxLength: 8 }), (demands) => {
        const clauses = new Clauses(sizes);
        for (const [one, wanted] of demands) clauses.require(one, wanted);
        const found = new ConflictSearch(clauses).run(10_000);
        const right = (values: readonly number[]) => demands.every(([one, wanted]) => holds(one, values) === wanted);
        if (found === 'undecided') throw new Error('expected a decision');
        if (found) expect(right(found)).toBe(true);
        else expect(all.some(right)).toBe(false);
      }),
      { numRuns: 300 },
    );
  });

  it('proves that seven people do not fit into six rooms', () => {
    expect(roomsFor(7).run(100_000)).toBeUndefined();
    expect(roomsFor(6).run(100_000)).toHaveLength(6);
  });

  it('says that it is not decided once the conflicts allowed are used up', () => {
    expect(roomsFor(7).run(5)).toBe('undecided');
  });

  /** People each in one of six rooms, no two in the same. */
  function roomsFor(people: number): ConflictSearch {
    const clauses = new Clauses(Array.from({ length: people }, () => 6));
    for (let a = 0; a < people; a += 1)
      for (let b = 0; b < a; b += 1)
        for (let room = 0; room < 6; room += 1) {
          const elsewhere = Array.from({ length: 6 }, (_, i) => i !== room);
          const parts = [a, b].map((variable): Formula => ({ op: 'in', variable, allowed: elsewhere }));
          clauses.require({ op: 'or', parts });
        }
    return new ConflictSearch(clauses);
  }
});
