import type { Queued } from './decide-group.ts';

/** A time in which the database was away: nothing was confirmed, so nothing was lost, but people were refused. */
export interface Outage {
  from: number;
  to: number;
  refused: number;
  why: string;
}

/** Follows when commands were refused because the database did not answer. */
export interface Outages {
  refused(group: readonly Queued[], why: unknown): void;
  /** A group went through. */
  over(at: number): void;
  onBack(hear: (outage: Outage) => Promise<void>): void;
}

export function followOutages(): Outages {
  let current: Omit<Outage, 'to'> | null = null;
  let listener: ((outage: Outage) => Promise<void>) | null = null;
  return {
    onBack(hear) {
      listener = hear;
    },
    refused(group, why) {
      const from = Math.min(...group.map(({ work }) => work.recordedAt));
      current ??= { from, refused: 0, why: why instanceof Error ? why.message : String(why) };
      current.refused += group.length;
    },
    over(at) {
      if (!current || !listener) return;
      const told = current;
      current = null;
      // Not written down after all: it is told with the next group that goes through.
      listener({ ...told, to: at }).catch(() => {
        current = { ...told, refused: told.refused + (current?.refused ?? 0) };
      });
    },
  };
}
