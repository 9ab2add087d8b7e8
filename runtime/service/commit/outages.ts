/** A time in which the database was away: nothing was confirmed, so nothing was lost, but people were refused. */
export interface Outage {
  from: number;
  to: number;
  refused: number;
  why: string;
}

/** Follows when commands were refused because the database did not answer. */
export interface Outages {
  /** Requests were refused, the first of them at an instant. */
  refused(at: number, requests: number, why: unknown): void;
  /** A group went through. */
  over(at: number): void;
  /** Tells, once commands go through again, that they did not for a while; an outage whose hearer fails is told again later. */
  onBack(hear: (outage: Outage) => Promise<void>): void;
}

export function followOutages(): Outages {
  let current: Omit<Outage, 'to'> | null = null;
  let listener: ((outage: Outage) => Promise<void>) | null = null;
  return {
    onBack(hear) {
      listener = hear;
    },
    refused(at, requests, why) {
      current ??= { from: at, refused: 0, why: why instanceof Error ? why.message : String(why) };
      current.refused += requests;
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
