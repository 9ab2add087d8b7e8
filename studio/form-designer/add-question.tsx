import { Button, Group, Select, Textarea, TextInput } from '@mantine/core';
import { IconBooks, IconPlus } from '@tabler/icons-react';
import { type FormEvent, type KeyboardEvent, useRef, useState } from 'react';
import { type FormDocument, type QuestionType, QuestionType as QuestionTypes } from '../../schemas/form.ts';
import { useEditor } from '../document-editor/editor.ts';
import { announce } from '../ui/announcer.tsx';
import classes from './form-designer.module.css';
import { addQuestion, keyOfQuestion, questionKeyProblem, readOptions, reuseQuestion } from './form-edits.ts';
import { typeWords } from './type-words.ts';

/** Adds a question to a section: a new one by its wording and kind of answer, or one of the library. */
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
  const [half, setHalf] = useState(blank);
  const [failure, setFailure] = useState<string>();
  const wording = useRef<HTMLInputElement>(null);
  const title = form.sections[section]?.title ?? section;
  const label = half.label.trim();
  const isChoice = half.type === 'choice' || half.type === 'multi-choice';
  const change = (part: Partial<typeof blank>) => {
    setFailure(undefined);
    setHalf({ ...half, ...part });
  };
  const finish = ({ key, command }: ReturnType<typeof addQuestion>) => {
    const result = run(command);
    if (!result.ok) return setFailure(result.refusal.message);
    announce(`Added question ${key}`);
    setHalf(blank);
    onAdded(key);
    wording.current?.focus();
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (label === '') return;
    const key = half.key.trim();
    const problem = key === '' ? undefined : questionKeyProblem(form, key);
    if (problem) return setFailure(problem);
    const options = isChoice && half.options.trim() !== '' ? readOptions(half.options) : undefined;
    finish(
      addQuestion(
        form,
        configuration,
        { label, type: half.type, ...(key === '' ? {} : { key }), ...(options ? { options } : {}) },
        section,
      ),
    );
  };
  const onKey = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    // Enter begins the next option; with Ctrl it ends the question.
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) event.currentTarget.form?.requestSubmit();
  };
  return (
    <form onSubmit={submit} className={classes['add']}>
      <TextInput
        ref={wording}
        aria-label={`New question in ${title}`}
        className={classes['grow'] ?? ''}
        placeholder="Write a new question"
        value={half.label}
        onChange={(event) => change({ label: event.currentTarget.value })}
      />
      <Select
        aria-label={`Kind of answer of the new question in ${title}`}
        w={190}
        data={QuestionTypes.options.map((value) => ({ value, label: typeWords[value] }))}
        value={half.type}
        onChange={(type) => type && change({ type: type as QuestionType })}
      />
      {label === '' ? null : (
        <TextInput
          aria-label={`Key of the new question in ${title}`}
          w={190}
          placeholder={keyOfQuestion(form, configuration, label)}
          title="Rules and answers name the question by its key. Empty: made of the wording."
          value={half.key}
          error={failure}
          onChange={(event) => change({ key: event.currentTarget.value })}
        />
      )}
      {isChoice ? (
        <Textarea
          label="Options, one a line"
          description="Paste a list or a column of a sheet, or write them. “no_fixed = No fixed address” gives an option a key of your own. Ctrl+Enter adds the question."
          className={classes['newOptions'] ?? ''}
          autosize
          minRows={3}
          maxRows={12}
          value={half.options}
          onChange={(event) => change({ options: event.currentTarget.value })}
          onKeyDown={onKey}
        />
      ) : null}
      <Group gap="xs">
        <Button type="submit" variant="default" leftSection={<IconPlus size={14} />} disabled={label === ''}>
          Add question
        </Button>
        <FromLibrary form={form} title={title} onChosen={(shared) => finish(reuseQuestion(form, shared, section))} />
      </Group>
    </form>
  );
}

const blank = { label: '', type: 'yes-no' as QuestionType, key: '', options: '' };

type Shared = ReturnType<typeof useEditor>['configuration']['question'][string];

/** Puts a question of the library on the form. */
function FromLibrary({
  form,
  title,
  onChosen,
}: {
  form: FormDocument;
  title: string;
  onChosen: (question: Shared) => void;
}) {
  const { configuration } = useEditor();
  const [isOpen, setOpen] = useState(false);
  const used = new Set(Object.values(form.questions).map((question) => question.library));
  const choices = Object.values(configuration.question)
    .filter((question) => !used.has(question.key))
    .map((question) => ({ value: question.key, label: `${question.label} (${question.key})` }));
  if (!isOpen)
    return (
      <Button variant="subtle" leftSection={<IconBooks size={14} />} onClick={() => setOpen(true)}>
        From the library
      </Button>
    );
  return (
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
        setOpen(false);
        if (shared) onChosen(shared);
      }}
    />
  );
}
