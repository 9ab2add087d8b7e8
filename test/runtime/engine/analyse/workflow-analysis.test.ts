import { describe, expect, it } from 'vitest';
import { buildAdviceBook } from '../../../../runtime/engine/advise/advice-book.ts';
import { selectAdvice } from '../../../../runtime/engine/advise/select.ts';
import { analyseWorkflow } from '../../../../runtime/engine/analyse/workflow-analysis.ts';
import { checkDocuments } from '../../../../runtime/engine/check/check.ts';
import { toEpochDay } from '../../../../runtime/engine/condition/dates.ts';
import { parseCondition } from '../../../../runtime/engine/condition/text/parse.ts';
import { importBankDocuments } from '../../../../runtime/engine/import/bank.ts';
import type { Answers, Condition } from '../../../../schemas/condition.ts';
import type { Configuration } from '../../../../schemas/configuration.ts';
import { loadConfiguration } from '../../../../schemas/load-configuration.ts';
import type { WorkflowDocument } from '../../../../schemas/workflow.ts';

type Rule = WorkflowDocument['adviceRules'][string];
const asAtDay = toEpochDay('2026-11-21') ?? 0;

function when(text: string): Condition {
  const parsed = parseCondition(text);
  if ('problem' in parsed) throw new Error(parsed.problem.message);
  return parsed.condition;
}

/** A form about a home, and one rule a statement; statements are named after their rules. */
function configure(rules: Record<string, string | Partial<Rule>>, more: Partial<WorkflowDocument> = {}): Configuration {
  const documents = importBankDocuments({
    questions: [
      { id: 'tenure', kind: 'choice', options: ['rent', 'own', 'lodger'] },
      { id: 'arrears', kind: 'boolean', showIf: { op: 'eq', q: 'tenure', v: 'rent' } },
      { id: 'age', kind: 'number', min: 0, max: 120, whole: true },
      { id: 'needs', kind: 'multi', options: ['care', 'lift', 'none'] },
    ],
    conditions: {},
    statements: Object.keys(rules).map((name) => ({ name, title: name })),
  });
  const { configuration, findings } = loadConfiguration(
    documents.map((one) => ({ path: `${one.kind}/${one.key}.json`, text: JSON.stringify(one) })),
  );
  expect(findings).toEqual([]);
  const workflow = configuration.workflow['bank'] as WorkflowDocument;
  const adviceRules = Object.fromEntries(
    Object.entries(rules).map(([key, rule], order): [string, Rule] => [
      key,
      { order, statements: [key], ...(typeof rule === 'string' ? { when: when(rule) } : rule) },
    ]),
  );
  return { ...configuration, workflow: { bank: { ...workflow, adviceRules, ...more } } };
}

function found(configuration: Configuration, code: string) {
  return analyseWorkflow(configuration, 'bank', asAtDay).findings.filter((finding) => finding.code === code);
}

describe('clauses that change nothing (A6)', () => {
  it.each([
    ['age >= 18 and age >= 16', '/adviceRules/a/when/conditions/1', 'age >= 16', 'covered'],
    ['arrears is yes and tenure is rent', '/adviceRules/a/when/conditions/1', 'tenure is rent', 'covered'],
    ['age >= 18 or age > 200', '/adviceRules/a/when/conditions/1', 'age > 200', 'never'],
    ['age >= 18 and age <= 120', '/adviceRules/a/when/conditions/1', 'age <= 120', 'always'],
    [
      'age >= 18 and (tenure is own or tenure is rent and tenure is own)',
      '/adviceRules/a/when/conditions/1/conditions/1',
      'tenure is rent and tenure is own',
      'never',
    ],
    [
      'not (needs includes care and needs includes any (care, lift))',
      '/adviceRules/a/when/condition/conditions/1',
      'needs includes any (care, lift)',
      'covered',
    ],
  ])('%s: names the clause and why', (text, pointer, clause, why) => {
    expect(found(configure({ a: text }), 'ADVICE_CLAUSE_DEAD')).toMatchObject([
      { document: 'workflow/bank', pointer, values: { clause, why } },
    ]);
  });

  it('are not found where every clause tells answers apart, nor where the whole is never true', () => {
    const configuration = configure({
      a: 'age >= 18 and tenure is rent and (arrears is yes or needs includes care)',
      b: 'tenure is own and arrears is yes',
    });
    expect(found(configuration, 'ADVICE_CLAUSE_DEAD')).toEqual([]);
  });

  it('leaves a condition that means the same once they are left out', () => {
    const configuration = configure({ a: 'age >= 18 and age >= 16 and (tenure is rent or tenure is rent)' });
    expect(found(configuration, 'ADVICE_CLAUSE_DEAD').map((finding) => finding.values['clause'])).toEqual([
      'tenure is rent',
      'age >= 16',
    ]);
  });
});

describe('statements declared exclusive (A6)', () => {
  const group = { exclusiveGroup: 'rate' };
  const pairs = (a: Partial<Rule>, b: Partial<Rule>) =>
    found(configure({ a: { ...group, ...a }, b: { ...group, ...b } }), 'ADVICE_EXCLUSIVE_MEET');

  it('may not meet in any answers', () => {
    expect(pairs({ when: when('age >= 18') }, { when: when('tenure is own') })).toMatchObject([
      { severity: 'error', pointer: '/adviceRules/b', values: { group: 'rate', statements: ['a', 'b'] } },
    ]);
    expect(pairs({ when: when('age >= 18') }, { when: when('age < 18') })).toEqual([]);
  });

  it('may follow each other day after day, but not overlap by one day', () => {
    const old = { effectiveTo: '2027-04-05' };
    expect(pairs(old, { effectiveFrom: '2027-04-06' })).toEqual([]);
    expect(pairs(old, { effectiveFrom: '2027-04-05' })).toMatchObject([
      { values: { from: '2027-04-05', to: '2027-04-05' } },
    ]);
  });

  it('are no pair when one rule names both, or in different groups', () => {
    const both = configure({ a: { ...group, statements: ['a', 'b'] }, b: { statements: [] } });
    expect(found(both, 'ADVICE_EXCLUSIVE_MEET')).toEqual([]);
    expect(pairs({}, { exclusiveGroup: 'other' })).toEqual([]);
  });
});

describe('statements that say the same or imply one another (A6)', () => {
  const advised = (configuration: Configuration, answers: unknown) =>
    selectAdvice(buildAdviceBook(configuration, 'bank'), answers as Answers, '2026-11-21');

  it('are told with answers that bring both where rules of their own fire for the very same answers', () => {
    const configuration = configure({
      a: 'not (tenure is own) and age >= 18',
      b: '(tenure is rent or tenure is lodger) and not (age < 18)',
      c: '(tenure is rent or tenure is lodger) and not (age < 19)',
    });
    const [duplicate, ...others] = found(configuration, 'ADVICE_DUPLICATE');
    expect(others).toEqual([]);
    expect(duplicate).toMatchObject({
      severity: 'info',
      document: 'workflow/bank',
      pointer: '/adviceRules/b/when',
      values: { workflow: 'bank', statement: 'b', others: ['a'] },
    });
    expect(advised(configuration, duplicate?.counterexample?.['answers'])).toEqual(expect.arrayContaining(['a', 'b']));
    expect(found(configuration, 'ADVICE_IMPLIED').map(({ values }) => values)).toEqual([
      { workflow: 'bank', statement: 'c', others: ['a', 'b'] },
    ]);
  });

  it('are shown by answers that bring the implied one alone', () => {
    // Only who rents is asked about arrears.
    const configuration = configure({ a: 'tenure is rent', b: 'arrears is yes' });
    const [implied] = found(configuration, 'ADVICE_IMPLIED');
    expect(implied).toMatchObject({ pointer: '/adviceRules/b/when', values: { statement: 'b', others: ['a'] } });
    expect(advised(configuration, implied?.counterexample?.['answers'])).toEqual(['a']);
    expect(found(configuration, 'ADVICE_DUPLICATE')).toEqual([]);
  });

  it.each<[string, Record<string, string | Partial<Rule>>]>([
    ['tell one answer apart', { a: 'age >= 18 and tenure is rent', b: 'age >= 17 and not (age is 18)' }],
    ['are named by one rule', { a: { statements: ['a', 'b'], when: when('tenure is rent') }, b: { statements: [] } }],
    ['are always advised, one of them', { a: {}, b: 'tenure is rent' }],
    ['are never advised, one of them', { a: 'tenure is rent and tenure is own', b: 'tenure is rent' }],
    ['do not hold today, one of them', { a: 'age >= 18', b: { when: when('age >= 18'), effectiveTo: '2026-11-20' } }],
  ])('are no such pair where they %s', (_, rules) => {
    const { findings } = analyseWorkflow(configure(rules), 'bank', asAtDay, { firingOnly: true });
    expect(findings.filter(({ code }) => code === 'ADVICE_DUPLICATE' || code === 'ADVICE_IMPLIED')).toEqual([]);
  });

  it('are generic ones only where no form could tell them apart', () => {
    const generic = (a: string, b: string, period = {}) => {
      const configuration = configure({ a: { statements: [] }, b: { statements: [] } });
      Object.assign(configuration.advice['a'] ?? {}, { scope: 'generic', when: when(a) });
      Object.assign(configuration.advice['b'] ?? {}, { scope: 'generic', when: when(b), ...period });
      return checkDocuments(configuration, { from: '2026-11-21' }, ['advice'])
        .filter(({ code }) => code.startsWith('ADVICE_GENERIC_'))
        .map(({ code, document, pointer, values }) => [code, document + pointer, values['others']]);
    };
    expect(generic('age >= 18 and tenure is rent', 'tenure is rent and not (age < 18)')).toEqual([
      ['ADVICE_GENERIC_DUPLICATE', 'advice/b/when', ['a']],
    ]);
    expect(generic('age >= 18', 'age >= 18', { effectiveTo: '2026-11-20' })).toEqual([]);
    expect(generic('age >= 18', 'age >= 18', { effectiveTo: '2026-11-21' })).toHaveLength(1);
    expect(generic('age >= 18', 'age >= 17')).toEqual([['ADVICE_GENERIC_IMPLIED', 'advice/a/when', ['b']]]);
    // Only this form leaves arrears unasked of those who do not rent.
    expect(generic('tenure is rent', 'arrears is yes')).toEqual([]);
    expect(generic('age >= 18', 'garden is yes')).toEqual([]);
  });
});

describe('the assertion that one statement must always be advised (A6)', () => {
  const must = { mustAdvise: ['a', 'b'] };

  it('is an error with an example where some answers bring none of them', () => {
    const [finding, ...others] = found(
      configure({ a: 'tenure is rent', b: 'tenure is own' }, must),
      'ADVICE_MUST_ADVISE',
    );
    expect(others).toEqual([]);
    expect(finding).toMatchObject({ severity: 'error', pointer: '/mustAdvise' });
    expect(finding?.counterexample?.['answers']).toMatchObject({ tenure: 'lodger' });
  });

  it('holds where their conditions leave nothing out', () => {
    expect(found(configure({ a: 'tenure is rent', b: 'not (tenure is rent)' }, must), 'ADVICE_MUST_ADVISE')).toEqual(
      [],
    );
    expect(found(configure({ a: {}, b: 'tenure is rent' }, must), 'ADVICE_MUST_ADVISE')).toEqual([]);
  });

  it('is not held by a rule that has ended', () => {
    const ended = configure({ a: { effectiveTo: '2026-11-20' }, b: 'tenure is rent' }, must);
    expect(found(ended, 'ADVICE_MUST_ADVISE')).toHaveLength(1);
    const onItsLastDay = configure({ a: { effectiveTo: '2026-11-21' }, b: 'tenure is rent' }, must);
    expect(found(onItsLastDay, 'ADVICE_MUST_ADVISE')).toEqual([]);
  });

  it('is an error when none of them has a rule', () => {
    const [finding] = found(configure({ c: 'tenure is rent' }, must), 'ADVICE_MUST_ADVISE');
    expect(finding?.message).toContain('none of them is in effect');
  });
});

describe('effective dates', () => {
  it('keep a statement that is not in effect out of gaps and pairs, and still judge its condition', () => {
    const configuration = configure({
      now: 'tenure is rent',
      later: { when: when('not (tenure is rent)'), effectiveFrom: '2027-01-01' },
      never: { when: when('tenure is rent and tenure is own'), effectiveTo: '2026-01-01' },
    });
    const today = analyseWorkflow(configuration, 'bank', asAtDay);
    expect(today.notInEffect).toEqual(['later', 'never']);
    expect(today.analysis.exclusive).toEqual([]);
    expect(today.analysis.gaps).toHaveLength(1);
    expect(today.analysis.statements.get('later')).toMatchObject({ unreachable: false });
    expect(today.analysis.statements.get('never')).toMatchObject({ unreachable: true });
    const then = analyseWorkflow(configuration, 'bank', toEpochDay('2027-01-01') ?? 0);
    expect(then.notInEffect).toEqual(['never']);
    expect(then.analysis.exclusive).toEqual([['now', 'later']]);
    expect(then.analysis.gaps).toEqual([]);
  });
});

describe('questions and options', () => {
  it('that nothing looks at, that are never asked, or that do not exist are named', () => {
    const configuration = configure({ a: 'tenure is castle and garden is yes' });
    const form = configuration.form['bank'];
    if (form) Object.assign(form.questions['age'] ?? {}, { shownWhen: when('tenure is rent and tenure is own') });
    const { findings } = analyseWorkflow(configuration, 'bank', asAtDay);
    const codes = findings.map((finding) => [finding.code, finding.values['question']]);
    expect(codes).toContainEqual(['ADVICE_QUESTION_NOT_ASKED', 'garden']);
    expect(codes).toContainEqual(['CONDITION_OPTION_UNKNOWN', 'tenure']);
    expect(codes).toContainEqual(['ADVICE_QUESTION_NEVER_SHOWN', 'age']);
    expect(codes).toContainEqual(['ADVICE_QUESTION_UNUSED', 'needs']);
    expect(findings.find((finding) => finding.code === 'ADVICE_OPTION_UNUSED')?.values).toEqual({
      question: 'tenure',
      options: ['lodger'],
    });
  });
});

function orphansOf(configuration: Configuration): string[] {
  const found = checkDocuments(configuration, { from: '2026-11-21' }, ['advice']);
  return found.filter(({ code }) => code === 'ADVICE_ORPHAN').map(({ document }) => document);
}

describe('statements nobody advises', () => {
  it('are orphans; named by a rule or generic they are not', () => {
    const configuration = configure({ a: 'tenure is rent', b: { statements: [] } });
    expect(orphansOf(configuration)).toEqual(['advice/b']);
    const statement = configuration.advice['b'];
    if (statement) statement.scope = 'generic';
    expect(orphansOf(configuration)).toEqual([]);
  });
});

describe('a budget that runs out', () => {
  it('leaves the fact open and says so, never guesses', () => {
    const { analysis } = analyseWorkflow(configure({ a: 'tenure is rent and age >= 18' }), 'bank', asAtDay, {
      budget: 3,
    });
    expect(analysis.decided).toBe(false);
    expect(analysis.statements.get('a')).toEqual({});
  });
});
