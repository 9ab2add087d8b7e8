import { type Answers as AnswerMap, Answers } from '../../schemas/condition.ts';
import type { Configuration } from '../../schemas/configuration.ts';
import { LocalDate } from '../../schemas/ids.ts';
import {
  type AdviceBook,
  AdviceIndex,
  boundaryTests,
  buildAdviceBook,
  checkAnswers,
  explainAdvice,
} from '../engine/index.ts';
import { readArguments } from './arguments.ts';
import { loadSoundConfiguration } from './configuration-folder.ts';
import { type Io, parseJson, UsageError } from './io.ts';

const usage = 'usage: lintel advise DIR --workflow KEY --answers FILE --as-at DATE [--explain] [--boundaries] [--json]';

/**
 * `lintel advise`: the pack for one map of answers, or for each of an array of maps. With `--boundaries` also test documents
 * at both sides of every number and date the conditions compare with, each one answer away. Exit 0; 2 with a sentence when an
 * answer cannot be an answer to its question. Answers to questions that are not on the form do not count (A2).
 */
export async function run(args: readonly string[], io: Io): Promise<number> {
  const { words, options, flags } = readArguments(
    args,
    ['--workflow', '--answers', '--as-at'],
    ['--explain', '--boundaries', '--json'],
  );
  const [folder] = words;
  const workflow = options.get('--workflow');
  const file = options.get('--answers');
  const asAt = options.get('--as-at');
  if (folder === undefined || workflow === undefined || file === undefined || asAt === undefined)
    throw new UsageError(usage);
  if (!LocalDate.safeParse(asAt).success)
    throw new UsageError(`--as-at takes a date written YYYY-MM-DD, not "${asAt}"`);
  const { configuration } = loadSoundConfiguration(folder);
  const book = bookOf(configuration, workflow);
  const input = parseJson(io.read(file), file);
  const many = Array.isArray(input);
  const responses = (many ? input : [input]).map((item, index) =>
    readAnswers(item, many ? `${file}, entry ${index}` : file, book),
  );
  warnOfStrangers(configuration, responses, io);
  const index = new AdviceIndex(book);
  const results = responses.map((answers) => ({
    statements: index.select(answers, asAt),
    ...(flags.has('--explain') ? { explained: explainAdvice(book, answers, asAt) } : {}),
    ...(flags.has('--boundaries') ? { tests: boundaryTests(book, answers, asAt) } : {}),
  }));
  if (flags.has('--json')) io.print(JSON.stringify(many ? { results } : results[0]));
  else for (const { statements } of results) io.print(statements.map((key) => titled(book, key)).join('\n'));
  return 0;
}

function bookOf(configuration: Configuration, workflow: string): AdviceBook {
  if (Object.hasOwn(configuration.workflow, workflow)) return buildAdviceBook(configuration, workflow);
  const known = Object.keys(configuration.workflow).join(', ') || 'none';
  throw new UsageError(`there is no workflow "${workflow}"; the configuration has ${known}`);
}

function readAnswers(input: unknown, place: string, book: AdviceBook): AnswerMap {
  const parsed = Answers.safeParse(dropNulls(input));
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new UsageError(
      `${place}: ${issue?.path.join('/') ?? ''}: ${issue?.message ?? 'not a map of answers'}; expected a map from question to answer`,
    );
  }
  const problems = checkAnswers(book.questions, parsed.data);
  if (problems.length > 0) throw new UsageError(`${place}: ${problems.map((problem) => problem.message).join(' ')}`);
  return parsed.data;
}

/** A null is how many systems write "not answered". */
function dropNulls(input: unknown): unknown {
  if (typeof input !== 'object' || input === null || Array.isArray(input)) return input;
  return Object.fromEntries(Object.entries(input).filter(([, value]) => value !== null));
}

function warnOfStrangers(configuration: Configuration, responses: readonly AnswerMap[], io: Io): void {
  const known = new Set(Object.keys(configuration.question));
  for (const form of Object.values(configuration.form)) for (const key of Object.keys(form.questions)) known.add(key);
  const strangers = new Set(responses.flatMap((answers) => Object.keys(answers).filter((key) => !known.has(key))));
  if (strangers.size > 0)
    io.say(`lintel advise: no form asks ${[...strangers].join(', ')}; these answers do not count`);
}

function titled(book: AdviceBook, key: string): string {
  return `${key}\t${book.entries.find((entry) => entry.key === key)?.statement.title ?? ''}`;
}
