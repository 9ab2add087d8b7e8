import type { AnyDocument, DocumentKind } from '../../schemas/configuration.ts';
import type { Conflict } from './autosave.ts';
import type { OpenDraft } from './draft-context.tsx';
import type { EditCommand } from './engine.ts';

/**
 * Ends a conflict with the document that is to stand, absent where it is to go: one step that can be taken back, then saved
 * over theirs. Answers why the draft cannot take it; then nothing is settled and nothing sent.
 */
export function settleConflict(
  { store, autosave }: Pick<OpenDraft, 'store' | 'autosave'>,
  { name }: Conflict,
  document: AnyDocument | undefined,
  label: string,
): string | undefined {
  const [kind, key] = name.split('/') as [DocumentKind, string];
  const mine = store.getView().content.configuration[kind][key];
  if (document !== mine) {
    const command: EditCommand = document ? { type: 'putDocument', document } : { type: 'removeDocument', kind, key };
    const result = store.run({ type: 'batch', label, commands: [command] });
    if (!result.ok) return result.refusal.message;
  }
  autosave.settleConflict();
  return undefined;
}
