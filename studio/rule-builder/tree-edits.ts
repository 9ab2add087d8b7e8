import type { Condition } from '../../schemas/condition.ts';

/** Place of a node in a condition tree: child numbers from the root; the child of a not is 0. */
export type TreePath = readonly number[];

/** What a node of the tree holds. */
export function childrenOf(condition: Condition): readonly Condition[] {
  if ('conditions' in condition) return condition.conditions;
  return 'condition' in condition ? [condition.condition] : [];
}

export function nodeAt(root: Condition, path: TreePath): Condition | undefined {
  return path.reduce<Condition | undefined>((node, at) => node && childrenOf(node)[at], root);
}

/** JSON pointer of a place inside the condition, as findings name it. */
export function pointerOf(root: Condition, path: TreePath): string {
  let node: Condition | undefined = root;
  let pointer = '';
  for (const at of path) {
    pointer += node && 'conditions' in node ? `/conditions/${at}` : '/condition';
    node = node && childrenOf(node)[at];
  }
  return pointer;
}

/** Places in the order they stand on the page. */
export function pathsOf(root: Condition): TreePath[] {
  const below = (node: Condition, path: TreePath): TreePath[] => [
    path,
    ...childrenOf(node).flatMap((child, at) => below(child, [...path, at])),
  ];
  return below(root, []);
}

export function replaceAt(root: Condition, path: TreePath, by: Condition): Condition {
  return change(root, path, () => by) ?? by;
}

/** Takes a node out; a group or not that is left with nothing goes too. Undefined when nothing is left. */
export function removeAt(root: Condition, path: TreePath): Condition | undefined {
  return change(root, path, () => undefined);
}

/**
 * Puts a node behind another: among its siblings, or, where it stands alone, together with it in an all. A group of
 * nothing, as a new rule begins with, gives its place to it.
 */
export function insertAfter(root: Condition, path: TreePath, added: Condition): { root: Condition; path: TreePath } {
  const node = nodeAt(root, path);
  if (node && 'conditions' in node && node.conditions.length === 0)
    return { root: replaceAt(root, path, added), path: [...path] };
  if (node && 'conditions' in node) {
    const next = replaceAt(root, path, { ...node, conditions: [...node.conditions, added] });
    return { root: next, path: [...path, node.conditions.length] };
  }
  const parentPath = path.slice(0, -1);
  const parent = path.length > 0 ? nodeAt(root, parentPath) : undefined;
  const at = path.at(-1) ?? 0;
  if (parent && 'conditions' in parent) {
    const conditions = parent.conditions.toSpliced(at + 1, 0, added);
    return { root: replaceAt(root, parentPath, { ...parent, conditions }), path: [...parentPath, at + 1] };
  }
  const pair: Condition = { op: 'all', conditions: node ? [node, added] : [added] };
  return { root: replaceAt(root, path, pair), path: [...path, node ? 1 : 0] };
}

/** Puts a node into a group of its own, or under a not. */
export function wrapAt(root: Condition, path: TreePath, op: 'all' | 'any' | 'not'): Condition {
  const node = nodeAt(root, path);
  if (!node) return root;
  return replaceAt(root, path, op === 'not' ? { op, condition: node } : { op, conditions: [node] });
}

/** Takes the frame off a not, or off a group of one; others are left as they are. */
export function unwrapAt(root: Condition, path: TreePath): Condition {
  const node = nodeAt(root, path);
  const [only, ...others] = node ? childrenOf(node) : [];
  return only && others.length === 0 ? replaceAt(root, path, only) : root;
}

export type Direction = 'up' | 'down' | 'in' | 'out';

/**
 * Moves a node: up and down among its siblings, in to the group next to it, out to stand behind the group it is in.
 * Undefined where there is no such place.
 */
export function moveAt(
  root: Condition,
  path: TreePath,
  direction: Direction,
): { root: Condition; path: TreePath } | undefined {
  const at = path.at(-1);
  const parentPath = path.slice(0, -1);
  const parent = nodeAt(root, parentPath);
  const node = nodeAt(root, path);
  if (at === undefined || !parent || !node) return undefined;
  if (direction === 'out') return moveOut(root, path, node);
  if (!('conditions' in parent)) return undefined;
  if (direction === 'in') return moveIn(root, path, node, parent.conditions);
  const to = direction === 'up' ? at - 1 : at + 1;
  const other = parent.conditions[to];
  if (!other) return undefined;
  const conditions = parent.conditions.with(at, other).with(to, node);
  return { root: replaceAt(root, parentPath, { ...parent, conditions }), path: [...parentPath, to] };
}

/** A group that has nothing left goes; what stands under a not stays there, for it would mean the opposite outside. */
function moveOut(root: Condition, path: TreePath, node: Condition) {
  const parentPath = path.slice(0, -1);
  const outerPath = parentPath.slice(0, -1);
  const [at = 0, parentAt = 0] = [path.at(-1), parentPath.at(-1)];
  const parent = nodeAt(root, parentPath);
  const outer = parentPath.length > 0 ? nodeAt(root, outerPath) : undefined;
  if (!isGroup(parent) || !isGroup(outer)) return undefined;
  const left = { ...parent, conditions: parent.conditions.toSpliced(at, 1) };
  const stays = left.conditions.length > 0;
  const conditions = outer.conditions.toSpliced(parentAt, 1, ...(stays ? [left, node] : [node]));
  return {
    root: replaceAt(root, outerPath, { ...outer, conditions }),
    path: [...outerPath, stays ? parentAt + 1 : parentAt],
  };
}

function moveIn(root: Condition, path: TreePath, node: Condition, siblings: readonly Condition[]) {
  const at = path.at(-1) ?? 0;
  const parentPath = path.slice(0, -1);
  const parent = nodeAt(root, parentPath);
  const into = isGroup(siblings[at - 1]) ? at - 1 : at + 1;
  const group = siblings[into];
  if (!isGroup(group) || !isGroup(parent)) return undefined;
  const isBefore = into < at;
  const grown = { ...group, conditions: isBefore ? [...group.conditions, node] : [node, ...group.conditions] };
  const conditions = siblings.with(into, grown).toSpliced(at, 1);
  const place = isBefore ? [into, grown.conditions.length - 1] : [at, 0];
  return { root: replaceAt(root, parentPath, { ...parent, conditions }), path: [...parentPath, ...place] };
}

function isGroup(node: Condition | undefined): node is Extract<Condition, { conditions: Condition[] }> {
  return node !== undefined && 'conditions' in node;
}

/** Rebuilds the way to a node; what becomes empty on it goes too. */
function change(
  node: Condition,
  path: TreePath,
  make: (node: Condition) => Condition | undefined,
): Condition | undefined {
  const [at, ...rest] = path;
  if (at === undefined) return make(node);
  if (node.op === 'not') {
    const inner = change(node.condition, rest, make);
    return inner && { op: 'not', condition: inner };
  }
  if (!('conditions' in node)) return node;
  const child = node.conditions[at];
  const changed = child && change(child, rest, make);
  const conditions = changed ? node.conditions.with(at, changed) : node.conditions.toSpliced(at, 1);
  return conditions.length > 0 ? { ...node, conditions } : undefined;
}
