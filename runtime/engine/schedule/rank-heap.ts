/** A queue of task indexes that answers the lowest key first and holds each task once; keys are ranks of a topological order (S9). */
export class RankHeap {
  private readonly items: Int32Array;
  private readonly queued: Uint8Array;
  private readonly keyOf: (task: number) => number;
  private size = 0;

  constructor(capacity: number, keyOf: (task: number) => number) {
    this.items = new Int32Array(capacity);
    this.queued = new Uint8Array(capacity);
    this.keyOf = keyOf;
  }

  get isEmpty(): boolean {
    return this.size === 0;
  }

  /** Adds a task unless it already waits. */
  push(task: number): void {
    if (this.queued[task]) return;
    this.queued[task] = 1;
    const { items, keyOf } = this;
    const key = keyOf(task);
    let at = this.size++;
    while (at > 0) {
      const up = (at - 1) >> 1;
      const parent = items[up] as number;
      if (keyOf(parent) <= key) break;
      items[at] = parent;
      at = up;
    }
    items[at] = task;
  }

  /** Takes the task of the lowest key; the queue must not be empty. */
  pop(): number {
    const { items, keyOf } = this;
    const first = items[0] as number;
    this.queued[first] = 0;
    const size = --this.size;
    const last = items[size] as number;
    const key = keyOf(last);
    let at = 0;
    for (;;) {
      let down = 2 * at + 1;
      if (down >= size) break;
      if (down + 1 < size && keyOf(items[down + 1] as number) < keyOf(items[down] as number)) down++;
      const child = items[down] as number;
      if (keyOf(child) >= key) break;
      items[at] = child;
      at = down;
    }
    items[at] = last;
    return first;
  }
}
