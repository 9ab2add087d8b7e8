import type { CheckAnswer } from './check-worker.ts';

/** Room for an answer; what is larger is sent as a message. */
const BYTES = 1 << 18;
/** The number of the answer and its length in bytes stand before it. */
const HEAD = 2;

/** The memory that the page and its checker both see; undefined where the browser does not let them share any. */
export function newSharedMemory(): SharedArrayBuffer | undefined {
  return globalThis.crossOriginIsolated
    ? new SharedArrayBuffer(HEAD * Int32Array.BYTES_PER_ELEMENT + BYTES)
    : undefined;
}

/**
 * An answer left where the page sees it at once: a message is heard only after the next frame has been drawn, so that findings
 * would come a frame or two after the plan. One writes, one reads, and nothing is written before the last one was taken.
 */
export class SharedAnswer {
  readonly #head: Int32Array;
  readonly #bytes: Uint8Array;

  constructor(memory: SharedArrayBuffer) {
    this.#head = new Int32Array(memory, 0, HEAD);
    this.#bytes = new Uint8Array(memory, HEAD * Int32Array.BYTES_PER_ELEMENT);
  }

  /** Leaves the answer of this number; false where it has no room. */
  write(turn: number, answer: CheckAnswer): boolean {
    const bytes = new TextEncoder().encode(JSON.stringify(answer));
    if (bytes.length > this.#bytes.length) return false;
    this.#bytes.set(bytes);
    Atomics.store(this.#head, 1, bytes.length);
    Atomics.store(this.#head, 0, turn);
    return true;
  }

  /** The answer of this number, once it is there. */
  read(turn: number): CheckAnswer | undefined {
    if (Atomics.load(this.#head, 0) !== turn) return undefined;
    // A decoder reads no memory that somebody else may write to.
    const bytes = this.#bytes.slice(0, Atomics.load(this.#head, 1));
    return JSON.parse(new TextDecoder().decode(new Uint8Array(bytes)));
  }
}
