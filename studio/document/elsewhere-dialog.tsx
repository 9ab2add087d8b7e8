import { Modal, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { AnyDocument, DocumentKind } from '../../schemas/configuration.ts';
import { announce } from '../ui/announcer.tsx';
import { DialogEnd } from '../ui/dialog-end.tsx';
import { ErrorState, Loading } from '../ui/notice.tsx';
import { nameInWords } from '../words/kind-words.ts';
import type { Stored } from './autosave.ts';
import classes from './conflict-dialog.module.css';
import { type OpenDraft, useDraft, useOpenDraft } from './draft-context.tsx';
import { loadStored } from './draft-server.ts';
import { diffDocument, type EditCommand } from './engine.ts';
import { Sentences } from './sentences.tsx';
import type { Elsewhere } from './watching.ts';

/** What somebody else saved, in sentences, and the way to take it over. */
export function ElsewhereDialog({
  opened,
  saved,
  onClose,
}: {
  opened: boolean;
  saved: Elsewhere['saved'];
  onClose: () => void;
}) {
  return (
    <Modal opened={opened} onClose={onClose} title="Saved by somebody else" size="lg">
      {opened ? <Changes saved={saved} onClose={onClose} /> : null}
    </Modal>
  );
}

function Changes({ saved, onClose }: { saved: Elsewhere['saved']; onClose: () => void }) {
  const draft = useOpenDraft();
  const { configuration } = useDraft().content;
  const { data, error } = useQuery({
    queryKey: ['elsewhere', ...saved.map(({ name, revision }) => `${name}@${revision}`)],
    queryFn: () => Promise.all(saved.map(async ({ name }) => ({ name, stored: await loadStored(name) }))),
    gcTime: 0,
  });
  if (error) return <ErrorState title="What was saved cannot be loaded" error={error} />;
  if (!data) return <Loading label="Loading what was saved" />;
  const take = () => {
    const taken = takeOver(draft, data);
    announce(`Took over ${taken} ${taken === 1 ? 'document' : 'documents'}`);
    void draft.watching?.look();
    onClose();
  };
  const isAllMine = data.every(({ name }) => draft.autosave.isUnsaved(name));
  return (
    <Stack gap="md">
      {data.map(({ name, stored }) => {
        const [kind, key] = name.split('/') as [DocumentKind, string];
        const mine = configuration[kind]?.[key] as AnyDocument | undefined;
        return (
          <section key={name} className={classes['sides']}>
            <div>
              <h3>{nameInWords(name)}</h3>
              <Sentences diff={diffDocument(mine, stored?.body as AnyDocument | undefined)} />
              {draft.autosave.isUnsaved(name) ? (
                <p className={classes['none']}>
                  You have changes of your own here: you will be asked about both when they are saved.
                </p>
              ) : null}
            </div>
          </section>
        );
      })}
      <DialogEnd onClose={onClose} isDisabled={isAllMine} onDo={take}>
        Take over
      </DialogEnd>
    </Stack>
  );
}

/** Takes what others saved into the draft as one step; documents with changes of mine are left for the conflict dialog. */
function takeOver(
  { store, autosave }: OpenDraft,
  found: readonly { name: string; stored: Stored | undefined }[],
): number {
  const commands: EditCommand[] = [];
  for (const { name, stored } of found) {
    if (autosave.isUnsaved(name)) continue;
    const [kind, key] = name.split('/') as [DocumentKind, string];
    autosave.setStored(name, stored);
    if (stored) commands.push({ type: 'putDocument', document: stored.body as AnyDocument });
    else commands.push({ type: 'removeDocument', kind, key });
  }
  if (commands.length > 0) store.run({ type: 'batch', label: 'Take over what others saved', commands });
  return commands.length;
}
