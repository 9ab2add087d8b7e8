import { createContext, use } from 'react';
import type { Configuration, DocumentKind, DocumentOf } from '../../schemas/configuration.ts';
import type { Finding } from '../../schemas/finding.ts';
import type { EditCommand, EditResult } from '../document/engine.ts';

/** What an editor of a kind of document is given; it stands in the frame, which has title, history, findings and the rest. */
export interface EditorProps<K extends DocumentKind = DocumentKind> {
  document: DocumentOf<K>;
  /** The whole draft. */
  configuration: Configuration;
  /** Findings of this document; `Field` shows those of its place by itself. */
  findings: readonly Finding[];
  /** Runs a command as one step of the history. What would make a document invalid is refused and changes nothing. */
  run: (command: EditCommand) => EditResult;
  /** Sets one field of this document; without a value it is taken out. Maps on the way are made. */
  set: (path: readonly string[], value?: unknown) => EditResult;
  /** Where people are sent: an editor opens what holds it, the frame then goes to the field. */
  sentTo?: { pointer: string };
}

export const EditorContext = createContext<EditorProps | undefined>(undefined);

/** The open document, for the fields of its editor. */
export function useEditor(): EditorProps {
  const editor = use(EditorContext);
  if (!editor) throw new Error('expected a document editor above this field');
  return editor;
}
