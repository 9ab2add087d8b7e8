import { createHash } from 'node:crypto';

/** Chance from a seed: the same seed, the same numbers (mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Decides who goes on next: everybody who waits is resumed one at a time, in an order that the seed gives. */
export interface Scheduler {
  /** Waits for a turn. */
  turn(who: string): Promise<void>;
  /** Resumes one that waits; false when nobody does. */
  step(): Promise<boolean>;
  readonly log: string[];
  note(text: string): void;
  /** Digest of everybody's turns so far: the same seed, the same digest, in whatever company the seed is lived. */
  digest(): string;
}

export function createScheduler(random: () => number): Scheduler {
  const waiting: { who: string; resume: () => void }[] = [];
  const log: string[] = [];
  const turns = createHash('sha256');
  return {
    log,
    digest: () => turns.copy().digest('hex'),
    note: (text) => void log.push(text),
    turn: (who) => new Promise((resume) => void waiting.push({ who, resume })),
    async step() {
      // What was resumed runs until it waits again; the pump also gives way to the event loop by itself.
      for (let round = 0; round < 4; round++) await new Promise((resolve) => setImmediate(resolve));
      const [next] = waiting.splice(Math.floor(random() * waiting.length), 1);
      if (!next) return false;
      turns.update(`${next.who} of ${waiting.length}\n`);
      next.resume();
      return true;
    },
  };
}
