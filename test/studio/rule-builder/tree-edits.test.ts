import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Condition } from '../../../schemas/condition.ts';
import { Condition as ConditionSchema } from '../../../schemas/condition.ts';
import { treeActions } from '../../../studio/rule-builder/tree-actions.ts';
import {
  insertAfter,
  moveAt,
  nodeAt,
  pathsOf,
  pointerOf,
  removeAt,
  unwrapAt,
  wrapAt,
} from '../../../studio/rule-builder/tree-edits.ts';

const leaf = (question: string): Condition => ({ op: 'answered', of: { question } });
const [a, b, c, d] = [leaf('a'), leaf('b'), leaf('c'), leaf('d')];
const all = (...conditions: Condition[]): Condition => ({ op: 'all', conditions });
const any = (...conditions: Condition[]): Condition => ({ op: 'any', conditions });
const not = (condition: Condition): Condition => ({ op: 'not', condition });

describe('a clause added after another', () => {
  it('stands behind it in its group', () => {
    expect(insertAfter(any(a, b), [0], c)).toEqual({ root: any(a, c, b), path: [1] });
  });

  it('in the place of a group of nothing', () => {
    expect(insertAfter(any(), [], a)).toEqual({ root: a, path: [] });
    expect(insertAfter(all(a, any()), [1], b)).toEqual({ root: all(a, b), path: [1] });
  });

  it('makes an all of a lone clause', () => {
    expect(insertAfter(a, [], b)).toEqual({ root: all(a, b), path: [1] });
  });

  it('goes to the end of a group', () => {
    expect(insertAfter(all(a, any(b)), [1], c)).toEqual({ root: all(a, any(b, c)), path: [1, 1] });
  });

  it('joins what stands under a not', () => {
    expect(insertAfter(not(a), [0], b)).toEqual({ root: not(all(a, b)), path: [0, 1] });
  });
});

describe('a clause taken out', () => {
  it('leaves the others', () => {
    expect(removeAt(all(a, b, c), [1])).toEqual(all(a, c));
  });

  it('takes the group it was the last of with it, and the not above that', () => {
    expect(removeAt(all(a, not(any(b))), [1, 0, 0])).toEqual(all(a));
  });

  it('leaves nothing when it was all there was', () => {
    expect(removeAt(a, [])).toBeUndefined();
    expect(removeAt(not(all(a)), [0, 0])).toBeUndefined();
  });
});

describe('frames', () => {
  it('are put round a clause and taken off again', () => {
    for (const op of ['all', 'any', 'not'] as const) {
      const wrapped = wrapAt(all(a, b), [1], op);
      expect(nodeAt(wrapped, [1])?.op).toBe(op);
      expect(unwrapAt(wrapped, [1])).toEqual(all(a, b));
    }
  });

  it('of several stay', () => {
    expect(unwrapAt(all(a, any(b, c)), [1])).toEqual(all(a, any(b, c)));
  });
});

describe('a clause moves', () => {
  it('up and down among its siblings, not beyond them', () => {
    expect(moveAt(all(a, b, c), [1], 'up')).toEqual({ root: all(b, a, c), path: [0] });
    expect(moveAt(all(a, b, c), [1], 'down')).toEqual({ root: all(a, c, b), path: [2] });
    expect(moveAt(all(a, b, c), [0], 'up')).toBeUndefined();
    expect(moveAt(all(a, b, c), [2], 'down')).toBeUndefined();
  });

  it('in to the group before it, else to the one behind it', () => {
    expect(moveAt(all(any(a, b), c), [1], 'in')).toEqual({ root: all(any(a, b, c)), path: [0, 2] });
    expect(moveAt(all(c, any(a, b)), [0], 'in')).toEqual({ root: all(any(c, a, b)), path: [0, 0] });
    expect(moveAt(all(a, b), [0], 'in')).toBeUndefined();
  });

  it('out to stand behind its group, which goes when it is empty', () => {
    expect(moveAt(all(any(a, b), c), [0, 0], 'out')).toEqual({ root: all(any(b), a, c), path: [1] });
    expect(moveAt(all(any(a), c), [0, 0], 'out')).toEqual({ root: all(a, c), path: [0] });
    expect(moveAt(all(any(a)), [0, 0], 'out')).toEqual({ root: all(a), path: [0] });
    expect(moveAt(all(not(a), b), [0, 0], 'out')).toBeUndefined();
    expect(moveAt(all(a, b), [0], 'out')).toBeUndefined();
  });
});

describe('places', () => {
  it('are named as findings name them', () => {
    const root = all(a, not(any(b, c)));
    expect(pathsOf(root).map((path) => pointerOf(root, path))).toEqual([
      '',
      '/conditions/0',
      '/conditions/1',
      '/conditions/1/condition',
      '/conditions/1/condition/conditions/0',
      '/conditions/1/condition/conditions/1',
    ]);
  });
});

const tree: fc.Arbitrary<Condition> = fc.letrec<{ tree: Condition }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 4, depthSize: 'small' },
    fc.constantFrom(a, b, c, d),
    fc.record({ op: fc.constant('not' as const), condition: tie('tree') }),
    fc.record({
      op: fc.constantFrom('all' as const, 'any' as const),
      conditions: fc.array(tie('tree'), { minLength: 1, maxLength: 4 }),
    }),
  ),
})).tree;

describe('every action on every place of any tree', () => {
  it('gives a tree that the schema takes, with the focus on a place of it, and never changes the tree it was given', () => {
    fc.assert(
      fc.property(tree, (root) => {
        const before = JSON.stringify(root);
        for (const path of pathsOf(root)) {
          for (const action of treeActions) {
            const done = action.change(root, path);
            if (!done?.root) continue;
            ConditionSchema.parse(done.root);
            expect(nodeAt(done.root, done.path)).toBeDefined();
          }
        }
        expect(JSON.stringify(root)).toBe(before);
      }),
      { numRuns: 200 },
    );
  });

  it('keeps the same leaves when it moves', () => {
    const leaves = (root: Condition) =>
      pathsOf(root)
        .map((path) => nodeAt(root, path))
        .flatMap((node) => (node && 'of' in node ? [JSON.stringify(node)] : []))
        .sort();
    fc.assert(
      fc.property(tree, (root) => {
        for (const path of pathsOf(root))
          for (const direction of ['up', 'down', 'in', 'out'] as const) {
            const moved = moveAt(root, path, direction);
            if (moved) expect(leaves(moved.root)).toEqual(leaves(root));
          }
      }),
      { numRuns: 200 },
    );
  });
});
