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
    checkStatementText(statement, {
      agencies: configuration.agency,
      isAlways: isAlwaysAdvised(configuration, statement),
      digestOf,
    }),
  );
}

/** What the words of one statement are looked at beside. */
interface TextContext {
  readonly agencies: Configuration['agency'];
  /** Whether everybody gets the statement. */
  readonly isAlways: boolean;
  readonly digestOf: (text: string) => string;
}

type Say = (
  code: string,
  severity: Finding['severity'],
  pointer: string,
  values: Record<string, unknown>,
  message: string,
) => Finding;

/** As `checkAdviceText`, for one statement. */
export function checkStatementText(statement: AdviceDocument, context: TextContext): Finding[] {
  const say: Say = (code, severity, pointer, values, message) => ({
    code,
    severity,
    document: `advice/${statement.key}`,
    pointer,
    values,
    message: `Statement "${statement.key}": ${message}`,
  });
  const { nodes, problems } = readMarkdown(statement.body);
  const text = plainText(nodes);
  return [
    ...markupFindings(problems, '/body', say),
    ...placeholderFindings(context.agencies, statement.body, '/body', say),
    ...readabilityFindings(text, say),
    ...(context.isAlways ? subgroupFindings(text, say) : []),
    ...translationFindings(context, statement, say),
  ];
}

function markupFindings(problems: readonly MarkdownProblem[], pointer: string, say: Say): Finding[] {
  return problems.map(({ code, found }) =>
    say(code, severities[code], pointer, { found: found.slice(0, 200) }, sentences[code](found.slice(0, 80))),
  );
}

function placeholderFindings(agencies: Configuration['agency'], text: string, pointer: string, say: Say): Finding[] {
  return placeholdersOf(text).flatMap((placeholder) => {
    if ('agency' in placeholder) {
      const { agency } = placeholder;
      if (Object.hasOwn(agencies, agency)) return [];
      const message = `it names the agency "${agency}", which does not exist. Name an agency of the configuration.`;
      return [say('ADVICE_AGENCY_UNKNOWN', 'error', pointer, { agency }, message)];
    }
    const { value } = placeholder;
    if (packValues.includes(value)) return [];
    const message = `nobody can fill the placeholder {{${value}}}. Use one of ${packValues.join(', ')}.`;
    return [say('ADVICE_PLACEHOLDER_UNKNOWN', 'error', pointer, { placeholder: value }, message)];
  });
}

function readabilityFindings(text: string, say: Say): Finding[] {
  const readability = measureReadability(text);
  const isHard = readability.words >= FEWEST_WORDS && readability.readingAge > OLDEST_READING_AGE;
  if (!isHard && readability.longestSentence <= LONGEST_SENTENCE) return [];
  const message = `its reading age is ${readability.readingAge} and its longest sentence has ${readability.longestSentence} words. Use shorter words and sentences.`;
  return [say('ADVICE_HARD_TO_READ', 'info', '/body', { ...readability }, message)];
}

function subgroupFindings(text: string, say: Say): Finding[] {
  const words = subgroupIn(text);
  if (!words) return [];
  const message = `everybody gets it, but "${words}" speaks to some. Split it, so that each statement goes to those it is for (A8).`;
  return [say('ADVICE_SUBGROUP', 'warning', '/body', { words }, message)];
}

/** A translation is text people are given as well: it must be of the text as it is, and hold to the same rules. */
function translationFindings({ agencies, digestOf }: TextContext, statement: AdviceDocument, say: Say): Finding[] {
  if (!statement.translations) return [];
  const digest = statementDigest(statement, digestOf);
  return Object.entries(statement.translations).flatMap(([language, translation]) => {
    if (!translation) return [];
    const pointer = `/translations/${language}`;
    const message =
      'its translation was made from an older text, so the pack gives the source language. Translate it again.';
    const old =
      translation.of === digest ? [] : [say('ADVICE_TRANSLATION_OLD', 'warning', pointer, { language }, message)];
    return [
      ...old,
      ...markupFindings(readMarkdown(translation.body).problems, `${pointer}/body`, say),
      ...placeholderFindings(agencies, translation.body, `${pointer}/body`, say),
    ];
  });
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
