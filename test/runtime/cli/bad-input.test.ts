import { cpSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { buildPack, renderPackHtml } from '../../../runtime/engine/index.ts';
import type { Finding } from '../../../schemas/finding.ts';
import { loadConfiguration } from '../../../schemas/load-configuration.ts';
import { housing } from '../../support/housing.ts';
import { lintel } from '../../support/lintel.ts';

type Change = (value: Record<string, unknown>) => unknown;

/** The housing configuration with some documents changed; a text is written as it is. */
function configurationWith(changes: Record<string, Change>): string {
  const folder = mkdtempSync(join(tmpdir(), 'bad-'));
  cpSync('configurations/housing-england', folder, { recursive: true });
  for (const [document, change] of Object.entries(changes)) {
    const file = join(folder, `${document}.json`);
    const changed = change(JSON.parse(readFileSync(file, 'utf8')));
    writeFileSync(file, typeof changed === 'string' ? changed : JSON.stringify(changed));
  }
  return folder;
}

async function check(folder: string): Promise<Finding[]> {
  const { code, out } = await lintel(['check', folder, '--json']);
  expect(code).toBe(1);
  return (JSON.parse(out) as { findings: Finding[] }).findings;
}

const withRules =
  (rules: Record<string, unknown>): Change =>
  (workflow) => ({
    ...workflow,
    adviceRules: {
      ...(workflow['adviceRules'] as object),
      ...Object.fromEntries(
        Object.entries(rules).map(([key, when], i) => [key, { order: 900 + i, statements: ['HP1'], when }]),
      ),
    },
  });
const withBody =
  (body: string): Change =>
  (statement) => ({ ...statement, body });
const of = { question: 'stay' };

/** Rule, what is wrong with it, the code and a word of its finding. */
const badConditions = [
  ['OPTION', 'on an option that was removed', { op: 'is', of, value: 'castle' }, 'OPTION_UNKNOWN', 'castle'],
  ['NUMBER', 'with a number where a choice is expected', { op: 'atLeast', of, value: 3 }, 'CONDITION_TYPE', 'choice'],
  [
    'QUESTION',
    'on a question nobody asks',
    { op: 'is', of: { question: 'garden' }, value: 'x' },
    'QUESTION_UNKNOWN',
    'garden',
  ],
] as const;

/** Statement, what is wrong with it, its text, the code of its finding and what people see. */
const badTexts = [
  ['G1', 'script', 'Call <script>alert(1)</script> us', 'TEXT_HTML', '&lt;script&gt;alert(1)&lt;/script&gt;'],
  ['G2', 'an event handler', '<img src=x onerror=alert(1)>', 'TEXT_HTML', '&lt;img src=x onerror=alert(1)&gt;'],
  ['G3', 'a javascript: link', '[Call us](javascript:alert(1))', 'TEXT_LINK_REFUSED', '<p>Call us</p>'],
  ['G4', 'a data: link', '[Call us](data:text/html,x)', 'TEXT_LINK_REFUSED', '<p>Call us</p>'],
  ['G5', 'a link hidden by letters', '[Call us](java&#115;cript:alert(1))', 'TEXT_LINK_REFUSED', '<p>Call us</p>'],
  ['G6', 'a placeholder nobody can fill', 'Owed: {{balance}}', 'ADVICE_PLACEHOLDER_UNKNOWN', 'Owed: {{balance}}'],
  ['HP2', 'an agency nobody knows', 'Ask {{agency:NOBODY}}', 'ADVICE_AGENCY_UNKNOWN', 'Ask {{agency:NOBODY}}'],
] as const;
const rightToLeft = 'اتصل بنا **الآن** على 020 7946 0000.\n\n- שלום';

let findings: Finding[] = [];
beforeAll(async () => {
  findings = await check(
    configurationWith({
      'workflow/HP': withRules(Object.fromEntries(badConditions.map(([rule, , when]) => [rule, when]))),
      ...Object.fromEntries(badTexts.map(([key, , body]) => [`advice/${key}`, withBody(body)])),
      'advice/HP1': withBody(rightToLeft),
    }),
  );
}, 60_000);

describe('a condition that cannot be', () => {
  it.each(badConditions)('%s: %s is an error that names it', (rule, _, __, code, word) => {
    const own = findings.filter((finding) => finding.pointer.startsWith(`/adviceRules/${rule}/`));
    const [found] = own.filter((finding) => finding.severity === 'error');
    expect(found?.code).toContain(code);
    expect(found?.message).toContain(word);
  });

  it.each(['eval', 'matches', '=~', '__proto__'])('with the operation %s is refused by its shape', (op) => {
    const text = JSON.stringify(withRules({ BAD: { op, of, value: '(a+)+$' } })({ ...housing.workflow['HP'] }));
    const loaded = loadConfiguration([{ path: 'workflow/HP.json', text }]);
    expect(loaded.findings).toMatchObject([{ code: 'SHAPE_INVALID', document: 'workflow/HP.json' }]);
    expect(loaded.findings[0]?.pointer).toContain('/adviceRules/BAD/when');
  });

  it('nested 10,000 levels is refused with its place, and no other document is lost', () => {
    const deep = `${'{"op":"not","condition":'.repeat(10_000)}{"op":"named","name":"a"}${'}'.repeat(10_000)}`;
    const text = JSON.stringify(withRules({ DEEP: 'DEEP' })({ ...housing.workflow['HP'] })).replace(
      '"DEEP"}',
      `${deep}}`,
    );
    const loaded = loadConfiguration([
      { path: 'workflow/HP.json', text },
      { path: 'workflow/HR.json', text: JSON.stringify(housing.workflow['HR']) },
    ]);
    expect(loaded.findings).toMatchObject([{ code: 'NESTED_TOO_DEEP', document: 'workflow/HP.json' }]);
    expect(Object.keys(loaded.configuration.workflow)).toEqual(['HR']);
  });
});

describe('answers that look like code', () => {
  const advise = (answers: unknown) =>
    lintel(
      [
        'advise',
        'configurations/housing-england',
        '--workflow',
        'HP',
        '--answers',
        '-',
        '--as-at',
        '2026-11-21',
        '--json',
      ],
      { '-': JSON.stringify(answers) },
    );

  it('are compared letter by letter: a regular expression matches nothing but itself', async () => {
    const { code, said } = await advise({ stay: '.*' });
    expect(code).toBe(2);
    expect(said).toContain('names the option ".*"');
  });

  it('nested 10,000 levels are refused with a sentence', async () => {
    const { code, said } = await lintel(
      ['advise', 'configurations/housing-england', '--workflow', 'HP', '--answers', '-', '--as-at', '2026-11-21'],
      { '-': `{"stay":${'['.repeat(10_000)}${']'.repeat(10_000)}}` },
    );
    expect(code).toBe(2);
    expect(said.length).toBeGreaterThan(10);
    expect(said.length).toBeLessThan(2_000);
  });

  it('named like what every object inherits are no answers', async () => {
    const { code, out } = await advise({ constructor: 'x', toString: 'y' });
    expect(code).toBe(0);
    expect(JSON.parse(out)).toEqual(JSON.parse((await advise({})).out));
  });
});

describe('a statement that cannot be', () => {
  const digestOf = (text: string) => text;

  function packHtml(body: string): string {
    const statement = housing.advice['G1'];
    if (!statement) throw new Error('expected the statement G1');
    const configuration = { ...housing, advice: { G1: { ...statement, body } } };
    return renderPackHtml(buildPack({ configuration, workflow: 'HP', answers: {}, asAt: '2026-11-21' }, digestOf));
  }

  it.each(badTexts)('%s: with %s is named, shown harmlessly, and loses no word', (key, _, body, code, html) => {
    const own = findings.filter((finding) => finding.document === `advice/${key}`);
    expect(own.map((finding) => [finding.code, finding.severity])).toContainEqual([code, 'error']);
    const shown = packHtml(body);
    expect(shown).toContain(html);
    expect(shown).not.toMatch(/<script|<img|javascript:|data:/i);
  });

  it('written right to left keeps every letter and its direction, without a finding', () => {
    expect(findings.filter((finding) => finding.document === 'advice/HP1')).toEqual([]);
    const html = packHtml(rightToLeft);
    expect(html).toContain('اتصل بنا <strong>الآن</strong> على 020 7946 0000.');
    expect(html).toMatch(/<section[^>]*dir="auto"/);
  });

  it('of 2 MB is refused by its size in a sentence, and everything else still loads', () => {
    const statement = { ...housing.advice['G1'], body: 'long '.repeat(400_000) };
    const { configuration, findings: refused } = loadConfiguration([
      { path: 'advice/G1.json', text: JSON.stringify(statement) },
      { path: 'advice/G2.json', text: JSON.stringify(housing.advice['G2']) },
    ]);
    expect(refused).toMatchObject([{ code: 'SHAPE_INVALID', document: 'advice/G1.json', pointer: '/body' }]);
    expect(refused[0]?.message).toContain('200000');
    expect(JSON.stringify(refused).length).toBeLessThan(2_000);
    expect(Object.keys(configuration.advice)).toEqual(['G2']);
  });

  it('as long as is allowed is read, measured and rendered in a moment', () => {
    const start = performance.now();
    expect(packHtml(`${'Call us. '.repeat(22_000)}`).length).toBeGreaterThan(190_000);
    expect(performance.now() - start).toBeLessThan(5_000);
  });
});
