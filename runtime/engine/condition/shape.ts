import type { Condition } from '../../../schemas/condition.ts';

/** How deep and how large a condition tree is. */
export interface ConditionSize {
  depth: number;
  nodes: number;
}

/** Measures a tree without recursion, so that 10,000 nested levels are counted, not crashed on (A1); takes unread JSON. */
export function measureCondition(root: unknown): ConditionSize {
  let depth = 0;
  let nodes = 0;
  const open: [unknown, number][] = [[root, 1]];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const [node, level] = next;
    nodes += 1;
    depth = Math.max(depth, level);
    for (const child of childrenOf(node)) open.push([child, level + 1]);
  }
  return { depth, nodes };
}

/** Every node of a condition tree, parents first. */
export function conditionNodes(root: Condition): Condition[] {
  const found: Condition[] = [];
  const open: Condition[] = [root];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    found.push(node);
    open.push(...([...childrenOf(node)] as Condition[]).reverse());
  }
  return found;
}

/** Questions a condition looks at, named conditions not followed. */
export function questionsOf(root: Condition): string[] {
  const keys = new Set<string>();
  for (const node of conditionNodes(root)) {
    if ('of' in node && 'question' in node.of) keys.add(node.of.question);
  }
  return [...keys];
}

/** Questions a condition looks at, through the named conditions it uses. */
export function questionsBehind(
  root: Condition,
  named: Readonly<Record<string, { readonly when: Condition }>>,
): string[] {
  const keys = new Set<string>();
  const followed = new Set<string>();
  const open: Condition[] = [root];
  for (let tree = open.pop(); tree !== undefined; tree = open.pop()) {
    for (const node of conditionNodes(tree)) {
      if ('of' in node && 'question' in node.of) keys.add(node.of.question);
      if (node.op !== 'named' || followed.has(node.name)) continue;
      followed.add(node.name);
      const behind = Object.hasOwn(named, node.name) ? named[node.name] : undefined;
      if (behind) open.push(behind.when);
    }
  }
  return [...keys];
}

function childrenOf(node: unknown): readonly unknown[] {
  if (typeof node !== 'object' || node === null) return [];
  if ('conditions' in node && Array.isArray(node.conditions)) return node.conditions;
  return 'condition' in node ? [node.condition] : [];
}
