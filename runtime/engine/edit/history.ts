import { applyPatches, type Patch } from 'immer';
import type { Edit } from './apply-command.ts';
import type { DraftContent } from './command.ts';

/** The one undo stack of a draft; selection and zoom are never in it. */
export interface EditHistory {
  readonly past: readonly Edit[];
  readonly future: readonly Edit[];
}

export const emptyHistory: EditHistory = { past: [], future: [] };

/** Adds a step; `merge` joins it to the step before when both have the same merge key (one gesture, one step). */
export function recordEdit(history: EditHistory, edit: Edit, merge = false): EditHistory {
  if (edit.patches.length === 0) return history;
  const last = history.past.at(-1);
  if (!merge || !last || edit.mergeKey === undefined || last.mergeKey !== edit.mergeKey) {
    return { past: [...history.past, edit], future: [] };
  }
  const joined: Edit = {
    ...edit,
    patches: [...last.patches, ...edit.patches],
    inverse: [...edit.inverse, ...last.inverse],
  };
  return { past: [...history.past.slice(0, -1), joined], future: [] };
}

export interface Stepped {
  content: DraftContent;
  history: EditHistory;
  edit: Edit;
  /** What was applied: the inverse patches for an undo. */
  patches: readonly Patch[];
}

/** Takes the last step back; undefined when there is none. */
export function undoEdit(content: DraftContent, history: EditHistory): Stepped | undefined {
  const edit = history.past.at(-1);
  if (!edit) return undefined;
  return {
    content: applyPatches(content, edit.inverse as Patch[]),
    history: { past: history.past.slice(0, -1), future: [edit, ...history.future] },
    edit,
    patches: edit.inverse,
  };
}

/** Does the last step taken back once more; undefined when there is none. */
export function redoEdit(content: DraftContent, history: EditHistory): Stepped | undefined {
  const [edit, ...future] = history.future;
  if (!edit) return undefined;
  return {
    content: applyPatches(content, edit.patches as Patch[]),
    history: { past: [...history.past, edit], future },
    edit,
    patches: edit.patches,
  };
}

/** The documents (`kind/key`) and layouts (`layout/key`) that patches touch: what has to be saved. */
export function touchedDocuments(patches: readonly Patch[]): string[] {
  const names = patches.map(({ path }) => (path[0] === 'layouts' ? `layout/${path[1]}` : `${path[1]}/${path[2]}`));
  return [...new Set(names)].sort();
}
