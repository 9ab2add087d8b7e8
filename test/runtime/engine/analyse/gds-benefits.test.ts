import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { buildAdviceBook } from '../../../../runtime/engine/advise/advice-book.ts';
import { selectAdvice } from '../../../../runtime/engine/advise/select.ts';
import { analyseWorkflow } from '../../../../runtime/engine/analyse/workflow-analysis.ts';
import { importBankDocuments, toKey } from '../../../../runtime/engine/import/bank.ts';
import { loadConfiguration } from '../../../../schemas/load-configuration.ts';

const folder = '../shared/cases/external/advice/gds-benefits';
const absent = !existsSync(folder);
if (absent) console.log(`skipped: ${folder} is not here`);

function read(name: string) {
  return JSON.parse(readFileSync(join(folder, name), 'utf8'));
}

describe.skipIf(absent)('the analysis of the gds-benefits bank (A6)', () => {
  const bank = absent
    ? undefined
    : { questions: read('questions.json'), conditions: read('conditions.json'), statements: read('statements.json') };
  const documents = bank ? importBankDocuments(bank) : [];
  const { configuration } = loadConfiguration(
    documents.map((one) => ({ path: `${one.kind}/${one.key}.json`, text: JSON.stringify(one) })),
  );

  it('equals the exact relations among the first 25 statements', () => {
    const expected = read('analysis-first25.json');
    const { analysis } = analyseWorkflow(configuration, 'bank', 20_000);
    const countries = new Map<string, string[]>(
      bank?.statements.map((one: { name: string; countries: string[] }) => [toKey(one.name), one.countries]),
    );
    const first = new Set(Object.keys(expected.fireCount).map(toKey));
    const among = (pairs: [string, string][]) => pairs.filter((pair) => pair.every((key) => first.has(key))).sort();
    const sameCountry = (pairs: [string, string][]) =>
      pairs.filter(([a, b]) => countries.get(a)?.some((country) => countries.get(b)?.includes(country)));
    const sortedPairs = (pairs: [string, string][]) => pairs.map((pair) => [...pair].sort()).sort();
    expect(analysis.decided).toBe(true);
    expect(analysis.reachableResponses).toBe(expected.reachableResponses);
    expect(Object.fromEntries([...first].map((key) => [key, analysis.statements.get(key)?.fireCount]))).toEqual(
      Object.fromEntries(Object.entries(expected.fireCount).map(([key, count]) => [toKey(key), count])),
    );
    expect(among(analysis.duplicates)).toEqual(expected.equivalentPairs);
    expect(among(analysis.subsumptions)).toEqual(expected.strictlySubsumedBy.sort());
    expect(sortedPairs(sameCountry(among(analysis.exclusive)))).toEqual(
      sortedPairs(expected.mutuallyExclusiveWithinSameCountry),
    );
  });

  it('gives examples that do what is said of them', () => {
    const { analysis } = analyseWorkflow(configuration, 'bank', 20_000);
    const book = buildAdviceBook(configuration, 'bank');
    for (const [key, facts] of analysis.statements) {
      expect(facts.unreachable).toBe(facts.fireCount === 0);
      if (facts.example) expect(selectAdvice(book, facts.example, '2026-11-21')).toContain(key);
    }
    for (const answers of analysis.gaps) expect(selectAdvice(book, answers, '2026-11-21')).toEqual([]);
  });

  it('takes no more than a moment', () => {
    const times = Array.from({ length: 5 }, () => {
      const start = performance.now();
      analyseWorkflow(configuration, 'bank', 20_000);
      return performance.now() - start;
    });
    console.log(`analysis of the bank: ${times.map((time) => time.toFixed(0)).join(', ')} ms`);
    expect(Math.min(...times)).toBeLessThan(1000);
  });
});
