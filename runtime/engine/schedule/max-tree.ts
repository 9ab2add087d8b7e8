/** The greatest of n values, kept under single changes in O(log n); 0 when there is none. */
export class MaxTree {
  private readonly leaves: number;
  private readonly nodes: Float64Array;

  constructor(values: Float64Array) {
    let leaves = 1;
    while (leaves < values.length) leaves *= 2;
    this.leaves = leaves;
    this.nodes = new Float64Array(2 * leaves);
    this.nodes.set(values, leaves);
    for (let i = leaves - 1; i > 0; i--) this.nodes[i] = this.greater(i);
  }

  get max(): number {
    return this.nodes[1] as number;
  }

  set(index: number, value: number): void {
    let i = index + this.leaves;
    this.nodes[i] = value;
    for (i >>= 1; i > 0; i >>= 1) {
      const greater = this.greater(i);
      if (this.nodes[i] === greater) return;
      this.nodes[i] = greater;
    }
  }

  private greater(i: number): number {
    return Math.max(this.nodes[2 * i] as number, this.nodes[2 * i + 1] as number);
  }
}
