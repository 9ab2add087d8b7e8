import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { lintel, lintelJson } from '../../support/lintel.ts';
import { chance } from '../../support/synthetic-bank.ts';
import {
  allResponses,
  answersTo,
  bruteForce,
  firing,
  type ReferenceBank,
  type Response,
  randomBank,
} from './bank-reference.ts';

async function importBank(bank: unknown): Promise<{ folder: string; code: number; said: string }> {
  const folder = mkdtempSync(join(tmpdir(), 'bank-'));
  const source = join(folder, 'source');
  mkdirSync(source);
  for (const [name, part] of Object.entries(bank as object))
    writeFileSync(join(source, `${name}.json`), JSON.stringify(part));
  const { code, said } = await lintel(['import', join(folder, 'made'), '--from', 'bank', source]);
  return { folder: join(folder, 'made'), code, said };
}

const key = (name: string) => name.replace(/[^A-Za-z0-9_-]/g, '_');
const keys = (pairs: [string, string][]) => pairs.map((pair) => pair.map(key)).sort();

/** Responses of a person who went back and forth: partly answered, and with answers of questions now hidden. */
function messyResponses(bank: ReferenceBank, seed: number): Response[] {
  const random = chance(seed);
  return Array.from({ length: 60 }, () => {
    const response: Response = {};
    for (const question of bank.questions) {
      const answers = answersTo(question);
      const answer = answers[Math.floor(random() * answers.length)];
      if (answer !== undefined && random() < 0.8) response[question.id] = answer;
    }
    return response;
  });
}

describe('an imported bank, by the product’s own commands', () => {
  it.each(Array.from({ length: 60 }, (_, i) => i + 1))('is what trying every response says: bank %i', async (seed) => {
    const bank = randomBank(seed);
    const expected = bruteForce(bank);
    const { folder, code, said } = await importBank(bank);
    expect([code, said]).toEqual([0, '']);
    const responses = [...allResponses(bank).slice(0, 300), ...messyResponses(bank, seed)];
    const advised = await lintelJson(
      ['advise', folder, '--workflow', 'bank', '--answers', '-', '--as-at', '2026-11-21'],
      { '-': JSON.stringify(responses) },
    );
    const { results } = advised.json as { results: { statements: string[] }[] };
    expect(results.map((one) => one.statements)).toEqual(responses.map((one) => firing(bank, one).map(key)));
    const { json: analysis } = await lintelJson(['analyse', folder, '--workflow', 'bank']);
    expect(analysis.decided).toBe(true);
    expect(analysis.reachableResponses).toBe(expected.total);
    expect(analysis.statements).toEqual(
      Object.fromEntries(Object.entries(expected.statements).map(([name, facts]) => [key(name), facts])),
    );
    for (const relation of ['duplicates', 'subsumptions', 'exclusive'] as const)
      expect(analysis[relation].sort(), relation).toEqual(keys(expected[relation]));
    expect(analysis.gaps.length > 0).toBe(expected.hasGap);
    for (const gap of analysis.gaps) expect(expected.isGap(gap.answers)).toBe(true);
  });

  it.each([
    ['names the condition', { statements: [{ name: 'a', condition: 'nowhere' }] }],
    ['would get the key "a_b"', { statements: [{ name: 'a b' }, { name: 'a?b' }] }],
    ['has the kind "colour"', { questions: [{ id: 'q', kind: 'colour' }] }],
    ['the operation "matches"', { conditions: { c: { op: 'matches', q: 'q', v: '.*' } } }],
    ['which is no number', { conditions: { c: { op: 'lt', q: 'q', v: 'many' } } }],
    ['has countries, but no question', { statements: [{ name: 'a', countries: ['wales'] }] }],
    ['two options of question "q"', { questions: [{ id: 'q', kind: 'choice', options: ['a b', 'a.b'] }] }],
    ['expected a list of questions', { questions: {} }],
  ])('is refused with a sentence when it contradicts itself: %s', async (sentence, change) => {
    const bank = {
      questions: [{ id: 'q', kind: 'choice', options: ['x'] }],
      conditions: { c: { op: 'eq', q: 'q', v: 'x' } },
      statements: [{ name: 'a', condition: 'c' }],
    };
    const { code, said } = await importBank({ ...bank, ...change });
    expect([code, said.includes(sentence) ? sentence : said]).toEqual([2, sentence]);
  });
});
