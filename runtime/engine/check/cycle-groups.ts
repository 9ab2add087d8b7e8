/** A set of nodes that all wait for each other, and one concrete cycle through it (not closed). */
export interface CycleGroup {
  members: string[];
  cycle: string[];
}

/** The strongly connected sets of more than one node, or of one that follows itself, by Tarjan without recursion (S8). */
export function findCycleGroups(keys: readonly string[], links: readonly { from: string; to: string }[]): CycleGroup[] {
  const outgoing = new Map<string, string[]>(keys.map((key) => [key, []]));
  for (const { from, to } of links) if (outgoing.has(to)) outgoing.get(from)?.push(to);
  return findComponents(keys, outgoing)
    .filter((members) => members.length > 1 || outgoing.get(members[0] ?? '')?.includes(members[0] ?? ''))
    .map((members) => ({ members: [...members].sort(), cycle: cycleThrough(members, outgoing) }));
}

function findComponents(keys: readonly string[], outgoing: ReadonlyMap<string, readonly string[]>): string[][] {
  const index = new Map<string, number>();
  const low = new Map<string, number>();
  const open: string[] = [];
  const isOpen = new Set<string>();
  const components: string[][] = [];
  for (const root of keys) {
    if (index.has(root)) continue;
    const work: { key: string; next: number }[] = [{ key: root, next: 0 }];
    for (let top = work.at(-1); top; top = work.at(-1)) {
      const { key } = top;
      if (top.next === 0) {
        index.set(key, index.size);
        low.set(key, index.get(key) ?? 0);
        open.push(key);
        isOpen.add(key);
      }
      const to = outgoing.get(key)?.[top.next++];
      if (to !== undefined) {
        if (!index.has(to)) work.push({ key: to, next: 0 });
        else if (isOpen.has(to)) low.set(key, Math.min(low.get(key) ?? 0, index.get(to) ?? 0));
        continue;
      }
      work.pop();
      const parent = work.at(-1);
      if (parent) low.set(parent.key, Math.min(low.get(parent.key) ?? 0, low.get(key) ?? 0));
      if (low.get(key) !== index.get(key)) continue;
      const members = open.splice(open.lastIndexOf(key));
      for (const member of members) isOpen.delete(member);
      components.push(members);
    }
  }
  return components;
}

/** A shortest cycle through the first member, by breadth. */
function cycleThrough(members: readonly string[], outgoing: ReadonlyMap<string, readonly string[]>): string[] {
  const inside = new Set(members);
  const start = [...members].sort()[0] ?? '';
  const before = new Map<string, string>();
  const queue = [start];
  for (const key of queue) {
    for (const to of outgoing.get(key) ?? []) {
      if (to === start) return walkBack(before, key, start);
      if (!inside.has(to) || before.has(to)) continue;
      before.set(to, key);
      queue.push(to);
    }
  }
  return [...members];
}

function walkBack(before: ReadonlyMap<string, string>, last: string, start: string): string[] {
  const path = [last];
  for (let key = last; key !== start; ) {
    key = before.get(key) ?? start;
    path.unshift(key);
  }
  return path;
}
