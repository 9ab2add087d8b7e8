import type { Condition } from '../../schemas/condition.ts';
import {
  childrenOf,
  type Direction,
  moveAt,
  nodeAt,
  removeAt,
  replaceAt,
  type TreePath,
  unwrapAt,
  wrapAt,
} from './tree-edits.ts';

type Pressed = Pick<KeyboardEvent, 'key' | 'altKey' | 'ctrlKey' | 'metaKey'>;

/** What can be done with a place of the tree: the one table behind its keys and its menu. */
export interface TreeAction {
  id: string;
  does: string;
  keys: string;
  matches: (event: Pressed) => boolean;
  /** The tree after it and where the place went; undefined where it cannot be done. */
  change: (root: Condition, path: TreePath) => { root: Condition | undefined; path: TreePath } | undefined;
}

const plain = (key: string) => (event: Pressed) =>
  !event.altKey && !event.ctrlKey && !event.metaKey && event.key.toLowerCase() === key;
const alt = (key: string) => (event: Pressed) => event.altKey && event.key === key;

function wrap(op: 'all' | 'any' | 'not', key: string): TreeAction {
  return {
    id: op,
    does:
      op === 'not' ? 'Turn into “not”' : `Put into a group: ${op === 'all' ? 'all must be true' : 'any may be true'}`,
    keys: key.toUpperCase(),
    matches: plain(key),
    change: (root, path) => ({ root: wrapAt(root, path, op), path: [...path, 0] }),
  };
}

function move(direction: Direction, does: string, key: string, keys: string): TreeAction {
  return { id: direction, does, keys, matches: alt(key), change: (root, path) => moveAt(root, path, direction) };
}

export const treeActions: readonly TreeAction[] = [
  wrap('all', 'l'),
  wrap('any', 'y'),
  wrap('not', 'n'),
  {
    id: 'turn',
    does: 'Change between all and any',
    keys: 'T',
    matches: plain('t'),
    change: (root, path) => {
      const node = nodeAt(root, path);
      if (!node || !('conditions' in node)) return undefined;
      return { root: replaceAt(root, path, { ...node, op: node.op === 'all' ? 'any' : 'all' }), path };
    },
  },
  {
    id: 'unwrap',
    does: 'Take the frame off',
    keys: 'U',
    matches: plain('u'),
    change: (root, path) => {
      const node = nodeAt(root, path);
      return node && childrenOf(node).length === 1 ? { root: unwrapAt(root, path), path } : undefined;
    },
  },
  move('up', 'Move up', 'ArrowUp', 'Alt+↑'),
  move('down', 'Move down', 'ArrowDown', 'Alt+↓'),
  move('in', 'Move into the group beside it', 'ArrowRight', 'Alt+→'),
  move('out', 'Move out of its group', 'ArrowLeft', 'Alt+←'),
  {
    id: 'delete',
    does: 'Delete',
    keys: 'Delete',
    matches: (event) => plain('delete')(event) || plain('backspace')(event),
    change: (root, path) => {
      const left = removeAt(root, path);
      return { root: left, path: left ? afterRemoval(left, path) : [] };
    },
  },
];

export function findAction(event: Pressed): TreeAction | undefined {
  return treeActions.find((action) => action.matches(event));
}

/** Where the focus goes when a place is gone: to the one before it, or to what is left of the way to it. */
function afterRemoval(left: Condition, path: TreePath): TreePath {
  const before = [...path.slice(0, -1), Math.max(0, (path.at(-1) ?? 0) - 1)];
  const ways = [before, ...before.map((_, up) => before.slice(0, before.length - 1 - up))];
  return ways.find((way) => nodeAt(left, way)) ?? [];
}
