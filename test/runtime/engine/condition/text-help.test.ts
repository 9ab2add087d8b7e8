import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Question } from '../../../../runtime/engine/condition/question.ts';
import { describeAt, inspectText } from '../../../../runtime/engine/condition/text/inspect.ts';
import { parseCondition } from '../../../../runtime/engine/condition/text/parse.ts';
import { layOutCondition } from '../../../../runtime/engine/condition/text/print.ts';
import { suggestAt } from '../../../../runtime/engine/condition/text/suggest.ts';

const base = { exclusiveOptions: [], validation: {}, required: true, options: [], optionLabels: {} };
const questions = new Map<string, Question>(
  [
    {
      ...base,
      key: 'tenure',
      type: 'choice' as const,
      label: 'Where do you live?',
      options: ['rent', 'own'],
      optionLabels: { rent: 'I rent', own: 'I own it' },
    },
    { ...base, key: 'age', type: 'number' as const, label: 'How old are you?', validation: { min: 0, max: 120 } },
    { ...base, key: 'needs', type: 'multi-choice' as const, label: 'Needs', options: ['care', 'lift'] },
    { ...base, key: 'leave_by', type: 'date' as const, label: 'Leave by' },
    { ...base, key: 'in', type: 'yes-no' as const, label: 'Is somebody in?', options: ['yes', 'no'] },
  ].map((question): [string, Question] => [question.key, question]),
);
const vocabulary = {
  questions,
  named: { young: { when: { op: 'lessThan' as const, of: { question: 'age' }, value: 25 } } },
  asAt: '2026-11-21',
};

/** Suggestions where `|` stands in the text. */
function suggested(text: string): string[] {
  const offset = text.indexOf('|');
  return suggestAt(text.replace('|', ''), offset, vocabulary).items.map((item) => item.text);
}

describe('what may be written next', () => {
  const clauses = [
    'tenure',
    'age',
    'needs',
    'leave_by',
    '`in`',
    'not (',
    'answered(',
    'unanswered(',
    'count(',
    'named young',
  ];

  it.each([
    ['|', clauses],
    ['ten|', clauses],
    ['tenure is rent and |', clauses],
    ['tenure is rent or (|', clauses],
    ['not (|', clauses],
    ['answered(|', ['tenure', 'age', 'needs', 'leave_by', '`in`']],
    ['tenure |', ['is', 'in (']],
    ['tenure is |', ['rent', 'own']],
    ['tenure is r|', ['rent', 'own']],
    ['tenure in (|', ['rent', 'own']],
    ['tenure in (rent, |', ['rent', 'own']],
    ['needs includes any (|', ['care', 'lift']],
    ['needs |', ['includes', 'includes any (', 'includes all (']],
    ['age |', ['<', '<=', '=', '>=', '>', 'in [']],
    ['age >= |', []],
    ['leave_by before |', ['2026-11-21']],
    ['named |', ['young']],
    ['tenure is rent |', ['and', 'or']],
    ['(tenure is rent |', ['and', 'or']],
    ['tenure is rent) and |', []],
  ])('after %s', (text, expected) => {
    expect(suggested(text)).toEqual(expected);
  });

  it('replaces the whole word under the cursor', () => {
    expect(suggestAt('tenure is rent and age > 3', 12, vocabulary)).toMatchObject({ from: 10, to: 14 });
  });

  it('leads to a text that can be read, whatever is taken', () => {
    for (const text of ['', 'tenure is rent and ', 'not (', 'tenure is ', 'needs ', 'leave_by '])
      for (const item of suggestAt(text, text.length, vocabulary).items) {
        const parsed = parseCondition(`${text}${item.text}`);
        const wrongBeforeEnd = 'problem' in parsed && parsed.problem.from < `${text}${item.text}`.length;
        expect([text, item.text, wrongBeforeEnd]).toEqual([text, item.text, false]);
      }
  });
});

describe('what is wrong with a text', () => {
  it.each([
    ['tenure is castle', 'castle', 'has no option "castle"', 'error'],
    ['tenure in (own, castle)', 'castle', 'has no option "castle"', 'error'],
    ['tenure >= 3', 'tenure >= 3', 'is a choice question', 'error'],
    ['age is old', 'age is old', 'is a number question', 'error'],
    ['garden is yes', 'garden', 'does not ask "garden"', 'warning'],
    ['age in [24..16]', 'age in [24..16]', 'Swap the bounds', 'error'],
    ['named old', 'old', 'no named condition "old"', 'error'],
    ['tenure is', ' ', 'expected an option', 'error'],
  ])('%s', (text, at, message, severity) => {
    const [problem, ...others] = inspectText(text, vocabulary);
    expect(others).toEqual([]);
    expect(problem?.severity).toBe(severity);
    expect(problem?.message).toContain(message);
    if (at !== ' ') expect(text.slice(problem?.from, problem?.to)).toBe(at);
  });

  it('is nothing when it is right', () => {
    expect(inspectText('tenure is rent and (age < 25 or named young) and not (`in` is yes)', vocabulary)).toEqual([]);
  });

  it('is said, not thrown, whatever is typed', () => {
    const piece = fc.constantFrom(
      'tenure',
      'is',
      'rent',
      '(',
      ')',
      'and',
      'not',
      '"',
      '`',
      '[',
      '..',
      '1',
      'needs',
      ',',
      '/.*/',
      '\\',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(piece).map((parts) => parts.join(' ')),
        ),
        fc.nat(40),
        (text, offset) => {
          inspectText(text, vocabulary);
          suggestAt(text, Math.min(offset, text.length), vocabulary);
          describeAt(text, offset, vocabulary);
        },
      ),
      { numRuns: 1000 },
    );
  });
});

describe('what a word means', () => {
  it.each([
    ['ten|ure is rent', ['Where do you live?', 'choice', 'rent: I rent', 'own: I own it']],
    ['tenure is re|nt', ['I rent', 'Option of “Where do you live?”']],
    ['a|ge > 3', ['How old are you?', 'number, from 0 to 120']],
    ['named you|ng', ['Named condition of this workflow']],
  ])('%s', (text, lines) => {
    expect(describeAt(text.replace('|', ''), text.indexOf('|'), vocabulary)?.lines).toEqual(lines);
  });
});

describe('the text put in order', () => {
  it('keeps a short one on a line and gives each clause of a long one its own', () => {
    const parsed = parseCondition(
      'tenure is rent and (age < 25 or needs includes care) and not (leave_by before 2027-01-01)',
    );
    if ('problem' in parsed) throw new Error(parsed.problem.message);
    expect(layOutCondition(parsed.condition, 200)).not.toContain('\n');
    expect(layOutCondition(parsed.condition, 40)).toBe(
      ['tenure is rent', 'and (age < 25 or needs includes care)', 'and not (leave_by before 2027-01-01)'].join('\n'),
    );
    expect(layOutCondition(parsed.condition, 30)).toBe(
      [
        'tenure is rent',
        'and (',
        '      age < 25',
        '      or needs includes care',
        '    )',
        'and not (',
        '      leave_by before 2027-01-01',
        '    )',
      ].join('\n'),
    );
  });
});
