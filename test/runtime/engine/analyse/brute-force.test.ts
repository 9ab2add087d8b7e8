import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { analyseStatements } from '../../../../runtime/engine/analyse/analyse.ts';
import { effectiveAnswers } from '../../../../runtime/engine/condition/effective-answers.ts';
import { evaluateCondition, type NamedConditions } from '../../../../runtime/engine/condition/evaluate.ts';
import type { Question } from '../../../../runtime/engine/condition/question.ts';
import type { Answers, AnswerValue, Condition } from '../../../../schemas/condition.ts';

const asAt = '2026-11-21';
const asAtDay = 20_778;
const base = { label: '', optionLabels: {}, exclusiveOptions: [] as string[], validation: {}, required: true };
const form: Question[] = [
  { ...base, key: 'c', type: 'choice', options: ['x', 'y', 'z'] },
  {
    ...base,
    key: 'm',
    type: 'multi-choice',
    options: ['p', 'q', 'none'],
    exclusiveOptions: ['none'],
    validation: { min: 1 },
  },
  { ...base, key: 'n', type: 'number', options: [], validation: { min: 0, max: 4, whole: true } },
  { ...base, key: 'k', type: 'number', options: [], validation: { min: 0, max: 3, whole: true } },
  { ...base, key: 'o', type: 'yes-no', options: ['yes', 'no'], required: false },
  {
    ...base,
    key: 'd',
    type: 'calculated',
    options: [],
    calculation: { of: 'difference', minuend: 'n', subtrahend: 'k' },
  },
  {
    ...base,
    key: 't',
    type: 'calculated',
    options: [],
    calculation: { of: 'sum', terms: ['n', 'k'] },
  },
  { ...base, key: 's', type: 'calculated', options: [], calculation: { of: 'countSelected', question: 'm' } },
];
const of = (question: string) => ({ question });
const leaf: fc.Arbitrary<Condition> = fc.oneof(
  fc.record({
    op: fc.constant('is' as const),
    of: fc.constant(of('c')),
    value: fc.constantFrom('x', 'y', 'z', 'gone'),
  }),
  fc.record({
    op: fc.constantFrom('includesAny' as const, 'includesAll' as const),
    of: fc.constant(of('m')),
    values: fc.subarray(['p', 'q', 'none'], { minLength: 1 }),
  }),
  fc.record({
    op: fc.constantFrom('countAtLeast' as const, 'countAtMost' as const),
    of: fc.constant(of('m')),
    count: fc.nat(3),
  }),
  fc.record({
    op: fc.constantFrom('atLeast' as const, 'lessThan' as const, 'equals' as const),
    of: fc.constantFrom(of('n'), of('k'), of('d'), of('t'), of('s')),
    value: fc.integer({ min: -2, max: 7 }),
  }),
  fc.record({ op: fc.constant('is' as const), of: fc.constant(of('o')), value: fc.constantFrom('yes', 'no') }),
  fc.constant({ op: 'named' as const, name: 'both' }),
  fc.record({
    op: fc.constantFrom('answered' as const, 'unanswered' as const),
    of: fc.constantFrom(...['c', 'm', 'n', 'k', 'o', 'd', 't', 's', 'never'].map(of)),
  }),
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

const named: NamedConditions = {
  both: {
    when: {
      op: 'all',
      conditions: [
        { op: 'is', of: of('c'), value: 'x' },
        { op: 'includes', of: of('m'), value: 'p' },
      ],
    },
  },
};

/** Every complete response, by trying all values of every question and keeping what the form would take. */
function allResponses(questions: Map<string, Question>): Answers[] {
  const domains: Record<string, (AnswerValue | undefined)[]> = {
    c: [undefined, 'x', 'y', 'z'],
    m: [undefined, ['p'], ['q'], ['p', 'q'], ['none']],
    n: [undefined, 0, 1, 2, 3, 4],
    k: [undefined, 0, 1, 2, 3],
    o: [undefined, 'yes', 'no'],
  };
  let partial: Answers[] = [{}];
  for (const [key, values] of Object.entries(domains)) {
    partial = partial.flatMap((answers) =>
      values.map((value) => (value === undefined ? answers : { ...answers, [key]: value })),
    );
  }
  return partial.filter((answers) => {
    const { shown } = effectiveAnswers(questions, answers, asAt, named);
    return Object.keys(domains).every((key) =>
      shown.includes(key) ? key === 'o' || answers[key] !== undefined : answers[key] === undefined,
    );
  });
}

describe('the exact analysis (A6)', () => {
  it('agrees with trying every response of random forms and statements', () => {
    const shownBy = fc.option(tree, { nil: undefined });
    fc.assert(
      fc.property(
        fc.tuple(shownBy, shownBy, shownBy),
        fc.array(tree, { minLength: 1, maxLength: 4 }),
        (shown, conditions) => {
          // The first questions show later ones, so that no circle arises.
          const rules = new Map([
            ['n', shown[0]],
            ['k', shown[1]],
            ['o', shown[2]],
          ]);
          const early: Record<string, string[]> = {
            n: ['c', 'm', 's', 'never'],
            k: ['c', 'm', 's', 'n', 'never'],
            o: ['c', 'm', 's', 'n', 'k', 'd', 't', 'never'],
          };
          const questions = new Map(
            form.map((question): [string, Question] => {
              const rule = rules.get(question.key);
              const names = rule
                ? [...JSON.stringify(rule).matchAll(/"question":"(\w+)"/g)].map((match) => match[1] ?? '')
                : [];
              return [
                question.key,
                rule && names.every((name) => early[question.key]?.includes(name))
                  ? { ...question, shownWhen: rule }
                  : question,
              ];
            }),
          );
          const responses = allResponses(questions);
          const statements = conditions.map((condition, i) => ({
            key: `s${i}`,
            conditions: [condition],
            specific: true,
          }));
          const fires = conditions.map((condition) =>
            responses.map(
              (answers) =>
                evaluateCondition(condition, {
                  answers: effectiveAnswers(questions, answers, asAt, named).answers,
                  asAt,
                  named,
                }) === true,
            ),
          );
          const analysis = analyseStatements({ questions, named, statements, asAtDay });
          expect(analysis.decided).toBe(true);
          expect(analysis.reachableResponses).toBe(responses.length);
          for (const [i, row] of fires.entries()) {
            expect(analysis.statements.get(`s${i}`)).toMatchObject({
              unreachable: !row.includes(true),
              alwaysFires: !row.includes(false),
              fireCount: row.filter(Boolean).length,
            });
          }
          const pairs = (holds: (a: boolean[], b: boolean[]) => boolean, ordered: boolean) =>
            fires.flatMap((a, i) =>
              fires.flatMap((b, j) =>
                i === j || (!ordered && i > j) || !a.includes(true) || !b.includes(true) || !holds(a, b)
                  ? []
                  : [[`s${i}`, `s${j}`]],
              ),
            );
          const within = (a: boolean[], b: boolean[]) => a.every((fired, i) => !fired || b[i] === true);
          expect(analysis.duplicates).toEqual(pairs((a, b) => within(a, b) && within(b, a), false));
          expect(analysis.subsumptions).toEqual(pairs((a, b) => within(a, b) && !within(b, a), true));
          const quick = analyseStatements({
            ...{ questions, named, statements, asAtDay },
            ...{ firingOnly: true, withImplied: true },
          });
          const sometimes = ([a, b]: readonly [string, string]) =>
            [a, b].every((key) => analysis.statements.get(key)?.alwaysFires === false);
          expect(quick.duplicates).toEqual(analysis.duplicates.filter(sometimes));
          expect(quick.subsumptions).toEqual(analysis.subsumptions.filter(sometimes));
          expect(analysis.exclusive).toEqual(pairs((a, b) => !a.some((fired, i) => fired && b[i] === true), false));
          const telling = fires.filter((row) => row.includes(false));
          const gap = telling.length > 0 && responses.some((_, i) => telling.every((row) => row[i] !== true));
          expect(analysis.gaps.length > 0).toBe(gap);
        },
      ),
      { numRuns: 150 },
    );
  }, 60_000);
});
