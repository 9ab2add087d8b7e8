import type { Configuration } from '../../schemas/configuration.ts';
import type { Finding } from '../../schemas/finding.ts';

/** How long nothing must change before cases are lived. */
const QUIET_MS = 500;

/** Lives the cases of one workflow, and answers what that found. */
type Live = (configuration: Configuration, workflow: string) => readonly Finding[];
/** Calls a step later, so that an edit that came meanwhile is heard first. */
type Later = (step: () => void, milliseconds: number) => unknown;

/**
 * Lives cases of the workflows one after the other while nobody edits (R2); the next edit stops it. What was found of a
 * workflow stays until its cases were lived again.
 */
export class Exploring {
  readonly #live: Live;
  readonly #later: Later;
  readonly #found = new Map<string, readonly Finding[]>();
  #round = 0;

  // A browser's timer must not be called as a method of something else.
  constructor(live: Live, later: Later = (step, milliseconds) => setTimeout(step, milliseconds)) {
    this.#live = live;
    this.#later = later;
  }

  /** What living cases has found so far. */
  get findings(): Finding[] {
    return [...this.#found.values()].flat();
  }

  /** Begins again, with the workflows named `first`; `tell` hears after each how many are left. */
  start(configuration: Configuration, first: ReadonlySet<string>, tell: (left: number) => void): void {
    const round = ++this.#round;
    const keys = Object.keys(configuration.workflow);
    for (const key of this.#found.keys()) if (!Object.hasOwn(configuration.workflow, key)) this.#found.delete(key);
    const queue = [...keys.filter((key) => first.has(key)), ...keys.filter((key) => !first.has(key))];
    const step = (): void => {
      if (round !== this.#round) return;
      const key = queue.shift();
      if (key !== undefined) this.#found.set(key, this.#live(configuration, key));
      tell(queue.length);
      if (queue.length > 0) this.#later(step, 0);
    };
    this.#later(step, QUIET_MS);
  }
}
