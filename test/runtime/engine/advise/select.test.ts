import { existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadSoundConfiguration } from '../../../../runtime/cli/configuration-folder.ts';
import { buildAdviceBook } from '../../../../runtime/engine/advise/advice-book.ts';
import { explainAdvice } from '../../../../runtime/engine/advise/explain.ts';
import { applyChange } from '../../../../runtime/engine/advise/flip.ts';
import { selectAdvice } from '../../../../runtime/engine/advise/select.ts';
import type { Answers } from '../../../../schemas/condition.ts';
import { lintel, lintelJson } from '../../../support/lintel.ts';

const external = '../shared/cases/external/advice/gds-benefits';
const absent = !existsSync(external);
if (absent) console.log(`skipped: ${external} is not here`);

interface PackCase {
  name: string;
  asAt: string;
  workflow: string;
  answers: Answers;
  expected: string[];
}
const packCases = JSON.parse(readFileSync('test/cases/content/expected-advice.json', 'utf8')) as PackCase[];
const { configuration } = loadSoundConfiguration('configurations/housing-england');

describe('the housing configuration', () => {
  it.each(packCases.map((one) => [one.name, one] as const))('advises as expected: %s', async (_, one) => {
    const { json } = await lintelJson(
      ['advise', 'configurations/housing-england', '--workflow', one.workflow, '--answers', '-', '--as-at', one.asAt],
      { '-': JSON.stringify(one.answers) },
    );
    expect((json as { statements: string[] }).statements).toEqual(one.expected);
  });

  it('explains every statement for every persona, and each smallest change does turn it over', () => {
    for (const one of packCases) {
      const book = buildAdviceBook(configuration, one.workflow);
      for (const explanation of explainAdvice(book, one.answers, one.asAt)) {
        expect(explanation.fires).toBe(one.expected.includes(explanation.statement));
        expect(explanation.flipDecided).toBe(true);
        if (explanation.flip === null) continue;
        const after = selectAdvice(book, applyChange(one.answers, explanation.flip), one.asAt);
        expect(after.includes(explanation.statement)).toBe(!explanation.fires);
      }
    }
  });
});

describe.skipIf(absent)('the imported gds-benefits bank', () => {
  it('advises all 500 responses as the original program did, in the order of the bank', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'bank-'));
    expect((await lintel(['import', folder, '--from', 'bank', external])).code).toBe(0);
    const cases = readFileSync(join(external, 'cases.jsonl'), 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { answers: Answers; fires: string[] });
    const { json } = await lintelJson(
      ['advise', folder, '--workflow', 'bank', '--answers', '-', '--as-at', '2026-11-21'],
      { '-': JSON.stringify(cases.map((one) => one.answers)) },
    );
    const results = (json as { results: { statements: string[] }[] }).results.map((result) => result.statements);
    expect(results).toEqual(cases.map((one) => one.fires.map((name) => name.replace(/[^A-Za-z0-9_-]/g, '_'))));
  });
});

describe('answers that cannot be answers', () => {
  it.each([
    ['{"stay":"castle"}', 'names the option "castle"'],
    ['{"age":"old"}', 'takes a number'],
    ['{"leave_by":"2026-02-30"}', 'takes a date'],
    ['[{"stay":"hostel"},{"needs":"none"}]', 'entry 1'],
    ['3', 'expected a map'],
  ])('%s are refused with a sentence', async (answers, sentence) => {
    const { code, said } = await lintel(
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
      { '-': answers },
    );
    expect([code, said.includes(sentence) ? sentence : said]).toEqual([2, sentence]);
  });
});
