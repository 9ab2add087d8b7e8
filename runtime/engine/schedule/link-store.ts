import { linkTypeCode, linkWeight, type NetworkLink } from './network.ts';

/** Links that come and go: numbered slots, threaded into one list per predecessor and one per successor. -1 ends a list. */
export class LinkStore {
  readonly firstOut: Int32Array;
  readonly firstIn: Int32Array;
  from: Int32Array;
  to: Int32Array;
  nextOut: Int32Array;
  nextIn: Int32Array;
  type: Uint8Array;
  lag: Float64Array;
  private used = 0;
  private readonly unused: number[] = [];

  constructor(taskCount: number, capacity: number) {
    this.firstOut = new Int32Array(taskCount).fill(-1);
    this.firstIn = new Int32Array(taskCount).fill(-1);
    this.from = new Int32Array(capacity);
    this.to = new Int32Array(capacity);
    this.nextOut = new Int32Array(capacity);
    this.nextIn = new Int32Array(capacity);
    this.type = new Uint8Array(capacity);
    this.lag = new Float64Array(capacity);
  }

  /** Stores a link between two task indexes and answers its slot. */
  add(from: number, to: number, link: Pick<NetworkLink, 'type' | 'lag'>): number {
    const code = linkTypeCode(link.type);
    if (code === undefined) throw new Error(`expected a link type FS, SS, FF or SF, got "${link.type}"`);
    const slot = this.unused.pop() ?? this.nextSlot();
    this.from[slot] = from;
    this.to[slot] = to;
    this.type[slot] = code;
    this.lag[slot] = link.lag;
    this.nextOut[slot] = this.firstOut[from] as number;
    this.firstOut[from] = slot;
    this.nextIn[slot] = this.firstIn[to] as number;
    this.firstIn[to] = slot;
    return slot;
  }

  remove(slot: number): void {
    unthread(this.firstOut, this.nextOut, this.from[slot] as number, slot);
    unthread(this.firstIn, this.nextIn, this.to[slot] as number, slot);
    this.unused.push(slot);
  }

  /** The slot of a link between two task indexes, -1 where there is none. */
  find(from: number, to: number): number {
    let slot = this.firstOut[from] as number;
    while (slot >= 0 && this.to[slot] !== to) slot = this.nextOut[slot] as number;
    return slot;
  }

  /** Start-to-start weight of a link under the given durations (S2). */
  weight(slot: number, duration: Float64Array): number {
    const fromLength = duration[this.from[slot] as number] as number;
    const toLength = duration[this.to[slot] as number] as number;
    return linkWeight(this.type[slot] as number, this.lag[slot] as number, fromLength, toLength);
  }

  private nextSlot(): number {
    if (this.used === this.from.length) this.grow();
    return this.used++;
  }

  private grow(): void {
    const capacity = Math.max(16, this.from.length * 2);
    this.from = copyInto(new Int32Array(capacity), this.from);
    this.to = copyInto(new Int32Array(capacity), this.to);
    this.nextOut = copyInto(new Int32Array(capacity), this.nextOut);
    this.nextIn = copyInto(new Int32Array(capacity), this.nextIn);
    this.type = copyInto(new Uint8Array(capacity), this.type);
    this.lag = copyInto(new Float64Array(capacity), this.lag);
  }
}

function copyInto<T extends Int32Array | Uint8Array | Float64Array>(target: T, source: T): T {
  target.set(source);
  return target;
}

function unthread(first: Int32Array, next: Int32Array, task: number, slot: number): void {
  if (first[task] === slot) {
    first[task] = next[slot] as number;
    return;
  }
  let at = first[task] as number;
  while (next[at] !== slot) at = next[at] as number;
  next[at] = next[slot] as number;
}
