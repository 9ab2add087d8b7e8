import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseCondition } from '../../../../runtime/engine/condition/text/parse.ts';
import { layOutCondition, printCondition } from '../../../../runtime/engine/condition/text/print.ts';
import type { Condition } from '../../../../schemas/condition.ts';

const key = fc.oneof(
  fc.constantFrom(
    'tenure',
    'age',
    'and',
    'not',
    'in',
    'count',
    'case',
    '1_or_under',
    'northern-ireland',
    'all',
    'true',
    'x-',
    'A_b',
    '2026-01-01',
  ),
  fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9_-]{0,12}$/),
);
const operand = fc.oneof(
  fc.record({ question: key }),
  fc.record({ caseField: key }),
  fc.record({ taskOutcome: key }),
  fc.record({ taskField: fc.record({ node: key, field: key }) }),
);
const number = fc.oneof(fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true }));
const scalar = fc.oneof(key, fc.string({ unit: 'grapheme' }), number, fc.boolean());
const scalars = fc.array(scalar, { minLength: 1, maxLength: 4 });
const date = fc.constantFrom('2026-11-21', '2024-02-29', '0001-01-01');
const natural = fc.nat(1000);
const leaf = fc.oneof(
  fc.record({ op: fc.constantFrom('answered', 'unanswered'), of: operand }),
  fc.record({ op: fc.constantFrom('is', 'includes'), of: operand, value: scalar }),
  fc.record({ op: fc.constantFrom('isOneOf', 'includesAny', 'includesAll'), of: operand, values: scalars }),
  fc.record({ op: fc.constantFrom('lessThan', 'atMost', 'atLeast', 'moreThan', 'equals'), of: operand, value: number }),
  fc.record({ op: fc.constant('between'), of: operand, from: number, to: number }),
  fc.record({ op: fc.constantFrom('before', 'onOrBefore', 'onOrAfter', 'after', 'onDate'), of: operand, date }),
  fc.record({ op: fc.constantFrom('withinDaysBefore', 'withinDaysAfter'), of: operand, days: natural }),
  fc.record({ op: fc.constantFrom('countAtLeast', 'countAtMost'), of: operand, count: natural }),
  fc.record({ op: fc.constant('named'), name: key }),
) as fc.Arbitrary<Condition>;
const tree = fc.letrec<{ node: Condition }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 6, withCrossShrink: true },
    leaf,
    fc.record({
      op: fc.constantFrom('all', 'any'),
      conditions: fc.array(tie('node'), { maxLength: 4 }),
    }) as fc.Arbitrary<Condition>,
    fc.record({ op: fc.constant('not'), condition: tie('node') }) as fc.Arbitrary<Condition>,
  ),
})).node;

describe('the text form of conditions (A3)', () => {
  it('comes back as exactly the same tree, whatever the tree', () => {
    fc.assert(
      fc.property(tree, (condition) => {
        const parsed = parseCondition(printCondition(condition));
        expect(parsed).toHaveProperty('condition');
        if ('condition' in parsed) expect(parsed.condition).toEqual(condition);
      }),
      { numRuns: 2000 },
    );
  });

  it('comes back as the same tree from several lines too, however narrow', () => {
    fc.assert(
      fc.property(tree, fc.integer({ min: 1, max: 100 }), (condition, width) => {
        const parsed = parseCondition(layOutCondition(condition, width));
        expect('condition' in parsed ? parsed.condition : parsed).toEqual(condition);
      }),
      { numRuns: 1000 },
    );
  });

  it('reads the example of the product description', () => {
    expect(parseCondition('tenure = private_rent and age in [16..24] and not (arrears = yes)')).toMatchObject({
      condition: {
        op: 'all',
        conditions: [
          { op: 'is', of: { question: 'tenure' }, value: 'private_rent' },
          { op: 'between', of: { question: 'age' }, from: 16, to: 24 },
          { op: 'not', condition: { op: 'is', of: { question: 'arrears' }, value: 'yes' } },
        ],
      },
    });
  });

  it.each([
    ['tenure is', 9, 'expected an option'],
    ['age >= lots', 7, 'expected a number, found "lots"'],
    ['tenure ~ /rent.*/', 7, '"~" has no meaning'],
    ['leave_by before 2026-02-30', 16, 'no date of the calendar'],
    ['leave_by within 5 hours after asAt', 18, 'expected "days"'],
    ['a is b c', 7, 'expected "and", "or" or the end'],
    ['in is b', 0, 'is a word of the language'],
    ['(a is b', 7, 'expected ")"'],
    ['a is "b', 5, 'never closed'],
    ['', 0, 'expected the key of a question'],
  ])('says where %j is wrong and what was expected', (text, from, message) => {
    const parsed = parseCondition(text);
    expect(parsed).toMatchObject({ problem: { from } });
    if ('problem' in parsed) expect(parsed.problem.message).toContain(message);
  });

  it('refuses 10,000 brackets with a sentence, not a crash', () => {
    expect(parseCondition(`${'('.repeat(10_000)}a is b${')'.repeat(10_000)}`)).toMatchObject({
      problem: { message: expect.stringContaining('at most 32 levels') },
    });
  });

  it('keeps where every node stands', () => {
    const text = 'a is b or not (c >= 3)';
    const parsed = parseCondition(text);
    if (!('condition' in parsed) || parsed.condition.op !== 'any') throw new Error('expected any');
    const places = parsed.condition.conditions.map((child) => parsed.ranges.get(child));
    expect(places.map((place) => text.slice(place?.from, place?.to))).toEqual(['a is b', 'not (c >= 3)']);
  });
});
