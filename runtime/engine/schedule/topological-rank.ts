import type { LinkStore } from './link-store.ts';

/** A topological order kept under new links by Pearce and Kelly's algorithm: only the ranks between the two ends move (S9). */
export class TopologicalRank {
  readonly rank: Int32Array;
  private readonly links: LinkStore;
  private readonly seen: Int32Array;
  private readonly cameFrom: Int32Array;
  private stamp = 0;

  constructor(order: Int32Array, links: LinkStore) {
    this.links = links;
    this.rank = new Int32Array(order.length);
    for (let position = 0; position < order.length; position++) this.rank[order[position] as number] = position;
    this.seen = new Int32Array(order.length);
    this.cameFrom = new Int32Array(order.length);
  }

  /** Makes room for a link; answers the cycle it would close (task indexes, each leading to the next), or undefined when the order now allows it. */
  allow(from: number, to: number): number[] | undefined {
    if (from === to) return [from];
    const { rank } = this;
    if ((rank[from] as number) < (rank[to] as number)) return undefined;
    const after = this.collectAfter(to, from);
    if (after === undefined) return this.pathBack(from, to);
    const before = this.collectBefore(from, rank[to] as number);
    this.reorder(before, after);
    return undefined;
  }

  /** Tasks behind `to` up to the rank of `from`; undefined when `from` is among them. */
  private collectAfter(to: number, from: number): number[] | undefined {
    const { links, rank, seen, cameFrom } = this;
    const limit = rank[from] as number;
    const stamp = ++this.stamp;
    const found = [to];
    seen[to] = stamp;
    for (let head = 0; head < found.length; head++) {
      const u = found[head] as number;
      for (let slot = links.firstOut[u] as number; slot >= 0; slot = links.nextOut[slot] as number) {
        const v = links.to[slot] as number;
        if (seen[v] === stamp || (rank[v] as number) > limit) continue;
        seen[v] = stamp;
        cameFrom[v] = u;
        if (v === from) return undefined;
        found.push(v);
      }
    }
    return found;
  }

  private collectBefore(from: number, limit: number): number[] {
    const { links, rank, seen } = this;
    const stamp = ++this.stamp;
    const found = [from];
    seen[from] = stamp;
    for (let head = 0; head < found.length; head++) {
      const v = found[head] as number;
      for (let slot = links.firstIn[v] as number; slot >= 0; slot = links.nextIn[slot] as number) {
        const u = links.from[slot] as number;
        if (seen[u] === stamp || (rank[u] as number) < limit) continue;
        seen[u] = stamp;
        found.push(u);
      }
    }
    return found;
  }

  /** Shares out the ranks both groups held: first to those before the link, then to those after it, each in their old order. */
  private reorder(before: number[], after: number[]): void {
    const { rank } = this;
    const byRank = (a: number, b: number): number => (rank[a] as number) - (rank[b] as number);
    const tasks = [...before.sort(byRank), ...after.sort(byRank)];
    const ranks = tasks.map((task) => rank[task] as number).sort((a, b) => a - b);
    tasks.forEach((task, i) => {
      rank[task] = ranks[i] as number;
    });
  }

  private pathBack(from: number, to: number): number[] {
    const path: number[] = [];
    for (let u = from; u !== to; u = this.cameFrom[u] as number) path.push(u);
    path.push(to);
    return path.reverse();
  }
}
