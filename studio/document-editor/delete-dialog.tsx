import { useNavigate } from '@tanstack/react-router';
import type { AnyDocument } from '../../schemas/configuration.ts';
import { areas } from '../app/areas.ts';
import { useOpenDraft } from '../document/draft-context.tsx';
import type { Use } from '../document/engine.ts';
import { useEditor } from './editor.ts';
import { RepairDialog } from './repair-dialog.tsx';

/** Deletes a document; where others still name it, offers to put them right in the same step. */
export function DeleteDialog({
  document,
  uses,
  onClose,
}: {
  document: AnyDocument;
  uses: readonly Use[];
  onClose: () => void;
}) {
  const { configuration } = useEditor();
  const { store } = useOpenDraft();
  const navigate = useNavigate();
  const { kind, key, title } = document;
  const area = areas.find(({ kinds }) => kinds.includes(kind));
  const others = Object.values(configuration[kind]).filter((other) => other.key !== key);
  return (
    <RepairDialog
      what={`${title} (${key})`}
      going={{ kind, key }}
      uses={uses}
      replacements={others.map((other) => ({ value: other.key, label: `${other.title} (${other.key})` }))}
      deletion={{ type: 'removeDocument', kind, key }}
      onClose={onClose}
      onDone={(command) => {
        // The page of the document goes with it: run after its editor is left.
        void navigate({ to: '/library/$area', params: { area: area?.slug ?? 'workflows' } });
        store.run(command);
      }}
    />
  );
}
