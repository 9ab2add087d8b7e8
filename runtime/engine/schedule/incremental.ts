import { fingerprintSchedule } from './generate.ts';
import { LinkStore } from './link-store.ts';
import { MaxTree } from './max-tree.ts';
import { linkTypes, type Network, type NetworkLink } from './network.ts';
import { computeSchedule } from './pass.ts';
import { RankHeap } from './rank-heap.ts';
import { TopologicalRank } from './topological-rank.ts';

/** Answer to a new link: made, or refused with the cycle it would close (task ids, each leading to the next, not closed) (S8). */
export type LinkAnswer = { readonly made: true } | { readonly made: false; readonly cycle: readonly string[] };

/**
 * A schedule that follows single edits: only heads and tails that change are visited (S9). A head is the early start;
 * a tail is the time from a task's start to the end of all that waits for it, so tails do not depend on the makespan.
 */
export class IncrementalSchedule {
  readonly ids: readonly string[];
  private readonly indexOf: ReadonlyMap<string, number>;
  private readonly duration: Float64Array;
  private readonly head: Float64Array;
  private readonly tail: Float64Array;
  private readonly links: LinkStore;
  private readonly order: TopologicalRank;
  private readonly finishes: MaxTree;
  private readonly forward: RankHeap;
  private readonly backward: RankHeap;

  constructor(network: Network) {
    const full = computeSchedule(network);
    this.ids = network.ids;
    this.indexOf = network.indexOf;
    this.duration = network.duration.slice();
    this.head = full.earlyStart;
    this.tail = full.lateStart.map((late) => full.makespan - late);
    this.links = copyLinks(network);
    const order = new TopologicalRank(network.order, this.links);
    this.order = order;
    this.finishes = new MaxTree(full.earlyFinish);
    this.forward = new RankHeap(network.taskCount, (task) => order.rank[task] as number);
    this.backward = new RankHeap(network.taskCount, (task) => -(order.rank[task] as number));
  }

  get makespan(): number {
    return this.finishes.max;
  }

  hasTask(id: string): boolean {
    return this.indexOf.has(id);
  }

  hasLink(from: string, to: string): boolean {
    return this.links.find(this.index(from), this.index(to)) >= 0;
  }

  /** Early and late start and total float of one task; throws for an unknown id. */
  task(id: string): { earlyStart: number; lateStart: number; totalFloat: number } {
    const index = this.index(id);
    const earlyStart = this.head[index] as number;
    const lateStart = this.makespan - (this.tail[index] as number);
    return { earlyStart, lateStart, totalFloat: lateStart - earlyStart };
  }

  /** Changes a duration (0 or more, in the unit of the axis). */
  setDuration(id: string, duration: number): void {
    if (!(duration >= 0 && duration < Infinity)) throw new Error(`expected a duration of 0 or more, got ${duration}`);
    const task = this.index(id);
    const { links } = this;
    this.duration[task] = duration;
    this.finishes.set(task, (this.head[task] as number) + duration);
    this.forward.push(task);
    this.backward.push(task);
    for (let slot = links.firstOut[task] as number; slot >= 0; slot = links.nextOut[slot] as number) {
      this.forward.push(links.to[slot] as number);
    }
    for (let slot = links.firstIn[task] as number; slot >= 0; slot = links.nextIn[slot] as number) {
      this.backward.push(links.from[slot] as number);
    }
    this.settle();
  }

  /** Changes the lag of the link between two tasks; throws where there is none. */
  setLag(from: string, to: string, lag: number): void {
    const slot = this.slot(from, to);
    this.links.lag[slot] = lag;
    this.settleEnds(this.links.from[slot] as number, this.links.to[slot] as number);
  }

  /** Adds a link; one that would close a cycle is refused and changes nothing (S8). */
  addLink(link: NetworkLink): LinkAnswer {
    const from = this.index(link.from);
    const to = this.index(link.to);
    const cycle = this.order.allow(from, to);
    if (cycle !== undefined) return { made: false, cycle: cycle.map((task) => this.ids[task] as string) };
    this.links.add(from, to, link);
    this.settleEnds(from, to);
    return { made: true };
  }

  /** Removes the link between two tasks; throws where there is none. */
  removeLink(from: string, to: string): void {
    const slot = this.slot(from, to);
    this.links.remove(slot);
    this.settleEnds(this.index(from), this.index(to));
  }

  /** How many tasks have a total float of 0 or less (S5). */
  countCritical(): number {
    const { head, tail, makespan } = this;
    let count = 0;
    for (let i = 0; i < head.length; i++) if (makespan - (tail[i] as number) - (head[i] as number) <= 0) count++;
    return count;
  }

  /** Starts and floats of all tasks, in listed order. */
  dates(): { earlyStart: Float64Array; lateStart: Float64Array; totalFloat: Float64Array; freeFloat: Float64Array } {
    const { head, tail, makespan } = this;
    const earlyStart = head.slice();
    const lateStart = tail.map((length) => makespan - length);
    const totalFloat = lateStart.map((late, i) => late - (head[i] as number));
    const freeFloat = head.map((_, i) => this.freeFloat(i));
    return { earlyStart, lateStart, totalFloat, freeFloat };
  }

  /** Fingerprint of the whole schedule, see `fingerprintSchedule`. */
  fingerprint(): string {
    return fingerprintSchedule(this.dates());
  }

  private freeFloat(task: number): number {
    const { links, head, duration } = this;
    const start = head[task] as number;
    let free = this.makespan - start - (duration[task] as number);
    for (let slot = links.firstOut[task] as number; slot >= 0; slot = links.nextOut[slot] as number) {
      const slack = (head[links.to[slot] as number] as number) - start - links.weight(slot, duration);
      if (slack < free) free = slack;
    }
    return free;
  }

  private settleEnds(from: number, to: number): void {
    this.forward.push(to);
    this.backward.push(from);
    this.settle();
  }

  /** Carries changes on in order of rank and stops where nothing moves. */
  private settle(): void {
    const { forward, backward, links, head, tail, duration, finishes } = this;
    while (!forward.isEmpty) {
      const task = forward.pop();
      const start = this.headOf(task);
      if (start === head[task]) continue;
      head[task] = start;
      finishes.set(task, start + (duration[task] as number));
      for (let slot = links.firstOut[task] as number; slot >= 0; slot = links.nextOut[slot] as number) {
        forward.push(links.to[slot] as number);
      }
    }
    while (!backward.isEmpty) {
      const task = backward.pop();
      const length = this.tailOf(task);
      if (length === tail[task]) continue;
      tail[task] = length;
      for (let slot = links.firstIn[task] as number; slot >= 0; slot = links.nextIn[slot] as number) {
        backward.push(links.from[slot] as number);
      }
    }
  }

  private headOf(task: number): number {
    const { links, head, duration } = this;
    let start = 0;
    for (let slot = links.firstIn[task] as number; slot >= 0; slot = links.nextIn[slot] as number) {
      const bound = (head[links.from[slot] as number] as number) + links.weight(slot, duration);
      if (bound > start) start = bound;
    }
    return start;
  }

  private tailOf(task: number): number {
    const { links, tail, duration } = this;
    let length = duration[task] as number;
    for (let slot = links.firstOut[task] as number; slot >= 0; slot = links.nextOut[slot] as number) {
      const bound = (tail[links.to[slot] as number] as number) + links.weight(slot, duration);
      if (bound > length) length = bound;
    }
    return length;
  }

  private index(id: string): number {
    const index = this.indexOf.get(id);
    if (index === undefined) throw new Error(`expected a task of the network, got "${id}"`);
    return index;
  }

  private slot(from: string, to: string): number {
    const slot = this.links.find(this.index(from), this.index(to));
    if (slot < 0) throw new Error(`expected a link from "${from}" to "${to}", there is none`);
    return slot;
  }
}

function copyLinks(network: Network): LinkStore {
  const store = new LinkStore(network.taskCount, network.linkCount + 16);
  for (let k = 0; k < network.linkCount; k++) {
    const from = network.from[k] as number;
    if (from < 0) continue;
    const type = linkTypes[network.type[k] as number] ?? 'FS';
    store.add(from, network.to[k] as number, { type, lag: network.lag[k] as number });
  }
  return store;
}
