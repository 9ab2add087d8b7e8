import type { AdviceDocument } from '../../../schemas/advice.ts';
import type { Configuration } from '../../../schemas/configuration.ts';
import { buildAdviceBook } from './advice-book.ts';
import { linksOf, plainText, readMarkdown } from './markdown.ts';
import { statementDigest } from './pack.ts';
import { measureReadability, type Readability } from './readability.ts';

/** What a keeper of the statement bank wants to know of one statement (A7). */
export interface StatementRow {
  statement: string;
  title: string;
  section: string;
  /** Workflows that may advise it. */
  advisedIn: string[];
  readability: Readability;
  links: string[];
  source?: string;
  effectiveFrom?: string;
  effectiveTo?: string;
  reviewBy?: string;
  /** The review-by date is past. */
  reviewDue: boolean;
  /** Language variants and whether each is of the text as it is now. */
  translations: Record<string, 'current' | 'outOfDate'>;
}

/** Every statement with its readability, sources, dates and translations, by key; `today` is `YYYY-MM-DD`. */
export function describeStatements(
  configuration: Configuration,
  today: string,
  digestOf: (text: string) => string,
): StatementRow[] {
  const advisedIn = new Map<string, string[]>();
  for (const workflow of Object.keys(configuration.workflow).sort())
    for (const { key } of buildAdviceBook(configuration, workflow).entries)
      advisedIn.set(key, [...(advisedIn.get(key) ?? []), workflow]);
  const statements = Object.values(configuration.advice).sort((a, b) => (a.key < b.key ? -1 : 1));
  return statements.map((statement) => ({
    ...describeStatement(statement, today, digestOf),
    advisedIn: advisedIn.get(statement.key) ?? [],
  }));
}

function describeStatement(
  statement: AdviceDocument,
  today: string,
  digestOf: (text: string) => string,
): Omit<StatementRow, 'advisedIn'> {
  const { nodes } = readMarkdown(statement.body);
  const digest = statementDigest(statement, digestOf);
  const translations = Object.entries(statement.translations ?? {}).map(
    ([language, translation]) => [language, translation?.of === digest ? 'current' : 'outOfDate'] as const,
  );
  const { source, reviewBy, effectiveFrom, effectiveTo } = statement;
  return {
    statement: statement.key,
    title: statement.title,
    section: statement.section,
    readability: measureReadability(plainText(nodes)),
    links: linksOf(nodes),
    ...(source === undefined ? {} : { source }),
    ...(effectiveFrom === undefined ? {} : { effectiveFrom }),
    ...(effectiveTo === undefined ? {} : { effectiveTo }),
    ...(reviewBy === undefined ? {} : { reviewBy }),
    reviewDue: reviewBy !== undefined && reviewBy < today,
    translations: Object.fromEntries(translations),
  };
}
