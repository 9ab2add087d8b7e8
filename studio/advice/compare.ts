import type { Answers } from '../../schemas/condition.ts';
import type { Configuration } from '../../schemas/configuration.ts';
import { buildAdviceBook, selectAdvice } from '../document/engine.ts';

/** What a household gets in one configuration and not, or otherwise worded, in another. */
export interface PackDifference {
  gained: string[];
  lost: string[];
  reworded: string[];
}

/** Compares the packs that the same answers bring; a workflow that one of them does not have brings nothing there. */
export function comparePacks(
  before: Configuration,
  after: Configuration,
  request: { workflow: string; answers: Answers; asAt: string },
): PackDifference {
  const [old, now] = [packOf(before, request), packOf(after, request)];
  const isReworded = (key: string) =>
    before.advice[key]?.body !== after.advice[key]?.body || before.advice[key]?.title !== after.advice[key]?.title;
  return {
    gained: now.filter((key) => !old.includes(key)),
    lost: old.filter((key) => !now.includes(key)),
    reworded: now.filter((key) => old.includes(key) && isReworded(key)),
  };
}

function packOf(
  configuration: Configuration,
  { workflow, answers, asAt }: { workflow: string; answers: Answers; asAt: string },
): string[] {
  if (!Object.hasOwn(configuration.workflow, workflow)) return [];
  return selectAdvice(buildAdviceBook(configuration, workflow), answers, asAt);
}
