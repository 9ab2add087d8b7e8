import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ageOn, latestBirthDay, toDateText, toEpochDay } from '../../../../runtime/engine/condition/dates.ts';
import { effectiveAnswers } from '../../../../runtime/engine/condition/effective-answers.ts';
import { evaluateCondition, traceCondition } from '../../../../runtime/engine/condition/evaluate.ts';
import type { Question } from '../../../../runtime/engine/condition/question.ts';
import { conditionNodes, measureCondition } from '../../../../runtime/engine/condition/shape.ts';
import { parseCondition } from '../../../../runtime/engine/condition/text/parse.ts';
import type { AnswerValue, Condition } from '../../../../schemas/condition.ts';

const file = '../shared/cases/external/advice/dmn-tck-feel/cases.jsonl';
const absent = !existsSync(file);
if (absent) console.log(`skipped: ${file} is not here`);

function condition(text: string): Condition {
  const parsed = parseCondition(text);
  if ('problem' in parsed) throw new Error(parsed.problem.message);
  return parsed.condition;
}

const asAt = '2026-11-21';
const truthOf = (text: string, answers: Record<string, AnswerValue> = {}) =>
  evaluateCondition(condition(text), { answers, asAt });

interface FeelCase {
  id: string;
  expression: string;
  inputs: Record<string, boolean | null>;
  expected: boolean | null;
}

/** A literal of FEEL as a condition of that truth: what is neither true nor false is unknown. */
function feelAtom(atom: string, inputs: FeelCase['inputs']): Condition {
  const value = Object.hasOwn(inputs, atom) ? inputs[atom] : atom === 'true' ? true : atom === 'false' ? false : null;
  return value === true
    ? { op: 'all', conditions: [] }
    : value === false
      ? { op: 'any', conditions: [] }
      : { op: 'is', of: { question: 'nobodyAnswered' }, value: 'x' };
}

function feel(one: FeelCase): Condition {
  const negated = /^not\((.*)\)$/.exec(one.expression);
  if (negated) return { op: 'not', condition: feelAtom(negated[1] ?? '', one.inputs) };
  const [, left = '', word, right = ''] = /^(\S+) (and|or) (\S+)$/.exec(one.expression) ?? [];
  return { op: word === 'and' ? 'all' : 'any', conditions: [feelAtom(left, one.inputs), feelAtom(right, one.inputs)] };
}

describe.skipIf(absent)('the ternary suites of the DMN TCK agree with A2', () => {
  const suites = absent
    ? []
    : readFileSync(file, 'utf8')
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as FeelCase)
        .filter((one) => /^(0064|0065|0066|0106|0107)/.test(one.id));
  it.each(suites.map((one) => [`${one.id}: ${one.expression} ${JSON.stringify(one.inputs)}`, one] as const))(
    '%s',
    (_, one) => {
      expect(evaluateCondition(feel(one), {})).toBe(one.expected ?? 'unknown');
    },
  );
});

describe('truth of conditions (A2)', () => {
  it.each<[string, Record<string, AnswerValue>, boolean | 'unknown']>([
    ['a is x', {}, 'unknown'],
    ['not (a is x)', {}, 'unknown'],
    ['answered(a)', {}, false],
    ['unanswered(a)', {}, true],
    ['unanswered(a)', { a: [] }, false],
    ['a includes x', { a: [] }, false],
    ['count(a) <= 0', { a: [] }, true],
    ['count(a) >= 2', { a: ['x', 'y'] }, true],
    ['a includes all (x, y)', { a: ['x'] }, false],
    ['a in [1..3]', { a: 3 }, true],
    ['a > 3', { a: 'three' }, 'unknown'],
    ['a is yes', { a: true }, true],
    ['a within 56 days after asAt', { a: '2027-01-16' }, true],
    ['a within 56 days after asAt', { a: '2027-01-17' }, false],
    ['a within 56 days after asAt', { a: asAt }, true],
    ['a within 56 days after asAt', { a: '2026-11-20' }, false],
    ['a within 1 days before asAt', { a: '2026-11-20' }, true],
    ['a within 1 days before asAt', { a: '2026-11-19' }, false],
    ['a on or before 2026-11-21', { a: '2026-11-21' }, true],
    ['a before 2026-11-21', { a: '2026-11-21' }, false],
    ['named nothing', {}, 'unknown'],
  ])('%s for %j is %s', (text, answers, expected) => {
    expect(truthOf(text, answers)).toBe(expected);
  });

  it('ends unknown when names go round in a circle', () => {
    const named = { a: { when: condition('named b') }, b: { when: condition('named a') } };
    expect(evaluateCondition(condition('named a'), { named })).toBe('unknown');
  });

  it('keeps what every node came to', () => {
    const trace = traceCondition(condition('a is x or b is y'), { answers: { a: 'x' } });
    expect([trace.truth, ...trace.children.map((child) => child.truth)]).toEqual([true, true, 'unknown']);
  });

  it('measures 10,000 levels without a crash', () => {
    let deep: unknown = { op: 'answered', of: { question: 'a' } };
    for (let i = 1; i < 10_000; i += 1) deep = { op: 'not', condition: deep };
    expect(measureCondition(deep)).toEqual({ depth: 10_000, nodes: 10_000 });
  });
});

describe('answers that count (A2)', () => {
  const question = (key: string, more: Partial<Question> = {}): [string, Question] => [
    key,
    {
      key,
      type: 'text',
      label: key,
      options: [],
      optionLabels: {},
      exclusiveOptions: [],
      validation: {},
      required: true,
      ...more,
    },
  ];

  it('drops hidden answers in cascade, in whatever order the form asks', () => {
    const questions = new Map([
      question('c', { shownWhen: condition('b is y') }),
      question('b', { shownWhen: condition('a is x') }),
      question('a'),
    ]);
    expect(effectiveAnswers(questions, { a: 'z', b: 'y', c: 'w', d: 'v' }, asAt)).toEqual({
      answers: { a: 'z' },
      hidden: { b: 'y', c: 'w' },
      notOnForm: { d: 'v' },
      shown: ['a'],
    });
  });

  it('computes calculated questions and ignores what was sent for them', () => {
    const questions = new Map([
      question('short', { type: 'calculated', calculation: { of: 'difference', minuend: 'need', subtrahend: 'have' } }),
      question('age', { type: 'calculated', calculation: { of: 'ageAtAsAt', birthDate: 'born' } }),
      question('left', { type: 'calculated', calculation: { of: 'daysUntil', date: 'leave' } }),
      question('chosen', { type: 'calculated', calculation: { of: 'countSelected', question: 'many' } }),
      question('total', { type: 'calculated', calculation: { of: 'sum', terms: ['need', 'have', 'missing'] } }),
      ...['need', 'have', 'missing', 'born', 'leave', 'many'].map((key) => question(key)),
    ]);
    const given = { short: 9, need: 3, have: 1, born: '2008-11-22', leave: '2027-01-16', many: ['a', 'b'] };
    expect(effectiveAnswers(questions, given, asAt).answers).toMatchObject({ short: 2, age: 17, left: 56, chosen: 2 });
    expect(effectiveAnswers(questions, given, asAt).answers).not.toHaveProperty('total');
  });
});

describe('dates without a clock', () => {
  it('go to days and back', () => {
    expect([toEpochDay('1970-01-01'), toEpochDay('2000-02-29'), toEpochDay('2026-02-29'), toDateText(20_778)]).toEqual([
      0,
      11_016,
      undefined,
      '2026-11-21',
    ]);
  });

  it('know the birthday of somebody born on 29 February', () => {
    const day = (text: string) => toEpochDay(text) ?? Number.NaN;
    expect([ageOn(day('2008-02-29'), day('2026-02-28')), ageOn(day('2008-02-29'), day('2026-03-01'))]).toEqual([
      17, 18,
    ]);
    for (const asAtText of ['2026-02-28', '2026-03-01', '2028-02-29', '2027-11-21']) {
      const latest = latestBirthDay(18, day(asAtText));
      expect([ageOn(latest, day(asAtText)) >= 18, ageOn(latest + 1, day(asAtText)) >= 18]).toEqual([true, false]);
    }
  });
});

describe('the nodes of a tree', () => {
  it('come parents first, in the order written, and leave the tree as it is', () => {
    const tree: Condition = {
      op: 'all',
      conditions: [
        { op: 'answered', of: { question: 'a' } },
        { op: 'not', condition: { op: 'named', name: 'b' } },
      ],
    };
    const before = structuredClone(tree);
    expect(conditionNodes(tree).map((node) => node.op)).toEqual(['all', 'answered', 'not', 'named']);
    expect(tree).toEqual(before);
  });
});
