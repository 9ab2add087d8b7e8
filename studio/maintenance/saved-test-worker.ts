// Runs one saved test beside the page: its advice and its script.
import '../app/jitless.ts';
import { buildAdviceBook, runAdviceTest, scriptPlayer, selectAdvice } from '../../runtime/engine/index.ts';
import type { Configuration } from '../../schemas/configuration.ts';

export interface SavedTestRequest {
  id: number;
  today: string;
  configuration: Configuration;
  test: string;
}

export interface SavedTestAnswer {
  id: number;
  /** Statements of the pack, in its order; null where it cannot be put together. */
  statements: string[] | null;
  adviceFailures: string[];
  /** Null where the test has no script. */
  scriptFailures: string[] | null;
  /** Why it cannot be run at all. */
  problem: string | null;
}

self.addEventListener('message', ({ data }: MessageEvent<SavedTestRequest>) => self.postMessage(answerTo(data)));

function answerTo({ id, today, configuration, test: key }: SavedTestRequest): SavedTestAnswer {
  const nothing = { id, statements: null, adviceFailures: [], scriptFailures: null, problem: null };
  const test = configuration.test[key];
  if (!test) return { ...nothing, problem: 'This test was deleted.' };
  if (!configuration.workflow[test.workflow])
    return { ...nothing, problem: `There is no workflow “${test.workflow}”: choose another for this test.` };
  try {
    const advised = runAdviceTest(configuration, test, today);
    const book = buildAdviceBook(configuration, test.workflow);
    const played = test.script ? scriptPlayer(configuration)(test) : undefined;
    return {
      id,
      statements: selectAdvice(book, test.answers ?? {}, test.asAt ?? today),
      adviceFailures: advised.failures,
      scriptFailures: played ? [...played.failures] : null,
      problem: null,
    };
  } catch (error) {
    return { ...nothing, problem: `It cannot be run as it stands: ${(error as Error).message}` };
  }
}
