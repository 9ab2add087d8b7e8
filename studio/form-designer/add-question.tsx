import { Button, Group, Select, TextInput } from '@mantine/core';
import { IconBooks, IconPlus } from '@tabler/icons-react';
import { type FormEvent, useState } from 'react';
import type { FormDocument } from '../../schemas/form.ts';
import { useEditor } from '../document-editor/editor.ts';
import { announce } from '../ui/announcer.tsx';
import classes from './form-designer.module.css';
import { addQuestion, reuseQuestion } from './form-edits.ts';

/** Adds a question to a section: a new one by its wording, or one of the library. */
export function AddQuestion({
  form,
  section,
  onAdded,
}: {
  form: FormDocument;
  section: string;
  onAdded: (key: string) => void;
}) {
  const { configuration, run } = useEditor();
  const [label, setLabel] = useState('');
  const [isLibrary, setLibrary] = useState(false);
  const title = form.sections[section]?.title ?? section;
  const used = new Set(Object.values(form.questions).map((question) => question.library));
  const choices = Object.values(configuration.question)
    .filter((question) => !used.has(question.key))
    .map((question) => ({ value: question.key, label: `${question.label} (${question.key})` }));
  const finish = ({ key, command }: ReturnType<typeof addQuestion>) => {
    if (!run(command).ok) return;
    announce(`Added question ${key}`);
    setLabel('');
    onAdded(key);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (label.trim() !== '') finish(addQuestion(form, configuration, label.trim(), section));
  };
  return (
    <form onSubmit={submit} className={classes['add']}>
      <TextInput
        aria-label={`New question in ${title}`}
        className={classes['grow'] ?? ''}
        placeholder="Write a new question"
        value={label}
        onChange={(event) => setLabel(event.currentTarget.value)}
      />
      <Group gap="xs">
        <Button type="submit" variant="default" leftSection={<IconPlus size={14} />} disabled={label.trim() === ''}>
          Add question
        </Button>
        {isLibrary ? (
          <Select
            aria-label={`Question of the library for ${title}`}
            searchable
            autoFocus
            placeholder="Find a question"
            nothingFoundMessage="All of them are on the form"
            data={choices}
            value={null}
            onChange={(key) => {
              const shared = key === null ? undefined : configuration.question[key];
              if (shared) finish(reuseQuestion(form, shared, section));
              setLibrary(false);
            }}
          />
        ) : (
          <Button variant="subtle" leftSection={<IconBooks size={14} />} onClick={() => setLibrary(true)}>
            From the library
          </Button>
        )}
      </Group>
    </form>
  );
}
