import type { SampleRun } from '../document/play-engine.ts';

/** How often something was met among the cases in which it counted. */
export interface Chance {
  readonly met: number;
  readonly of: number;
}

/** What many sampled cases came to. */
export interface Chances {
  readonly runs: number;
  /** Days to the end of the work, one a case. */
  readonly days: readonly number[];
  readonly case: Chance;
  readonly clocks: Readonly<Record<string, Chance>>;
  readonly tasks: Readonly<Record<string, Chance>>;
}

const never: Chance = { met: 0, of: 0 };
export const noChances: Chances = { runs: 0, days: [], case: never, clocks: {}, tasks: {} };

/** Counts one more case. */
export function addRun(before: Chances, run: SampleRun): Chances {
  return {
    runs: before.runs + 1,
    days: [...before.days, run.seconds / 86_400],
    case: run.case === null ? before.case : count(before.case, run.case),
    clocks: countAll(before.clocks, run.clocks),
    tasks: countAll(before.tasks, run.tasks),
  };
}

/** The days within which that share of the cases ended. */
export function daysWithin(days: readonly number[], share: number): number {
  const sorted = [...days].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(share * sorted.length) - 1))] ?? 0;
}

function count({ met, of }: Chance, isMet: boolean): Chance {
  return { met: met + (isMet ? 1 : 0), of: of + 1 };
}

function countAll(
  before: Readonly<Record<string, Chance>>,
  met: Readonly<Record<string, boolean>>,
): Record<string, Chance> {
  const after: Record<string, Chance> = { ...before };
  for (const [key, isMet] of Object.entries(met)) after[key] = count(after[key] ?? never, isMet);
  return after;
}
