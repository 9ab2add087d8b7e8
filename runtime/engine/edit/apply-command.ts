import { current, enablePatches, type Patch, produceWithPatches } from 'immer';
import type { DraftContent, EditCommand, EditRefusal } from './command.ts';
import { putDocument, type ReadShape, removeDocument, setDocumentField } from './document-edits.ts';
import { findLink, type Mutable, Refused, setOptional } from './draft-access.ts';
import { editLabel, editMergeKey } from './label.ts';
import { changeLink, linkTasks, setLinkType, unlink } from './link-edits.ts';
import { addNode, addTask, moveNodes, removeNodes, renameNode, reorderNodes, setNodeField } from './node-edits.ts';

enablePatches();

/** One step of the history: what it did in words, how to do it again and how to take it back. */
export interface Edit {
  label: string;
  /** Neighbouring steps with the same key are one gesture. */
  mergeKey?: string;
  patches: readonly Patch[];
  inverse: readonly Patch[];
}

export type EditResult = { ok: true; content: DraftContent; edit: Edit } | { ok: false; refusal: EditRefusal };

/**
 * Applies one command, whole or not at all; answers the new content with the inverse, or the reason it is refused (S8 for cycles).
 * `readShape` says whether a document that is put in has the shape of its kind.
 */
export function applyCommand(content: DraftContent, command: EditCommand, readShape: ReadShape): EditResult {
  try {
    // The draft keeps and freezes what it takes in; a later step of a batch still changes it, and the caller's stays its own.
    const own = structuredClone(command);
    const [next, patches, inverse] = produceWithPatches(content, (draft) =>
      change(draft, own, () => content, readShape),
    );
    const mergeKey = editMergeKey(command);
    const edit: Edit = {
      label: editLabel(command, content.configuration),
      patches,
      inverse,
      ...(mergeKey ? { mergeKey } : {}),
    };
    return { ok: true, content: next, edit };
  } catch (error) {
    if (error instanceof Refused) return { ok: false, refusal: error.refusal };
    throw error;
  }
}

/** `before` is the content this command meets: inside a batch, with the steps before it done. */
function change(draft: Mutable, command: EditCommand, before: () => DraftContent, readShape: ReadShape): void {
  switch (command.type) {
    case 'addTask':
      addTask(draft, command, readShape);
      break;
    case 'addNode':
      addNode(draft, command.workflow, command.node, command.value, command.at);
      break;
    case 'removeNodes':
      removeNodes(draft, command);
      break;
    case 'linkTasks':
      linkTasks(draft, command, before());
      break;
    case 'unlink':
      unlink(draft, command);
      break;
    case 'setLag':
      setOptional(findLink(draft, command.workflow, command.link), 'lag', command.lag);
      break;
    case 'setLinkType':
      setLinkType(draft, command, before());
      break;
    case 'changeLink':
      changeLink(draft, command, before());
      break;
    case 'reorderNodes':
      reorderNodes(draft, command);
      break;
    case 'renameNode':
      renameNode(draft, command);
      break;
    case 'setNodeField':
      setNodeField(draft, command);
      break;
    case 'setDocumentField':
      setDocumentField(draft, command);
      break;
    case 'moveNodes':
      moveNodes(draft, command.workflow, command.positions);
      break;
    case 'putDocument':
      putDocument(draft, command.document, readShape);
      break;
    case 'removeDocument':
      removeDocument(draft, command);
      break;
    case 'batch':
      for (const step of command.commands) change(draft, step, () => current(draft) as DraftContent, readShape);
      break;
  }
}
