import type { AnswerValue } from '../../../schemas/condition.ts';
import type { Configuration } from '../../../schemas/configuration.ts';
import type { TestDocument } from '../../../schemas/settings.ts';
import { effectiveAnswers } from '../condition/effective-answers.ts';
import { questionsBehind } from '../condition/shape.ts';
import { type Covered, compareCovered } from '../test-run/covered.ts';
import { type AdviceBook, type AdviceReason, buildAdviceBook } from './advice-book.ts';
import { selectAdvice } from './select.ts';

/** How one saved test came out. */
export interface TestResult {
  key: string;
  title: string;
  workflow: string;
  passed: boolean;
  /** One sentence a difference. */
  failures: string[];
}

/** Runs the advice part of a saved test: the pack must be exactly the expected statements, and hold none of `not`. `today` stands in for a missing as-at date. */
export function runAdviceTest(configuration: Configuration, test: TestDocument, today: string): TestResult {
  const result = { key: test.key, title: test.title, workflow: test.workflow };
  if (!Object.hasOwn(configuration.workflow, test.workflow)) {
    return { ...result, passed: false, failures: [`there is no workflow "${test.workflow}"`] };
  }
  if (!test.expect) return { ...result, passed: true, failures: [] };
  const got = selectAdvice(buildAdviceBook(configuration, test.workflow), test.answers ?? {}, test.asAt ?? today);
  const expected = test.expect.statements;
  const failures = [
    ...expected.filter((key) => !got.includes(key)).map((key) => `"${key}" was expected but is not advised`),
    ...got.filter((key) => !expected.includes(key)).map((key) => `"${key}" is advised but was not expected`),
    ...(test.expect.not ?? []).filter((key) => got.includes(key)).map((key) => `"${key}" must not be advised but is`),
  ];
  return { ...result, passed: failures.length === 0, failures };
}

/** What the saved tests touch and what they leave out. */
export interface TestCoverage {
  statements: Covered;
  rules: Covered;
  options: Covered;
}

/** Statements fired, advice rules true and options chosen by the saved tests, per workflow (A6). */
export function measureCoverage(configuration: Configuration, today: string): TestCoverage {
  const all = { statements: new Set<string>(), rules: new Set<string>(), options: new Set<string>() };
  const hit = { statements: new Set<string>(), rules: new Set<string>(), options: new Set<string>() };
  const books = new Map(Object.keys(configuration.workflow).map((key) => [key, buildAdviceBook(configuration, key)]));
  for (const [workflow, book] of books) {
    for (const entry of book.entries) {
      const reasons = entry.reasons.filter((reason) => canBeAsked(book, reason));
      if (reasons.length > 0) all.statements.add(`${workflow}/${entry.key}`);
      for (const reason of reasons) all.rules.add(`${workflow}/${reason.document}${reason.pointer}`);
    }
    for (const question of book.questions.values())
      for (const option of question.options) all.options.add(`${workflow}/${question.key}=${option}`);
  }
  for (const test of Object.values(configuration.test)) {
    const book = books.get(test.workflow);
    if (book && test.expect) noteHits(book, test, today, hit);
  }
  return {
    statements: compareCovered(all.statements, hit.statements),
    rules: compareCovered(all.rules, hit.rules),
    options: compareCovered(all.options, hit.options),
  };
}

/** A generic statement is nothing to cover where the form asks none of its questions. */
function canBeAsked(book: AdviceBook, { when }: AdviceReason): boolean {
  const asked = when === undefined ? [] : questionsBehind(when, book.named);
  return asked.length === 0 || asked.some((question) => book.questions.has(question));
}

function noteHits(
  book: AdviceBook,
  test: TestDocument,
  today: string,
  hit: Record<'statements' | 'rules' | 'options', Set<string>>,
): void {
  const asAt = test.asAt ?? today;
  const { answers } = effectiveAnswers(book.questions, test.answers ?? {}, asAt, book.named);
  for (const key of selectAdvice(book, test.answers ?? {}, asAt)) hit.statements.add(`${book.workflow}/${key}`);
  for (const entry of book.entries) {
    for (const reason of entry.reasons) {
      const alone = { ...book, entries: [{ ...entry, reasons: [reason] }] };
      if (selectAdvice(alone, test.answers ?? {}, asAt).length > 0)
        hit.rules.add(`${book.workflow}/${reason.document}${reason.pointer}`);
    }
  }
  for (const [key, value] of Object.entries(answers))
    for (const option of optionsIn(value)) hit.options.add(`${book.workflow}/${key}=${option}`);
}

function optionsIn(value: AnswerValue): readonly string[] {
  if (Array.isArray(value)) return value;
  return typeof value === 'string' ? [value] : [];
}
