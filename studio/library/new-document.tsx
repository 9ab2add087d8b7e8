import { Button, Modal, Select, Stack, TextInput } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import type { DocumentKind } from '../../schemas/configuration.ts';
import type { Area } from '../app/areas.ts';
import { useOpenDraft } from '../document/draft-context.tsx';
import { toEditor } from '../document-editor/document-link.tsx';
import { keyOfTitle, keyProblem, workflowKeyOfTitle } from '../document-editor/new-key.ts';
import { kindWords } from '../words/kind-words.ts';
import { blankDocument } from './blank-document.ts';

/** Where the writing begins in a new document: people land there instead of at the top of the page. */
const startPlaces: Partial<Record<DocumentKind, string>> = {
  advice: '/body',
  form: '/questions',
  question: '/type',
};

/** Adds a document of an area: key and title, then its editor. */
export function NewDocumentButton({ area }: { area: Area }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button variant="default" leftSection={<IconPlus size={14} />} onClick={() => setOpen(true)}>
        New {area.one}
      </Button>
      <Modal opened={isOpen} onClose={() => setOpen(false)} title={`New ${area.one}`}>
        <NewDocumentForm area={area} />
      </Modal>
    </>
  );
}

function NewDocumentForm({ area }: { area: Area }) {
  const { store } = useOpenDraft();
  const navigate = useNavigate();
  const [failure, setFailure] = useState<string>();
  const [kind, setKind] = useState<DocumentKind>(area.kinds[0] ?? 'task');
  const [proposed, setProposed] = useState('');
  const [typed, setTyped] = useState<string>();
  const takenBy = (of: DocumentKind) => Object.keys(store.getView().content.configuration[of]);
  const propose = (title: string) =>
    title.trim() === '' ? '' : (kind === 'workflow' ? workflowKeyOfTitle : keyOfTitle)(title, takenBy(kind));
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const fields = new FormData(event.currentTarget);
    const key = String(fields.get('key')).trim();
    const { configuration } = store.getView().content;
    const problem = keyProblem(configuration, kind, key);
    if (problem) return setFailure(problem);
    const result = store.run({
      type: 'putDocument',
      document: blankDocument(kind, key, String(fields.get('title')).trim(), area.categories?.[0], configuration),
    });
    if (!result.ok) return setFailure(result.refusal.message);
    void navigate(toEditor(kind, key, startPlaces[kind]));
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        {area.kinds.length > 1 ? (
          <Select
            label="Kind"
            data={area.kinds.map((one) => ({ value: one, label: kindWords[one] }))}
            value={kind}
            onChange={(value) => setKind(value as DocumentKind)}
          />
        ) : null}
        <TextInput
          label="Title"
          name="title"
          required
          data-autofocus
          onChange={(event) => setProposed(propose(event.currentTarget.value))}
        />
        <TextInput
          label="Key"
          name="key"
          description="Letters, digits, - and _. Others name it by this, so it never changes."
          required
          value={typed ?? proposed}
          onChange={(event) => setTyped(event.currentTarget.value)}
          error={failure}
        />
        <Button type="submit">Add</Button>
      </Stack>
    </form>
  );
}
