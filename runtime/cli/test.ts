import { writeFileSync } from 'node:fs';
import type { Configuration } from '../../schemas/configuration.ts';
import type { TestDocument } from '../../schemas/settings.ts';
import {
  measureCaseCoverage,
  measureCoverage,
  type RanScript,
  runAdviceTest,
  scriptPlayer,
  type TestResult,
} from '../engine/index.ts';
import { readArguments } from './arguments.ts';
import { loadSoundConfiguration } from './configuration-folder.ts';
import { type Io, UsageError } from './io.ts';

/** `lintel test DIR [--junit FILE] [--coverage]`: runs the saved tests; exit 1 when one fails. */
export async function run(args: readonly string[], io: Io): Promise<number> {
  const { words, options, flags } = readArguments(args, ['--junit'], ['--coverage', '--json']);
  const [folder] = words;
  if (folder === undefined) throw new UsageError('usage: lintel test DIR [--junit FILE] [--coverage] [--json]');
  const { configuration } = loadSoundConfiguration(folder);
  const today = new Date().toISOString().slice(0, 10);
  const tests = Object.values(configuration.test).sort((a, b) => (a.key < b.key ? -1 : 1));
  const scripts: RanScript[] = [];
  const play = scriptPlayer(configuration);
  const results = tests.map((test) => runTest(configuration, test, today, (one) => keep(scripts, play(one))));
  const failed = results.filter((result) => !result.passed).length;
  const coverage = flags.has('--coverage')
    ? { coverage: { ...measureCoverage(configuration, today), ...measureCaseCoverage(configuration, scripts) } }
    : {};
  const junit = options.get('--junit');
  if (junit !== undefined) writeFileSync(junit, toJunit(results));
  if (flags.has('--json')) io.print(JSON.stringify({ passed: results.length - failed, failed, results, ...coverage }));
  else {
    for (const result of results)
      io.print(
        [`${result.passed ? 'ok  ' : 'FAIL'} ${result.key} ${result.title}`, ...result.failures].join('\n     '),
      );
    for (const [what, { covered, total, missing }] of Object.entries(coverage.coverage ?? {}))
      io.print(`${what}: ${covered} of ${total}${missing.length === 0 ? '' : `; not ${missing.join(', ')}`}`);
  }
  if (tests.length === 0) io.say(`lintel test: ${folder} has no test documents`);
  return failed > 0 ? 1 : 0;
}

function keep(scripts: RanScript[], ran: RanScript): RanScript {
  scripts.push(ran);
  return ran;
}

function runTest(
  configuration: Configuration,
  test: TestDocument,
  today: string,
  play: (test: TestDocument) => RanScript,
): TestResult {
  const result = runAdviceTest(configuration, test, today);
  if (!test.script || !Object.hasOwn(configuration.workflow, test.workflow)) return result;
  const failures = [...result.failures, ...failuresOf(test, play)];
  return { ...result, failures, passed: failures.length === 0 };
}

/** A script that cannot be read fails its own test and no other. */
function failuresOf(test: TestDocument, play: (test: TestDocument) => RanScript): readonly string[] {
  try {
    return play(test).failures;
  } catch (error) {
    return [(error as Error).message];
  }
}

/** JUnit XML, one suite a workflow. */
function toJunit(results: readonly TestResult[]): string {
  const suites = new Map<string, TestResult[]>();
  for (const one of results) suites.set(one.workflow, [...(suites.get(one.workflow) ?? []), one]);
  const lines = [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites tests="${results.length}" failures="${results.filter((one) => !one.passed).length}">`,
  ];
  for (const [workflow, own] of suites) {
    lines.push(
      `  <testsuite name="${xml(workflow)}" tests="${own.length}" failures="${own.filter((one) => !one.passed).length}">`,
    );
    for (const one of own) {
      const failures = one.failures.map((failure) => `\n      <failure message="${xml(failure)}"/>`).join('');
      lines.push(
        `    <testcase classname="${xml(workflow)}" name="${xml(one.title)}"${failures === '' ? '/>' : `>${failures}\n    </testcase>`}`,
      );
    }
    lines.push('  </testsuite>');
  }
  return `${[...lines, '</testsuites>'].join('\n')}\n`;
}

/** Text for XML attributes; characters XML 1.0 cannot hold are left out. */
function xml(text: string): string {
  const legal = [...text].filter((letter) => letter >= ' ' || letter === '\t').join('');
  return legal.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/"/g, '&quot;');
}
