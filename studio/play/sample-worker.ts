// Lives many cases beside the page: each takes tens of milliseconds, and a chance needs a thousand.
import '../app/jitless.ts';
import type { Answers } from '../../schemas/condition.ts';
import type { Configuration } from '../../schemas/configuration.ts';
import {
  type AssumedLength,
  playGroundOf,
  sampleCase,
  sampleDirectory,
  withoutLadders,
} from '../document/play-engine.ts';
import { addRun, type Chances, noChances } from './chances.ts';
import { seededRandom } from './seeded-random.ts';

/** What is to be sampled; the same seed gives the same cases. */
export interface SampleRequest {
  configuration: Configuration;
  workflow: string;
  startAt: number;
  answers: Answers;
  assumed: AssumedLength;
  runs: number;
  seed: number;
}

export type SampleAnswer = { chances: Chances; done: boolean } | { problem: string };

const BATCH = 10;

self.addEventListener('message', ({ data }: MessageEvent<SampleRequest>) => {
  try {
    sample(data);
  } catch (error) {
    self.postMessage({ problem: error instanceof Error ? error.message : String(error) } satisfies SampleAnswer);
  }
});

function sample({ configuration, workflow, startAt, answers, assumed, runs, seed }: SampleRequest): void {
  const drawn = configuration.workflow[workflow];
  if (!drawn) throw new Error(`There is no workflow ${workflow}.`);
  const ground = playGroundOf(withoutLadders(configuration, drawn), workflow, sampleDirectory(configuration));
  const random = seededRandom(seed);
  let chances = noChances;
  for (let run = 1; run <= runs; run++) {
    chances = addRun(chances, sampleCase(ground, { startAt, answers, assumed, random }));
    if (run % BATCH === 0 || run === runs) self.postMessage({ chances, done: run === runs } satisfies SampleAnswer);
  }
}
