import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AdviceBook } from '../../../../runtime/engine/advise/advice-book.ts';
import { boundaryTests } from '../../../../runtime/engine/advise/boundary-personas.ts';
import { explainStatement } from '../../../../runtime/engine/advise/explain.ts';
import { applyChange, findFlip } from '../../../../runtime/engine/advise/flip.ts';
import { selectAdvice } from '../../../../runtime/engine/advise/select.ts';
import type { Question } from '../../../../runtime/engine/condition/question.ts';
import { parseCondition } from '../../../../runtime/engine/condition/text/parse.ts';
import type { Answers, AnswerValue, Condition } from '../../../../schemas/condition.ts';

const asAt = '2026-11-21';
const base = { label: '', optionLabels: {}, exclusiveOptions: [], validation: {}, required: true, options: [] };

function when(text: string): Condition {
  const parsed = parseCondition(text);
  if ('problem' in parsed) throw new Error(parsed.problem.message);
  return parsed.condition;
}

const questions = new Map<string, Question>(
  [
    { ...base, key: 'tenure', type: 'choice' as const, options: ['rent', 'own', 'lodger'] },
    { ...base, key: 'arrears', type: 'yes-no' as const, options: ['yes', 'no'], shownWhen: when('tenure is rent') },
    { ...base, key: 'age', type: 'number' as const, validation: { min: 0, max: 4, whole: true } },
    { ...base, key: 'needs', type: 'multi-choice' as const, options: ['care', 'lift'] },
    { ...base, key: 'leave', type: 'date' as const, required: false },
  ].map((question): [string, Question] => [question.key, question]),
);

function bookOf(condition: Condition): AdviceBook {
  const statement = {
    kind: 'advice' as const,
    format: 1 as const,
    key: 'S',
    title: 'S',
    body: '',
    scope: ['w'],
    section: 's',
    order: 0,
  };
  const reasons = [{ document: 'workflow/w', pointer: '/adviceRules/S/when', when: condition }];
  return { workflow: 'w', questions, named: {}, entries: [{ key: 'S', statement, reasons }] };
}

function explain(text: string, answers: Answers) {
  const book = bookOf(when(text));
  const [entry] = book.entries;
  if (!entry) throw new Error('expected a statement');
  return explainStatement(book, entry, answers, asAt);
}

describe('an explanation (A5)', () => {
  it('says why: the leaves that are true, a negated one with its not', () => {
    const said = explain('tenure is rent and not (age >= 3)', { tenure: 'rent', age: 2 });
    expect(said.fires).toBe(true);
    expect(said.why).toEqual([
      { text: 'tenure is rent', question: 'tenure', value: 'rent' },
      { text: 'not (age >= 3)', question: 'age', value: 2 },
    ]);
    expect(said.needed).toEqual([]);
  });

  it('says why not, and only what stands in the way', () => {
    const said = explain('tenure is rent and age >= 3', { tenure: 'rent', age: 2 });
    expect([said.fires, said.whyNot.map((leaf) => leaf.text), said.flip]).toEqual([false, ['age >= 3'], { age: 3 }]);
  });

  it('says that a rule of the form hides the question, and what answer was dropped', () => {
    const said = explain('arrears is yes', { tenure: 'own', arrears: 'yes' });
    expect(said.hidden).toEqual([{ question: 'arrears', shownWhen: 'tenure is rent', droppedAnswer: 'yes' }]);
    expect(said.flip).toEqual({ tenure: 'rent' });
  });

  it('says what is still needed when answers are partial, the question that shows another too', () => {
    expect(explain('arrears is yes and age >= 3', {}).needed).toEqual(['tenure', 'age']);
    expect(explain('arrears is yes and age >= 3', { tenure: 'rent', age: 4 }).needed).toEqual(['arrears']);
    expect(explain('arrears is yes and age >= 3', { age: 1 }).needed).toEqual([]);
    expect(explain('arrears is yes or age >= 3', { age: 4 }).needed).toEqual([]);
  });
});

describe('the smallest change (A5)', () => {
  const domains: Record<string, (AnswerValue | null)[]> = {
    tenure: ['rent', 'own', 'lodger'],
    arrears: ['yes', 'no'],
    age: [0, 1, 2, 3, 4],
    needs: [[], ['care'], ['lift'], ['care', 'lift']],
    leave: [null, '2026-11-20', '2026-11-21', '2026-11-30'],
  };
  const leaf = fc.constantFrom(
    ...[
      'tenure is rent',
      'tenure in (own, lodger)',
      'arrears is yes',
      'age >= 3',
      'age = 1',
      'needs includes care',
      'needs includes all (care, lift)',
      'count(needs) <= 1',
      'leave within 9 days after asAt',
      'unanswered(leave)',
    ].map(when),
  );
  const tree = fc.letrec<{ node: Condition }>((tie) => ({
    node: fc.oneof(
      { maxDepth: 3 },
      leaf,
      fc.record({
        op: fc.constantFrom('all' as const, 'any' as const),
        conditions: fc.array(tie('node'), { minLength: 1, maxLength: 3 }),
      }),
      fc.record({ op: fc.constant('not' as const), condition: tie('node') }),
    ),
  })).node;
  const person = fc.record({
    tenure: fc.constantFrom('rent', 'own', 'lodger'),
    arrears: fc.constantFrom('yes', 'no'),
    age: fc.nat(4),
    needs: fc.subarray(['care', 'lift']),
  }) as fc.Arbitrary<Answers>;

  /** Fewest questions to answer otherwise, by trying every answer set. */
  function fewest(book: AdviceBook, answers: Answers): number | undefined {
    const before = selectAdvice(book, answers, asAt).length;
    let all: [Answers, number][] = [[{}, 0]];
    for (const [key, values] of Object.entries(domains)) {
      all = all.flatMap(([made, cost]) =>
        values.map((value): [Answers, number] => {
          const same = JSON.stringify(value) === JSON.stringify(answers[key] ?? null);
          return [value === null ? made : { ...made, [key]: value }, cost + (same ? 0 : 1)];
        }),
      );
    }
    const costs = all.filter(([made]) => selectAdvice(book, made, asAt).length !== before).map(([, cost]) => cost);
    return costs.length === 0 ? undefined : Math.min(...costs);
  }

  it('turns the statement over with as few answers as trying everything finds', () => {
    fc.assert(
      fc.property(tree, person, (condition, answers) => {
        const book = bookOf(condition);
        const [entry] = book.entries;
        if (!entry) throw new Error('expected a statement');
        const { change, decided } = findFlip(book, entry, answers, asAt);
        expect(decided).toBe(true);
        expect(change && Object.keys(change).length).toBe(fewest(book, answers));
        if (change)
          expect(selectAdvice(book, applyChange(answers, change), asAt)).not.toEqual(selectAdvice(book, answers, asAt));
      }),
      { numRuns: 60 },
    );
  }, 60_000);
});

describe('personas at the edge', () => {
  it('stand on both sides of 56 days, and of every number, one answer from the base', () => {
    const book = bookOf(when('leave within 56 days after asAt and age >= 3'));
    const tests = boundaryTests(book, { tenure: 'own', age: 3, needs: [] }, asAt);
    expect(tests.map((test) => [test.title, test.expect?.statements])).toEqual([
      ['At the edge: age 2', []],
      ['At the edge: age 3', []],
      ['At the edge: age 4', []],
      ['At the edge: leave 2026-11-20 (1 day before the as-at date)', []],
      ['At the edge: leave 2026-11-21 (the as-at date)', ['S']],
      ['At the edge: leave 2027-01-16 (56 days after the as-at date)', ['S']],
      ['At the edge: leave 2027-01-17 (57 days after the as-at date)', []],
    ]);
    expect(tests[0]).toMatchObject({
      kind: 'test',
      workflow: 'w',
      asAt,
      answers: { tenure: 'own', age: 2, needs: [] },
    });
  });
});
