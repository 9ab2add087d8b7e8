import { Button, Modal, Stack, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import type { AnyDocument, DocumentKind } from '../../schemas/configuration.ts';
import { announce } from '../ui/announcer.tsx';
import { useEditor } from './editor.ts';
import { freeKeyLike, keyProblem } from './new-key.ts';

/** The same document under another key. */
export function DuplicateDialog({
  document,
  onClose,
  onDone,
}: {
  document: AnyDocument;
  onClose: () => void;
  onDone: (kind: DocumentKind, key: string) => void;
}) {
  const { configuration, run } = useEditor();
  const [failure, setFailure] = useState<string>();
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const fields = new FormData(event.currentTarget);
    const key = String(fields.get('key')).trim();
    const problem = keyProblem(configuration, document.kind, key);
    if (problem) return setFailure(problem);
    const copy = { ...structuredClone(document), key, title: String(fields.get('title')).trim() } as AnyDocument;
    const result = run({
      type: 'batch',
      label: `Duplicate ${document.kind} ${document.key} as ${key}`,
      commands: [{ type: 'putDocument', document: copy }],
    });
    if (!result.ok) return setFailure(result.refusal.message);
    announce(`Duplicated as ${key}`);
    onClose();
    onDone(document.kind, key);
  };
  return (
    <Modal opened onClose={onClose} title={`Duplicate ${document.title}`}>
      <form onSubmit={submit}>
        <Stack gap="sm">
          <TextInput label="Title" name="title" required data-autofocus defaultValue={`${document.title} (copy)`} />
          <TextInput
            label="Key"
            name="key"
            description="Letters, digits, - and _. It never changes."
            required
            defaultValue={freeKeyLike(configuration, document.kind, document.key)}
            error={failure}
          />
          <Button type="submit">Duplicate</Button>
        </Stack>
      </form>
    </Modal>
  );
}
