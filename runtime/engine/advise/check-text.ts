import type { AdviceDocument } from '../../../schemas/advice.ts';
import type { Configuration } from '../../../schemas/configuration.ts';
import type { Finding } from '../../../schemas/finding.ts';
import { type MarkdownProblem, plainText, readMarkdown } from './markdown.ts';
import { statementDigest } from './pack.ts';
import { packValues, placeholdersOf } from './placeholder.ts';
import { measureReadability } from './readability.ts';

/** Reading age above which a statement is reported (A7). */
const OLDEST_READING_AGE = 14;
/** The formula says little about fewer words than these. */
const FEWEST_WORDS = 20;
/** Words a sentence may have before it is reported (A7). */
const LONGEST_SENTENCE = 25;

/** What is wrong with the words of the statement bank: markup, links, placeholders, agencies, translations, reading age, subgroups (A7, A8). */
export function checkAdviceText(configuration: Configuration, digestOf: (text: string) => string): Finding[] {
  return Object.values(configuration.advice).flatMap((statement) =>
    checkStatementText(configuration, statement, digestOf),
  );
}

function checkStatementText(
  configuration: Configuration,
  statement: AdviceDocument,
  digestOf: (text: string) => string,
): Finding[] {
  const found = (
    code: string,
    severity: Finding['severity'],
    pointer: string,
    values: Record<string, unknown>,
    message: string,
  ): Finding => ({
    code,
    severity,
    document: `advice/${statement.key}`,
    pointer,
    values,
    message: `Statement "${statement.key}": ${message}`,
  });
  const { nodes, problems } = readMarkdown(statement.body);
  const findings = problems.map((problem) =>
    found(
      problem.code,
      severities[problem.code],
      '/body',
      { found: problem.found.slice(0, 200) },
      sentences[problem.code](problem.found.slice(0, 80)),
    ),
  );
  for (const placeholder of placeholdersOf(statement.body)) {
    if ('agency' in placeholder && !Object.hasOwn(configuration.agency, placeholder.agency)) {
      findings.push(
        found(
          'ADVICE_AGENCY_UNKNOWN',
          'error',
          '/body',
          { agency: placeholder.agency },
          `it names the agency "${placeholder.agency}", which does not exist. Name an agency of the configuration.`,
        ),
      );
    }
    if ('value' in placeholder && !packValues.includes(placeholder.value)) {
      findings.push(
        found(
          'ADVICE_PLACEHOLDER_UNKNOWN',
          'error',
          '/body',
          { placeholder: placeholder.value },
          `nobody can fill the placeholder {{${placeholder.value}}}. Use one of ${packValues.join(', ')}.`,
        ),
      );
    }
  }
  const readability = measureReadability(plainText(nodes));
  if (
    (readability.words >= FEWEST_WORDS && readability.readingAge > OLDEST_READING_AGE) ||
    readability.longestSentence > LONGEST_SENTENCE
  ) {
    findings.push(
      found(
        'ADVICE_HARD_TO_READ',
        'info',
        '/body',
        { ...readability },
        `its reading age is ${readability.readingAge} and its longest sentence has ${readability.longestSentence} words. Use shorter words and sentences.`,
      ),
    );
  }
  const subgroup = isAlwaysAdvised(configuration, statement) ? subgroupIn(plainText(nodes)) : undefined;
  if (subgroup)
    findings.push(
      found(
        'ADVICE_SUBGROUP',
        'warning',
        '/body',
        { words: subgroup },
        `everybody gets it, but "${subgroup}" speaks to some. Split it, so that each statement goes to those it is for (A8).`,
      ),
    );
  for (const [language, translation] of Object.entries(statement.translations ?? {})) {
    if (translation && translation.of !== statementDigest(statement, digestOf)) {
      findings.push(
        found(
          'ADVICE_TRANSLATION_OLD',
          'warning',
          `/translations/${language}`,
          { language },
          'its translation was made from an older text, so the pack gives the source language. Translate it again.',
        ),
      );
    }
  }
  return findings;
}

const severities: Readonly<Record<MarkdownProblem['code'], Finding['severity']>> = {
  TEXT_HTML: 'error',
  TEXT_LINK_REFUSED: 'error',
  TEXT_IMAGE: 'warning',
  TEXT_TOO_DEEP: 'error',
};

const sentences: Readonly<Record<MarkdownProblem['code'], (found: string) => string>> = {
  TEXT_HTML: (found) => `it holds HTML (${found}), which is shown as text. Write it in Markdown.`,
  TEXT_LINK_REFUSED: (found) =>
    `its link "${found}" is not followed. Link to a full https, http, mailto or tel address.`,
  TEXT_IMAGE: (found) => `it holds a picture (${found}), of which only the description is shown. Take the picture out.`,
  TEXT_TOO_DEEP: () => 'its quotes or lists nest too deep and are shown as plain text. Write it flatter.',
};

function isAlwaysAdvised(configuration: Configuration, statement: AdviceDocument): boolean {
  if (statement.scope === 'generic') return statement.when === undefined;
  return Object.values(configuration.workflow).some((workflow) =>
    Object.values(workflow.adviceRules).some(
      (rule) => rule.when === undefined && rule.statements.includes(statement.key),
    ),
  );
}

function subgroupIn(text: string): string | undefined {
  return /\bif (?:you|your|you're|someone|anyone|a member)\b(?: (?:are|have|were|is|has|get|live|need|want|care)\b)?[^.,;:\n]{0,40}/i
    .exec(text)?.[0]
    ?.trim();
}
