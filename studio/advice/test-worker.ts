// Runs the saved tests of a workflow beside the page, so that they are red or green while rules are written.
import '../app/jitless.ts';
import { runAdviceTest } from '../../runtime/engine/index.ts';
import type { Configuration } from '../../schemas/configuration.ts';
import { emptyConfiguration } from '../../schemas/empty-configuration.ts';

export interface TestRequest {
  id: number;
  today: string;
  parts: Pick<Configuration, 'workflow' | 'form' | 'question' | 'advice' | 'test'>;
}

export interface TestAnswer {
  id: number;
  /** By key of the test; nothing wrong where the list is empty. */
  failures: Record<string, string[]>;
}

self.addEventListener('message', ({ data }: MessageEvent<TestRequest>) => {
  const configuration = { ...emptyConfiguration(), ...data.parts } as Configuration;
  const failures = Object.values(configuration.test).map((test): [string, string[]] => [
    test.key,
    runAdviceTest(configuration, test, data.today).failures,
  ]);
  const answer: TestAnswer = { id: data.id, failures: Object.fromEntries(failures) };
  self.postMessage(answer);
});
