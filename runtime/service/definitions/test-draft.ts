import type { Configuration } from '../../../schemas/configuration.ts';
import {
  type CaseCoverage,
  measureCaseCoverage,
  measureCoverage,
  type RanScript,
  runAdviceTest,
  scriptPlayer,
  type TestCoverage,
  type TestResult,
} from '../../engine/index.ts';

/** Runs every saved test of a configuration: its advice part and its script. `today` stands in for a missing as-at date. */
export function runSavedTests(configuration: Configuration, today: string): TestResult[] {
  return runAll(configuration, today).results;
}

/** The saved tests with what they touch of the drawings, statements, rules and rungs, and what they leave out (A6). */
export function runWithCoverage(
  configuration: Configuration,
  today: string,
): { results: TestResult[]; coverage: TestCoverage & CaseCoverage } {
  const { results, scripts } = runAll(configuration, today);
  const coverage = { ...measureCoverage(configuration, today), ...measureCaseCoverage(configuration, scripts) };
  return { results, coverage };
}

function runAll(configuration: Configuration, today: string): { results: TestResult[]; scripts: RanScript[] } {
  const play = scriptPlayer(configuration);
  const scripts: RanScript[] = [];
  const results = Object.values(configuration.test).map((test) => {
    const result = runAdviceTest(configuration, test, today);
    if (!test.script || !Object.hasOwn(configuration.workflow, test.workflow)) return result;
    const failed = scriptFailures(() => {
      const ran = play(test);
      scripts.push(ran);
      return ran.failures;
    });
    const failures = [...result.failures, ...failed];
    return { ...result, failures, passed: failures.length === 0 };
  });
  return { results, scripts };
}

/** A script that cannot be read fails its own test and no other. */
function scriptFailures(run: () => readonly string[]): readonly string[] {
  try {
    return run();
  } catch (error) {
    return [(error as Error).message];
  }
}
