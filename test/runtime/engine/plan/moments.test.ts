import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  eachRun,
  keepEarlier,
  keepLater,
  laterOf,
  type Moments,
  mapRuns,
  Runs,
} from '../../../../runtime/engine/plan/moments.ts';

const LAUNCHES = 12;

interface Told {
  at: number;
  day: number;
}

/** By launch, as few numbers as make runs, ties of the instant with another day, and what never comes. */
const launches = fc.array(
  fc.record({ at: fc.constantFrom(1, 2, 3, Number.POSITIVE_INFINITY), day: fc.constantFrom(1, 2) }),
  { minLength: LAUNCHES, maxLength: LAUNCHES },
);

function toMoments(told: readonly Told[]): Moments {
  const runs = new Runs(told.length);
  for (const [n, { at, day }] of told.entries()) runs.add(at, day, n + 1);
  return runs.done();
}

function spread({ at, day, until }: Moments): Told[] {
  return Array.from(at).flatMap((instant, run) =>
    Array.from({ length: (until[run] ?? 0) - (until[run - 1] ?? 0) }, () => ({ at: instant, day: day[run] ?? 0 })),
  );
}

describe('moments by launch', () => {
  it('say what was told, launches that meet as one run', () => {
    fc.assert(
      fc.property(launches, (told) => {
        const moments = toMoments(told);
        expect(spread(moments)).toEqual(told);
        const changes = told.filter(({ at, day }, n) => at !== told[n - 1]?.at || day !== told[n - 1]?.day);
        expect(moments.at.length).toBe(changes.length);
      }),
    );
  });

  it('keep what they were when others are put together after them', () => {
    const first = toMoments([{ at: 1, day: 1 }]);
    toMoments([{ at: 2, day: 2 }]);
    expect(spread(first)).toEqual([{ at: 1, day: 1 }]);
  });

  it('are the later of two, launch by launch; the one itself where the other is never later', () => {
    fc.assert(
      fc.property(launches, launches, (a, b) => {
        const [start, bound] = [toMoments(a), toMoments(b)];
        const later = laterOf(start, bound);
        expect(spread(later)).toEqual(a.map((one, n) => ((b[n]?.at ?? 0) > one.at ? b[n] : one)));
        if (a.every((one, n) => one.at >= (b[n]?.at ?? 0))) expect(later).toBe(start);
      }),
    );
  });

  it('are changed run by run', () => {
    fc.assert(
      fc.property(launches, (told) => {
        const change = ({ at, day }: Told): Told => ({ at: at === 2 ? 1 : at, day: 3 - day });
        expect(spread(mapRuns(toMoments(told), (at, day) => change({ at, day })))).toEqual(told.map(change));
      }),
    );
  });

  it('are gone through two at a time, and held against instants', () => {
    fc.assert(
      fc.property(launches, launches, (a, b) => {
        const pairs: [number, number][] = [];
        const [first, second] = [toMoments(a), toMoments(b)];
        eachRun(first, second, (i, j, until) => {
          while (pairs.length < until) pairs.push([first.at[i] ?? 0, second.at[j] ?? 0]);
        });
        expect(pairs).toEqual(a.map(({ at }, n) => [at, b[n]?.at]));
        const [late, early] = [Float64Array.from(a, ({ at }) => at), Float64Array.from(a, ({ at }) => at)];
        keepLater(late, second);
        keepEarlier(early, second);
        expect([...late]).toEqual(pairs.map((pair) => Math.max(...pair)));
        expect([...early]).toEqual(pairs.map((pair) => Math.min(...pair)));
      }),
    );
  });
});
