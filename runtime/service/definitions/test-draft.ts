import type { Configuration } from '../../../schemas/configuration.ts';
import { runAdviceTest, scriptPlayer, type TestResult } from '../../engine/index.ts';

/** Runs every saved test of a configuration: its advice part and its script. `today` stands in for a missing as-at date. */
export function runSavedTests(configuration: Configuration, today: string): TestResult[] {
  const play = scriptPlayer(configuration);
  return Object.values(configuration.test).map((test) => {
    const result = runAdviceTest(configuration, test, today);
    if (!test.script || !Object.hasOwn(configuration.workflow, test.workflow)) return result;
    const failures = [...result.failures, ...scriptFailures(() => play(test).failures)];
    return { ...result, failures, passed: failures.length === 0 };
  });
}

/** A script that cannot be read fails its own test and no other. */
function scriptFailures(run: () => readonly string[]): readonly string[] {
  try {
    return run();
  } catch (error) {
    return [(error as Error).message];
  }
}
