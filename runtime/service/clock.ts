import type { Instant } from '../../schemas/ids.ts';

/** The service's only source of time (D2, D8), in whole seconds (D9). */
export interface ServiceClock {
  now(): Instant;
  /** Moves the clock; only the preview and the sample cases do so. Listeners hear of it (the ticker looks at once). */
  set(now: Instant): void;
  /** Goes with real time again, `offset` seconds away from it. */
  follow(offset: number): void;
  offset(): number;
}

/** Real time plus an offset, or a fixed instant while sample cases are lived. */
export function createClock(readMilliseconds: () => number = Date.now): ServiceClock {
  let offset = 0;
  let fixed: Instant | null = null;
  const real = () => Math.floor(readMilliseconds() / 1000);
  return {
    now: () => fixed ?? real() + offset,
    set: (now) => {
      fixed = now;
    },
    follow: (seconds) => {
      fixed = null;
      offset = seconds;
    },
    offset: () => offset,
  };
}
