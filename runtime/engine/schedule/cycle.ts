/** Links that run in a circle: the strongly connected sets and one concrete cycle, each link leading to the next index (S8). */
export interface CycleReport {
  readonly sccs: readonly (readonly number[])[];
  readonly cycle: readonly number[];
}

/** Outgoing links of each task: the slots `outStart[u]` to `outStart[u + 1]` of `outTo`. */
export interface OutgoingLinks {
  readonly outStart: Int32Array;
  readonly outTo: Int32Array;
}

/** Names the sets of tasks that wait for each other (self links too) and one shortest cycle; `ordered` are the tasks known to be free (S8). */
export function findCycles(out: OutgoingLinks, ordered: Int32Array, n: number): CycleReport {
  const free = new Uint8Array(n);
  for (const u of ordered) free[u] = 1;
  const sccs = stronglyConnectedSets(out, free, n);
  const smallest = sccs.reduce((best, set) => (set.length < best.length ? set : best), sccs[0] ?? []);
  return { sccs, cycle: cycleWithin(out, smallest, n) };
}

/** Tarjan's algorithm with an explicit stack: a chain of 100,000 tasks must not exhaust the call stack. */
function stronglyConnectedSets({ outStart, outTo }: OutgoingLinks, free: Uint8Array, n: number): number[][] {
  const seen = new Int32Array(n);
  const low = new Int32Array(n);
  const onStack = new Uint8Array(n);
  const next = outStart.slice(0, n);
  const stack: number[] = [];
  const calls: number[] = [];
  const sets: number[][] = [];
  let counter = 0;
  const enter = (u: number): void => {
    counter++;
    seen[u] = counter;
    low[u] = counter;
    onStack[u] = 1;
    stack.push(u);
    calls.push(u);
  };
  const close = (u: number): void => {
    const set: number[] = [];
    for (;;) {
      const v = stack.pop() as number;
      onStack[v] = 0;
      set.push(v);
      if (v === u) break;
    }
    if (set.length > 1 || linksToItself(outStart, outTo, u)) sets.push(set.sort((a, b) => a - b));
  };
  for (let root = 0; root < n; root++) {
    if (free[root] || seen[root]) continue;
    enter(root);
    while (calls.length > 0) {
      const u = calls[calls.length - 1] as number;
      const slot = next[u] as number;
      if (slot < (outStart[u + 1] as number)) {
        next[u] = slot + 1;
        const v = outTo[slot] as number;
        if (!seen[v]) enter(v);
        else if (onStack[v]) low[u] = Math.min(low[u] as number, seen[v] as number);
        continue;
      }
      calls.pop();
      const parent = calls[calls.length - 1];
      if (parent !== undefined) low[parent] = Math.min(low[parent] as number, low[u] as number);
      if (low[u] === seen[u]) close(u);
    }
  }
  return sets;
}

function linksToItself(outStart: Int32Array, outTo: Int32Array, u: number): boolean {
  const end = outStart[u + 1] as number;
  for (let slot = outStart[u] as number; slot < end; slot++) if (outTo[slot] === u) return true;
  return false;
}

/** A shortest cycle through the first task of a set, found breadth first inside the set. */
function cycleWithin({ outStart, outTo }: OutgoingLinks, set: readonly number[], n: number): number[] {
  const root = set[0];
  if (root === undefined) return [];
  const inside = new Uint8Array(n);
  for (const u of set) inside[u] = 1;
  const cameFrom = new Int32Array(n).fill(-1);
  const queue = [root];
  for (let head = 0; head < queue.length; head++) {
    const u = queue[head] as number;
    const end = outStart[u + 1] as number;
    for (let slot = outStart[u] as number; slot < end; slot++) {
      const v = outTo[slot] as number;
      if (v === root) return walkBack(cameFrom, u, root);
      if (!inside[v] || cameFrom[v] !== -1) continue;
      cameFrom[v] = u;
      queue.push(v);
    }
  }
  return [];
}

function walkBack(cameFrom: Int32Array, last: number, root: number): number[] {
  const path: number[] = [];
  for (let u = last; u !== root; u = cameFrom[u] as number) path.push(u);
  path.push(root);
  return path.reverse();
}
