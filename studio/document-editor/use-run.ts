import { useCallback } from 'react';
import type { DocumentKind } from '../../schemas/configuration.ts';
import { parseDocument } from '../../schemas/load-configuration.ts';
import { useOpenDraft } from '../document/draft-context.tsx';
import { applyEdit, type EditCommand, type EditResult, touchedDocuments } from '../document/engine.ts';

/** Runs commands on the open draft; one that would leave a document the server cannot take is refused. */
export function useRun(): (command: EditCommand) => EditResult {
  const { store } = useOpenDraft();
  return useCallback(
    (command) => {
      const tried = applyEdit(store.getView().content, command);
      if (!tried.ok) return tried;
      for (const name of touchedDocuments(tried.edit.patches)) {
        const [kind = '', key = ''] = name.split('/');
        const document = kind === 'layout' ? undefined : tried.content.configuration[kind as DocumentKind][key];
        const parsed = document && parseDocument(document, name);
        if (parsed && 'findings' in parsed)
          return {
            ok: false,
            refusal: {
              code: 'DOCUMENT_INVALID',
              message: parsed.findings[0]?.message ?? 'this document is not valid',
              values: { findings: parsed.findings },
            },
          };
      }
      return store.run(command);
    },
    [store],
  );
}
