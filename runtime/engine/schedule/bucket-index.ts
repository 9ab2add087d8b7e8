/** Sorted numbers with a table of equal buckets over their range: a look-up takes a few steps where they lie evenly, as opening hours do. */
export class BucketIndex {
  private readonly sorted: Float64Array;
  private readonly first: number;
  private readonly perUnit: number;
  /** `low[b]` is how many numbers lie before bucket b; two longer than there are buckets. */
  private readonly low: Int32Array;

  constructor(sorted: Float64Array) {
    this.sorted = sorted;
    const count = sorted.length;
    this.first = sorted[0] ?? 0;
    const range = (sorted[count - 1] ?? 0) - this.first;
    this.perUnit = range > 0 ? count / range : 0;
    this.low = new Int32Array(count + 3);
    for (let i = 0; i < count; i++) {
      const next = this.bucket(sorted[i] as number) + 1;
      this.low[next] = (this.low[next] as number) + 1;
    }
    for (let b = 1; b < this.low.length; b++) this.low[b] = (this.low[b] as number) + (this.low[b - 1] as number);
  }

  /** Index of the last number at most x, -1 where all are greater. */
  lastAtMost(x: number): number {
    if (!(x >= this.first)) return -1;
    const { sorted } = this;
    const b = this.bucket(x);
    let from = this.low[b] as number;
    let until = this.low[b + 1] as number;
    while (from < until) {
      const middle = (from + until) >>> 1;
      if ((sorted[middle] as number) <= x) from = middle + 1;
      else until = middle;
    }
    return from - 1;
  }

  /** Index of the last number below x, -1 where none is; the numbers must be apart. */
  lastBelow(x: number): number {
    const k = this.lastAtMost(x);
    return k >= 0 && this.sorted[k] === x ? k - 1 : k;
  }

  private bucket(x: number): number {
    const b = Math.floor((x - this.first) * this.perUnit);
    return b > this.sorted.length ? this.sorted.length + 1 : b;
  }
}
