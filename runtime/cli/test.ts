import { writeFileSync } from 'node:fs';
import type { Configuration } from '../../schemas/configuration.ts';
import type { TestDocument } from '../../schemas/settings.ts';
import { measureCoverage, runAdviceTest, runScriptTest, type TestResult } from '../engine/index.ts';
import { readArguments } from './arguments.ts';
import { loadSoundConfiguration } from './configuration-folder.ts';
import { type Io, UsageError } from './io.ts';

/** Plays the script of a test on the compiled machines; answers one sentence a difference. */
export type ScriptRunner = (configuration: Configuration, test: TestDocument) => string[];

/** `lintel test DIR [--junit FILE] [--coverage]`: runs the saved tests; exit 1 when one fails, 2 when there is none to run. */
export async function run(args: readonly string[], io: Io, runScript: ScriptRunner = runScriptTest): Promise<number> {
  const { words, options, flags } = readArguments(args, ['--junit'], ['--coverage', '--json']);
  const [folder] = words;
  if (folder === undefined) throw new UsageError('usage: lintel test DIR [--junit FILE] [--coverage] [--json]');
  const { configuration } = loadSoundConfiguration(folder);
  const today = new Date().toISOString().slice(0, 10);
  const tests = Object.values(configuration.test).sort((a, b) => (a.key < b.key ? -1 : 1));
  const results = tests.map((test) => runTest(configuration, test, today, runScript));
  const failed = results.filter((result) => !result.passed).length;
  const coverage = flags.has('--coverage') ? { coverage: measureCoverage(configuration, today) } : {};
  const junit = options.get('--junit');
  if (junit !== undefined) writeFileSync(junit, toJunit(results));
  if (flags.has('--json')) io.print(JSON.stringify({ passed: results.length - failed, failed, results, ...coverage }));
  else
    for (const result of results)
      io.print(
        [`${result.passed ? 'ok  ' : 'FAIL'} ${result.key} ${result.title}`, ...result.failures].join('\n     '),
      );
  if (tests.length === 0) io.say(`lintel test: ${folder} has no test documents`);
  return failed > 0 ? 1 : 0;
}

type Ran = TestResult & { skippedScript?: true };

function runTest(
  configuration: Configuration,
  test: TestDocument,
  today: string,
  runScript: ScriptRunner | undefined,
): Ran {
  const result = runAdviceTest(configuration, test, today);
  if (!test.script) return result;
  if (!runScript) return { ...result, skippedScript: true };
  const failures = [...result.failures, ...runScript(configuration, test)];
  return { ...result, failures, passed: failures.length === 0 };
}

/** JUnit XML, one suite a workflow. */
function toJunit(results: readonly Ran[]): string {
  const suites = new Map<string, Ran[]>();
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
