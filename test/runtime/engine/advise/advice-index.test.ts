import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadSoundConfiguration } from '../../../../runtime/cli/configuration-folder.ts';
import { buildAdviceBook } from '../../../../runtime/engine/advise/advice-book.ts';
import { AdviceIndex } from '../../../../runtime/engine/advise/advice-index.ts';
import { selectAdvice } from '../../../../runtime/engine/advise/select.ts';
import { importBankDocuments } from '../../../../runtime/engine/import/bank.ts';
import type { Answers } from '../../../../schemas/condition.ts';
import { loadConfiguration } from '../../../../schemas/load-configuration.ts';
import { syntheticAnswers, syntheticBank } from '../../../support/synthetic-bank.ts';
import { allResponses, randomBank } from '../../cli/bank-reference.ts';

const asAt = '2026-11-21';

describe('the inverted index', () => {
  it('selects what plain evaluation selects, for every answer set of a synthetic bank', () => {
    const book = syntheticBank(1000);
    const index = new AdviceIndex(book);
    for (let seed = 1; seed <= 100; seed += 1) {
      const answers = syntheticAnswers(book, seed);
      if (seed % 3 === 0) for (const key of Object.keys(answers).slice(0, seed % 20)) delete answers[key];
      expect(index.select(answers, asAt)).toEqual(selectAdvice(book, answers, asAt));
    }
  });

  it('selects what plain evaluation selects for random trees, with and without branching', () => {
    for (const seed of [...Array.from({ length: 120 }, (_, i) => i + 1), 5042, 5230, 5353]) {
      const bank = randomBank(seed);
      const documents = importBankDocuments(bank);
      const { configuration } = loadConfiguration(
        documents.map((one) => ({ path: `${one.kind}/${one.key}.json`, text: JSON.stringify(one) })),
      );
      const book = buildAdviceBook(configuration, 'bank');
      const index = new AdviceIndex(book);
      const responses = allResponses(bank).slice(0, 80);
      for (const answers of responses) expect(index.select(answers, asAt)).toEqual(selectAdvice(book, answers, asAt));
      const current: Answers = { ...responses[0] };
      index.select(current, asAt);
      for (const answers of responses.slice(1, 20)) {
        for (const key of book.questions.keys()) {
          const value = answers[key];
          if (value === undefined) delete current[key];
          else current[key] = value;
          expect(index.change(key, value)).toEqual(selectAdvice(book, current, asAt));
        }
      }
    }
  }, 60_000);

  it('comes to the same after any sequence of single changes', () => {
    const book = syntheticBank(300, 7);
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(59), fc.nat(1000)), { maxLength: 20 }), (changes) => {
        const index = new AdviceIndex(book);
        const answers: Answers = syntheticAnswers(book, 3);
        index.select(answers, asAt);
        for (const [question, seed] of changes) {
          const key = `q${question}`;
          const value = seed % 5 === 0 ? undefined : syntheticAnswers(book, seed)[key];
          if (value === undefined) delete answers[key];
          else answers[key] = value;
          expect(index.change(key, value)).toEqual(selectAdvice(book, answers, asAt));
        }
      }),
      { numRuns: 30 },
    );
  });

  it('follows form branching, dates and effective dates of the housing configuration', () => {
    const { configuration } = loadSoundConfiguration('configurations/housing-england');
    const cases = JSON.parse(readFileSync('test/cases/content/expected-advice.json', 'utf8')) as {
      workflow: string;
      asAt: string;
      answers: Answers;
      expected: string[];
    }[];
    for (const one of cases) {
      const index = new AdviceIndex(buildAdviceBook(configuration, one.workflow));
      expect(index.select(one.answers, one.asAt)).toEqual(one.expected);
      const changed: Answers = { ...one.answers, notice: 'none', arrears: 'no' };
      index.change('notice', 'none');
      expect(index.change('arrears', 'no')).toEqual(
        selectAdvice(buildAdviceBook(configuration, one.workflow), changed, one.asAt),
      );
    }
  });
});
